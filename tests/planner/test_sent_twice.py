"""What a form of staff makes is made once: a second tap, the button back, or the same form sent
again because the first answer was lost on its way."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from edu.doors import today
from edu.models import TABLES
from edu.partners.sent_forms import forget_sent
from tests.people import People, StaffPerson, fields_of
from tests.planner.planned import PROGRAMMES, SEAT, makes_programme, plans_evaluation

DAY = "2026-11-02"
MEETING: dict[str, Any] = {
    **{"day": DAY, "minutes": "90", "led_by": "nurse", "mode": "mixed"},
    **{"phones": "5", "papers": "7", "neither": "0"},
}
OWNER = {"owner": "School", "owner_kind": "school", "owner_role": "head", "due_on": DAY}
CHANNEL = {"purpose": "A bed", "means": "phone", "from_role": "nurse", "to_role": "desk"}
SERVICE = {"name": "Night bus", "kind": "support", "cost": "free"}
RESEARCH = {
    "committee": "Lakes",
    "reference": "L7",
    "about": "Who greets whom",
    "ends_on": "2099-01-01",
}
ADVICE = {"role": "carer", "given_on": DAY, "advice": "Less", "outcome": "followed", "reason": ""}
NOTE = {"kind": "interview", "month": "2026-10", "text": "It helped.", "consented": "y"}

#: Each form that makes something: the view that answers it, its page, where it is sent if that is
#: somewhere else, and what is filled in. A number is a place among the choices on the page.
FORMS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("programmes.new", "programmes", "", {"name": "Summer"}),
    ("groups.new", "groups/new", "", {"name": "Friday", "tags": ["en"], "modules": ["m1"]}),
    ("into_programme.begin", "alone/programme", "alone/programme/new", {"name": "Autumn"}),
    ("joint.bring", "group/together", "", {"side": "clinical", "other": 0}),
    ("meetings.new", "group/sessions/new", "", MEETING),
    ("incidents.new", "group/incidents/new", "", {"kind": "upset", "day": DAY, "done": "Sat."}),
    ("hands.own", "group/hands", "", {"question": "Whose is it?", "options": "Ours\nTheirs"}),
    ("hands.take", "group/hands", "group/hands/lesson", {"taken": 0}),
    (
        "observing.new",
        "group/observed",
        "",
        {"day": DAY, "observer_role": "nurse", "strength": "Calm", "next_step": "Slower"}
        | {"skills": "pace", "trainer": 0},
    ),
    ("carrying.add", "programme/partners", "", {"name": "River Clinic", "kind": "clinic"}),
    ("carrying.seat", "programme/steering", "", SEAT),
    ("governing.note", "programme/steering/advice", "", ADVICE),
    ("governing.approved", "programme/research", "", RESEARCH | {"approved_on": DAY}),
    ("programme_safety.begin", "programme/emergency", "", {"reason": "A flood"}),
    ("collaborative.ask", "programme/collaborative", "", {"name": "Other House"}),
    ("bodies.new", "programme/bodies", "", {"name": "Faith House", "kind": "faith", "cost": ""}),
    (
        "channels.new",
        "programme/channels/new",
        "",
        CHANNEL | {"agreed_on": DAY, "next_review": DAY, "caller": 0, "called": 1},
    ),
    ("directory.add", "programme/directory", "", {"district": "North"}),
    ("services.new", "programme/services/new", "", SERVICE | {"district": 1}),
    ("actions.new", "programme/actions", "", OWNER | {"what": "Talk", "group": "0"}),
    ("brief.send", "programme/brief", "programme/brief/sent", {"body": "District office"}),
    (
        "voices.theme",
        "programme/voices/codebook",
        "",
        {"name": "Greetings", "meaning": "Hello", "scale": ""},
    ),
    ("voices.note", "programme/voices", "", NOTE),
    (
        "evaluation_plan.otherwise",
        "programme/evaluation/plan",
        "programme/evaluation/plan/deviations",
        {"text": "Two weeks later"},
    ),
]


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


@pytest.fixture
def root(ruth: StaffPerson) -> str:
    return makes_programme(ruth)


@pytest.fixture
def group(ruth: StaffPerson, root: str) -> str:
    number = ruth.makes_group(programme=root.rpartition("/")[2])
    return f"/en/staff/groups/{number}"


def filled(ruth: StaffPerson, page: str, values: dict[str, Any]) -> dict[str, Any]:
    """What a form holds when it is sent, its hidden fields with it."""
    found = ruth.opens(page)
    chosen = {
        name: re.findall(r'value="([^"]+)"', found.text.partition(f'name="{name}"')[2])[place]
        for name, place in values.items()
        if isinstance(place, int)
    }
    return {**fields_of(found).hidden, **values, **chosen}


def rows(house: Flask) -> dict[str, int]:
    """How many rows each table has, but those that say that somebody was here."""
    told = {
        table.name: select(func.count()).select_from(table).scalar_subquery()
        for table in TABLES
        if table.name not in ("staff_session", "attempt_count")
    }
    with house.extensions["database"].session(reading=True) as session:
        return dict(zip(told, session.execute(select(*told.values())).one(), strict=True))


def test_every_form_that_makes_something_makes_it_once(
    house: Flask, ruth: StaffPerson, root: str, group: str
) -> None:
    asks = fields_of(ruth.opens(f"{root}/brief")).hidden
    ruth.sends(f"{root}/brief", **asks, first="A nurse", second="A van", third="Pay")
    plans_evaluation(ruth, root)
    ruth.makes_group("Village", programme=root.rpartition("/")[2])
    alone = f"/en/staff/groups/{ruth.makes_group('Alone')}"
    places = {"programme": root, "group": group, "alone": alone, "programmes": PROGRAMMES}
    for endpoint, page, to, values in FORMS:
        where, sent = (_place(places, each) for each in (page, to or page))
        form = filled(ruth, where, values)
        before = rows(house)
        first = ruth.sends(sent, False, **form)
        made = rows(house)
        told = re.findall(r'<p class="error"[^>]*>([^<]+)', first.text)
        assert (endpoint, first.status_code, told) == (endpoint, 303, [])
        assert sum(made.values()) >= sum(before.values()) + 2, endpoint  # what it made, and itself
        again = ruth.sends(sent, False, **form)
        assert (endpoint, again.status_code, again.location) == (endpoint, 303, first.location)
        assert (endpoint, rows(house)) == (endpoint, made)


def _place(places: dict[str, str], page: str) -> str:
    first, _, rest = page.partition("/")
    whole = places.get(first, f"/en/staff/{first}")
    return f"{whole}/{rest}" if rest else whole


def test_no_view_that_makes_something_once_is_left_out(house: Flask) -> None:
    marked = [name for name, view in house.view_functions.items() if hasattr(view, "once")]
    assert sorted(marked) == sorted(each[0] for each in FORMS)


def test_the_same_page_with_something_else_in_it_is_another_form(
    house: Flask, ruth: StaffPerson, group: str
) -> None:
    """Whoever goes back to write the next meeting down loses nothing; nor does she who mends what
    was refused."""
    page = f"{group}/sessions/new"
    form = filled(ruth, page, MEETING)
    sent = [ruth.sends(page, False, **form, **more) for more in ({"changed": ""}, {"changed": "x"})]
    assert [each.status_code for each in sent] == [303, 303]
    assert ruth.sends(page, False, **(form | {"minutes": "0"})).status_code == 422
    assert ruth.sends(page, False, **(form | {"minutes": "60"})).status_code == 303
    assert (rows(house)["group_session"], rows(house)["sent_form"]) == (3, 3)


def test_a_form_is_known_for_a_month(house: Flask, ruth: StaffPerson, root: str) -> None:
    page = f"{root}/steering"
    form = filled(ruth, page, SEAT)
    with house.app_context():
        day = today()
    for later, seats in ((30, 1), (31, 2)):
        ruth.sends(page, False, **form)
        with house.extensions["database"].work() as session:
            forget_sent(session, day + timedelta(days=later))
        ruth.sends(page, False, **form)
        assert (later, rows(house)["steering_seat"]) == (later, seats)
