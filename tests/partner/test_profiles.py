"""A partner without training keeps her community's profile in the browser."""

import json
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from edu.communities.files import write
from edu.communities.lookup import law_note
from edu.communities.models import Profile, ProfileEntry
from edu.communities.shipped import profile_as_file
from edu.health import marks
from edu.health.case import case
from edu.health.place_checks import services as doctor_on_services
from edu.partners.members import give_role
from edu.partners.models import AuditEntry, Member
from edu.partners.roles import Role
from edu.preparing import renew_pages
from edu.server.jobs import Jobs, Work
from tests.people import StaffPerson, fields_of, make_staff

TODAY = datetime.now().date()
AT = "/en/staff/communities"
SWAHILI = f"{AT}/sw-KE"
BENCH = {"name": "The Bench", "number": "+254 7 0000 1111", "by": "call", "kind": "helpline"}


def join(house: Flask, login: str, role: Role, language: str = "sw") -> StaffPerson:
    """Somebody of the Bridge Society who works for one language."""
    with house.extensions["database"].work() as session:
        member = make_staff(session, login, "Bridge Society", Role.EVALUATOR)
        give_role(session, member, member.grants[0].organisation, role, language=language)
    return StaffPerson(house.test_client(), login).signs_in()


@pytest.fixture
def chipo(house: Flask) -> StaffPerson:
    """She translates into Swahili, and begins the profile of Kenya's readers."""
    made = join(house, "chipo", Role.TRANSLATOR)
    page = made.fills(
        AT, community="sw-KE", name="Swahili in Kenya", country="ke", place="Towns and villages."
    )
    assert page.request.path == SWAHILI
    return made


def adds(who: StaffPerson, section: str, slug: str = "new", **values: object) -> int:
    """Write an entry; the status of what comes back."""
    where = f"{SWAHILI}/{section}/{slug}"
    sent = fields_of(who.opens(where)).hidden | values
    return who.sends(where, follow=False, **sent).status_code


def entry(house: Flask, section: str, slug: str) -> ProfileEntry:
    """An entry as it is kept."""
    with house.extensions["database"].session(reading=True) as session:
        wanted = select(ProfileEntry).where(
            ProfileEntry.section == section, ProfileEntry.slug == slug
        )
        return session.scalars(wanted).one()


def moves_clock(house: Flask, days: int) -> None:
    """Let the server have been awake on a later day: no day of its is earlier any more."""
    folder = house.extensions["settings"].instance / "marks"
    folder.mkdir(exist_ok=True)
    moment = (marks.now() + timedelta(days=days)).isoformat()
    mark = {"name": "clock", "ended_at": moment, "outcome": "well", "detail": "", "last_well": None}
    (folder / "clock.json").write_text(json.dumps(mark), encoding="utf-8")


def support(house: Flask, tag: str = "sw-KE") -> str:
    """The support page as it was finished last, made anew where something on it is over."""
    renew_pages(house)
    published = house.extensions["settings"].published
    return (published / tag / "support" / "index.html").read_text(encoding="utf-8")


def answered(who: StaffPerson, on: date = TODAY, heard: str = "answered") -> int:
    """Write down a call to the bench."""
    return who.fills(
        f"{SWAHILI}/service/the-bench/call", follow=False, heard=heard, on=on, hours="day and night"
    ).status_code


def test_a_partner_begins_a_profile_and_learners_meet_what_she_has_called(
    house: Flask, chipo: StaffPerson
) -> None:
    assert adds(chipo, "term", "stigma", term="unyanyapaa", meaning="Being pushed away.") == 303
    assert adds(chipo, "avoid", word="kichaa", reason="A label.", instead="mtu mwenye...") == 303
    assert adds(chipo, "service", **BENCH) == 303
    # Nobody has called yet, so nobody sees the number.
    assert "0000 1111" not in support(house)
    assert "none that one of us has called lately" in support(house)
    assert answered(chipo) == 303
    page = support(house)
    assert '<a class="number" href="tel:+25470000 1111"' not in page
    assert (
        '<a class="number" href="tel:+254700001111"><bdi dir="ltr">+254 7 0000 1111</bdi></a>'
        in page
    )
    assert "day and night" in page
    # Of another place it is nowhere, nor is it of the language as such.
    assert "0000 1111" not in support(house, "sw")
    assert "0000 1111" not in support(house, "en")
    kept = entry(house, "service", "the-bench")
    assert (kept.confirmed_on, kept.confirmed_by) == (TODAY, "chipo")
    with house.extensions["database"].session(reading=True) as session:
        line = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert line is not None
        assert (line.by_login, line.deed, line.object_kind) == ("chipo", "confirmed", "service")


def test_what_learners_meet_is_made_anew_in_the_background(
    house: Flask, chipo: StaffPerson
) -> None:
    jobs: Jobs = house.extensions["jobs"]
    adds(chipo, "service", **BENCH)
    assert jobs.newest(Work.PUBLISH) is None  # no learner meets it yet
    answered(chipo)
    assert jobs.newest(Work.PUBLISH) is not None


@pytest.mark.parametrize(("days", "shown"), [(0, True), (179, True), (180, False), (181, False)])
def test_a_number_vanishes_when_its_half_year_is_over(
    house: Flask, chipo: StaffPerson, days: int, shown: bool
) -> None:
    adds(chipo, "service", **BENCH)
    answered(chipo)
    assert "0000 1111" in support(house)
    moves_clock(house, days)
    # A page of the last day stands until the day after: so it goes one day early, never late.
    assert ("0000 1111" in support(house)) is shown


def test_members_and_the_doctor_are_told_in_time(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "service", **BENCH)
    answered(chipo)
    told = []
    for days in (149, 150, 180, 181):
        moves_clock(house, days)
        with house.extensions["database"].work() as session:
            row = session.scalars(
                select(ProfileEntry).where(ProfileEntry.slug == "the-bench")
            ).one()
            row.confirmed_on = TODAY - timedelta(days=days)
        doctor = doctor_on_services(
            case(house.extensions["database"], house.extensions["settings"])
        )
        told.append((days, doctor.level.name, "vanish" in doctor.what, "not shown" in doctor.what))
    assert told == [
        (149, "FINE", False, False),
        (150, "DO", True, False),
        (180, "DO", True, False),
        (181, "DO", True, True),
    ]


def test_whoever_may_confirm_is_told_where_her_work_begins(
    house: Flask, chipo: StaffPerson
) -> None:
    adds(chipo, "service", **BENCH)
    answered(chipo)
    assert "The Bench" not in chipo.opens("/en/staff").text
    moves_clock(house, 151)
    assert "The Bench" in chipo.opens("/en/staff").text
    # Somebody of another language is not told.
    ama = join(house, "ama", Role.TRANSLATOR, "ta")
    assert "The Bench" not in ama.opens("/en/staff").text


def test_a_wrong_number_is_hidden_at_once_and_a_busy_one_is_not(
    house: Flask, chipo: StaffPerson
) -> None:
    adds(chipo, "service", **BENCH)
    answered(chipo)
    assert answered(chipo, heard="nobody") == 303
    assert entry(house, "service", "the-bench").confirmed_on == TODAY
    assert answered(chipo, heard="wrong") == 303
    kept = entry(house, "service", "the-bench")
    assert kept.confirmed_on is None
    assert [each["heard"] for each in kept.fields["calls"]] == ["answered", "nobody", "wrong"]
    assert "0000 1111" not in support(house)


def test_another_number_is_another_service(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "service", **BENCH)
    answered(chipo)
    version = entry(house, "service", "the-bench").version
    changed = BENCH | {"hours": "mornings"}
    assert adds(chipo, "service", "the-bench", version=version, **changed) == 303
    assert entry(house, "service", "the-bench").confirmed_on == TODAY
    changed["number"] = "+254 7 0000 2222"
    assert adds(chipo, "service", "the-bench", version=version + 1, **changed) == 303
    assert entry(house, "service", "the-bench").confirmed_on is None


def test_a_call_is_of_the_last_month(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "service", **BENCH)
    assert answered(chipo, on=TODAY + timedelta(days=1)) == 422
    assert answered(chipo, on=TODAY - timedelta(days=40)) == 422
    assert answered(chipo, on=TODAY - timedelta(days=2)) == 303
    assert entry(house, "service", "the-bench").confirmed_on == TODAY - timedelta(days=2)


def test_a_number_is_refused_anywhere_else(house: Flask, chipo: StaffPerson) -> None:
    page = chipo.fills(f"{SWAHILI}/custom/new", kind="other", text="Ask at 0712 345 678 first.")
    assert page.status_code == 422
    assert "looks like a telephone number" in page.text
    assert "0712 345 678" in page.text  # what she typed is not lost
    page = chipo.fills(f"{SWAHILI}/service/new", **BENCH | {"number": "ask Mary"})
    assert page.status_code == 422
    assert "A number to dial, please" in page.text


def test_two_people_at_once_lose_nothing(house: Flask, chipo: StaffPerson) -> None:
    rudo = join(house, "rudo", Role.REVIEWER)
    adds(chipo, "term", "stigma", term="unyanyapaa", meaning="Being pushed away.")
    where = f"{SWAHILI}/term/stigma"
    hers = fields_of(rudo.opens(where)).hidden
    assert adds(chipo, "term", "stigma", version=1, term="unyanyapaa", meaning="A mark.") == 303
    page = rudo.sends(where, term="unyanyapaa", meaning="Shame put on a person.", **hers)
    assert page.status_code == 409
    assert "A mark." in page.text
    assert "Shame put on a person." in page.text
    assert entry(house, "term", "stigma").fields["meaning"] == "A mark."
    # She has seen both and decides for hers.
    again = fields_of(page).hidden
    page = rudo.sends(where, term="unyanyapaa", meaning="Shame put on a person.", **again)
    assert page.status_code == 200
    assert entry(house, "term", "stigma").fields["meaning"] == "Shame put on a person."


def test_two_people_who_write_the_same_new_word_lose_nothing(
    house: Flask, chipo: StaffPerson
) -> None:
    rudo = join(house, "rudo", Role.REVIEWER)
    where = f"{SWAHILI}/term/goal"
    hers = fields_of(rudo.opens(where)).hidden
    assert adds(chipo, "term", "goal", version=0, term="lengo", meaning="An aim.") == 303
    page = rudo.sends(where, term="nia", meaning="A wish.", **hers)
    assert page.status_code == 409
    assert "lengo" in page.text
    assert entry(house, "term", "goal").fields["term"] == "lengo"


def test_a_word_is_agreed_as_it_was_read_and_a_change_makes_it_a_draft(
    house: Flask, chipo: StaffPerson
) -> None:
    adds(chipo, "term", "stigma", term="unyanyapaa", meaning="Being pushed away.")
    where = f"{SWAHILI}/term/stigma"
    agreed = where + "/agreed"
    assert chipo.fills(where, agreed, follow=False, who="The group", version=2).status_code == 409
    assert chipo.fills(where, agreed, follow=False, who="The group", version=1).status_code == 303
    kept = entry(house, "term", "stigma")
    assert (kept.state, kept.fields["agreed_by"], kept.fields["date"]) == (
        "agreed",
        "The group",
        TODAY.isoformat(),
    )
    # The same words once more are no change.
    same = {"term": "unyanyapaa", "meaning": "Being pushed away."}
    assert adds(chipo, "term", "stigma", version=2, **same) == 303
    assert entry(house, "term", "stigma").state == "agreed"
    assert adds(chipo, "term", "stigma", version=2, **same | {"note": "Or dhihaka?"}) == 303
    kept = entry(house, "term", "stigma")
    assert (kept.state, "agreed_by" in kept.fields) == ("draft", False)


def test_what_is_taken_out_can_be_put_back(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "service", **BENCH)
    answered(chipo)
    listed = f"{SWAHILI}/service"
    one = f"{listed}/the-bench"
    assert chipo.fills(one, f"{one}/out", follow=False).status_code == 303
    assert "0000 1111" not in support(house)
    assert "Put back" in chipo.opens(listed).text
    assert chipo.fills(listed, f"{listed}/the-bench/back", follow=False).status_code == 303
    assert "0000 1111" in support(house)


def test_a_law_note_is_dated_agreed_and_its_own_place_s(house: Flask, chipo: StaffPerson) -> None:
    law = {"topic": "suicide", "known": "unknown", "attempt": ""}
    assert adds(chipo, "law", **law) == 303
    slug = "suicide"
    assert "Unknown: nobody has looked it up yet" in chipo.opens(f"{SWAHILI}/law").text
    law |= {"known": "known", "attempt": "crime", "text": "The code names it.", "source": "Code"}
    assert adds(chipo, "law", slug, version=1, **law) == 422  # no day
    law |= {"dated": "2025-01-09"}
    assert adds(chipo, "law", slug, version=1, **law) == 303
    with house.extensions["database"].session(reading=True) as session:
        assert law_note(session, "sw-KE") is None  # nobody has agreed yet
    where = f"{SWAHILI}/law/{slug}"
    chipo.fills(where, where + "/agreed", who="Nyasha", version=2)
    with house.extensions["database"].session(reading=True) as session:
        note = law_note(session, "sw-KE")
        assert note is not None
        assert (note.dated, note.text) == (date(2025, 1, 9), "The code names it.")
        assert law_note(session, "sw") is None
        assert law_note(session, "sw-KE-x-kibera") is None
    page = support(house)
    assert '<p lang="en" dir="ltr">The code names it.</p>' in page
    assert "without going to the police" in page


def test_what_matters_most_can_be_ranked(house: Flask, chipo: StaffPerson) -> None:
    for key in ("work", "land", "faith"):
        assert adds(chipo, "matters", key, note="n") == 303
    listed = f"{SWAHILI}/matters"
    chipo.fills(listed, f"{listed}/faith/up")
    chipo.fills(listed, f"{listed}/faith/up")
    chipo.fills(listed, f"{listed}/faith/up")  # it is the first already
    with house.extensions["database"].session(reading=True) as session:
        profile = profile_as_file(session, "sw-KE")
    assert profile is not None
    assert [each.slug for each in profile.of("matters")] == ["faith", "work", "land"]


def test_a_profile_written_in_the_browser_can_be_exported(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "swaps", "food", values="ugali\nsukuma wiki")
    adds(chipo, "service", **BENCH)
    answered(chipo)
    with house.extensions["database"].session(reading=True) as session:
        profile = profile_as_file(session, "sw-KE")
    assert profile is not None
    assert write(profile) == (
        '[community]\ntag = "sw-KE"\ncountry = "KE"\nname = "Swahili in Kenya"\n'
        'place = "Towns and villages."\n\n[swaps]\nfood = ["ugali", "sukuma wiki"]\n\n'
        '[[service]]\nid = "the-bench"\nname = "The Bench"\nnumber = "+254 7 0000 1111"\n'
        'hours = "day and night"\nkind = "helpline"\n'
    )


def test_who_works_for_another_language_finds_nothing(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "service", **BENCH)
    ama = join(house, "ama", Role.TRANSLATOR, "ta")
    found = [
        ama.browser.get(f"{SWAHILI}{path}").status_code
        for path in ("", "/term", "/term/goal", "/term/new", "/service/the-bench/call")
    ]
    assert found == [404, 404, 404, 404, 404]
    assert "Swahili" not in ama.opens(AT).text
    page = ama.fills(AT, community="sw-TZ", name="Swahili in Tanzania", country="", place="Towns.")
    assert page.status_code == 422
    assert "You do not translate or review this language" in unescape(page.text)


def test_readers_of_a_profile_write_nothing(house: Flask, chipo: StaffPerson) -> None:
    adds(chipo, "term", "goal", term="lengo", meaning="An aim.")
    adds(chipo, "service", **BENCH)
    tatenda = join(house, "tatenda", Role.PUBLISHER)
    assert tatenda.opens(f"{SWAHILI}/term/goal").status_code == 200
    token = fields_of(tatenda.opens(f"{SWAHILI}/term/goal")).hidden
    page = tatenda.sends(f"{SWAHILI}/term/goal", meaning="Mine.", **token)
    assert page.status_code == 403
    assert tatenda.opens(f"{SWAHILI}/service/the-bench/call").status_code == 403
    assert entry(house, "term", "goal").fields["meaning"] == "An aim."


@pytest.mark.parametrize(
    "path",
    ["/weather", "/term/weather", "/matters/new", "/community/new", "/term/goal/agreed", "/x/y/z"],
)
def test_what_is_not_there_is_not_there(chipo: StaffPerson, path: str) -> None:
    page = chipo.browser.get(f"{SWAHILI}{path}")
    assert page.status_code in (404, 405)


def test_a_tag_has_one_profile(house: Flask, chipo: StaffPerson) -> None:
    said = []
    for tag in ("sw-KE", "nonsense!", "en"):
        page = chipo.fills(AT, community=tag, name="Swahili", country="", place="Towns.")
        said.append((page.status_code, "There is a profile of this tag already." in page.text))
    assert said == [(422, True), (422, False), (422, False)]
    with house.extensions["database"].session(reading=True) as session:
        assert list(session.scalars(select(Profile.tag))) == ["sw-KE"]
        assert session.scalar(select(Member.id).where(Member.login == "chipo")) is not None
