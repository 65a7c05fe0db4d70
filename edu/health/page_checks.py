"""What the doctor asks of the content and the finished pages."""

from edu.editions.checking import check_everything
from edu.health import published
from edu.health.case import Case
from edu.health.finding import Finding, do, fine, serious
from edu.lessons.words import N_


def content(case: Case) -> Finding:
    """Whether the files of authors and translators are whole."""
    # Pages are made of whole files only, and reading all files again takes long on a small box.
    if published.are_of(case.settings, published.digest_of_files(case.settings)):
        blocking = []
    else:
        blocking = [each for each in check_everything(case.settings.root) if each.blocks]
    if blocking:
        return do(
            "content",
            N_(
                "Mistakes that keep new pages from being made: %(count)s. The first: %(place)s:"
                " %(fault)s"
            ),
            N_(
                "Run flask check for all of them. If nobody edited these files, the disk changed"
                " them: copy them again from where the program came from."
            ),
            count=len(blocking),
            place=f"{blocking[0].file}:{blocking[0].line}",
            fault=blocking[0].message,
        )
    return fine("content", N_("The files of authors and translators are whole."))


def pages(case: Case) -> Finding:
    """Whether the finished pages are there, undamaged, and of today's words."""
    if not published.are_there(case.settings):
        return serious(
            "pages", N_("There are no finished pages: nobody can read."), N_("Run flask prepare.")
        )
    damaged = published.damaged(case.settings)
    if damaged:
        return serious(
            "pages",
            N_("Finished pages that are not what was written: %(count)s, such as %(page)s."),
            N_(
                "Run flask prepare: it makes them again. If it happens twice, the disk is breaking."
            ),
            count=len(damaged),
            page=damaged[0],
        )
    files = published.digest_of_files(case.settings)
    if not published.are_fresh(case.database, case.settings, files):
        return do(
            "pages",
            N_("The finished pages are older than the words they were made of."),
            N_("Run flask prepare."),
        )
    return fine("pages", N_("The finished pages are those of today."))
