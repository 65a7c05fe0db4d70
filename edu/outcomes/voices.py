"""Notes and open answers of a programme, its codebook, and both beside the figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey, OpenAnswer, Sitting
from edu.outcomes.disclosure_counts import MINIMUM_CELL
from edu.outcomes.voices_models import AnswerTheme, FieldNote, NoteTheme, Theme


@dataclass(frozen=True)
class Voice:
    """Something that was said: a note, or a released answer. `key` finds it again."""

    key: str
    kind: str
    text: str
    themes: frozenset[int]
    month: date | None = None


def voices_of(session: Session, programme_id: int) -> list[Voice]:
    """Everything that was said in a programme and may be read, notes first. Answers stand in the
    order of their random numbers, which tells nothing about when."""
    notes = session.scalars(
        select(FieldNote).where(FieldNote.programme_id == programme_id).order_by(FieldNote.id)
    )
    in_notes = _themes(session, select(NoteTheme.note_id, NoteTheme.theme_id))
    found = [
        Voice(
            f"note-{each.id}", each.kind, each.text, in_notes.get(each.id, frozenset()), each.month
        )
        for each in notes
    ]
    in_answers = _themes(session, select(AnswerTheme.sitting_id, AnswerTheme.theme_id))
    return found + [
        Voice(
            f"answer-{each.sitting_id}",
            "answer",
            each.text,
            in_answers.get(each.sitting_id, frozenset()),
        )
        for each in session.scalars(_released(programme_id))
    ]


def _released(programme_id: int) -> Any:
    return (
        select(OpenAnswer)
        .join(Sitting, Sitting.id == OpenAnswer.sitting_id)
        .join(Journey, Journey.id == Sitting.journey_id)
        .join(Group, Group.id == Journey.group_id)
        .where(Group.programme_id == programme_id, OpenAnswer.released.is_(True))
        .order_by(OpenAnswer.sitting_id)
    )


def _themes(session: Session, query: Any) -> dict[Any, frozenset[int]]:
    found: dict[Any, set[int]] = {}
    for key, theme in session.execute(query):
        found.setdefault(key, set()).add(theme)
    return {key: frozenset(themes) for key, themes in found.items()}


def keep_note(session: Session, programme_id: int, kind: str, month: date, text: str) -> FieldNote:
    """Keep a note of somebody who agreed to it; of its day only the month."""
    note = FieldNote(
        programme_id=programme_id,
        kind=kind,
        month=month.replace(day=1),
        consented=True,
        text=text.strip(),
    )
    session.add(note)
    session.flush()
    return note


def note_of(session: Session, programme_id: int, note_id: int) -> FieldNote | None:
    """One note, if it is this programme's."""
    return session.scalar(
        select(FieldNote).where(FieldNote.id == note_id, FieldNote.programme_id == programme_id)
    )


def delete_note(session: Session, programme_id: int, note_id: int) -> None:
    """Delete a note of this programme, if it is there."""
    session.execute(
        delete(FieldNote).where(FieldNote.id == note_id, FieldNote.programme_id == programme_id)
    )


def themes_of(session: Session, programme_id: int) -> Sequence[Theme]:
    """A programme's codebook, by name."""
    return session.scalars(
        select(Theme).where(Theme.programme_id == programme_id).order_by(Theme.name)
    ).all()


def theme_is_taken(session: Session, programme_id: int, name: str) -> bool:
    """Whether the codebook has an entry of this name."""
    wanted = select(Theme.id).where(Theme.programme_id == programme_id, Theme.name == name.strip())
    return session.scalar(wanted) is not None


def keep_theme(
    session: Session, programme_id: int, *, name: str, meaning: str, example: str, scale: str
) -> Theme:
    """A new entry of the codebook."""
    theme = Theme(
        programme_id=programme_id,
        name=name.strip(),
        meaning=meaning.strip(),
        example=example.strip(),
        scale=scale,
    )
    session.add(theme)
    session.flush()
    return theme


def is_heard(session: Session, programme_id: int, key: str) -> bool:
    """Whether there is such a note or answer in this programme, and it may be read."""
    return any(each.key == key for each in voices_of(session, programme_id))


def code(session: Session, programme_id: int, key: str, themes: Iterable[int]) -> None:
    """Say which themes are in a note or an answer of this programme that may be read."""
    known = {each.id for each in themes_of(session, programme_id)}
    chosen = sorted(known.intersection(themes))
    kind, _, number = key.partition("-")
    if kind == "note":
        session.execute(delete(NoteTheme).where(NoteTheme.note_id == int(number)))
        session.add_all(NoteTheme(note_id=int(number), theme_id=theme) for theme in chosen)
    else:
        session.execute(delete(AnswerTheme).where(AnswerTheme.sitting_id == number))
        item = session.scalars(
            select(OpenAnswer.item).where(OpenAnswer.sitting_id == number).limit(1)
        ).one()
        session.add_all(
            AnswerTheme(sitting_id=number, item=item, theme_id=theme) for theme in chosen
        )
    session.flush()


@dataclass(frozen=True)
class Joint:
    """A scale beside the themes that belong to it; of each, in how many texts it is (None: in
    fewer than five)."""

    scale: str
    figures: Mapping[str, Any] | None
    themes: Sequence[tuple[Theme, int | None]]


def joint_display(
    session: Session, programme_id: int, scales: Sequence[Mapping[str, Any]]
) -> list[Joint]:
    """What people said beside what changed, scale by scale; at the end, what stands beside none."""
    counted = _counts(session)
    themes: dict[str, list[tuple[Theme, int | None]]] = {}
    for theme in themes_of(session, programme_id):
        number = counted.get(theme.id, 0)
        shown = number if number >= MINIMUM_CELL else None
        themes.setdefault(theme.scale, []).append((theme, shown))
    figures = {f"{each['instrument']}/{each['scale']}": each for each in scales if each["matched"]}
    names = [*figures, *sorted(set(themes) - set(figures) - {""}), *({""} & set(themes))]
    return [Joint(name, figures.get(name), themes.get(name, [])) for name in names]


def _counts(session: Session) -> dict[int, int]:
    found: dict[int, int] = {}
    for theme in (NoteTheme.theme_id, AnswerTheme.theme_id):
        for number, count in session.execute(select(theme, func.count()).group_by(theme)):
            found[number] = found.get(number, 0) + int(count)
    return found
