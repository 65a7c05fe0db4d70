"""Two people at work on one programme in the same moment: one is first, the other gets her page
back with a sentence, and nothing is lost."""

from dataclasses import dataclass
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.database import Base
from edu.outcomes.plans import digest_of
from edu.partners.roles import Role
from edu.programmes.ally_models import Ally, BriefDraft, Channel, District, ReferralMonth
from edu.programmes.following_models import PlannedReach
from edu.programmes.planning_models import (
    CollaborativePart,
    CommunityAssessment,
    EmergencyPeriod,
    ProgrammeDetail,
    ProgrammePartner,
    SteeringSeat,
    SupportContact,
)
from tests.partner.desk_world import together
from tests.people import People, StaffPerson, fields_of, make_staff
from tests.planner.allied import Allies, allies

SHARES = {"promotion": 30, "prevention": 30, "care": 40}
DETAILS = {"vision": "All belong", "setting": "village", **SHARES}


@dataclass
class Two:
    """Ruth and Rania, who plan the same programme."""

    house: Flask
    ours: Allies
    rania: StaffPerson

    def send(self, *forms: tuple[str, dict[str, object]]) -> list[TestResponse]:
        """Each opens a page; then both send their forms in the same moment."""
        deeds = []
        for person, (page, values) in zip((self.ours.ruth, self.rania), forms, strict=True):
            place = f"{self.ours.root}/{page}"
            hidden = fields_of(person.opens(place.removesuffix("/finish"))).hidden
            # A page with several forms holds hidden fields of the others, too.
            held = {name: hidden[name] for name in ("csrf_token", "seen") if name in hidden}
            deeds.append(partial(person.sends, place, False, **held, **values))
        return together(*deeds)

    def rows(self, kind: type[Base]) -> list[Base]:
        """All rows of a kind."""
        with self.house.extensions["database"].session(reading=True) as session:
            return list(session.scalars(select(kind)))


@pytest.fixture
def two(house: Flask, people: People) -> Two:
    ours = allies(people)
    with house.extensions["database"].work() as session:
        make_staff(session, "rania", "Bridge Society", Role.ADMINISTRATOR)
    return Two(house, ours, StaffPerson(house.test_client(), "rania").signs_in())


def codes(answers: list[TestResponse]) -> list[int]:
    return sorted(each.status_code for each in answers)


@pytest.mark.parametrize(
    ("page", "form", "kind", "sentence"),
    [
        ("bodies", {"name": "River Clinic", "kind": "clinic"}, Ally, "stands here already"),
        ("partners", {"name": "River Clinic", "kind": "clinic"}, ProgrammePartner, "already"),
        ("directory", {"district": "North"}, District, "in the list already"),
    ],
    ids=["organisation", "partner", "district"],
)
def test_the_second_to_write_a_name_down_is_told_that_it_stands_there(
    two: Two, page: str, form: dict[str, object], kind: type[Base], sentence: str
) -> None:
    answers = two.send((page, form), (page, form))
    assert codes(answers) == [303, 422]
    (late,) = [each.text for each in answers if each.status_code == 422]
    assert sentence in late
    assert next(iter(form.values())) in late
    assert len(two.rows(kind)) == 1


def test_two_bodies_do_not_get_the_same_name(two: Two) -> None:
    for name in ("First", "Second"):
        two.ours.body(name)
    numbers = [each.id for each in two.rows(Ally)]
    form = {"name": "Third", "kind": "ngo", "cost": ""}
    answers = two.send(*((f"bodies/{number}", form) for number in numbers))
    assert codes(answers) == [303, 422]
    assert sorted(each.name == "Third" for each in two.rows(Ally)) == [False, True]


def test_a_partner_becomes_one_body_when_two_channels_lead_to_it(two: Two) -> None:
    two.ours.ruth.fills(f"{two.ours.root}/partners", name="River Clinic", kind="clinic")
    two.ours.body("Faith House", "faith")
    keys = two.ours.keys()
    form = {
        "caller": keys["Faith House"],
        "called": keys["River Clinic"],
        "means": "phone",
        "from_role": "host",
        "to_role": "desk",
        "agreed_on": two.ours.day(0),
        "next_review": two.ours.day(9),
    }
    answers = two.send(
        ("channels/new", {**form, "purpose": "One"}), ("channels/new", {**form, "purpose": "Two"})
    )
    assert codes(answers) == [303, 303]
    assert sorted(each.name for each in two.rows(Ally)) == ["Faith House", "River Clinic"]
    assert sorted(each.purpose for each in two.rows(Channel)) == ["One", "Two"]


def test_what_is_said_once_of_a_programme_is_what_was_said_last(two: Two) -> None:
    contact = {"reached": "At the desk", "checked_on": two.ours.day(0)}
    month = {"month": two.ours.day(0)[:7], "way": "to_clinic", "arrived": 7, "heard": 6}
    reach = {"place": "Kisumu"}
    for page, field, values, form, kind in (
        ("details", "promotion_goal", ("Rest", "Play"), DETAILS, ProgrammeDetail),
        ("support", "role", ("nurse", "host"), contact, SupportContact),
        ("referrals", "sent", (8, 9), month, ReferralMonth),
        ("reach/place", "people", (30, 40), reach, PlannedReach),
    ):
        answers = two.send(*((page, {**form, field: value}) for value in values))
        assert (page, codes(answers)) == (page, [303, 303])
        (row,) = two.rows(kind)
        assert getattr(row, field) in values


def test_asks_that_two_write_are_not_written_over(two: Two) -> None:
    answers = two.send(
        ("brief", {"first": "A nurse", "second": "A van", "third": "Pay"}),
        ("brief", {"first": "A desk", "second": "A van", "third": "Pay"}),
    )
    assert codes(answers) == [303, 422]
    (draft,) = two.rows(BriefDraft)
    won = 0 if answers[0].status_code == 303 else 1
    assert draft.asks[0] == ("A nurse", "A desk")[won]


@pytest.mark.parametrize("begun", [False, True], ids=["first page", "later page"])
def test_two_pages_of_the_assessment_are_both_kept(two: Two, begun: bool) -> None:
    if begun:
        two.ours.ruth.fills(f"{two.ours.root}/assessment/risks", text="Floods")
    answers = two.send(
        ("assessment/people", {"text": "Fishers"}), ("assessment/words", {"text": "Heavy heart"})
    )
    assert codes(answers) == [303, 303]
    (kept,) = two.rows(CommunityAssessment)
    told = {name: said["text"] for name, said in kept.content.items()}
    assert told == {"people": "Fishers", "words": "Heavy heart"} | (
        {"risks": "Floods"} if begun else {}
    )


def test_one_emergency_and_one_invitation_are_one(two: Two) -> None:
    answers = two.send(*[("emergency", {"reason": "A flood"})] * 2)
    assert (codes(answers), len(two.rows(EmergencyPeriod))) == ([303, 303], 1)
    asked = two.send(*[("collaborative", {"name": "Other House"})] * 2)
    # Who comes a moment later is told that it was invited already.
    assert codes(asked) in ([303, 303], [303, 422])
    assert len(two.rows(CollaborativePart)) == 1


def test_one_form_sent_three_times_in_one_moment_is_kept_once(two: Two) -> None:
    """Three taps on a slow phone; tests/planner/test_sent_twice.py has every form."""
    page = f"{two.ours.root}/steering"
    form = {**fields_of(two.ours.ruth.opens(page)).hidden, "role": "peer", "voice": "votes"}
    answers = together(*[partial(two.ours.ruth.sends, page, False, **form)] * 3)
    assert [(each.status_code, each.location) for each in answers] == [(303, page)] * 3
    assert len(two.rows(SteeringSeat)) == 1


def test_what_was_frozen_in_the_moment_of_a_change_has_the_digest_of_what_it_says(
    two: Two,
) -> None:
    for step in ("people", "words", "matters", "trusted", "services", "hurtful", "risks", "voices"):
        two.ours.ruth.fills(f"{two.ours.root}/assessment/{step}", text="So", called_on="")
    two.ours.ruth.fills(f"{two.ours.root}/assessment/strengths", me="So")
    two.ours.ruth.fills(f"{two.ours.root}/assessment/asked", text="an elder\na nurse")
    two.send(("assessment/finish", {}), ("assessment/gaps", {"text": "No night bus"}))
    frozen = [each for each in two.rows(CommunityAssessment) if each.frozen_on is not None]
    assert [each.digest == digest_of(each.content) for each in frozen] == [True]
