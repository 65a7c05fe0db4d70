"""What pages show of pictures and films: those that learners may see, and to whoever works on a
text also those that wait."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from edu.lessons.brought import ENDINGS, Brought, names_in
from edu.media.keeping import FOLDER, body_of, files_published, may_be_shown
from edu.media.models import Medium, MediumFile


def shown_to_learners(session: Session, today: date, texts: Iterable[str]) -> dict[str, Brought]:
    """What pages of these released texts may show today, by the names that the texts have for
    it."""
    names = _names(texts)
    return {
        _as_named(row): _brought(row, f"/{FOLDER}/")
        for row in (_rows(session, names) if names else ())
        if may_be_shown(row, today)
    }


def shown_at_work(
    session: Session, texts: Iterable[str], at: str, *, only_ready: bool = False
) -> dict[str, Brought]:
    """What the texts of a draft speak of; its files lie at addresses that begin with `at`. A film
    that is not packed yet says so, unless `only_ready`."""
    names = _names(texts)
    return {
        _as_named(row): _brought(row, at)
        for row in (_rows(session, names) if names else ())
        if row.state == "ready" or not only_ready
    }


def can_be_shown(session: Session, text: str, today: date) -> bool:
    """Whether learners could see everything that a text speaks of."""
    names = names_in(text)
    rows = _rows(session, names) if names else ()
    return {row.name for row in rows if may_be_shown(row, today)} == set(names)


def _names(texts: Iterable[str]) -> list[str]:
    return sorted({name for text in texts for name in names_in(text)})


def _rows(session: Session, names: Iterable[str]) -> Iterable[Medium]:
    wanted = select(Medium).options(joinedload(Medium.files)).order_by(Medium.id)
    wanted = wanted.where(Medium.name.in_(names))
    return session.scalars(wanted).unique().all()


def _as_named(medium: Medium) -> str:
    return f"media/{medium.name}{'.mp4' if medium.kind == 'film' else '.jpg'}"


def _brought(medium: Medium, at: str) -> Brought:
    return Brought(
        at=at,
        width=medium.width,
        height=medium.height,
        sizes=_sizes(medium),
        seconds=medium.seconds,
        credit=f"{medium.credit}, {medium.licence}",
        teller=medium.speaker if medium.own_story else "",
        spoken=medium.tag,
        waits=medium.state != "ready",
    )


def _sizes(medium: Medium) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in medium.files:
        if each.sort in ENDINGS:
            found[each.sort] = found.get(each.sort, 0) + each.size
    return found


def files_for_learners(
    session: Session, shown: Mapping[str, Brought]
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file of what pages show."""
    for row in _rows(session, _names(shown)) if shown else ():
        for form, path in files_published(row.name, shown[_as_named(row)].sizes):
            body = body_of(session, row, form)
            if body is not None:
                yield path, body


def state_of_media(session: Session, today: date) -> str:
    """What pages may hold of pictures and films, so that a change makes them anew."""
    rows = session.execute(
        select(Medium.id, Medium.state, Medium.credit, Medium.speaker, Medium.consent_ends)
        .where(Medium.state == "ready")
        .order_by(Medium.id)
    )
    # Other captions are another row.
    captions = select(MediumFile.medium_id, MediumFile.id).where(MediumFile.sort == "captions")
    return repr(
        (
            [tuple(row[:4]) for row in rows if row[4] is None or row[4] >= today],
            sorted(map(tuple, session.execute(captions))),
        )
    )
