"""Phones that learn without a network and send what they kept later, against the same oracle.

Each phone holds a queue. When there is a network it sends the queue from its front: a form comes
in and its answer too, or comes in and its answer is lost, or never comes in. What was once on its
way may come in again at any later time. A phone drops a form when the server says what became of
it, and only then; so what the server says is held to the oracle at each step.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
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

PHONES = (0, 1)
SAVED, CLOSED, NOBODY = "/en/my?saved", "/en/my?closed", "/en/my"
#: What becomes of one sending: the answer came, the answer was lost, nothing came in at all.
FATES = ("answered", "answered", "unanswered", "lost")
_NUMBERS = count()


@dataclass
class Item:
    """One thing in a queue: a form, or the end of a lesson."""

    form: Form | None = None
    lesson: str = ""


class Outboxes(RuleBasedStateMachine):
    """One learner with two phones, in two houses."""

    houses: list[Flask]

    def __init__(self) -> None:
        super().__init__()
        self.start_key = f"{next(_NUMBERS):032d}"
        self.oracle = Oracle()
        self.browsers = [[house.test_client() for house in self.houses] for _ in PHONES]
        self.queues: list[list[Item]] = [[] for _ in PHONES]
        self.sent: list[tuple[int, Item]] = []
        self.code = ""

    @initialize()
    def arrives(self) -> None:
        """She agrees and types her card on the second phone, while there is a network."""
        pages = [
            browser.post(
                "/en/start/m1", data={"key": self.start_key, "agree": "yes"}, headers=OURS
            ).text
            for browser in self.browsers[0]
        ]
        (self.code,) = {"".join(re.findall(r"<span>(\d{4})</span>", page)) for page in pages}
        self.oracle.exists = True
        self.oracle.here.add(0)
        self.types_her_card(1)

    @precondition(lambda self: not self.oracle.lessons)
    @rule(phone=st.sampled_from(PHONES), instrument=st.sampled_from(list(ITEMS)), data=st.data())
    def answers_in_time(self, phone: int, instrument: str, data: st.DataObject) -> None:
        """As most people do: the questions before, before."""
        self.answers(phone, "before", instrument, data)

    @rule(
        phone=st.sampled_from(PHONES),
        wave=st.sampled_from(WAVES),
        instrument=st.sampled_from(list(ITEMS)),
        data=st.data(),
    )
    def answers(self, phone: int, wave: str, instrument: str, data: st.DataObject) -> None:
        key = f"form-{next(_NUMBERS):027d}"
        form = Form(wave, instrument, key, data.draw(ticks(instrument)))
        self.queues[phone].append(Item(form))

    @rule(phone=st.sampled_from(PHONES), lessons=st.sampled_from((LESSONS, *zip(LESSONS))))
    def reads(self, phone: int, lessons: tuple[str, ...]) -> None:
        """One lesson, or all of them."""
        self.queues[phone] += [Item(lesson=lesson) for lesson in lessons]

    @precondition(lambda self: any(self.queues))
    @rule(phone=st.sampled_from(PHONES), data=st.data())
    def has_a_network_for_a_while(self, phone: int, data: st.DataObject) -> None:
        """The queue is sent from its front, until something goes wrong."""
        while self.queues[phone]:
            fate = data.draw(st.sampled_from(FATES))
            if fate != "lost":
                self._comes_in(phone, self.queues[phone][0])
            if fate != "answered":
                break
            if not self._is_dropped(phone):
                break

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def an_old_sending_comes_in_again(self, data: st.DataObject) -> None:
        """A proxy repeats it, days later and in whatever order."""
        self._comes_in(*data.draw(st.sampled_from(self.sent)))

    @precondition(lambda self: self.oracle.was_after())
    @rule()
    def months_pass(self) -> None:
        for house in self.houses:
            with house.extensions["database"].work() as session:
                move_back(session, self.start_key)
        self.oracle.months_passed = True

    @rule(phone=st.sampled_from(PHONES))
    def leaves_the_phone(self, phone: int) -> None:
        """What is still in its queue waits for her card."""
        for browser in self.browsers[phone]:
            browser.post("/en/leave", headers=OURS)
        self.oracle.here.discard(phone)

    @rule(phone=st.sampled_from(PHONES))
    def types_her_card(self, phone: int) -> None:
        for browser in self.browsers[phone]:
            browser.post("/en/return", data={"code": self.code}, headers=OURS)
        self.oracle.here.add(phone)

    @invariant()
    def the_database_holds_what_the_oracle_holds(self) -> None:
        for house in self.houses:
            with house.extensions["database"].session(reading=True) as session:
                assert found(session, self.start_key) == self.oracle.holds(), house

    def teardown(self) -> None:
        """At last there is a network for good: every queue is emptied. Then she is forgotten."""
        for phone in PHONES if self.code else ():
            self.types_her_card(phone)
            while self.queues[phone]:
                self._comes_in(phone, self.queues[phone][0])
                assert self._is_dropped(phone)
        if self.code:
            self.the_database_holds_what_the_oracle_holds()
        for house in self.houses:
            house.test_client().post("/en/forget", data={"code": self.code}, headers=OURS)

    def _comes_in(self, phone: int, item: Item) -> None:
        """The server gets it, on both databases, and says the truth about it."""
        self.sent.append((phone, item))
        told = set(self._told(phone, item))
        if item.form is None:
            if phone in self.oracle.here:
                self.oracle.lessons.add(item.lesson)
            assert len(told) == 1
            return
        assert told == {self._truth(phone, item.form)}

    def _truth(self, phone: int, form: Form) -> str:
        """What must be said of a form; and the oracle keeps it."""
        if phone not in self.oracle.here:
            return NOBODY
        if self.oracle.takes(phone, form.wave):
            assert form.sent is not None
            self.oracle.submit(form, form.sent)
            return SAVED
        kept = self.oracle.sittings.get((form.wave, form.instrument))
        return SAVED if kept is not None and kept.key == form.key else CLOSED

    def _told(self, phone: int, item: Item) -> Iterator[str]:
        """What each house answers."""
        for browser in self.browsers[phone]:
            if item.form is None:
                answer = browser.post(f"/en/{item.lesson}/done", headers=OURS)
            else:
                fields = {"key": item.form.key, "do": "submit", **(item.form.sent or {})}
                answer = browser.post(address_of(item.form), data=fields, headers=OURS)
            assert answer.status_code == 303
            yield answer.headers["Location"]

    def _is_dropped(self, phone: int) -> bool:
        """The phone drops what it was told about. Where nobody is signed in it keeps it."""
        if phone in self.oracle.here:
            self.queues[phone].pop(0)
            return True
        return False


@pytest.mark.thorough
def test_what_waits_on_a_phone_is_kept_once_and_the_phone_is_told_the_truth() -> None:
    with both_houses() as houses:
        Outboxes.houses = houses
        run_state_machine_as_test(
            Outboxes,
            settings=settings(
                max_examples=15,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
