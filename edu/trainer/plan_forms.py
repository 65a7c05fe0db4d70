"""The form of a group's arm, waves and linking; what is left alone is as most groups need it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from edu.account.forms import STORABLE
from edu.groups.arrangement import Arrangement
from edu.groups.models import Allocation, Arm, Linking
from edu.languages import digits
from edu.learning.linking.elements import (
    FEWEST,
    MOST,
    elements_for,
    least_needed,
    usual_elements,
    usual_needed,
)
from edu.learning.waves import MOST_LATER, MOST_WEEKS, MOST_WINDOW
from edu.trainer.plan_words import element_care, element_question

#: What a course takes at most before the weeks to the later questions begin to count.
_COURSE = timedelta(weeks=16)


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PlanForm(FlaskForm):  # type: ignore[misc]
    """Arm, waves, linking. Choices of elements are set by `offer`."""

    instruments = _Ticks(_l("Which questionnaires?"))
    arm = RadioField(
        _l("What is this group for?"),
        choices=[
            SelectChoice(Arm.INTERVENTION.value, _l("It takes the lessons")),
            SelectChoice(
                Arm.WAITING.value,
                _l("It waits first: questions, some weeks, the questions again, then the lessons"),
            ),
            SelectChoice(
                Arm.COMPARISON.value,
                _l("It is compared with other groups: it answers twice without lessons"),
            ),
        ],
        default=Arm.INTERVENTION.value,
    )
    allocation = RadioField(
        _l("How was it decided which group begins first?"),
        choices=[
            SelectChoice(Allocation.LOT.value, _l("By lot")),
            SelectChoice(Allocation.OTHERWISE.value, _l("Otherwise, or there is only one group")),
        ],
        default=Allocation.OTHERWISE.value,
    )
    from_day = DateField(_l("On which day does waiting end?"), [Optional()])
    later = StringField(
        _l("How many weeks after the course are the questions asked again?"),
        [Length(max=40)],
        STORABLE,
        default="12",
    )
    window = IntegerField(
        _l("How many weeks earlier or later are in time?"),
        [Optional(), NumberRange(1, MOST_WINDOW)],
        default=4,
    )
    looking_back = BooleanField(_l("Also ask afterwards how it was before (looking back)"))
    linking = RadioField(
        _l("How do papers of one person find together?"),
        choices=[
            SelectChoice(Linking.CARD.value, _l("By the number on her card")),
            SelectChoice(
                Linking.ELEMENTS.value,
                _l("By a few questions about herself, because cards would be lost"),
            ),
        ],
        default=Linking.CARD.value,
    )
    elements = _Ticks(_l("Which questions?"))
    needed = IntegerField(_l("How many of them must agree?"), [Optional()])
    ends_on = DateField(_l("Last day on which papers can be linked"), [Optional()])

    def offer(self, tags: Sequence[str], forms: Sequence[tuple[str, str]]) -> None:
        """The questionnaires that may be chosen, and the elements that may be asked in these
        languages, each with what to think of."""
        self.usual = usual_elements(tags)
        self.instruments.choices = [SelectChoice(id, words) for id, words in forms]
        self.elements.choices = [
            SelectChoice(each.id, f"{element_question(each.id)} ({element_care(each.id)})")
            for each in elements_for(tags)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything together: a day where somebody waits, weeks in order, enough elements."""
        fine = super().validate(extra_validators)
        checks = [self._days(), self._weeks(), self._linking()]
        return bool(fine and all(checks))

    def _days(self) -> bool:
        if self.arm.data == Arm.INTERVENTION.value or self.from_day.data:
            return True
        told = _("Write a day: until then this group waits.")
        self.from_day.errors = [*self.from_day.errors, told]
        return False

    def _weeks(self) -> bool:
        if later_weeks(self.later.data) is not None:
            return True
        told = _(
            "Write up to %(count)d numbers of weeks, the smallest first, with commas between them.",
            count=MOST_LATER,
        )
        self.later.errors = [*self.later.errors, told]
        return False

    def _linking(self) -> bool:
        if self.linking.data != Linking.ELEMENTS.value:
            return True
        chosen = self.elements.data or self.usual
        if not FEWEST <= len(chosen) <= MOST:
            told = _("Choose %(fewest)d to %(most)d questions.", fewest=FEWEST, most=MOST)
            self.elements.errors = [*self.elements.errors, told]
            return False
        least = least_needed(len(chosen))
        if self.needed.data is not None and not least <= self.needed.data <= len(chosen):
            told = _("Choose %(fewest)d to %(most)d.", fewest=least, most=len(chosen))
            self.needed.errors = [*self.needed.errors, told]
            return False
        return True

    def arrangement(self, tags: list[str], today: date) -> Arrangement:
        """What a valid form says; what was left open is as usual."""
        weeks, window = later_weeks(self.later.data) or (), self.window.data or 4
        plain = Arrangement(
            instruments=tuple(self.instruments.data or ()),
            arm=Arm(self.arm.data),
            allocation=Allocation(self.allocation.data),
            from_day=self.from_day.data if self.arm.data != Arm.INTERVENTION.value else None,
            later_weeks=weeks,
            window_weeks=window,
            looking_back=self.looking_back.data,
        )
        if self.linking.data != Linking.ELEMENTS.value:
            return plain
        asked = tuple(self.elements.data or usual_elements(tags))
        asked_last = _COURSE + timedelta(weeks=max(weeks, default=0) + window)
        last = self.ends_on.data or today + asked_last
        return Arrangement(
            **vars(plain)
            | {
                "linking": Linking.ELEMENTS,
                "elements": asked,
                "elements_needed": self.needed.data or usual_needed(len(asked)),
                "linking_ends_on": last,
            }
        )

    def show(self, present: Arrangement) -> None:
        """Fill the form with what is arranged."""
        self.instruments.data = list(present.instruments)
        self.arm.data, self.allocation.data = present.arm.value, present.allocation.value
        self.from_day.data = present.from_day
        self.later.data = ", ".join(map(str, present.later_weeks))
        self.window.data, self.looking_back.data = present.window_weeks, present.looking_back
        self.linking.data = present.linking.value
        self.elements.data = list(present.elements)
        self.needed.data = present.elements_needed or None
        self.ends_on.data = present.linking_ends_on


def later_weeks(typed: str | None) -> tuple[int, ...] | None:
    """`12, 52` as numbers; none for an empty field; None where it cannot be read."""
    parts = [part.strip() for part in digits(typed or "").replace("،", ",").split(",")]
    if parts == [""]:
        return ()
    if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts):
        return None
    weeks = tuple(int(part) for part in parts)
    in_order = list(weeks) == sorted(set(weeks))
    fits = len(weeks) <= MOST_LATER and weeks[0] >= 1 and weeks[-1] <= MOST_WEEKS
    return weeks if in_order and fits else None
