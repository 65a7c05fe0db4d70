"""Sealed answers taken in for a group: each slip whole or not at all, with what came of it.

The rules are those of the ordinary door: nobody is made without her yes, a wave counts only while
it is open, and what came once is not kept twice, whoever brings it and by whichever way.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.carried.pieces import Gathered
from edu.carried.sealing import Damaged, Elsewhere, open_letter
from edu.carried.slips import Malformed, Slip, read_slip
from edu.groups.models import Group
from edu.learner.way import wave_is_open
from edu.learning import codes
from edu.learning.carried.models import CarriedFile, CarriedNumber
from edu.learning.instruments import definition_of, kept_version
from edu.learning.journeys import finish_lesson, start_journey
from edu.learning.learners import learner_by_code
from edu.learning.models import Journey, Learner
from edu.learning.sittings import Gone, Mode, Reading, is_kept, sitting_of, submit
from edu.learning.waves import place
from edu.quizzes.answers import Answer, State, decode
from edu.quizzes.instrument import Instrument, Kind
from edu.segments.segment import clean

#: So many slips are taken in at once: a few hundred commits would hold others up.
MOST = 200


class Outcome(StrEnum):
    """What came of a slip."""

    KEPT = "kept"
    HERE = "already here"
    ANSWERED = "answered before"
    OVER = "the file's time is over"
    STOPPED = "the file was stopped"
    ELSEWHERE = "of another server"
    OTHER_GROUP = "of another group"
    DAMAGED = "damaged"
    NOBODY = "a number that nobody has"
    LEFT = "a number that was deleted"
    OTHER_CARD = "a card of another group"
    CLOSED = "a wave that is not open"
    UNOPENED = "the group is not open yet"


@dataclass(frozen=True)
class Taken:
    """What came of one letter; `wave` is told where it could be read. `redated` says that the
    phone's clock was wrong and today was taken for the day."""

    outcome: Outcome
    wave: str = ""
    redated: bool = False


class _Refused(Exception):
    """Nothing of this slip is kept."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def take_in(
    session: Session, group: Group, gathered: Gathered, *, secret: str, today: date
) -> list[Taken]:
    """Take in whole letters; those from before the lessons first, so that the order in which
    files come does not matter."""
    opened: list[Slip] = []
    told: list[Taken] = [Taken(Outcome.DAMAGED) for _number in gathered.unread]
    for letter in gathered.letters[:MOST]:
        try:
            opened.append(read_slip(open_letter(letter, secret)))
        except Elsewhere:
            told.append(Taken(Outcome.ELSEWHERE))
        except (Damaged, Malformed):
            told.append(Taken(Outcome.DAMAGED))
    taking = _Taking(session, group, secret, today)
    return [*(taking.take(slip) for slip in _in_order(opened)), *told]


def _in_order(slips: Iterable[Slip]) -> Sequence[Slip]:
    # Then by a random number: the order of one evening tells nobody who came first.
    return sorted(slips, key=lambda slip: (place(slip.wave), slip.id))


@dataclass(frozen=True)
class _Taking:
    session: Session
    group: Group
    secret: str
    today: date

    def take(self, slip: Slip, *, again: bool = False) -> Taken:
        """One slip, in a step of its own: what is refused leaves nothing."""
        try:
            with self.session.begin_nested():
                return self._kept(slip)
        except _Refused as refused:
            return Taken(refused.outcome, slip.wave)
        except IntegrityError:
            if again:
                raise
            # Taken in by somebody else in the same moment: now it is found.
            return self.take(slip, again=True)
        except Gone:
            return Taken(Outcome.LEFT, slip.wave)

    def _kept(self, slip: Slip) -> Taken:
        file = self._file(slip)
        readings = self._readings(file, slip)
        day = slip.day if file.made_on <= slip.day <= self.today else self.today
        journey = self._journey(file, slip, day)
        sittings = [
            sitting_of(self.session, journey, each.instrument, slip.wave) for each in readings
        ]
        there = [each for each in sittings if each is not None and each.submitted_on is not None]
        if len(there) == len(readings):
            same = all(is_kept(each, slip.id) for each in there)
            raise _Refused(Outcome.HERE if same else Outcome.ANSWERED)
        if slip.read_all:
            for lesson, release_id in file.lessons.items():
                finish_lesson(self.session, journey, lesson, release_id)
        if not wave_is_open(self.session, journey, slip.wave, day):
            raise _Refused(Outcome.CLOSED)
        self._submit(slip, journey, readings, day)
        return Taken(Outcome.KEPT, slip.wave, redated=day != slip.day)

    def _file(self, slip: Slip) -> CarriedFile:
        file = self.session.get(CarriedFile, slip.file)
        if file is None:
            raise _Refused(Outcome.ELSEWHERE)
        if file.group_id != self.group.id:
            raise _Refused(Outcome.OTHER_GROUP)
        if file.stopped_on is not None:
            raise _Refused(Outcome.STOPPED)
        if self.today > file.until:
            raise _Refused(Outcome.OVER)
        if self.group.opened_on is None:
            raise _Refused(Outcome.UNOPENED)
        return file

    def _readings(self, file: CarriedFile, slip: Slip) -> list[Reading]:
        """What was before her: the questionnaires of this wave in the words of the file."""
        asked = [each for each in file.asked if slip.wave in each["waves"]]
        if not asked or {each["name"] for each in asked} != slip.rows.keys():
            raise _Refused(Outcome.DAMAGED)
        return [self._reading(each, slip) for each in asked]

    def _reading(self, asked: dict[str, Any], slip: Slip) -> Reading:
        kept = kept_version(self.session, asked["name"], asked["version"])
        if kept is None:
            raise _Refused(Outcome.DAMAGED)
        return Reading(kept[0], slip.wave, asked["tag"], asked["release"], asked["draft"])

    def _journey(self, file: CarriedFile, slip: Slip, day: date) -> Journey:
        learner = learner_by_code(self.session, secret=self.secret, typed=slip.code)
        if learner is None:
            learner = self._new_learner(file, slip, day)
        elif not _is_ours(self.group, learner):
            raise _Refused(Outcome.OTHER_CARD)
        return start_journey(
            self.session,
            learner,
            tag=file.tag,
            modules=list(self.group.modules),
            group=self.group,
            consent_release_id=file.consent_release_id,
            today=day,
        )

    def _new_learner(self, file: CarriedFile, slip: Slip, day: date) -> Learner:
        """Somebody whose number a phone made. Once only: whoever has deleted herself stays so."""
        digest = codes.mac(self.secret, f"carried:{slip.code}")
        if self.session.get(CarriedNumber, digest) is not None:
            raise _Refused(Outcome.LEFT)
        if not slip.made:
            raise _Refused(Outcome.NOBODY)
        self.session.add(CarriedNumber(digest=digest, file_id=file.id))
        learner = Learner(
            id=secrets.token_hex(16),
            code_mac=codes.mac(self.secret, slip.code),
            # No form made this card, so none can show it again.
            start_key=codes.digest(secrets.token_urlsafe(32)),
            group_id=self.group.id,
            made_on=day,
        )
        self.session.add(learner)
        self.session.flush()
        return learner

    def _submit(self, slip: Slip, journey: Journey, readings: Sequence[Reading], day: date) -> None:
        for reading in readings:
            answers, texts = _answers(definition_of(reading.instrument), slip)
            submit(
                self.session,
                journey,
                reading,
                answers,
                key=slip.id,
                today=day,
                texts=texts,
                mode=Mode.ALOUD if slip.aloud else Mode.WEB,
            )


def _is_ours(group: Group, learner: Learner) -> bool:
    """Whether she is in this group, or her card was made for it and is new."""
    if any(journey.group_id == group.id for journey in learner.journeys):
        return True
    return learner.group_id == group.id and not learner.journeys


def _answers(instrument: Instrument, slip: Slip) -> tuple[dict[str, Answer], dict[str, str]]:
    """What a slip says to a questionnaire, as its form would have said it; and the free texts."""
    try:
        answers = decode(instrument, slip.rows[instrument.id])
    except ValueError as error:
        raise _Refused(Outcome.DAMAGED) from error
    # Only whoever types a paper can say these.
    if any(each.state in (State.NOT_SHOWN, State.ILLEGIBLE) for each in answers.values()):
        raise _Refused(Outcome.DAMAGED)
    if instrument.kind is not Kind.OPEN:
        return answers, {}
    given = slip.texts.get(instrument.id, {})
    texts = {item.id: clean(given.get(item.id, "")).strip() for item in instrument.items}
    states = {item: State.ANSWERED if text else State.SKIPPED for item, text in texts.items()}
    return {item: Answer(state) for item, state in states.items()}, texts
