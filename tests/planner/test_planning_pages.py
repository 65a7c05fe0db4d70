"""A programme is planned through pages: what it wants, who carries it, what its place is like."""

import re

import pytest
from flask import Flask

from edu.communities.models import Profile, ProfileEntry
from edu.partners.roles import Role
from tests.people import People, StaffPerson, make_staff
from tests.planner.planned import CONTACT, SEAT, WANTS, makes_programme, plans_all


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


@pytest.fixture
def root(ruth: StaffPerson) -> str:
    """The address of a new programme."""
    return makes_programme(ruth)


def steps_on(page: str) -> list[tuple[str, str]]:
    """What a page says must be done before a group may start, and where each leads."""
    told = page.partition("Before a group may start")[2].partition("</ol>")[0]
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', told)


def test_an_empty_programme_says_what_to_do_and_leads_there(ruth: StaffPerson, root: str) -> None:
    steps = steps_on(ruth.opens(root).text)
    assert steps == [
        (f"{root}/details", "Write down the vision and a promotion goal"),
        (
            f"{root}/steering",
            "Give somebody with lived experience a vote in the steering group",
        ),
        (f"{root}/support", "Name a support contact"),
        (f"{root}/assessment", "Finish the community assessment"),
        (f"{root}/assessment/asked", "Ask at least two members of the community"),
        (f"{root}/evaluation/plan", "Write and freeze the evaluation plan"),
    ]
    assert [ruth.opens(where).status_code for where, _ in steps] == [200] * 6


def test_a_group_says_the_same_as_its_programme(
    people: People, ruth: StaffPerson, root: str
) -> None:
    tendai = people.tendai
    group = tendai.makes_group(opened=False)
    page = f"/en/staff/groups/{group}"
    assert steps_on(tendai.opens(page).text) == [
        (f"{page}/programme", "Put the group into a programme"),
    ]
    ruth.fills(root, to=f"{root}/groups", group=str(group))
    assert steps_on(tendai.opens(page).text) == steps_on(ruth.opens(root).text)


def test_without_a_promotion_goal_nothing_is_saved(ruth: StaffPerson, root: str) -> None:
    refused = ruth.fills(f"{root}/details", **(WANTS | {"promotion_goal": " "}))
    assert refused.status_code == 422
    assert "Nothing is written yet" in ruth.opens(f"{root}/details").text


def test_shares_that_make_no_hundred_are_told_with_their_sum(ruth: StaffPerson, root: str) -> None:
    refused = ruth.fills(f"{root}/details", **(WANTS | {"care": "30"}))
    assert refused.status_code == 422
    assert "The three shares make 105. Together they must make 100." in refused.text


def test_vision_shares_and_signatories_stand_on_one_printed_page(
    ruth: StaffPerson, root: str
) -> None:
    assert "Nobody has written down yet" in ruth.opens(f"{root}/summary").text
    ruth.fills(f"{root}/details", **WANTS)
    partners = f"{root}/partners"
    assert 'value="Bridge Society"' in ruth.opens(partners).text
    page = ruth.fills(partners, name="Bridge Society", kind="ngo").text
    assert ruth.fills(partners, name="Bridge Society", kind="clinic").status_code == 422
    one = re.findall(rf'href="({partners}/\d+)"', page)[0]
    assert "Not signed yet" in ruth.opens(f"{root}/summary").text
    assert ruth.fills(one, role="director", signed_on="2999-01-01").status_code == 422
    ruth.fills(one, role="director", signed_on="2026-11-02")
    assert "No group can start without." in ruth.opens(f"{root}/steering").text
    assert "No group can start without." not in ruth.fills(f"{root}/steering", **SEAT).text
    told = ruth.opens(f"{root}/summary").text
    assert "<strong><bdi>Nobody alone</bdi></strong>" in told
    assert re.findall(r"(\d+) percent", told) == ["40", "35", "25"]
    assert re.findall(r'class="up" x="0" width="(\d+)"', told) == ["40", "35", "25"]
    assert "<bdi>director</bdi>" in told
    assert "<bdi>peer</bdi>: votes · lived experience · paid" in " ".join(told.split())
    assert "<dd>Camp</dd>" in told


def test_a_signature_and_a_partner_and_a_seat_can_be_taken_back(
    ruth: StaffPerson, root: str
) -> None:
    ruth.fills(f"{root}/details", **WANTS)
    page = ruth.fills(f"{root}/partners", name="Lake Clinic", kind="clinic").text
    one = re.findall(rf'href="({root}/partners/\d+)"', page)[0]
    ruth.fills(one, role="chief nurse", signed_on="2026-11-02")
    assert "Not signed yet" in ruth.fills(one, to=f"{one}/unsign").text
    assert "Lake Clinic" not in ruth.fills(one, to=f"{one}/out").text
    assert ruth.opens(one).status_code == 404
    page = ruth.fills(f"{root}/steering", role="peer", voice="votes", lived="y").text
    out = re.findall(rf'action="({root}/steering/\d+/out)"', page)[0]
    assert "No seat yet." in ruth.fills(f"{root}/steering", to=out).text


def test_a_partner_of_another_programme_is_not_there(ruth: StaffPerson, root: str) -> None:
    other = makes_programme(ruth, "Summer")
    ruth.fills(f"{root}/details", **WANTS)
    ruth.fills(f"{root}/partners", name="Lake Clinic", kind="clinic")
    page = ruth.fills(f"{root}/steering", role="peer", voice="votes").text
    partner = re.findall(r"partners/(\d+)", ruth.opens(f"{root}/partners").text)[0]
    seat = re.findall(r"steering/(\d+)/out", page)[0]
    assert ruth.opens(f"{other}/partners/{partner}").status_code == 404
    for path in (f"partners/{partner}", f"partners/{partner}/out", f"steering/{seat}/out"):
        assert ruth.fills(f"{other}/details", to=f"{other}/{path}").status_code == 404


def test_the_wizard_keeps_each_page_and_freezes_a_dated_version(
    people: People, ruth: StaffPerson, root: str
) -> None:
    group = people.tendai.makes_group()
    ruth.fills(root, to=f"{root}/groups", group=str(group))
    tendai, wizard = people.tendai, f"{root}/assessment"
    names = ["people", "words", "matters", "trusted", "hurtful", "risks", "voices"]
    tendai.fills(f"{wizard}/people", text="Fishers and their families")
    assert "Done: 1 of 11" in tendai.opens(wizard).text
    refused = tendai.fills(wizard, to=f"{wizard}/finish")
    assert refused.status_code == 422
    told = refused.text.partition("Not finished yet")[2].partition("</ul>")[0]
    assert len(re.findall("<li>", told)) == 9
    for name in names[1:]:
        tendai.fills(f"{wizard}/{name}", text=f"about {name}")
    following = tendai.fills(f"{wizard}/strengths", follow=False, our_place="The choir")
    assert following.headers["Location"] == f"{wizard}/services"
    ways = {
        then: tendai.fills(f"{wizard}/people", follow=False, text="Fishers", then=then)
        for then in ("back", "overview", "")
    }
    assert {then: way.headers["Location"] for then, way in ways.items()} == {
        "back": wizard,
        "overview": wizard,
        "": f"{wizard}/words",
    }
    back = tendai.fills(f"{wizard}/words", follow=False, text="about words", then="back")
    assert back.headers["Location"] == f"{wizard}/people"
    overview = tendai.fills(
        f"{wizard}/services",
        follow=False,
        text="The clinic",
        called_on="2026-11-02",
        then="overview",
    )
    assert overview.headers["Location"] == wizard
    tendai.fills(f"{wizard}/asked", text="a carer\r\nan elder")
    tendai.fills(f"{wizard}/gaps", text="No place for young people")
    assert "Done: 11 of 11" in tendai.opens(wizard).text
    page = tendai.fills(wizard, to=f"{wizard}/finish").text
    version = re.findall(rf'href="({wizard}/version/1)"', page)
    assert version == [f"{wizard}/version/1"]
    told = tendai.opens(version[0]).text
    assert "<bdi>The choir</bdi>" in told
    assert "Called on" in told
    assert re.search(r"<bdi dir=\"ltr\" class=\"hash\">[0-9a-f]{64}</bdi>", told)
    tendai.fills(f"{wizard}/people", text="Fishers, and farmers up the hill")
    assert "farmers" not in tendai.opens(version[0]).text
    assert "Fishers, and farmers up the hill" in tendai.opens(f"{wizard}/people").text
    assert tendai.opens(f"{wizard}/version/2").status_code == 404


def test_a_page_of_the_wizard_that_does_not_exist_is_not_there(
    ruth: StaffPerson, root: str
) -> None:
    assert ruth.opens(f"{root}/assessment/names").status_code == 404
    late = ruth.fills(f"{root}/assessment/services", text="The clinic", called_on="2999-01-01")
    assert late.status_code == 422
    assert "This day has not come yet." in late.text


def test_the_profile_of_the_place_helps_and_no_other_place_does(
    house: Flask, people: People, ruth: StaffPerson, root: str
) -> None:
    with house.extensions["database"].work() as session:
        for tag, who in (("sw", "midwives"), ("en", "teachers")):
            profile = Profile(tag=tag)
            session.add(profile)
            session.flush()
            for slug, fields in (
                ("one", {"who": who, "trust": "trusted", "why": "-"}),
                ("two", {"who": f"rich {who}", "trust": "risky", "why": "-"}),
            ):
                session.add(
                    ProfileEntry(
                        profile_id=profile.id,
                        section="messenger",
                        slug=slug,
                        position=1,
                        fields=fields,
                    )
                )
    asked = f"{root}/assessment/trusted"
    assert "What the community profile says already" not in ruth.opens(asked).text
    group = people.tendai.makes_group(tags=["sw"])
    ruth.fills(root, to=f"{root}/groups", group=str(group))
    page = ruth.opens(asked).text
    assert '<li><span lang="en" dir="ltr">midwives</span></li>' in page
    assert "teachers" not in page
    assert "rich midwives" not in page


def test_an_emergency_is_one_step_and_asks_only_for_a_support_contact(
    ruth: StaffPerson, root: str
) -> None:
    page = ruth.fills(f"{root}/emergency", reason="flood").text
    assert "In an emergency since" in page
    assert steps_on(page) == [(f"{root}/support", "Name a support contact")]
    page = ruth.fills(f"{root}/support", **CONTACT).text
    assert steps_on(page) == []
    assert "In an emergency since" in ruth.opens(f"{root}/summary").text
    page = ruth.fills(f"{root}/emergency", to=f"{root}/emergency/over").text
    assert len(steps_on(page)) == 5
    assert "Earlier ones" in ruth.opens(f"{root}/emergency").text
    trail = ruth.opens("/en/staff/trail").text
    assert "Turned the emergency on" in trail
    assert "Turned the emergency off" in trail


def test_a_trainer_reads_a_plan_that_is_in_use_and_changes_only_assessment_and_support(
    people: People, ruth: StaffPerson, root: str
) -> None:
    plans_all(ruth, root)
    ruth.makes_group(programme=root.rpartition("/")[2])
    tendai = people.tendai
    for path in ("details", "partners", "steering", "emergency", "summary"):
        page = tendai.opens(f"{root}/{path}")
        assert (path, page.status_code, page.text.count('method="post"')) == (path, 200, 0)
    for path in ("details", "partners", "steering", "emergency", "evaluation/plan", "reach/place"):
        assert (path, tendai.sends(f"{root}/{path}").status_code) == (path, 403)
    assert "People learn by this plan now." in tendai.opens(root).text
    assert tendai.opens(f"{root}/assessment/people").status_code == 200
    assert tendai.fills(f"{root}/support", **CONTACT, follow=False).status_code == 303


def test_an_authority_sees_what_is_planned_and_nothing_that_was_said_of_the_place(
    house: Flask, people: People, ruth: StaffPerson, root: str
) -> None:
    with house.extensions["database"].work() as session:
        make_staff(session, "otto", "Bridge Society", Role.AUTHORITY)
    otto = StaffPerson(people.house.test_client(), "otto").signs_in()
    page = otto.opens(root).text
    assert "Before a group may start" not in page
    assert f"{root}/summary" in page
    assert f"{root}/assessment" not in page
    assert otto.opens(f"{root}/summary").status_code == 200
    assert otto.opens(f"{root}/assessment").status_code == 403


def test_another_house_finds_nothing(people: People, ruth: StaffPerson, root: str) -> None:
    lindiwe = people.lindiwe
    for path in ("details", "partners", "steering", "support", "emergency", "summary"):
        assert lindiwe.opens(f"{root}/{path}").status_code == 404
    assert lindiwe.opens(f"{root}/assessment").status_code == 404
    assert lindiwe.sends(f"{root}/assessment/people", text="x").status_code == 404
