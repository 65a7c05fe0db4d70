"""What waits on a phone comes in once: the outbox of the browser against the server's own code."""

import random
from urllib.parse import parse_qsl, urlencode

import pytest
from flask import Flask
from playwright.sync_api import Browser

from edu.learner.outbox import HEADER
from tests.browser.outboxes import (
    ANSWERED,
    LOST,
    OUT,
    STRANGE,
    UNANSWERED,
    BrowserOutbox,
    browser_outbox,
)
from tests.learning.oracle import CODES, ITEMS, LESSONS, Form, Oracle, address_of, found
from tests.people import OURS, People, fields_of

pytestmark = pytest.mark.browser

_FATES = (ANSWERED, ANSWERED, ANSWERED, UNANSWERED, LOST, STRANGE, OUT)


class Queue:
    """One learner, two phones of which one has an outbox, and what must be kept of her."""

    def __init__(self, house: Flask, number: int) -> None:
        self.house = house
        self.chance = random.Random(number)
        self.amina = People(house).amina
        self.oracle = Oracle(exists=True, here={0})
        self.key = f"queue-{number:026d}"
        self.amina.sends("/en/start/m1", key=self.key, agree="yes")
        page = self.amina.opens("/en/questions/before/feelings")
        self.way = fields_of(page).hidden["way"]
        self.made = 0

    def takes(self, path: str, body: str) -> str:
        """The server gets something, and says what it says."""
        answer = self.amina.browser.post(
            path, data=dict(parse_qsl(body)), headers={**OURS, HEADER: "1"}
        )
        return answer.headers.get(HEADER, "")

    def answers(self, phone: BrowserOutbox, wave: str, instrument: str) -> None:
        """A questionnaire is filled in, some of it."""
        self.made += 1
        items = [each for each in ITEMS[instrument] if self.chance.random() < 0.8]
        given = {item: self.chance.choice(CODES[instrument]) for item in items}
        form = Form(wave, instrument, f"{self.key[:20]}-{self.made:05d}", given)
        body = {"key": form.key, "way": self.way, "do": "submit", **given}
        phone.write(self.way, address_of(form), urlencode(body))
        self.oracle.submit(form, given)

    def reads(self, phone: BrowserOutbox, lesson: str) -> None:
        phone.write(self.way, f"/en/{lesson}/done", urlencode({"way": self.way}))
        self.oracle.lessons.add(lesson)

    def has_a_bad_day(self, phone: BrowserOutbox) -> None:
        """She does everything there is to do; whenever there is a network, it is a bad one."""
        phone.server = self.takes
        deeds = [lambda each=each: self.answers(phone, "before", each) for each in ITEMS]
        deeds += [lambda each=each: self.reads(phone, each) for each in LESSONS]
        deeds += [lambda each=each: self.answers(phone, "after", each) for each in ITEMS]
        for deed in deeds:
            deed()
            if self.chance.random() < 0.5:
                phone.fates = self.chance.choices(_FATES, k=self.chance.randint(1, 6))
                phone.send()
            if phone.came and self.chance.random() < 0.3:
                self.takes(*self.chance.choice(phone.came))  # a proxy repeats an old one
        phone.fates = [ANSWERED] * 20
        phone.send()


def _replays(house: Flask, browser: Browser, numbers: range) -> list[object]:
    """What is amiss after so many bad days, each of somebody new."""
    amiss: list[object] = []
    with browser_outbox(browser) as phone:
        for number in numbers:
            phone.empties()
            queue = Queue(house, number)
            queue.has_a_bad_day(phone)
            with house.extensions["database"].session(reading=True) as session:
                kept = found(session, queue.key)
            if (kept, phone.waiting, phone.notices) != (queue.oracle.holds(), 0, {}):
                amiss.append((number, kept, phone.waiting, phone.notices))
    return amiss


def test_every_answer_of_a_few_bad_days_is_kept_once(house: Flask, browser: Browser) -> None:
    assert _replays(house, browser, range(2)) == []


@pytest.mark.thorough
def test_every_answer_of_many_bad_days_is_kept_once(house: Flask, browser: Browser) -> None:
    assert _replays(house, browser, range(100, 150)) == []
