"""What the doctor asks of the content and the finished pages."""

from edu.editions.checking import check_everything
from edu.health import published
from edu.health.case import Case
from edu.health.finding import Finding, do, fine, serious


def content(case: Case) -> Finding:
    """Whether the files of authors and translators are whole."""
    blocking = [each for each in check_everything(case.settings.root) if each.blocks]
    if blocking:
        return do(
            "content",
            f"{len(blocking)} mistakes keep new pages from being made; the first: {blocking[0]}",
            "Run flask check for all of them. If nobody edited these files, the disk changed them:"
            " copy them again from where the program came from.",
        )
    return fine("content", "The files of authors and translators are whole.")


def pages(case: Case) -> Finding:
    """Whether the finished pages are there, undamaged, and of today's words."""
    if not published.are_there(case.settings):
        return serious(
            "pages", "There are no finished pages: nobody can read.", "Run flask prepare."
        )
    damaged = published.damaged(case.settings)
    if damaged:
        return serious(
            "pages",
            f"{len(damaged)} finished pages are not what was written, such as {damaged[0]}.",
            "Run flask prepare: it makes them again. If it happens twice, the disk is breaking.",
        )
    files = published.digest_of_files(case.settings)
    if not published.are_fresh(case.database, case.settings, files):
        return do(
            "pages",
            "The finished pages are older than the words they were made of.",
            "Run flask prepare.",
        )
    return fine("pages", "The finished pages are those of today.")
