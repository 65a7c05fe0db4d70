"""The phone's half of the outbox against the same oracle as the server's: two phones with one card,
each with the browser's own outbox, in every order that chance thinks of."""

import re
from itertools import count
from urllib.parse import parse_qsl, urlencode

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
from playwright.sync_api import Browser

from edu.learner.outbox import HEADER, Told
from tests.browser.outboxes import (
    ANSWERED,
    LOST,
    OUT,
    STRANGE,
    UNANSWERED,
    BrowserOutbox,
    browser_outbox,
)
from tests.learning.both import both_houses
from tests.learning.oracle import (
    ITEMS,
    LESSONS,
    Form,
    Oracle,
    address_of,
    found,
    ticks,
)
from tests.people import OURS, LearnerPerson, fields_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

PHONES = (0, 1)
WAVES = ("before", "after")
FATES = (ANSWERED, ANSWERED, ANSWERED, UNANSWERED, LOST, STRANGE, OUT)
_NUMBERS = count()


class Phones(RuleBasedStateMachine):
    """One learner with two phones, in two houses."""

    houses: list[Flask]
    phones: list[BrowserOutbox]

    def __init__(self) -> None:
        super().__init__()
        self.start_key = f"phones-{next(_NUMBERS):025d}"
        self.oracle = Oracle()
        self.people = [
            [LearnerPerson(house.test_client()) for house in self.houses] for _ in PHONES
        ]
        self.forms: dict[str, Form] = {}
        self.written: list[set[str]] = [set() for _ in PHONES]
        for number, phone in enumerate(self.phones):
            phone.empties()
            phone.server = lambda path, body, number=number: self.comes_in(number, path, body)

    @initialize()
    def arrives(self) -> None:
        """She agrees and types her card on the second phone, while there is a network."""
        self.ways, codes = [], set()
        for person in self.people[0]:
            page = person.sends("/en/start/m1", key=self.start_key, agree="yes")
            codes.add("".join(re.findall(r"<span>(\d{4})</span>", page.text)))
            form = person.opens("/en/questions/before/feelings")
            self.ways.append(fields_of(form).hidden["way"])
        (self.code,) = codes
        self.oracle.exists = True
        self.oracle.here.add(0)
        self.types_her_card(1)

    @rule(
        phone=st.sampled_from(PHONES),
        wave=st.sampled_from(WAVES),
        instrument=st.sampled_from(list(ITEMS)),
        data=st.data(),
    )
    def answers(self, phone: int, wave: str, instrument: str, data: st.DataObject) -> None:
        key, given = f"form-{next(_NUMBERS):027d}", data.draw(ticks(instrument))
        self.forms[key] = Form(wave, instrument, key, given)
        self.writes(phone, key, address_of(self.forms[key]), {"do": "submit", **given})

    @rule(phone=st.sampled_from(PHONES), lessons=st.sampled_from((LESSONS, *zip(LESSONS))))
    def reads(self, phone: int, lessons: tuple[str, ...]) -> None:
        """One lesson, or all of them."""
        for lesson in lessons:
            self.writes(phone, f"lesson-{next(_NUMBERS):025d}", f"/en/{lesson}/done", {})

    @rule(phone=st.sampled_from(PHONES), fates=st.lists(st.sampled_from(FATES), min_size=1))
    def has_a_network_for_a_while(self, phone: int, fates: list[str]) -> None:
        self.phones[phone].fates = list(fates)
        self.phones[phone].send()

    @precondition(lambda self: any(phone.came for phone in self.phones))
    @rule(data=st.data())
    def an_old_sending_comes_in_again(self, data: st.DataObject) -> None:
        """A proxy repeats it, days later and in whatever order."""
        number = data.draw(st.sampled_from([n for n in PHONES if self.phones[n].came]))
        self.comes_in(number, *data.draw(st.sampled_from(self.phones[number].came)))

    @rule(phone=st.sampled_from(PHONES))
    def the_battery_is_empty(self, phone: int) -> None:
        self.phones[phone].starts()

    @rule(phone=st.sampled_from(PHONES))
    def her_session_ends(self, phone: int) -> None:
        """What is still in the outbox waits for her card."""
        for person in self.people[phone]:
            person.sends("/en/leave")
        self.oracle.here.discard(phone)

    @rule(phone=st.sampled_from(PHONES))
    def types_her_card(self, phone: int) -> None:
        for person in self.people[phone]:
            person.comes_back(self.code)
        self.oracle.here.add(phone)

    @invariant()
    def the_database_holds_what_the_oracle_holds(self) -> None:
        for house in self.houses:
            with house.extensions["database"].session(reading=True) as session:
                assert found(session, self.start_key) == self.oracle.holds(), house

    def teardown(self) -> None:
        """At last there is a network for good: every outbox is emptied."""
        if not self.oracle.exists:
            return
        for number in PHONES:
            self.types_her_card(number)
            self.phones[number].fates = [ANSWERED] * 200
            self.phones[number].send()
            self.nothing_is_left(number)
        self.the_database_holds_what_the_oracle_holds()

    def nothing_is_left(self, number: int) -> None:
        """All that was written came in, nothing waits, and of what was not kept she is told."""
        phone = self.phones[number]
        came = {dict(parse_qsl(body))["key"] for _path, body in phone.came}
        assert (came, phone.waiting) == (self.written[number], 0)
        assert phone.notices.get("closed", 0) == phone.heard.count(Told.CLOSED)

    def writes(self, phone: int, key: str, path: str, fields: dict[str, str]) -> None:
        """The way is the first house's; the other house has another for the same person."""
        self.written[phone].add(key)
        self.phones[phone].write(self.ways[0], path, urlencode({"key": key, **fields}))

    def comes_in(self, number: int, path: str, body: str) -> str:
        """Both servers get it, and both say the truth about it."""
        fields, told = dict(parse_qsl(body)), set()
        for person, way in zip(self.people[number], self.ways, strict=True):
            answer = person.browser.post(
                path, data={**fields, "way": way}, headers={**OURS, HEADER: "1"}
            )
            told.add(answer.headers[HEADER])
        truth = self.truth(number, path, fields)
        assert told == {truth}, (path, told, truth)
        return truth.value

    def truth(self, number: int, path: str, fields: dict[str, str]) -> Told:
        """What must be said of it; and the oracle keeps it."""
        if number not in self.oracle.here:
            return Told.NOBODY
        if fields["key"] not in self.forms:
            self.oracle.lessons.add(path.removeprefix("/en/").removesuffix("/done"))
            return Told.SAVED
        form = self.forms[fields["key"]]
        if self.oracle.takes(number, form.wave):
            self.oracle.submit(form, form.sent or {})
            return Told.SAVED
        kept = self.oracle.sittings.get((form.wave, form.instrument))
        return Told.SAVED if kept is not None and kept.key == form.key else Told.CLOSED


def test_what_waits_on_two_phones_is_kept_once(browser: Browser) -> None:
    with both_houses() as houses, browser_outbox(browser) as one, browser_outbox(browser) as other:
        Phones.houses, Phones.phones = houses, [one, other]
        run_state_machine_as_test(
            Phones,
            settings=settings(
                max_examples=15,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
