"""The words of a place as learners may read them: what each is, and nothing of how it came about.

Who agreed, what listeners hear in a word, and which words to avoid stay with those who work on the
profile. What somebody has just typed stays there too, until the community has agreed on it.
"""

from sqlalchemy.orm import Session

from edu.checks import suicide
from edu.communities.lookup import along_chain, entries_of, law_is_known
from edu.communities.models import ProfileEntry

SECTION = "term"


def words_for_learners(session: Session, tag: str) -> list[ProfileEntry]:
    """The words of a tag's profile, and of those above it in the same language, in their order."""
    law = law_is_known(session, tag)
    return [
        row
        for row in along_chain(session, tag, SECTION)
        if _is_told(row) and (row.slug not in suicide.CONCEPTS or (law and not is_draft(row)))
    ]


def words_of_place(session: Session, tag: str) -> list[tuple[object, ...]]:
    """What the profile of a tag itself says of words that learners read. One that is not told has
    its name here too: the profile above is not asked for it."""
    return [
        (row.slug, row.fields.get("term"), row.fields.get("example"), is_draft(row))
        if _is_told(row)
        else (row.slug, row.gone)
        for row in entries_of(session, tag, SECTION)
    ]


def is_draft(entry: ProfileEntry) -> bool:
    """Whether readers must be told that nobody of the place has agreed on it."""
    return entry.state != "agreed"


def _is_told(entry: ProfileEntry) -> bool:
    """What ships as a draft is shown and marked, as in lessons; a partner's own draft waits."""
    there = bool(entry.fields.get("term")) and not entry.gone
    return there and (entry.from_files or not is_draft(entry))
