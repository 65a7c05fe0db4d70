"""The brief for those who decide: from the programme's own figures, frozen when it is sent."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from edu.groups.models import Arm
from edu.outcomes.evaluation_queue import ask, work_all
from edu.partners.members import organisation_named
from edu.partners.models import AuditEntry
from tests.conftest import TINY
from tests.outcomes.programme import DAY, make
from tests.people import People
from tests.planner.allied import Allies, allies

ASKS = {"first": "A budget line", "second": "A nurse in North", "third": "Paid peers"}


@pytest.fixture
def ours(people: People) -> Allies:
    return allies(people)


def asks_for(ours: Allies, **changes: str) -> str:
    """Write the three asks down."""
    seen = _seen(ours.ruth.opens(f"{ours.root}/brief").text)
    return ours.ruth.fills(f"{ours.root}/brief", seen=seen, **(ASKS | changes)).text


def blocks(page: str) -> dict[str, list[str]]:
    """What stands under each heading of the brief."""
    article = unescape(page.partition('<article class="brief"')[2].partition("</article>")[0])
    return {
        heading: re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", rest)
        for heading, rest in re.findall(
            r"<section>\s*<h2>(.*?)</h2>(.*?)</section>", article, re.DOTALL
        )
    }


def plain(texts: list[str]) -> list[str]:
    return [re.sub(r"<[^>]+>", "", each) for each in texts]


def test_a_brief_has_its_asks_first_and_the_gaps_of_each_district(ours: Allies) -> None:
    ours.ruth.fills(f"{ours.root}/directory", district="North")
    service = {"cost": "", "district": 1, "confirmed_on": ours.day(0), "confirmed_by": "host"}
    for kind in ("clinic", "ngo", "faith", "school", "employer", "private", "support"):
        ours.ruth.fills(f"{ours.root}/services/new", name=f"A {kind}", kind=kind, **service)
    told = blocks(asks_for(ours))
    assert list(told) == [
        "What we ask you for",
        "How many people we reached",
        "What changed",
        "What is missing here",
        "What it costs to do nothing",
        "From institutions to the community",
    ]
    assert plain(told["What we ask you for"]) == list(ASKS.values())
    assert plain(told["What is missing here"]) == [
        "0 agreed channels link clinics and the community.",
        "North: Helpline or emergency number, Group of people with lived experience, "
        "Programme on alcohol or drug use, Local authority or ministry",
    ]


def test_many_gaps_stay_on_one_page(ours: Allies) -> None:
    for name in ("Coast", "East", "Hill", "Lake", "North", "South", "West"):
        ours.ruth.fills(f"{ours.root}/directory", district=name)
    told = plain(blocks(ours.ruth.opens(f"{ours.root}/brief").text)["What is missing here"])
    assert told[1:] == [
        *(
            f"{name}: Helpline or emergency number, Clinic or health service, NGO, "
            "Group of people with lived experience, and 7 kinds more"
            for name in ("Coast", "East", "Hill", "Lake", "North")
        ),
        "Gaps in 2 more districts",
    ]


def test_numbers_of_people_are_those_that_an_authority_may_see(ours: Allies) -> None:
    told = blocks(asks_for(ours))
    assert plain(told["How many people we reached"]) == [
        "People who started the lessons: fewer than 10",
        "People who finished them: fewer than 10",
    ]
    assert told["What changed"] == [
        "Not enough people have answered before and after to say what changed."
    ]


def test_what_changed_comes_from_the_report_as_far_as_it_may_be_shown(
    house: Flask, people: People
) -> None:
    ruth = people.ruth
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        made = make(session, (Arm.INTERVENTION, 14), (Arm.INTERVENTION, 13), home=home.id)
        number = made.programme.id
        ask(session, number, DAY)
    assert work_all(house.extensions["database"], TINY, DAY) == 1
    told = blocks(ruth.opens(f"/en/staff/programmes/{number}/brief").text)
    report = ruth.opens(f"/en/staff/programmes/{number}/evaluation").text
    shown = re.findall(r'<h2[^>]*>([^<]+)</h2>\n<p class="facts">.*\n<p class="verdict">', report)
    changed = plain(told["What changed"])
    assert "nobody can say that the lessons caused a change" in changed[0]
    titles = [each.partition(":")[0] for each in changed if ": " in each]
    assert titles == shown
    assert titles != []
    assert plain(told["How many people we reached"])[0].endswith("20 or more")


def test_without_three_asks_nothing_is_sent(ours: Allies) -> None:
    short = asks_for(ours, third="")
    assert "This field is required." in short
    page = ours.ruth.opens(f"{ours.root}/brief").text
    assert "Freeze it as sent" not in page
    token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[0]
    answer = ours.ruth.sends(f"{ours.root}/brief/sent", csrf_token=token, body="Ministry")
    assert answer.status_code == 409


def test_a_brief_is_frozen_when_it_is_sent_and_it_is_logged_to_whom(
    ours: Allies, house: Flask
) -> None:
    asks_for(ours)
    sent = ours.ruth.fills(f"{ours.root}/brief", to=f"{ours.root}/brief/sent", body="Ministry")
    assert sent.request.path == f"{ours.root}/brief/sent/1"
    kept = blocks(sent.text)
    asks_for(ours, first="Something else")
    later = ours.ruth.opens(f"{ours.root}/brief/sent/1").text
    assert blocks(later) == kept
    assert plain(kept["What we ask you for"]) == list(ASKS.values())
    index = ours.ruth.opens(f"{ours.root}/brief").text
    log = re.findall(r'/brief/sent/\d+"><bdi>([^<]+)</bdi>.*?\(<bdi>([^<]+)</bdi>\)', index)
    assert log == [("Ministry", "ruth")]
    with house.extensions["database"].session(reading=True) as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.deed == "sent")).all()
        assert [(each.by_login, each.object_kind, each.detail) for each in lines] == [
            ("ruth", "brief", "Ministry")
        ]


def test_a_brief_sent_twice_is_kept_once(ours: Allies) -> None:
    asks_for(ours)
    address = f"{ours.root}/brief"
    sent = [
        ours.ruth.fills(address, to=f"{address}/sent", body=body).request.path
        for body in ("Ministry", "Ministry", "District office")
    ]
    assert sent == [f"{address}/sent/{number}" for number in (1, 1, 2)]


def test_asks_are_not_written_over_by_somebody_who_has_not_seen_them(ours: Allies) -> None:
    asks_for(ours)
    page = ours.ruth.opens(f"{ours.root}/brief").text
    token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[0]
    values = {"csrf_token": token, "seen": 0} | ASKS | {"first": "Mine"}
    answer = ours.ruth.sends(f"{ours.root}/brief", **values)
    assert (answer.status_code, "Somebody else has saved meanwhile" in answer.text) == (422, True)
    kept = blocks(ours.ruth.opens(f"{ours.root}/brief").text)
    assert plain(kept["What we ask you for"]) == list(ASKS.values())
    again = ours.ruth.sends(f"{ours.root}/brief", **(values | {"seen": _seen(answer.text)}))
    assert plain(blocks(again.text)["What we ask you for"])[0] == "Mine"


def _seen(page: str) -> int:
    """The saving on which a page stands."""
    return int(re.findall(r'name="seen"[^>]* value="(\d+)"', page)[0])


def test_a_brief_in_another_language_stays_in_it(ours: Allies) -> None:
    asks_for(ours)
    swahili = f"{ours.root}/brief".replace("/en/", "/sw/")
    made = ours.ruth.fills(swahili, to=f"{swahili}/sent", body="Ministry")
    assert '<article class="brief" lang="sw" dir="ltr">' in made.text
    english = ours.ruth.opens(f"{ours.root}/brief/sent/1").text
    assert blocks(english) == blocks(made.text)
    assert '<article class="brief" lang="sw" dir="ltr">' in english
