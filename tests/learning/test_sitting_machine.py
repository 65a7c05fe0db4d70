"""Any order of tabs, resends, phones, months and goodbyes, against an oracle of a few lines.

Each story is lived on SQLite and on PostgreSQL at once. Both must answer alike, and keep what the
oracle keeps: an answer that was given is never changed by a form that comes later, nothing is
added up, and nobody who was forgotten leaves anything.
"""

import re
from itertools import count

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.learning.both import both_houses
from tests.learning.oracle import (
    ITEMS,
    LESSONS,
    WAVES,
    Form,
    Oracle,
    address_of,
    found,
    move_back,
    ticks,
)
from tests.people import OURS

_NUMBERS = count()


class Sittings(RuleBasedStateMachine):
    """One learner on two phones, in two houses."""

    forms = Bundle("forms")
    houses: list[Flask]

    def __init__(self) -> None:
        super().__init__()
        self.start_key = f"{next(_NUMBERS):032d}"
        self.code = ""
        self.oracle = Oracle()
        self.phones = [[house.test_client() for house in self.houses] for _ in range(2)]

    @initialize(target=forms)
    def arrives(self) -> Form:
        """She agrees to take part on the first phone, and opens the first questions."""
        self._send(0, "/en/start/m1", key=self.start_key, agree="yes")
        self.oracle.exists = True
        self.oracle.here.add(0)
        return self._opened("before", "feelings")

    @rule(target=forms, wave=st.sampled_from(WAVES), instrument=st.sampled_from(list(ITEMS)))
    def opens_a_tab(self, wave: str, instrument: str) -> Form:
        return self._opened(wave, instrument)

    @rule(form=forms, phone=st.sampled_from((0, 1)), data=st.data())
    def sends_a_form(self, form: Form, phone: int, data: st.DataObject) -> None:
        form.sent = data.draw(ticks(form.instrument))
        self._submits(form, phone)

    @precondition(lambda self: not self.oracle.lessons and 0 in self.oracle.here)
    @rule(form=forms, data=st.data())
    def sends_a_form_in_time(self, form: Form, data: st.DataObject) -> None:
        """As most people do: the questions before, before."""
        if form.wave == "before":
            form.sent = data.draw(ticks(form.instrument))
            self._submits(form, 0)

    @rule(form=forms, phone=st.sampled_from((0, 1)))
    def sends_the_same_again(self, form: Form, phone: int) -> None:
        """After a lost answer, or from an outbox: late, and as often as it likes."""
        if form.sent is not None:
            self._submits(form, phone)

    @rule(form=forms, phone=st.sampled_from((0, 1)), data=st.data())
    def stops_and_goes_on_later(self, form: Form, phone: int, data: st.DataObject) -> None:
        given = data.draw(ticks(form.instrument))
        self._send(phone, address_of(form), key=form.key, do="later", **given)
        if self.oracle.takes(phone, form.wave):
            self.oracle.save(form, given)

    @rule(form=forms, phone=st.sampled_from((0, 1)), data=st.data())
    def goes_on_in_another_language(self, form: Form, phone: int, data: st.DataObject) -> None:
        given = data.draw(ticks(form.instrument))
        self._send(phone, address_of(form), key=form.key, switch="sw", **given)
        if self.oracle.takes(phone, form.wave):
            self.oracle.save(form, given)

    @rule(lesson=st.sampled_from(LESSONS), phone=st.sampled_from((0, 1)))
    def finishes_a_lesson(self, lesson: str, phone: int) -> None:
        self._send(phone, f"/en/{lesson}/done")
        if self.oracle.exists and phone in self.oracle.here:
            self.oracle.lessons.add(lesson)

    @rule(target=forms)
    def finishes_all_lessons(self) -> Form:
        for lesson in LESSONS:
            self.finishes_a_lesson(lesson, 0)
        return self._opened("after", "feelings")

    @precondition(lambda self: self.oracle.was_after())
    @rule(target=forms)
    def months_pass(self) -> Form:
        """The days of everything she answered are moved back."""
        for house in self.houses:
            with house.extensions["database"].work() as session:
                move_back(session, self.start_key)
        self.oracle.months_passed = True
        return self._opened("later-1", "feelings")

    @rule(phone=st.sampled_from((0, 1)))
    def leaves_the_phone(self, phone: int) -> None:
        self._send(phone, "/en/leave")
        if phone in self.oracle.here:
            self.oracle.here.discard(phone)
            self.oracle.spent = True

    @rule(phone=st.sampled_from((0, 1)))
    def comes_back_with_her_card(self, phone: int) -> None:
        self._send(phone, "/en/return", code=self.code)
        if self.oracle.exists:
            self.oracle.here.add(phone)

    @rule()
    def sends_the_consent_again(self) -> None:
        """By going back in the browser: the same card, unless she has left a phone since."""
        answer = self._send(0, "/en/start/m1", key=self.start_key, agree="yes")
        assert ("<span>" in answer[2]) == (not self.oracle.spent)
        if not self.oracle.spent:
            self.oracle.here.add(0)

    @precondition(lambda self: self.oracle.exists)
    @rule(chance=st.integers(0, 3))
    def is_forgotten(self, chance: int) -> None:
        """Now and then: most stories should go on."""
        if chance == 0:
            self._send(1, "/en/forget", code=self.code)
            self.oracle = Oracle(spent=True)

    @invariant()
    def the_database_holds_what_the_oracle_holds(self) -> None:
        for house in self.houses:
            with house.extensions["database"].session(reading=True) as session:
                assert found(session, self.start_key) == self.oracle.holds(), house

    def teardown(self) -> None:
        """She is forgotten, so that the next story begins with nobody."""
        for house in self.houses:
            house.test_client().post("/en/forget", data={"code": self.code}, headers=OURS)

    def _opened(self, wave: str, instrument: str) -> Form:
        return Form(wave, instrument, f"form-{next(_NUMBERS):027d}")

    def _submits(self, form: Form, phone: int) -> None:
        assert form.sent is not None
        self._send(phone, address_of(form), key=form.key, do="submit", **form.sent)
        if self.oracle.takes(phone, form.wave):
            self.oracle.submit(form, form.sent)

    def _send(self, phone: int, address: str, **form: str) -> tuple[int, str, str]:
        """Send a form in both houses; they must say the same."""
        told = []
        for browser in self.phones[phone]:
            answer = browser.post(address, data=form, headers=OURS)
            spans = "".join(re.findall(r"<span>\d{4}</span>", answer.text))
            told.append((answer.status_code, answer.headers.get("Location", ""), spans))
        assert told[0] == told[1]
        assert told[0][0] < 500
        if told[0][2] and not self.code:
            self.code = "".join(re.findall(r"\d{4}", told[0][2]))
        return told[0]


def test_sittings_keep_what_was_given_whatever_comes_in_whichever_order() -> None:
    with both_houses() as houses:
        Sittings.houses = houses
        run_state_machine_as_test(
            Sittings,
            settings=settings(
                max_examples=10,
                stateful_step_count=15,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
