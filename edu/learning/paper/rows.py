"""Papers kept: each row becomes sittings; the row itself stays only until the sheet is closed."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.editions.releasing import current_release
from edu.groups.models import Group
from edu.learning.journeys import start_journey
from edu.learning.learners import make_learner
from edu.learning.linking.evidence import note_elements, paper_journey, relink
from edu.learning.models import Journey, Learner
from edu.learning.paper.columns import Column, is_blank
from edu.learning.paper.models import PaperRow, PaperSheet
from edu.learning.paper.reading import ReadRow
from edu.learning.sittings import Mode, submit

#: The rows of a sheet that nobody closed are deleted after this time.
ROWS_KEPT = timedelta(days=180)


@dataclass(frozen=True)
class Pile:
    """What is true of all papers of a sheet; `key` is the form's one-time key."""

    group: Group
    wave: str
    tag: str
    mode: Mode
    answered_on: date
    key: str
    columns: Sequence[Column]
    typed_by: int | None
    consent_release_id: int


@dataclass(frozen=True)
class NewCard:
    """A card for somebody whose paper had none. The code exists here and on paper only."""

    number: int
    code: str


def sheet_with_key(session: Session, key: str) -> PaperSheet | None:
    """The sheet that this very form has made already."""
    return session.scalar(select(PaperSheet).where(PaperSheet.form_key == _digest(key)))


def consent_release(session: Session, tag: str) -> int | None:
    """The release of the page on which people agree, in the words of today."""
    release = current_release(session, tag, "pages")
    return release.id if release is not None else None


def keep_rows(
    session: Session, pile: Pile, rows: Sequence[ReadRow], *, secret: str, today: date
) -> tuple[PaperSheet, list[NewCard]]:
    """Keep a sheet that has no mistake in it, all of it or nothing; and the new cards. Raises
    KeyIsGone where papers can be linked no more."""
    sheet = PaperSheet(
        group_id=pile.group.id,
        wave=pile.wave,
        tag=pile.tag,
        mode=pile.mode.value,
        answered_on=pile.answered_on,
        form_key=_digest(pile.key),
        people=len(rows),
        typed_on=today,
        first_by_id=pile.typed_by,
        compared=0,
        differing=0,
    )
    session.add(sheet)
    session.flush()
    keeping = _Keeping(session, pile, secret, today)
    cards = []
    for row in rows:
        journey, card = keeping.journey(row)
        keeping.answers(row, journey)
        session.add(
            PaperRow(sheet_id=sheet.id, number=row.number, journey_id=journey.id, unsettled={})
        )
        cards += card
    session.flush()
    if any(row.elements for row in rows):
        relink(session, pile.group, secret=secret, today=today)
    return sheet, cards


@dataclass(frozen=True)
class _Keeping:
    session: Session
    pile: Pile
    secret: str
    today: date

    def journey(self, row: ReadRow) -> tuple[Journey, list[NewCard]]:
        """Whose answers they are."""
        if row.elements:
            return self._by_elements(row), []
        if row.learner is not None:
            return self._started(row.learner), []
        card = make_learner(
            self.session,
            secret=self.secret,
            start_key=secrets.token_urlsafe(24),
            group_id=self.pile.group.id,
            today=self.today,
        )
        return self._started(card.learner), [NewCard(row.number, card.code)]

    def _by_elements(self, row: ReadRow) -> Journey:
        made = paper_journey(
            self.session,
            self.pile.group,
            tag=self.pile.tag,
            consent_release_id=self.pile.consent_release_id,
            answered_on=self.pile.answered_on,
            secret=self.secret,
        )
        note_elements(
            self.session,
            self.pile.group,
            made,
            self.pile.wave,
            row.elements,
            secret=self.secret,
            today=self.today,
        )
        return made

    def _started(self, learner: Learner) -> Journey:
        return start_journey(
            self.session,
            learner,
            tag=self.pile.tag,
            modules=list(self.pile.group.modules),
            group=self.pile.group,
            consent_release_id=self.pile.consent_release_id,
            today=self.pile.answered_on,
        )

    def answers(self, row: ReadRow, journey: Journey) -> None:
        """A sitting for each questionnaire in which something was ticked."""
        asked = {each.questionnaire.instrument.id: each.questionnaire for each in self.pile.columns}
        for name, questionnaire in asked.items():
            given = row.answers.get(name, {})
            if is_blank(list(given.values())):
                continue
            submit(
                self.session,
                journey,
                questionnaire.reading(self.pile.wave),
                given,
                key=f"{self.pile.key}:{row.number}",
                today=self.pile.answered_on,
                mode=self.pile.mode,
            )


def sheets_of(session: Session, group_id: int) -> Sequence[PaperSheet]:
    """A group's sheets, the newest first."""
    wanted = select(PaperSheet).where(PaperSheet.group_id == group_id)
    return session.scalars(wanted.order_by(PaperSheet.id.desc())).all()


def sheet_of(session: Session, group_id: int, sheet_id: int) -> PaperSheet | None:
    """One sheet, if it is this group's own."""
    wanted = select(PaperSheet).where(PaperSheet.id == sheet_id, PaperSheet.group_id == group_id)
    return session.scalar(wanted)


def rows_of(session: Session, sheet: PaperSheet) -> Sequence[PaperRow]:
    """The rows of a sheet that are still there: somebody may have deleted herself since."""
    wanted = select(PaperRow).where(PaperRow.sheet_id == sheet.id)
    return session.scalars(wanted.order_by(PaperRow.number)).all()


def close(session: Session, sheet: PaperSheet, today: date) -> None:
    """Nobody will look at these papers again: which row was whose is forgotten."""
    session.execute(delete(PaperRow).where(PaperRow.sheet_id == sheet.id))
    sheet.closed_on = today
    session.flush()


def drop_old_rows(session: Session, today: date) -> int:
    """Close the sheets that were typed too long ago; returns how many."""
    old = session.scalars(
        select(PaperSheet).where(
            PaperSheet.closed_on.is_(None), PaperSheet.typed_on < today - ROWS_KEPT
        )
    ).all()
    for sheet in old:
        close(session, sheet, today)
    return len(old)


def next_number(session: Session, group_id: int, wave: str) -> int:
    """The number to write on the first paper of the next pile of a wave."""
    typed = session.scalar(
        select(func.max(PaperRow.number))
        .join(PaperSheet, PaperSheet.id == PaperRow.sheet_id)
        .where(PaperSheet.group_id == group_id, PaperSheet.wave == wave)
    )
    return (typed or 0) + 1


def _digest(key: str) -> str:
    return hashlib.sha256(f"sheet:{key}".encode("utf-8", "replace")).hexdigest()
