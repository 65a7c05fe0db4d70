"""Channels between organisations, and the map of them."""

import re

import pytest
from flask import Flask

from edu.doors import today
from edu.partners.roles import Role
from edu.programmes.channels import overdue
from tests.people import People, StaffPerson, make_staff
from tests.planner.allied import Allies, allies, column


@pytest.fixture
def ours(people: People) -> Allies:
    return allies(people)


@pytest.fixture
def linked(ours: Allies) -> Allies:
    """A clinic and a society that call each other, and a school that nobody calls."""
    ours.body("River Clinic", "clinic", "free")
    ours.body("Lake Practice", "private", "paid")
    ours.body("Hill School", "school")
    ours.ruth.fills(f"{ours.root}/partners", name="Bridge Society", kind="ngo")
    ours.channel("Bridge Society", "River Clinic", next_review=ours.day(10))
    return ours


def due(ours: Allies) -> list[str]:
    """What the programme's own page asks to look at again."""
    page = ours.ruth.opens(ours.root).text
    told = page.partition("Channels to look at again:")[2].partition("</p>")[0]
    return re.findall(r"<bdi>([^<]+)</bdi>", told)


def test_a_partner_of_the_programme_is_a_body_without_being_written_down_again(
    linked: Allies,
) -> None:
    page = linked.ruth.opens(f"{linked.root}/bodies").text
    assert re.findall(r"<strong><bdi>([^<]+)", page) == [
        "Bridge Society",
        "Hill School",
        "Lake Practice",
        "River Clinic",
    ]
    again = linked.body("bridge society")
    assert (again.status_code, "stands here already" in again.text) == (422, True)


def test_a_channel_that_was_not_looked_at_in_time_stands_on_the_programmes_page(
    linked: Allies, house: Flask
) -> None:
    assert due(linked) == []
    late = {"agreed_on": linked.day(-200), "next_review": linked.day(-1)}
    linked.channel("River Clinic", "Bridge Society", purpose="Word back", **late)
    assert due(linked) == ["Word back"]
    with house.app_context(), house.extensions["database"].session(reading=True) as session:
        found = overdue(session, linked.number, today())
        assert [each.purpose for each in found] == ["Word back"]
        channel = found[0].id
    address = f"{linked.root}/channels/{channel}"
    past = linked.ruth.fills(address, to=f"{address}/reviewed", next_review=linked.day(-5))
    assert (past.status_code, "This day is over already." in past.text) == (422, True)
    linked.ruth.fills(address, to=f"{address}/reviewed", next_review=linked.day(60))
    assert due(linked) == []
    assert "Last looked at" in linked.ruth.opens(address).text


def test_a_review_that_is_due_today_is_not_overdue(linked: Allies) -> None:
    linked.channel("River Clinic", "Hill School", purpose="Talks", next_review=linked.day(0))
    assert due(linked) == []


def test_a_channel_is_changed_and_ended_and_stays_to_be_read(linked: Allies) -> None:
    index = linked.ruth.opens(f"{linked.root}/channels").text
    (address,) = re.findall(r'href="([^"]+/channels/\d+)"', index)
    values = {"means": "slip", "from_role": "host", "to_role": "desk", "purpose": "A slip"}
    days = {"agreed_on": linked.day(0), "next_review": linked.day(5)}
    linked.ruth.fills(address, **values, **days)
    assert "A slip" in linked.ruth.opens(address).text
    early = linked.ruth.fills(address, **values, **(days | {"next_review": linked.day(-1)}))
    assert "comes before the day it was agreed on" in early.text
    asked = linked.ruth.opens(f"{address}/end").text
    assert "stays to be read" in asked
    ended = linked.ruth.fills(f"{address}/end").text
    assert "Channels that have ended" in ended
    kept = linked.ruth.opens(address).text
    assert ("A slip" in kept, "This channel ended on" in kept) == (True, True)
    token = {"csrf_token": _token(linked.ruth, linked.root)}
    assert linked.ruth.sends(address, **values, **days, **token).status_code == 409


def _token(person: StaffPerson, root: str) -> str:
    page = person.opens(f"{root}/bodies").text
    return re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[0]


def test_a_channel_is_between_two(linked: Allies) -> None:
    answer = linked.channel("River Clinic", "River Clinic")
    assert (answer.status_code, "two different organisations" in answer.text) == (422, True)


def test_a_body_with_a_channel_is_not_taken_out_and_one_without_is(linked: Allies) -> None:
    page = linked.ruth.opens(f"{linked.root}/bodies").text
    numbers = {
        name: int(number)
        for number, name in re.findall(r'/bodies/(\d+)">Change it<.*?<bdi>([^<]+)', page)
    }
    answers = {
        name: linked.ruth.fills(f"{linked.root}/bodies/{numbers[name]}/out").status_code
        for name in ("River Clinic", "Hill School")
    }
    assert answers == {"River Clinic": 409, "Hill School": 200}
    left = linked.ruth.opens(f"{linked.root}/bodies").text
    assert ("River Clinic" in left, "Hill School" in left) == (True, False)


def test_the_map_names_who_is_linked_how_and_who_with_nobody(linked: Allies) -> None:
    page = linked.ruth.opens(f"{linked.root}/links").text
    rows = column(page, "<h2>The links in words</h2>")[1:]
    assert [row[:4] for row in rows] == [
        ["1", "Bridge Society", "River Clinic", "A bed for tonight"]
    ]
    alone = page.partition("<h2>Nobody calls them yet</h2>")[2].partition("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", alone) == [
        "<bdi>Hill School</bdi> (School or college)",
        "<bdi>Lake Practice</bdi> (Private company or practice, people pay)",
    ]
    picture = page.partition('<svg class="link-map"')[2].partition("</svg>")[0]
    boxes = re.findall(r'<rect class="([^"]+)".*?/>((?:<text.*?</text>)+)', picture)
    named = {re.findall(r">([^<]+)</text>", words)[0]: style for style, words in boxes}
    assert named == {
        "Bridge Society": "body",
        "River Clinic": "body",
        "Hill School": "body alone",
        "Lake Practice": "body alone",
    }
    assert picture.count('class="way"') == 1


def test_a_programme_without_a_bridge_is_told_to_build_one(ours: Allies) -> None:
    told = "That is the bridge to build next."
    ours.body("Hill School", "school")
    ours.body("Faith House", "faith")
    ours.body("River Clinic", "clinic")
    ours.channel("Hill School", "Faith House")
    assert told in ours.ruth.opens(f"{ours.root}/links").text
    ours.channel("Faith House", "River Clinic")
    assert told not in ours.ruth.opens(f"{ours.root}/links").text


def test_an_agreement_is_printed_empty_or_with_what_is_known(linked: Allies) -> None:
    empty = linked.ruth.opens(f"{linked.root}/agreement").text
    assert "River Clinic" not in empty
    index = linked.ruth.opens(f"{linked.root}/channels").text
    (address,) = re.findall(r'href="([^"]+/channels/\d+)"', index)
    known = linked.ruth.opens(f"{address}/agreement").text
    assert empty.count('class="blank"') - known.count('class="blank"') == 7
    assert "<strong><bdi>River Clinic</bdi></strong>" in known


def test_an_authority_sees_totals_only_and_another_house_nothing(
    linked: Allies, house: Flask
) -> None:
    with house.extensions["database"].work() as session:
        make_staff(session, "aissa", "Bridge Society", Role.AUTHORITY)
        make_staff(session, "edith", "Bridge Society", Role.EVALUATOR)
    aissa, edith = (
        StaffPerson(house.test_client(), each).signs_in() for each in ("aissa", "edith")
    )
    pages = ("channels", "links", "bodies", "agreement", "referrals", "referrals.csv", "directory")
    pages += ("directory.csv", "brief")
    for page in pages:
        answers = [
            person.opens(f"{linked.root}/{page}").status_code
            for person in (aissa, edith, linked.people.lindiwe)
        ]
        assert (page, answers) == (page, [403, 200, 404])
    own = aissa.opens(linked.root).text
    assert ("How many people it has reached" in own, "Allies" in own) == (True, False)
    forms = [f"{linked.root}/{page}" for page in ("bodies", "referrals", "directory", "brief")]
    assert [edith.sends(each).status_code for each in forms] == [403] * 4
