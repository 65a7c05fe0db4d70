"""What a programme says of itself, and what it lacks before a group may start."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.groups.models import Programme
from edu.outcomes.plans import Plan, freeze, keep_plan
from edu.partners.members import make_organisation
from edu.partners.models import Organisation
from edu.programmes.assessing import (
    BY_NAME,
    QUESTIONS,
    Said,
    Unfinished,
    finish,
    finished,
    members_asked,
    newest,
    open_steps,
    said_in,
    save_step,
    versions_of,
)
from edu.programmes.emergency import emergencies_of, emergency_of, turn_off, turn_on
from edu.programmes.planning import (
    Details,
    Shares,
    add_partner,
    add_seat,
    details_of,
    keep_details,
    keep_support,
    partners_of,
    sign,
)
from edu.programmes.planning_models import (
    CommunityAssessment,
    PartnerKind,
    ProgrammeDetail,
    ProgrammePartner,
    Setting,
)
from edu.programmes.starting import Missing, missing
from tests.programmes.conftest import DAY

NEXT, LATER = date(2026, 11, 3), date(2026, 11, 20)
WANTS = Details("Nobody alone", "A place to meet", Shares(40, 35, 25), "camp")


def assesses(session: Session, programme: Programme, member: int, *asked: str) -> None:
    """Answer all nine questions, with the help of members of the community."""
    for step in QUESTIONS:
        parts = {step.parts[0]: f"about {step.name}"}
        save_step(session, programme.id, step, Said(parts), member, DAY)
    told = Said({"text": "\n".join(asked)})
    save_step(session, programme.id, BY_NAME["asked"], told, member, DAY)


def test_a_programme_without_a_promotion_goal_is_not_kept(
    session: Session, programme: Programme, member: int
) -> None:
    without = Details("Nobody alone", "  ", Shares(40, 35, 25), "camp")
    with pytest.raises(ValueError, match="promotion goal"):
        keep_details(session, programme.id, without, member, DAY)
    assert details_of(session, programme.id) is None
    row = ProgrammeDetail(
        programme_id=programme.id,
        vision="Nobody alone",
        promotion_goal="",
        promotion=40,
        prevention=35,
        care=25,
        setting="camp",
        saved_on=DAY,
    )
    session.add(row)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize("shares", [(40, 35, 24), (40, 35, 26), (-10, 60, 50)])
def test_shares_make_a_hundred(
    session: Session, programme: Programme, member: int, shares: tuple[int, int, int]
) -> None:
    wrong = Details("Nobody alone", "A place to meet", Shares(*shares), "camp")
    with pytest.raises(ValueError, match="hundred"):
        keep_details(session, programme.id, wrong, member, DAY)


def test_a_vision_in_other_words_asks_for_the_signatures_again(
    session: Session, programme: Programme, member: int
) -> None:
    home = session.scalars(select(Organisation)).one()
    keep_details(session, programme.id, WANTS, member, DAY)
    clinic = add_partner(session, programme.id, " Lake Clinic ", "clinic", home)
    sign(session, clinic, " chief nurse ", DAY)
    same = Details(" Nobody alone ", "Another goal", Shares(50, 25, 25), "hostel")
    keep_details(session, programme.id, same, member, NEXT)
    assert (clinic.name, clinic.signed_on, clinic.signed_role) == (
        "Lake Clinic",
        DAY,
        "chief nurse",
    )
    other = Details("Nobody is left alone", "Another goal", Shares(50, 25, 25), "hostel")
    keep_details(session, programme.id, other, member, NEXT)
    assert (clinic.signed_on, clinic.signed_role) == (None, "")


def test_a_partner_is_linked_to_an_organisation_only_by_its_own_members(
    session: Session, programme: Programme
) -> None:
    home = session.scalars(select(Organisation)).one()
    make_organisation(session, "Other House")
    add_partner(session, programme.id, "Bridge Society", "ngo", home)
    add_partner(session, programme.id, "Other House", "ngo", home)
    found = {each.name: each.organisation_id for each in partners_of(session, programme.id)}
    assert found == {"Bridge Society": home.id, "Other House": None}


def test_every_kind_of_partner_and_every_setting_can_be_kept(
    session: Session, programme: Programme, member: int
) -> None:
    home = session.scalars(select(Organisation)).one()
    for kind in PartnerKind:
        add_partner(session, programme.id, kind.value, kind.value, home)
    assert len(session.scalars(select(ProgrammePartner)).all()) == len(PartnerKind) == 9
    for setting in Setting:
        said = Details("Nobody alone", "A place to meet", Shares(40, 35, 25), setting.value)
        assert keep_details(session, programme.id, said, member, DAY).setting == setting.value


def test_an_assessment_keeps_every_page_and_says_what_is_open(
    session: Session, programme: Programme, member: int
) -> None:
    assert len(open_steps(None)) == 10
    rings = Said({"me": "", "my-people": " aunts ", "our-place": ""})
    kept = save_step(session, programme.id, BY_NAME["strengths"], rings, member, DAY)
    called = Said({"text": "The clinic by the lake"}, DAY)
    save_step(session, programme.id, BY_NAME["services"], called, member, NEXT)
    session.expire_all()
    assert said_in(kept, BY_NAME["strengths"]).parts["my-people"] == "aunts"
    assert said_in(kept, BY_NAME["services"]) == called
    assert [step.name for step in open_steps(kept)] == [
        *("people", "words", "matters", "trusted", "hurtful", "risks", "voices", "asked"),
    ]
    assert (kept.version, kept.begun_on, kept.saved_on) == (1, DAY, NEXT)
    with pytest.raises(Unfinished):
        finish(session, kept, NEXT)
    assert finished(session, programme.id) is None


def test_one_member_of_the_community_is_too_few(
    session: Session, programme: Programme, member: int
) -> None:
    assesses(session, programme, member, "a carer", " ")
    kept = newest(session, programme.id)
    assert kept is not None
    assert members_asked(kept) == ["a carer"]
    with pytest.raises(Unfinished):
        finish(session, kept, DAY)


def test_what_is_finished_never_changes_and_what_comes_later_is_a_new_version(
    session: Session, programme: Programme, member: int
) -> None:
    assesses(session, programme, member, "a carer", "a carer")
    first = newest(session, programme.id)
    assert first is not None
    finish(session, first, DAY)
    before = (dict(first.content), first.digest, first.frozen_on)
    finish(session, first, LATER)
    gaps = Said({"text": "No place for young people"})
    second = save_step(session, programme.id, BY_NAME["gaps"], gaps, member, NEXT)
    session.expire_all()
    assert (first.content, first.digest, first.frozen_on) == before
    assert len(first.digest) == 64
    assert second.content == first.content | {"gaps": {"text": "No place for young people"}}
    assert [each.version for each in versions_of(session, programme.id)] == [2, 1]
    assert finished(session, programme.id) is first
    finish(session, second, LATER)
    assert finished(session, programme.id) is second
    assert second.digest != first.digest


def test_a_version_is_frozen_with_a_digest_or_not_at_all(
    session: Session, programme: Programme
) -> None:
    row = CommunityAssessment(
        programme_id=programme.id,
        version=1,
        content={},
        digest="",
        begun_on=DAY,
        saved_on=DAY,
        frozen_on=DAY,
    )
    session.add(row)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_group_starts_when_nothing_is_missing_any_more(
    session: Session, programme: Programme, member: int
) -> None:
    """Everything that is asked for, mended one by one in the order in which it is told."""
    left = [
        *(Missing.GOAL, Missing.STEERING, Missing.SUPPORT),
        *(Missing.ASSESSMENT, Missing.MEMBERS, Missing.PLAN),
    ]
    assert missing(session, None) == [Missing.PROGRAMME]
    assert missing(session, programme.id) == left
    keep_details(session, programme.id, WANTS, member, DAY)
    assert missing(session, programme.id) == left[1:]
    add_seat(session, programme.id, "nurse", votes=True, lived=False, paid=True)
    add_seat(session, programme.id, "peer", votes=False, lived=True, paid=True)
    assert missing(session, programme.id) == left[1:]
    add_seat(session, programme.id, "peer", votes=True, lived=True, paid=True)
    assert missing(session, programme.id) == left[2:]
    keep_support(session, programme.id, "nurse on duty", "at the clinic", DAY)
    assert missing(session, programme.id) == left[3:]
    assesses(session, programme, member, "a carer")
    assert missing(session, programme.id) == left[3:]
    assesses(session, programme, member, "a carer", "an elder")
    assert missing(session, programme.id) == [Missing.ASSESSMENT, Missing.PLAN]
    kept = newest(session, programme.id)
    assert kept is not None
    finish(session, kept, DAY)
    assert missing(session, programme.id) == [Missing.PLAN]
    plan = keep_plan(session, programme.id, Plan(("feelings/contact",)), DAY)
    assert missing(session, programme.id) == [Missing.PLAN]
    freeze(session, plan, DAY)
    assert missing(session, programme.id) == []
    assesses(session, programme, member)
    assert missing(session, programme.id) == []


def test_in_an_emergency_only_a_support_contact_is_asked_for(
    session: Session, programme: Programme, member: int
) -> None:
    first = turn_on(session, programme.id, " flood ", member, DAY)
    assert turn_on(session, programme.id, "flood", member, NEXT) is first
    assert (first.reason, first.began_on, first.began_by) == ("flood", DAY, member)
    assert missing(session, programme.id) == [Missing.SUPPORT]
    keep_support(session, programme.id, "nurse on duty", "at the clinic", DAY)
    assert missing(session, programme.id) == []
    assert turn_off(session, programme.id, member, LATER)
    assert not turn_off(session, programme.id, member, LATER)
    assert emergency_of(session, programme.id) is None
    assert Missing.GOAL in missing(session, programme.id)
    again = turn_on(session, programme.id, "fire", member, LATER)
    assert turn_off(session, programme.id, member, DAY)
    assert again.ended_on == LATER
    assert [each.reason for each in emergencies_of(session, programme.id)] == ["fire", "flood"]
