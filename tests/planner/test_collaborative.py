"""Organisations that stand together: both ends agree, totals for all, figures side by side."""

import re
from typing import Any

import pytest
from flask import Flask

from edu.groups.models import Programme
from edu.groups.programmes import make_programme
from edu.outcomes.analysis.pooling import pooled
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.partners.members import make_organisation, organisation_named
from edu.partners.roles import Role
from edu.programmes.collaborating import figures_together, invite, join
from edu.programmes.planning_models import CollaborativePart
from tests.outcomes.programme import DAY
from tests.people import People, StaffPerson, make_staff

PROGRAMMES = "/en/staff/programmes"


def makes(person: StaffPerson, name: str) -> str:
    """A new programme of hers, by its address."""
    made = person.fills(PROGRAMMES, name=name, follow=False)
    return f"{PROGRAMMES}/{made.headers['Location'].rpartition('/')[2]}"


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


@pytest.fixture
def nadia(house: Flask, people: People, ruth: StaffPerson) -> StaffPerson:
    """The administrator of another organisation; an authority and an evaluator work there, too."""
    with house.extensions["database"].work() as session:
        make_staff(session, "nadia", "Lake Clinic", Role.ADMINISTRATOR)
        make_staff(session, "otto", "Lake Clinic", Role.AUTHORITY)
        make_staff(session, "edith", "Lake Clinic", Role.EVALUATOR)
    return signed_in(people, "nadia")


def signed_in(people: People, login: str) -> StaffPerson:
    return StaffPerson(people.house.test_client(), login).signs_in()


def button(page: str, do: str) -> str:
    """Where a form of this name leads."""
    return re.findall(rf'action="([^"]+/{do})"', page)[0]


def report_of(house: Flask, address: str, mean: float, people: int = 12) -> None:
    """A programme's last report has one scale that may be shown and one that may not."""
    shown = {
        "instrument": "feelings",
        "version": 1,
        "scale": "contact",
        "matched": people,
        "limits": {"higher_is": "better"},
        "change": {"mean": mean, "standard_error": 0.1, "interval": [mean - 0.2, mean + 0.2]},
    }
    hidden = {"instrument": "feelings", "version": 1, "scale": "hope", "matched": None}
    with house.extensions["database"].work() as session:
        session.add(
            ProgrammeReport(
                programme_id=int(address.rpartition("/")[2]),
                state="done",
                asked_on=DAY,
                made_on=DAY,
                content={"scales": [shown, hidden]},
                batches=[],
            )
        )


def stands_together(ruth: StaffPerson, nadia: StaffPerson) -> tuple[str, str]:
    """Ruth invites the clinic, and Nadia joins with a programme of its own."""
    ours, theirs = makes(ruth, "Winter"), makes(nadia, "Lake shore")
    ruth.fills(f"{ours}/collaborative", name="Lake Clinic")
    page = nadia.opens(f"{theirs}/collaborative").text
    nadia.fills(f"{theirs}/collaborative", to=button(page, "join"))
    return ours, theirs


def test_two_organisations_see_one_another_only_after_both_said_yes(
    ruth: StaffPerson, nadia: StaffPerson
) -> None:
    ours, theirs = makes(ruth, "Winter"), makes(nadia, "Lake shore")
    page = ruth.fills(f"{ours}/collaborative", name="Lake Clinic").text
    assert "Invited, no answer yet" in page
    assert "Lake shore" not in page
    assert "You are invited to stand together." in nadia.opens(PROGRAMMES).text
    assert "You are invited to stand together." not in ruth.opens(PROGRAMMES).text
    page = nadia.opens(f"{theirs}/collaborative").text
    assert "You are invited." in page
    assert "stands alone" in page
    page = nadia.fills(f"{theirs}/collaborative", to=button(page, "join")).text
    assert "<bdi>Bridge Society</bdi>: <bdi>Winter</bdi>" in page
    assert "<li><bdi>Lake Clinic</bdi>: <bdi>Lake shore</bdi></li>" in page
    assert "<li><bdi>Lake Clinic</bdi>: <bdi>Lake shore</bdi></li>" in (
        ruth.opens(f"{ours}/collaborative").text
    )
    assert nadia.opens(ours).status_code == 404
    assert ruth.opens(theirs).status_code == 404


def test_who_says_no_is_not_shown_and_can_be_asked_again(
    ruth: StaffPerson, nadia: StaffPerson
) -> None:
    ours, theirs = makes(ruth, "Winter"), makes(nadia, "Lake shore")
    ruth.fills(f"{ours}/collaborative", name="Lake Clinic")
    again = ruth.fills(f"{ours}/collaborative", name="Lake Clinic")
    assert again.status_code == 422
    page = nadia.opens(f"{theirs}/collaborative").text
    late = button(page, "join")
    page = nadia.fills(f"{theirs}/collaborative", to=button(page, "decline")).text
    assert "You are invited." not in page
    assert nadia.fills(f"{theirs}/details", to=late).status_code == 404
    assert "Has said no" in ruth.opens(f"{ours}/collaborative").text
    assert ruth.fills(f"{ours}/collaborative", name="Lake Clinic").status_code == 200
    assert "You are invited." in nadia.opens(f"{theirs}/collaborative").text


def test_nobody_learns_from_an_invitation_who_works_on_this_server(ruth: StaffPerson) -> None:
    ours = makes(ruth, "Winter")
    known = ruth.fills(f"{ours}/collaborative", name="Other House").text
    unknown = ruth.fills(f"{ours}/collaborative", name="No Such House").text
    told = re.findall(r"<bdi>([^<]+)</bdi><br>([^<]+)</p>", unknown)
    assert told == [
        ("No Such House", "Invited, no answer yet"),
        ("Other House", "Invited, no answer yet"),
    ]
    assert re.findall(r"<bdi>([^<]+)</bdi><br>([^<]+)</p>", known) == told[1:]


def test_an_invitation_is_answered_only_by_whom_it_was_sent_to(
    people: People, ruth: StaffPerson, nadia: StaffPerson
) -> None:
    ours, theirs = makes(ruth, "Winter"), makes(nadia, "Lake shore")
    ruth.fills(f"{ours}/collaborative", name="Lake Clinic")
    accept = button(nadia.opens(f"{theirs}/collaborative").text, "join")
    part = accept.split("/")[-2]
    for do in ("join", "decline"):
        mine = f"{ours}/collaborative/{part}/{do}"
        assert ruth.fills(f"{ours}/collaborative", to=mine).status_code == 404
        # With a programme that is not hers the clinic cannot join either.
        assert nadia.fills(f"{theirs}/collaborative", to=mine).status_code == 404
    foreign = f"{theirs}/collaborative/{part}/end"
    assert nadia.fills(f"{theirs}/collaborative", to=foreign).status_code == 404
    assert signed_in(people, "edith").sends(accept).status_code == 403


@pytest.mark.parametrize("who", ["leader", "joiner"])
def test_either_side_can_end_it_and_then_nothing_is_seen_any_more(
    ruth: StaffPerson, nadia: StaffPerson, who: str
) -> None:
    ours, theirs = stands_together(ruth, nadia)
    person, home = (ruth, ours) if who == "leader" else (nadia, theirs)
    page = person.opens(f"{home}/collaborative").text
    person.fills(f"{home}/collaborative", to=button(page, "end"))
    assert "Lake shore" not in ruth.opens(f"{ours}/collaborative").text
    assert "Bridge Society" not in nadia.opens(f"{theirs}/collaborative").text
    assert "Has left" in ruth.opens(f"{ours}/collaborative").text


def test_an_authority_of_any_partner_sees_totals_only(
    house: Flask, people: People, ruth: StaffPerson, nadia: StaffPerson
) -> None:
    ours, theirs = stands_together(ruth, nadia)
    report_of(house, ours, 0.5)
    page = f"{theirs}/collaborative"
    otto = signed_in(people, "otto").opens(page).text
    assert "How many people all have reached" in otto
    assert "What changed, side by side" not in otto
    assert 'method="post"' not in otto
    edith = signed_in(people, "edith").opens(page).text
    assert "0.5 (likely 0.3 to 0.7)" in edith
    assert 'method="post"' not in edith


def test_people_are_rounded_for_each_organisation_before_they_are_added(
    ruth: StaffPerson, nadia: StaffPerson, people: People
) -> None:
    ours, theirs = stands_together(ruth, nadia)
    for person, home, number in ((ruth, ours, 11), (nadia, theirs, 9)):
        group = person.makes_group(modules=["m1"])
        person.fills(home, to=f"{home}/groups", group=str(group))
        code = person.join_code(group)
        for _ in range(number):
            people.learner().joins(code)
    page = nadia.opens(f"{theirs}/collaborative").text
    assert re.findall(r"<dt>Started</dt><dd>([^<]+)</dd>", page) == ["10 or more"]


def test_figures_are_put_together_from_three_organisations_on(
    house: Flask, people: People, ruth: StaffPerson, nadia: StaffPerson
) -> None:
    ours, theirs = stands_together(ruth, nadia)
    report_of(house, ours, 0.5)
    report_of(house, theirs, 0.3)
    page = ruth.opens(f"{ours}/collaborative").text
    assert re.findall(r"<td>(\d+)</td>", page) == ["12", "12", "24"]
    assert "three are needed" in page
    with house.extensions["database"].work() as session:
        home = make_organisation(session, "Hill School")
        session.flush()
        third = make_programme(session, home.id, "Hill", DAY)
        leads = session.get_one(Programme, int(ours.rpartition("/")[2]))
        part = invite(session, leads, "Hill School", DAY)
        assert part is not None
        join(session, part, third, DAY)
        number = third.id
    report_of(house, f"{PROGRAMMES}/{number}", 0.1)
    expected = pooled([(0.5, 0.1), (0.3, 0.1), (0.1, 0.1)])
    with house.extensions["database"].session(reading=True) as session:
        programmes = [
            session.get_one(Programme, int(each))
            for each in (ours.rpartition("/")[2], theirs.rpartition("/")[2], number)
        ]
        found: list[Any] = figures_together(session, programmes)
    assert [(each.name, each.people, each.pooled) for each in found] == [("contact", 36, expected)]
    assert "three are needed" not in ruth.opens(f"{ours}/collaborative").text


def test_an_organisation_joins_with_no_programme_of_somebody_else(
    house: Flask, ruth: StaffPerson, nadia: StaffPerson
) -> None:
    ours = makes(ruth, "Winter")
    with house.extensions["database"].work() as session:
        leads = session.get_one(Programme, int(ours.rpartition("/")[2]))
        part = invite(session, leads, "Lake Clinic", DAY)
        assert part is not None
        with pytest.raises(ValueError, match="its own"):
            join(session, part, leads, DAY)
        assert invite(session, leads, "Bridge Society", DAY) is None
        closed = organisation_named(session, "Other House")
        assert closed is not None
        closed.closed_on = DAY
        session.flush()
        shut = invite(session, leads, "Other House", DAY)
        assert isinstance(shut, CollaborativePart)
        assert shut.organisation_id is None
