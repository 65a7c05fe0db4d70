"""Following through, by way of pages: dates, actions, reach, observed sessions, what to do next."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from edu.doors import today
from edu.groups.models import Group
from edu.partners.roles import Role
from edu.programmes.meetings import Meeting, keep_meeting
from tests.admin.conftest import BRIDGE, World
from tests.people import StaffPerson, fields_of

PROGRAMMES = "/en/staff/programmes"


@pytest.fixture
def world(house: Flask, people: object) -> World:
    return World(house, people)  # type: ignore[arg-type]


@pytest.fixture
def day(house: Flask) -> date:
    """The day on which the house believes to be."""
    with house.test_request_context("/en/"):
        return today()


def made(ruth: StaffPerson, name: str = "Schools") -> str:
    """The address of a new programme."""
    return ruth.fills(PROGRAMMES, follow=False, name=name).headers["Location"]


def in_programme(ruth: StaffPerson, programme: str, name: str = "Tuesday", **more: object) -> str:
    """The address of a new group in a programme."""
    number = programme.rpartition("/")[2]
    return f"/en/staff/groups/{ruth.makes_group(name, programme=number, **more)}"


def acts(ruth: StaffPerson, programme: str, **changes: str) -> str:
    """Write an action down; the page of all actions afterwards."""
    values = {
        "what": "Talk at the school",
        "owner": "Harbour school",
        "owner_kind": "school",
        "owner_role": "head teacher",
        "due_on": "2026-01-31",
        "group": "0",
    }
    return ruth.fills(f"{programme}/actions", **(values | changes)).text


def counted(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page))


def rows(page: str) -> list[list[str]]:
    """The cells of every row of a page's tables, without marks."""
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", page)
    ]


def test_a_track_brings_its_modules_when_none_is_ticked(world: World) -> None:
    ruth = world.people.ruth
    page = ruth.opens("/en/staff/groups/new").text
    assert "Emergency (here: M0; not here yet: M7 M5)" in page
    group = ruth.makes_group(track="emergency", modules=[])
    with world.house.extensions["database"].session(reading=True) as session:
        assert session.get_one(Group, group).modules == ["m0"]
    assert (
        '<option selected value="emergency">' in ruth.opens(f"/en/staff/groups/{group}/dates").text
    )
    refused = ruth.fills("/en/staff/groups/new", name="x", tags=["en"], modules=[])
    assert (refused.status_code, "Choose at least one." in refused.text) == (422, True)


def test_in_an_emergency_its_track_is_offered_first(world: World) -> None:
    ruth = world.people.ruth
    programme = made(ruth)
    tracks = re.compile(r"<select[^>]*\bid=\"track\".*?</select>", re.S)

    def first() -> str:
        page = ruth.opens("/en/staff/groups/new").text
        return re.findall(r'value="([^"]+)"', tracks.findall(page)[0])[0]

    assert first() == "t1"
    ruth.fills(f"{programme}/emergency", reason="A flood")
    assert first() == "emergency"


def test_a_groups_dates_are_a_list_a_calendar_and_slips_without_anybody_in_them(
    world: World, day: date
) -> None:
    ruth = world.people.ruth
    group = f"/en/staff/groups/{ruth.makes_group('Wanjiru house')}"
    assert ruth.browser.get(f"{group}/dates/dates.ics").status_code == 404
    first = day + timedelta(days=3)
    values = {"rhythm_days": "7", "meetings": "2", "role": "family", "track": ""}
    ruth.fills(f"{group}/dates", first_day=first.isoformat(), **values)
    answer = ruth.opens(f"{group}/dates/dates.ics")
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    last = first + timedelta(days=7)
    weeks = [timedelta(weeks=number) for number in (2, 6, 12, 12)]
    assert [each.decoded("dtstart") for each in events] == [
        first,
        last,
        *(last + each for each in weeks),
    ]
    assert [str(each["summary"]) for each in events] == [
        "Daraja: we meet",
        "Daraja: we meet",
        *["Daraja: we meet once more"] * 3,
        "Daraja: a few questions",
    ]
    assert len({str(each["uid"]) for each in events}) == 6
    assert b"Wanjiru" not in answer.data
    slips = ruth.opens(f"{group}/dates/slips").text
    assert (slips.count('<li class="card">'), slips.count("Daraja: we meet once more")) == (12, 36)
    assert "Wanjiru" not in slips.partition('<ul class="cards">')[2]


def test_a_day_that_cannot_be_is_asked_for_again_with_what_was_typed(world: World) -> None:
    ruth = world.people.ruth
    group = f"/en/staff/groups/{ruth.makes_group()}"
    page = ruth.fills(f"{group}/dates", rhythm_days="0", meetings="3", role="", track="")
    assert (page.status_code, 'value="3"' in page.text) == (422, True)


def test_a_booster_is_had_and_that_can_be_taken_back(world: World, day: date) -> None:
    ruth = world.people.ruth
    group = f"/en/staff/groups/{ruth.makes_group()}"
    values = {"rhythm_days": "7", "meetings": "1", "role": "", "track": ""}
    ruth.fills(f"{group}/dates", first_day=(day - timedelta(weeks=3)).isoformat(), **values)
    waits = "Meet once more with something new, 2 weeks after the course"
    assert waits in ruth.opens("/en/staff").text
    ruth.fills(f"{group}/dates", to=f"{group}/dates/boosters/2/had")
    assert waits not in ruth.opens("/en/staff").text
    assert "That was a slip" in ruth.opens(f"{group}/dates").text
    ruth.fills(f"{group}/dates", to=f"{group}/dates/boosters/2/slip")
    assert waits in ruth.opens("/en/staff").text
    assert ruth.fills(f"{group}/dates", to=f"{group}/dates/boosters/3/had").status_code == 404


def test_an_action_has_an_owner_a_day_and_a_report_and_is_dropped_but_kept(world: World) -> None:
    ruth = world.people.ruth
    programme = made(ruth)
    empty = ruth.opens(f"{programme}/actions").text
    assert "Begin with one small thing that somebody outside health can do" in empty
    page = acts(ruth, programme)
    acts(ruth, programme, what="Road sign", owner="County", owner_kind="authority")
    page = acts(ruth, programme, what="Open day", owner="Clinic 4", owner_kind="clinic")
    assert counted(page) == {
        "Actions": "3",
        "Done": "0",
        "Told of at follow-up": "0",
        "Owned outside health": "2",
        "Owned by an authority": "1",
    }
    one = re.findall(rf'<a href="({programme}/actions/\d+)"><bdi>Talk at', page)[0]
    ruth.fills(
        one,
        what="Talk at two schools",
        owner="Harbour school",
        owner_kind="school",
        owner_role="head teacher",
        due_on="2026-01-31",
        group="0",
    )
    refused = ruth.fills(one, to=f"{one}/report", happened="")
    assert refused.status_code == 422
    number = ruth.fills(one, to=f"{one}/report", happened="Call 0722 345 678")
    assert (number.status_code, "telephone number or address" in number.text) == (422, True)
    told = ruth.fills(
        one, to=f"{one}/report", happened="Sixty came", obstacle="No room", done="y"
    ).text
    assert ("Talk at two schools" in told, "Sixty came" in told, "No room" in told) == (True,) * 3
    assert (counted(told)["Done"], counted(told)["Told of at follow-up"]) == ("1", "1")
    assert counted(ruth.fills(one, to=f"{one}/again").text)["Done"] == "0"
    assert "You can take it up again." in ruth.opens(f"{one}/drop").text
    dropped = ruth.fills(f"{one}/drop").text
    assert counted(dropped)["Actions"] == "2"
    assert ("Talk at two schools" in dropped, "Dropped" in dropped) == (True, True)
    assert [line[1:] for line in world.trail(BRIDGE) if line[2] == "action"] == [
        ("made", "action", "Talk at the school", "Schools"),
        ("made", "action", "Road sign", "Schools"),
        ("made", "action", "Open day", "Schools"),
        ("set", "action", "Talk at two schools", "Schools"),
        ("closed", "action", "Talk at two schools", "Schools"),
        ("opened again", "action", "Talk at two schools", "Schools"),
        ("took back", "action", "Talk at two schools", "Schools"),
    ]


def test_an_action_of_another_programme_is_not_there(world: World) -> None:
    ruth = world.people.ruth
    one, other = made(ruth, "Schools"), made(ruth, "Clinics")
    acts(ruth, one)
    assert ruth.browser.get(f"{one}/actions/1").status_code == 200
    assert ruth.browser.get(f"{other}/actions/1").status_code == 404
    token = fields_of(ruth.opens(other)).hidden["csrf_token"]
    assert ruth.sends(f"{other}/actions/1/drop", csrf_token=token).status_code == 404
    assert "Dropped" not in ruth.opens(f"{one}/actions").text


def test_planned_and_reached_stand_together_with_the_empty_cells(world: World) -> None:
    ruth = world.people.ruth
    programme = made(ruth)
    group = in_programme(ruth, programme)
    code = ruth.join_code(int(group.rpartition("/")[2]))
    for _ in range(6):
        world.people.learner().joins(code)
    reach = f"{programme}/reach"
    ruth.fills(f"{reach}/place", place="Kisumu", people="10")
    ruth.fills(f"{reach}/place", place="Mombasa", people="8")
    page = ruth.fills(f"{reach}/mode", cell="paper", people="5").text
    found = rows(page)
    assert ["Kisumu", "10", "6", "60 %", "1"] in found
    assert ["Mombasa", "8", "empty", "0 %", "0"] in found
    assert ["On paper, or read aloud", "5", "empty", "0 %"] in found
    assert ["On a phone", "–", "6", "–"] in found
    gone = ruth.fills(f"{reach}/place", place="Mombasa", people="0")
    assert "Mombasa" not in gone.text
    refused = ruth.fills(f"{reach}/place", place=" ", people="4")
    assert (refused.status_code, "Write a place." in refused.text) == (422, True)


def test_few_people_are_not_counted_on_the_board_and_an_authority_sees_whole_tens(
    world: World,
) -> None:
    ruth = world.people.ruth
    programme = made(ruth)
    for name, place, people in (("Tuesday", "Kisumu", 6), ("Friday", "Kibera", 2)):
        group = in_programme(ruth, programme, name, place=place)
        code = ruth.join_code(int(group.rpartition("/")[2]))
        for _ in range(people):
            world.people.learner().joins(code)
    found = rows(ruth.opens(f"{programme}/reach").text)
    # The eight of both are known: the six would tell the two.
    assert ["Kibera", "–", "not said", "–", "1"] in found
    assert ["Kisumu", "–", "not said", "–", "1"] in found
    assert ["Together", "–", "8", "", ""] in found
    amara = world.adds("amara", BRIDGE, Role.AUTHORITY)
    told = rows(amara.opens(f"{programme}/reach").text)
    assert ["Together", "–", "not said", ""] in told
    assert ["English", "–", "not said", "–"] in told
    assert amara.browser.get(f"{programme}/actions").status_code == 403
    assert amara.browser.get(f"{programme}/follow-up").status_code == 403


def test_an_observed_session_keeps_the_trainers_login_and_nobody_elses_name(
    world: World, day: date
) -> None:
    ruth, tendai = world.people.ruth, world.people.tendai
    group = f"/en/staff/groups/{tendai.makes_group()}"
    number = str(world.number("tendai"))
    values = {
        "day": day.isoformat(),
        "trainer": number,
        "observer_role": "supervisor",
        "strength": "Calm",
        "next_step": "More silence",
    }
    late = values | {"day": (day + timedelta(days=1)).isoformat()}
    assert ruth.fills(f"{group}/observed", **late).status_code == 422
    stranger = values | {"trainer": str(world.number("lindiwe"))}
    assert ruth.fills(f"{group}/observed", **stranger).status_code == 422
    ticked = ["ground-rules", "opt-outs"]
    page = ruth.fills(f"{group}/observed", skills=ticked, **values).text
    seen = page.partition("The list")[0]
    assert re.findall(r"<h2>[^·]+· <bdi>(\w+)</bdi></h2>", seen) == ["tendai"]
    assert re.findall(r"<li>([^<]+)</li>", seen.partition("Watched by")[2]) == [
        "Said the ground rules, or made them with the group",
        "Said that everybody may skip, pass or step out, and let them",
    ]
    assert len(fields_of(ruth.opens(f"{group}/observed")).choices["skills"]) == 12
    gone = ruth.fills(f"{group}/observed/1/delete").text
    assert "Nobody has watched a session of this group yet" in gone


def test_a_trainers_certificate_says_her_hours_and_that_it_is_no_clinical_qualification(
    world: World, day: date
) -> None:
    tendai = world.people.tendai
    group = tendai.makes_group()
    assert "No hours yet" in tendai.opens("/en/staff/hours").text
    with world.house.extensions["database"].work() as session:
        for minutes in (90, 80):
            told = Meeting(day, minutes, "phones", leader_id=world.number("tendai"))
            keep_meeting(session, group, told, world.number("tendai"))
    page = tendai.opens("/en/staff/hours").text
    # Two hours and fifty minutes are two and a half, not three.
    assert "2 meetings, 2.5 hours in all" in page
    assert "This is not a clinical qualification and no licence." in page
    certificate = page.partition('<div class="certificate">')[2].partition("</div>")[0]
    assert "tendai" not in certificate
    assert "No hours yet" in world.people.ruth.opens("/en/staff/hours").text


def test_home_says_what_to_do_next_and_teaches_when_there_is_nothing(world: World) -> None:
    ruth, tendai = world.people.ruth, world.people.tendai
    nothing = "Nothing waits at present. If you have no group yet"
    assert nothing in tendai.opens("/en/staff").text
    programme = made(ruth)
    group = in_programme(ruth, programme)
    acts(ruth, programme)
    page = tendai.opens("/en/staff").text
    assert nothing not in page
    tasks = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a>: <bdi>([^<]+)</bdi>',
        page.partition('<ol class="to-do">')[2].partition("</ol>")[0],
    )
    number = group.rpartition("/")[2]
    assert tasks == [
        (programme, "6 steps before a group may start", "Schools"),
        (f"{programme}/actions/1", "An action is overdue: ask what happened", "Talk at the school"),
        (f"/en/staff/groups/{number}/dates", "Say when the group meets", "Tuesday"),
    ]
    assert "What to do next" not in world.people.kamal.opens("/en/staff").text
    for address, _words, _name in tasks:
        assert tendai.browser.get(address).status_code == 200
    assert "An action is overdue" in tendai.opens(f"{programme}/follow-up").text


def test_what_stands_elsewhere_already_is_offered_and_not_typed_again(world: World) -> None:
    ruth = world.people.ruth
    programme = made(ruth)
    group = in_programme(ruth, programme)
    place = ruth.opens(f"{programme}/reach/place").text
    assert re.findall(r'<option value="([^"]*)"></option>', place) == ["Kisumu"]
    assert f'type="date" value="{date.today()}"' in ruth.opens(f"{group}/observed").text
