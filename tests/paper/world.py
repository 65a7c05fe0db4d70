"""A trainer who types in papers: what the grid of a page holds, filled in."""

from datetime import date
from html.parser import HTMLParser

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.learning.models import Journey, Pair, Sitting
from edu.learning.sittings import answers_of
from tests.people import StaffPerson, fields_of

ELEMENTS = [
    "older-brothers",
    "older-sisters",
    "mother-name",
    "own-name",
    "birth-place",
    "mother-place",
]
#: The grid's columns of the tests' world.
FEELINGS = ("contact-1", "contact-2", "hope-1", "hope-2")


def paper(group: int, *parts: object) -> str:
    """An address of a group's papers."""
    return "/".join(["/en/staff/groups", str(group), "paper", *map(str, parts)])


def cells(number: int, answers: str = "", **more: str) -> dict[str, str]:
    """One row of the grid: a sign for each feeling, and other columns by name."""
    signs = dict(zip(FEELINGS, answers, strict=False))
    typed = {f"feelings.{name}": sign for name, sign in signs.items() if sign != "_"}
    return {f"c-{number}-{name}": text for name, text in (typed | more).items()}


def types(
    trainer: StaffPerson,
    group: int,
    wave: str,
    *rows: dict[str, str],
    day: str = "2026-11-02",
    follow: bool = False,
    **more: str,
) -> TestResponse:
    """Type a pile of papers in."""
    page = fields_of(trainer.opens(paper(group, wave, "typing")))
    sent: dict[str, object] = {
        "csrf_token": page.hidden["csrf_token"],
        "key": page.hidden["key"],
        "first": page.hidden["first"],
        "rows": "10",
        "papers": "en",
        "answered_on": day,
        "mode": "paper",
        "agreed": "y",
    }
    for row in rows:
        sent |= row
    return trainer.sends(paper(group, wave, "typing"), follow, **(sent | more))


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "input" and found.get("name"):
            self.values.setdefault(found["name"], found.get("value", ""))


def inputs_of(page: TestResponse) -> dict[str, str]:
    """Every input of a page with what stands in it."""
    parser = _Inputs()
    parser.feed(page.text)
    return parser.values


def kept(house: Flask) -> list[tuple[str, date | None, str, str]]:
    """Every kept sitting: wave, day, mode, answers; sorted."""
    with house.extensions["database"].session(reading=True) as session:
        return sorted(
            (each.wave, each.submitted_on, each.mode, each.answers.partition(":")[2])
            for each in session.scalars(select(Sitting))
        )


def journeys(house: Flask) -> list[list[str]]:
    """The waves of each person, people in a steady order."""
    with house.extensions["database"].session(reading=True) as session:
        return sorted(
            sorted({sitting.wave for sitting in journey.sittings})
            for journey in session.scalars(select(Journey))
        )


def contacts(house: Flask) -> list[tuple[str, int, int]]:
    """The pairs of one scale: wave, before and after in points."""
    with house.extensions["database"].session(reading=True) as session:
        return sorted(
            (each.wave, each.before // 2520, each.after // 2520)
            for each in session.scalars(select(Pair).where(Pair.scale == "contact"))
        )


def states_of(house: Flask, wave: str) -> dict[str, str]:
    """The states of the answers of the only sitting of a wave."""
    with house.extensions["database"].session(reading=True) as session:
        found = session.scalars(select(Sitting).where(Sitting.wave == wave)).one()
        return {name: answer.state.value for name, answer in answers_of(found).items()}
