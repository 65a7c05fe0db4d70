"""One learner as simple as she can be told: what must be kept of her, whatever comes in whichever
order, and what a database has of her."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning import codes
from edu.learning.models import Journey, Learner, LessonDone, Pair, Sitting
from tests.drill.audits import Sent, line_of, pairs_of

Ticks = dict[str, str]
Place = tuple[str, str]
LESSONS = ("m0/1", "m1/1", "m1/2")
WAVES = ("before", "after", "later-1")
CODES = {"feelings": ("1", "2", "3", "?", "!"), "facts": ("a", "b", "?", "!")}
ITEMS = {"feelings": ("contact-1", "contact-2", "hope-1", "hope-2"), "facts": ("k1", "k2")}


@st.composite
def ticks(draw: st.DrawFn, instrument: str) -> Ticks:
    """Some items of a questionnaire with what is ticked."""
    items = draw(st.lists(st.sampled_from(ITEMS[instrument]), unique=True))
    return {item: draw(st.sampled_from(CODES[instrument])) for item in items}


@dataclass
class Form:
    """A questionnaire in a tab: its key, and what was sent from it last."""

    wave: str
    instrument: str
    key: str
    sent: Ticks | None = None


@dataclass
class Kept:
    """What the oracle keeps of one sitting."""

    answers: Ticks
    key: str = ""


@dataclass
class Oracle:
    """One learner, as simple as she can be told."""

    here: set[int] = field(default_factory=set)
    exists: bool = False
    spent: bool = False
    lessons: set[str] = field(default_factory=set)
    sittings: dict[Place, Kept] = field(default_factory=dict)
    months_passed: bool = False

    def is_open(self, wave: str) -> bool:
        """Whether a wave's questions are asked now."""
        if wave == "before":
            return not self.lessons
        whole = len(self.lessons) == len(LESSONS)
        return whole and (wave == "after" or (self.months_passed and self.was_after()))

    def was_after(self) -> bool:
        """Whether any questionnaire after the lessons is submitted."""
        return any(kept.key for (wave, _), kept in self.sittings.items() if wave == "after")

    def takes(self, phone: int, wave: str) -> bool:
        """Whether a form from this phone is kept."""
        return self.exists and phone in self.here and self.is_open(wave)

    def submit(self, form: Form, given: Ticks) -> None:
        """A finished form: the first one counts, a later one fills what was left open."""
        kept = self.sittings.get((form.wave, form.instrument))
        if kept is None or not kept.key:
            before = kept.answers if kept is not None else {}
            self.sittings[form.wave, form.instrument] = Kept({**before, **given}, form.key)
        elif kept.key != form.key:
            kept.answers = {**given, **kept.answers}

    def save(self, form: Form, given: Ticks) -> None:
        """An unfinished form: what is ticked in it counts, and what was ticked before stays, also
        when it comes from a tab that was open since earlier."""
        kept = self.sittings.get((form.wave, form.instrument))
        if kept is None or not kept.key:
            before = kept.answers if kept is not None else {}
            self.sittings[form.wave, form.instrument] = Kept({**before, **given})

    def holds(self) -> object:
        """All that must be kept of her, in the shape of `found`."""
        if not self.exists:
            return None
        whole: dict[Place, tuple[Mapping[str, str], bool]] = {
            place: (kept.answers, True) for place, kept in self.sittings.items() if kept.key
        }
        return (
            1,
            {
                place: (line_of(place[1], kept.answers), bool(kept.key))
                for place, kept in self.sittings.items()
            },
            pairs_of(Sent(answers=whole)),
            sorted(lesson.replace("/", ".") for lesson in self.lessons),
        )


def address_of(form: Form) -> str:
    """Where a form is sent."""
    return f"/en/questions/{form.wave}/{form.instrument}"


def learner_of(session: Session, start_key: str) -> Learner | None:
    """Who began with this key."""
    return session.scalar(select(Learner).where(Learner.start_key == codes.digest(start_key)))


def move_back(session: Session, start_key: str) -> None:
    """The days on which she answered become ten weeks earlier."""
    learner = learner_of(session, start_key)
    for sitting in learner.journeys[0].sittings if learner is not None else ():
        if sitting.submitted_on is not None:
            sitting.submitted_on -= timedelta(days=70)


def found(session: Session, start_key: str) -> object:
    """All that is kept of her; None where nothing is left of anybody."""
    learner = learner_of(session, start_key)
    if learner is None:
        left = [session.scalars(select(table)).all() for table in (Journey, Sitting, Pair)]
        return None if not any(left) else left
    journey = learner.journeys[0]
    sittings = {
        (each.wave, each.instrument_version.instrument): (
            f"{each.answers}|",
            each.submitted_on is not None,
        )
        for each in journey.sittings
    }
    pairs = session.scalars(select(Pair).where(Pair.journey_id == journey.id))
    done = session.scalars(select(LessonDone.lesson).where(LessonDone.journey_id == journey.id))
    return (
        len(learner.journeys),
        sittings,
        {(pair.scale, pair.wave): (pair.before, pair.after) for pair in pairs},
        sorted(done),
    )
