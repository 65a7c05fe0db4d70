"""How long texts of a language are beside their sources, learned from what readers have approved.

Approved is what was signed and released, in any module. Learned once for each release: a save asks
one small question of the table of releases and works nothing out.
"""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import Session

from edu.checks.ratios import Ratios, learn, ratios_for
from edu.editions.models import Edition, Release, Rendering
from edu.languages import language, same_words

#: By database and language: as of which releases, and what was learned.
_Stamp = tuple[int, int]
_known: WeakKeyDictionary[Engine | Connection, dict[str, tuple[_Stamp, Ratios]]]
_known = WeakKeyDictionary()


def ratios_of(session: Session, tag: str) -> Ratios:
    """The usual lengths in a language: its own approved texts say them, then those of its
    parents, in the end the starting values."""
    tags = _kin(tag)
    learned = _known.setdefault(session.get_bind(), {})
    stamp = _stamp(session, tags)
    found = learned.get(tag)
    if found is None or found[0] != stamp:
        found = learned[tag] = (stamp, _learn(session, tags))
    return found[1]


def _kin(tag: str) -> list[str]:
    """The languages whose words are those of a tag, the furthest first."""
    return [each for each in reversed(language(tag).chain) if same_words(each, tag)] or [tag]


def _stamp(session: Session, tags: Iterable[str]) -> _Stamp:
    """The newest release of these languages and how many were taken back: approved texts become
    others by nothing else."""
    newest, withdrawn = session.execute(
        select(func.max(Release.id), func.count(Release.withdrawn_on)).where(Release.tag.in_(tags))
    ).one()
    return newest or 0, withdrawn


def _learn(session: Session, tags: Iterable[str]) -> Ratios:
    ratios: Ratios | None = None
    for tag in tags:
        ratios = learn(_approved(session, tag), ratios or ratios_for(tag.partition("-")[0]))
    return ratios or ratios_for("")


def _approved(session: Session, tag: str) -> list[tuple[str, str]]:
    """Source and words of every text of a language that readers have signed and learners meet.
    What was adapted says something else than its source, so its length says nothing."""
    rows = session.execute(
        select(Rendering.source, Rendering.released_text)
        .join(Edition, Edition.id == Rendering.edition_id)
        .where(
            Edition.tag == tag,
            Rendering.released_state == "reviewed",
            Rendering.released_change == "",
            Rendering.released_text != "",
        )
    )
    return [(source, text) for source, text in rows]
