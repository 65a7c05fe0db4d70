"""The directory of services: confirmed ones are there, others are not, empty kinds are gaps."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask

from edu.communities.models import Profile, ProfileEntry
from edu.doors import today
from edu.programmes.ally_models import Provider
from tests.people import People
from tests.planner.allied import Allies, allies


@pytest.fixture
def ours(people: People) -> Allies:
    """A programme with one district."""
    made = allies(people)
    made.ruth.fills(f"{made.root}/directory", district="North")
    return made


def lists(ours: Allies, name: str, kind: str, **changes: object) -> str:
    """List a service that somebody asked today."""
    values = {"cost": "", "district": 1, "confirmed_on": ours.day(0), "confirmed_by": "trainer"}
    new = f"{ours.root}/services/new"
    return ours.ruth.fills(new, name=name, kind=kind, **(values | changes)).text


def states(page: str) -> dict[str, str]:
    """How each kind of service stands, as the page says."""
    found = re.findall(r"<dt>([^:<]+): <strong>([^<]+)</strong></dt>", unescape(page))
    return dict(found)


def test_every_kind_is_shown_and_an_empty_one_is_a_gap(ours: Allies) -> None:
    page = lists(ours, "River Clinic", "clinic")
    found = states(page)
    assert len(found) == len(Provider) == 11
    there = {kind for kind, state in found.items() if state == "There"}
    assert there == {"Clinic or health service"}
    assert [state for kind, state in found.items() if kind not in there] == ["Gap"] * 10


def test_what_nobody_asked_lately_is_not_confirmed_and_tells_no_way_there(ours: Allies) -> None:
    way = {"reached": "Ask at the blue gate"}
    lists(ours, "Old House", "faith", confirmed_on=ours.day(-181), **way)
    lists(ours, "New House", "school", confirmed_on="", confirmed_by="", **way)
    page = lists(ours, "Last House", "ngo", confirmed_on=ours.day(-180), **way)
    found = states(page)
    assert (found["Faith group"], found["School or college"], found["NGO"]) == (
        "Not confirmed",
        "Not confirmed",
        "There",
    )
    assert page.count("blue gate") == 1


def test_a_day_without_a_role_is_not_enough(ours: Allies) -> None:
    told = lists(ours, "River Clinic", "clinic", confirmed_by="")
    assert "Write the role of whoever asked" in told


def test_services_for_everybody_count_in_every_district(ours: Allies) -> None:
    ours.ruth.fills(f"{ours.root}/directory", district="South")
    lists(ours, "Night Line", "helpline", district=0)
    page = lists(ours, "River Clinic", "clinic", district=1)
    parts = page.split("<h2><bdi>")[1:]
    line = "Helpline or emergency number"
    assert [(states(part)[line], states(part)["Clinic or health service"]) for part in parts] == [
        ("There", "There"),
        ("There", "Gap"),
    ]


def test_what_is_not_there_for_free_is_a_gap_among_what_is_free(ours: Allies) -> None:
    lists(ours, "Lake Practice", "private", cost="paid")
    lists(ours, "River Clinic", "clinic", cost="free")
    private, clinic = "Private company or practice", "Clinic or health service"
    found = {
        cost: states(ours.ruth.opens(f"{ours.root}/directory?cost={cost}").text)
        for cost in ("", "free", "paid")
    }
    assert {cost: (each[private], each[clinic]) for cost, each in found.items()} == {
        "": ("There", "There"),
        "free": ("Gap", "There"),
        "paid": ("There", "Gap"),
    }
    assert ours.ruth.opens(f"{ours.root}/directory?cost=cheap").status_code == 404


def test_services_of_the_profile_count_only_where_somebody_called(
    ours: Allies, house: Flask
) -> None:
    tendai = ours.people.tendai
    group = tendai.makes_group(tags=["en"])
    ours.ruth.fills(ours.root, to=f"{ours.root}/groups", group=group)
    with house.app_context():
        day = today() - timedelta(days=3)
    with house.extensions["database"].work() as session:
        entries = [
            _service("Night Line", "helpline", "", day, "116 116"),
            _service("Quiet House", "faith", "north", None, "0800 999"),
            _service("Far Office", "legal", "East", day),
        ]
        session.add(Profile(tag="en", entries=entries))
    page = ours.ruth.opens(f"{ours.root}/directory").text
    found = states(page)
    assert (found["Helpline or emergency number"], found["Faith group"]) == (
        "There",
        "Not confirmed",
    )
    assert found["Social, legal or other support"] == "Gap"
    assert ("116 116" in page, "0800 999" in page) == (True, False)
    assert "also know services in: <bdi>East</bdi>." in page


def _service(
    name: str, kind: str, region: str, called: date | None, number: str = ""
) -> ProfileEntry:
    return ProfileEntry(
        section="service",
        slug=kind,
        position=1,
        fields={"name": name, "kind": kind, "region": region, "cost": "free", "number": number},
        confirmed_on=called,
        confirmed_by="tendai" if called else "",
    )


def test_the_gaps_of_a_district_are_a_page_and_rows_of_a_table(ours: Allies) -> None:
    ours.ruth.fills(f"{ours.root}/directory", district="South")
    lists(ours, "=River Clinic", "clinic", cost="free")
    page = ours.ruth.opens(f"{ours.root}/directory/1").text
    gaps = page.partition("Gaps:")[2].partition("</p>")[0].split("·")
    assert len(gaps) == 10
    assert "data-print" in page
    text = ours.ruth.opens(f"{ours.root}/directory.csv").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["state"] for row in rows].count("gap") == 21
    (there,) = [row for row in rows if row["state"] == "there"]
    assert (there["district"], there["kind"], there["name"], there["cost"]) == (
        "North",
        "clinic",
        "'=River Clinic",
        "free",
    )


def test_a_service_is_changed_and_taken_out_and_a_district_goes_with_its_services(
    ours: Allies,
) -> None:
    lists(ours, "River Clinic", "clinic")
    address = f"{ours.root}/services/1"
    assert 'value="River Clinic"' in ours.ruth.opens(address).text
    values = {"cost": "", "district": 1, "confirmed_on": "", "confirmed_by": ""}
    page = ours.ruth.fills(address, name="Lake Clinic", kind="clinic", **values).text
    assert states(page)["Clinic or health service"] == "Not confirmed"
    assert ours.ruth.fills(f"{address}/out").status_code == 200
    assert ours.ruth.opens(address).status_code == 404
    lists(ours, "Hill School", "school")
    asked = ours.ruth.opens(f"{ours.root}/directory/1/out").text
    assert "The services that you listed in it are lost with it." in asked
    left = ours.ruth.fills(f"{ours.root}/directory/1/out").text
    assert ("Hill School" in left, "Name the districts" in left) == (False, True)


def test_a_district_is_named_once(ours: Allies) -> None:
    again = ours.ruth.fills(f"{ours.root}/directory", district="north ")
    assert (again.status_code, "in the list already" in again.text) == (422, True)


def test_services_of_another_programme_are_not_there(ours: Allies) -> None:
    lists(ours, "River Clinic", "clinic")
    other = allies_again(ours)
    pages = [f"{other}/services/1", f"{other}/directory/1", f"{other}/directory/1/out"]
    assert [ours.ruth.opens(each).status_code for each in pages] == [404] * 3
    assert "River Clinic" not in ours.ruth.opens(f"{other}/directory").text


def allies_again(ours: Allies) -> str:
    """Another programme of the same house."""
    made = ours.ruth.fills("/en/staff/programmes", name="Summer", follow=False)
    return f"/en/staff/programmes/{made.headers['Location'].rpartition('/')[2]}"
