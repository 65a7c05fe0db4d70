"""Licences that organisations say they hold, and the words of licensed scales.

What somebody said is kept with her account and the day; taking it back closes the line and never
deletes it, and the scale is offered no more. Words are seen by the organisation that entered them
alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.instruments.models import LicenceClaim, LicensedWording
from edu.languages import language
from edu.quizzes.shell import OwnersKey, Shell

#: What one text of a form may hold, in characters.
LONGEST = 2000


class Moved(Exception):
    """Somebody else has saved these words meanwhile."""


def claims(session: Session, organisation_id: int, shell: str) -> Sequence[LicenceClaim]:
    """All that was ever said about a licence of an organisation, the newest first."""
    return session.scalars(
        select(LicenceClaim)
        .where(LicenceClaim.organisation_id == organisation_id, LicenceClaim.shell == shell)
        .order_by(LicenceClaim.id.desc())
    ).all()


def held(session: Session, organisation_id: int, shell: str, today: date) -> LicenceClaim | None:
    """The licence by which an organisation may use a scale today."""
    return session.scalar(
        select(LicenceClaim)
        .where(
            LicenceClaim.organisation_id == organisation_id,
            LicenceClaim.shell == shell,
            LicenceClaim.ended_on.is_(None),
            or_(LicenceClaim.ends_on.is_(None), LicenceClaim.ends_on >= today),
        )
        .order_by(LicenceClaim.id.desc())
        .limit(1)
    )


def claim(
    session: Session,
    organisation_id: int,
    shell: str,
    *,
    terms: str,
    by: str,
    today: date,
    ends_on: date | None = None,
) -> LicenceClaim:
    """Write down that somebody says her organisation holds a licence. The owner's key that was
    entered under the last one comes along: a new licence is no other scale."""
    before = next((each for each in claims(session, organisation_id, shell) if each.key), None)
    made = LicenceClaim(
        organisation_id=organisation_id,
        shell=shell,
        terms=terms,
        said_by=by,
        said_on=today,
        ends_on=ends_on,
        key=before.key if before else None,
        key_by=before.key_by if before else "",
        key_on=before.key_on if before else None,
    )
    session.add(made)
    session.flush()
    return made


def end(claimed: LicenceClaim, *, by: str, today: date) -> None:
    """Take back what was said: the scale is not offered any more."""
    claimed.ended_by, claimed.ended_on = by, today


def enter_key(claimed: LicenceClaim, key: OwnersKey, *, by: str, today: date) -> None:
    """Keep what the owner's key says. It was looked through by `key_mistakes`."""
    claimed.key = {
        "reverse": sorted(key.reverse),
        "scales": {name: sorted(listed) for name, listed in key.scales.items()},
    }
    claimed.key_by, claimed.key_on = by, today


def key_of(claimed: LicenceClaim | None) -> OwnersKey | None:
    """The owner's key that was entered with a licence."""
    if claimed is None or claimed.key is None:
        return None
    scales = {name: tuple(listed) for name, listed in claimed.key["scales"].items()}
    return OwnersKey(tuple(claimed.key["reverse"]), scales)


def wordings(session: Session, organisation_id: int, shell: str) -> dict[str, LicensedWording]:
    """The words that an organisation has entered for a scale, by their language."""
    rows = session.scalars(
        select(LicensedWording).where(
            LicensedWording.organisation_id == organisation_id, LicensedWording.shell == shell
        )
    )
    return {row.tag: row for row in rows}


def save_words(
    session: Session,
    organisation_id: int,
    shell: Shell,
    tag: str,
    words: Mapping[str, str],
    *,
    began_from: int,
    by: str,
    today: date,
) -> LicensedWording:
    """Keep the words of one language. Raises Moved when somebody saved others meanwhile: hers
    would be lost."""
    places = {place.context for place in shell.places()}
    kept = {place: text for place, text in words.items() if place in places and text.strip() != ""}
    row = _held_still(session, organisation_id, shell.id, tag)
    if row is None and not began_from:
        row = LicensedWording(
            organisation_id=organisation_id, shell=shell.id, tag=tag, version=1, words=kept
        )
        row.changed_by, row.changed_on = by, today
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # somebody else did in the same moment
            row = _held_still(session, organisation_id, shell.id, tag)
    if row is None or (row.version != began_from and row.words != kept):
        raise Moved
    if row.words != kept:
        row.words, row.version = kept, row.version + 1
        row.changed_by, row.changed_on = by, today
    session.flush()
    return row


def _held_still(
    session: Session, organisation_id: int, shell: str, tag: str
) -> LicensedWording | None:
    """The words of a language as they are now; nobody else changes them before we are done."""
    return session.scalar(
        select(LicensedWording)
        .where(
            LicensedWording.organisation_id == organisation_id,
            LicensedWording.shell == shell,
            LicensedWording.tag == tag,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def missing(shell: Shell, words: Mapping[str, str]) -> list[str]:
    """The places that have no words yet; what is ours has our English at least."""
    return [place.context for place in shell.places() if not words.get(place.context)]


def complete_tags(session: Session, organisation_id: int, shell: Shell) -> list[str]:
    """The languages in which every word of a scale was entered."""
    found = wordings(session, organisation_id, shell.id)
    return [tag for tag, row in sorted(found.items()) if not missing(shell, row.words)]


def words_in(
    session: Session, organisation_id: int, shell: Shell, tag: str
) -> dict[str, dict[str, str]] | None:
    """A scale's words for readers of a language, as releases keep words: from the nearest of its
    chain that is complete. None when there is none: a scale in two languages measures nothing."""
    found = wordings(session, organisation_id, shell.id)
    for name in language(tag).chain:
        row = found.get(name)
        if row is not None and not missing(shell, row.words):
            return {
                place: {"text": text, "tag": name, "state": "original"}
                for place, text in row.words.items()
            }
    return None
