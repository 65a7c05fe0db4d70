"""Recording a text: consent, the gate, a second pair of ears, and the page that learners hear."""

import io
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from edu.communities.editing import add_entry, start_profile
from edu.communities.models import Profile, ProfileEntry
from edu.pages.headers import MICROPHONE, SECURITY
from edu.partner import recordings
from edu.partners.members import give_role, organisation_named
from edu.partners.models import AuditEntry
from edu.partners.roles import Role
from edu.preparing import prepare
from edu.recordings.heard import words_heard
from edu.recordings.models import Recording, Sound
from tests.people import People, StaffPerson, fields_of, make_staff
from tests.recordings.voices import recorded

AT = "/en/staff/recordings/sw"
HERE = f"{AT}/m1.1/here"
CONSENT = {
    "whose": "reads",
    "speaker": "Auntie Rudo",
    "consent_on": "2026-11-20",
    "uses": ["site", "radio"],
    "agreed": "y",
}


@pytest.fixture
def bridge(house: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The house with people who translate, review and publish; pages are made when a test says."""
    with house.extensions["database"].work() as session:
        make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR)
        make_staff(session, "rudo", "Bridge Society", Role.REVIEWER)
        make_staff(session, "tendai", "Bridge Society", Role.TRAINER)
        make_staff(session, "both", "Bridge Society", Role.TRANSLATOR, Role.PUBLISHER)
    monkeypatch.setattr("edu.partner.recording.pages_soon", lambda: None)
    return house


def who(house: Flask, login: str) -> StaffPerson:
    return StaffPerson(house.test_client(), login).signs_in()


def records(person: StaffPerson, address: str = HERE, **other: object) -> TestResponse:
    """Send a recording with complete consent, except as `other` says."""
    given: dict[str, object] = {"sound": (io.BytesIO(recorded("webm")), "recording.webm")}
    return person.fills(address, **(CONSENT | given | other))


def count(house: Flask, table: type = Recording) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_voice_is_recorded_listened_to_released_and_heard(bridge: Flask) -> None:
    chipo, rudo, learner = who(bridge, "chipo"), who(bridge, "rudo"), bridge.test_client()
    before = learner.get("/sw/m1/1/").text
    assert "No recording" in chipo.opens(f"{AT}/m1").text
    kept = records(chipo)
    assert "This is how learners would hear it." in kept.text
    assert "Somebody else listens to it" in kept.text
    address = kept.request.path
    sound = rudo.browser.get(f"{address}/sound.opus")
    assert (sound.status_code, sound.mimetype, sound.data[:4]) == (200, "audio/ogg", b"OggS")
    assert learner.get("/sw/m1/1/").text == before
    released = rudo.fills(address, to=f"{address}/release")
    assert "Learners can hear this recording." in released.text
    prepare(bridge)
    number = address.rpartition("/")[2]
    page = learner.get("/sw/m1/1/").text
    assert page.count("<audio") == 1
    assert f'<source src="/sound/{number}.opus?' in page
    assert "<bdi>Auntie Rudo</bdi>" in page
    for format, mimetype in (("opus", "audio/ogg"), ("mp3", "audio/mpeg")):
        file = learner.get(f"/sound/{number}.{format}")
        assert (file.status_code, file.mimetype) == (200, mimetype)
    assert "<audio" not in learner.get("/en/m1/1/").text


def test_a_lesson_without_recordings_is_not_a_byte_longer(bridge: Flask) -> None:
    learner = bridge.test_client()
    before = learner.get("/sw/m1/2/").data
    address = records(who(bridge, "chipo")).request.path
    who(bridge, "rudo").fills(address, to=f"{address}/release")
    prepare(bridge)
    assert learner.get("/sw/m1/2/").data == before
    assert len(learner.get("/sw/m1/1/").data) - len(bridge_page(bridge)) < 420


def bridge_page(house: Flask) -> bytes:
    """The lesson as it is in another language without recordings, for its length."""
    page = house.test_client().get("/sw/m1/1/").text
    head, _, rest = page.partition('<p class="how">')
    _player, _, tail = rest.partition("</audio>\n")
    return (head + tail).encode()


@pytest.mark.parametrize("missing", ["speaker", "consent_on", "uses", "agreed", "sound"])
def test_without_complete_consent_nothing_is_kept(bridge: Flask, missing: str) -> None:
    given = {name: value for name, value in CONSENT.items() if name != missing}
    if missing != "sound":
        given["sound"] = (io.BytesIO(recorded("webm")), "recording.webm")
    answer = who(bridge, "chipo").fills(HERE, **given)
    assert answer.status_code == 422
    assert "Nothing was kept" in answer.text
    assert (count(bridge), count(bridge, Sound)) == (0, 0)


def test_a_real_persons_own_story_needs_an_end(bridge: Flask) -> None:
    chipo = who(bridge, "chipo")
    assert records(chipo, whose="own").status_code == 422
    assert "it is about a real life" in records(chipo, whose="own", ends="2030-01-01").text


def test_what_is_no_recording_is_refused_in_plain_words(bridge: Flask) -> None:
    sent = (io.BytesIO(b"<html><script>alert(1)</script>"), "voice.webm")
    answer = records(who(bridge, "chipo"), sound=sent)
    assert answer.status_code == 422
    assert "This is a page or a program, whatever its name says." in answer.text
    assert count(bridge) == 0


def test_nobody_releases_her_own_recording(bridge: Flask) -> None:
    both = who(bridge, "both")
    address = records(both).request.path
    assert "let learners hear it" not in both.opens(address).text
    answer = both.fills(f"{address}/withdraw", to=f"{address}/release")
    assert answer.status_code == 409
    assert "Somebody else must listen to it" in answer.text


def test_words_that_changed_while_somebody_read_make_the_recording_stale(bridge: Flask) -> None:
    chipo, rudo = who(bridge, "chipo"), who(bridge, "rudo")
    address = records(chipo, words="Words that stood there before.").request.path
    assert "The text has changed since it was read." in rudo.opens(address).text
    assert "The text has changed: record it again" in chipo.opens(f"{AT}/m1").text
    answer = rudo.fills(f"{address}/withdraw", to=f"{address}/release")
    assert (answer.status_code, "Record it again." in answer.text) == (409, True)


def test_what_has_to_be_done_first_stands_first(bridge: Flask) -> None:
    chipo = who(bridge, "chipo")
    records(chipo)
    records(chipo, f"{AT}/m1.2/us", words="Older words.")
    page = chipo.opens(f"{AT}/m1").text
    states = [page.index(state) for state in ('"voice stale"', '"voice waiting"', '"voice missing')]
    assert states == sorted(states)
    assert page.count('class="voice ') == 10


def test_a_withdrawn_voice_is_gone_at_once(bridge: Flask, tmp_path: Path) -> None:
    chipo, rudo, learner = who(bridge, "chipo"), who(bridge, "rudo"), bridge.test_client()
    address = records(chipo).request.path
    number = address.rpartition("/")[2]
    rudo.fills(address, to=f"{address}/release")
    prepare(bridge)
    assert learner.get(f"/sound/{number}.opus").status_code == 200
    assert "It is deleted at once" in chipo.opens(f"{address}/withdraw").text
    chipo.fills(f"{address}/withdraw")
    assert learner.get(f"/sound/{number}.opus").status_code == 404
    assert (count(bridge), count(bridge, Sound)) == (0, 0)
    prepare(bridge)
    assert "<audio" not in learner.get("/sw/m1/1/").text
    with bridge.extensions["database"].session(reading=True) as session:
        lines = session.execute(
            select(AuditEntry.by_login, AuditEntry.deed, AuditEntry.object_name)
            .where(AuditEntry.object_kind == "recording")
            .order_by(AuditEntry.id)
        ).all()
    assert [tuple(line) for line in lines] == [
        ("chipo", "made", "sw m1.1|here"),
        ("rudo", "released", "sw m1.1|here"),
        ("chipo", "withdrew", "sw m1.1|here"),
    ]


def test_only_the_page_that_records_may_use_the_microphone(bridge: Flask) -> None:
    chipo = who(bridge, "chipo")
    policies = {
        address: chipo.browser.get(address).headers["Permissions-Policy"]
        for address in (AT, f"{AT}/m1", HERE, "/en/staff", "/sw/my")
    }
    assert [address for address, policy in policies.items() if policy == MICROPHONE] == [HERE]
    assert (
        dict(SECURITY)["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
        == MICROPHONE
    )
    assert set(policies.values()) == {MICROPHONE, dict(SECURITY)["Permissions-Policy"]}


def test_recordings_are_there_only_for_those_who_work_on_the_language(bridge: Flask) -> None:
    with bridge.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        arab = make_staff(session, "layla", "Bridge Society")
        give_role(session, arab, home, Role.TRANSLATOR, language="ar")
    address = records(who(bridge, "chipo")).request.path
    layla, tendai = who(bridge, "layla"), who(bridge, "tendai")
    for where in (AT, f"{AT}/m1", HERE, address, f"{address}/sound.mp3", f"{address}/withdraw"):
        assert layla.browser.get(where).status_code == 404
        assert tendai.browser.get(where).status_code == 403
    assert layla.browser.get("/en/staff/recordings/ar/m1").status_code == 200
    assert layla.browser.get(address.replace("/sw/", "/ar/")).status_code == 404
    for nowhere in ("xx", "tlh", "zz-Zzzz"):
        assert (
            who(bridge, "chipo").browser.get(f"/en/staff/recordings/{nowhere}").status_code == 404
        )


def test_whoever_only_reviews_listens_and_does_not_record(bridge: Flask) -> None:
    rudo = who(bridge, "rudo")
    assert 'id="record"' not in rudo.opens(HERE).text
    token = {"csrf_token": "x", "sound": (io.BytesIO(recorded("webm")), "a.webm")}
    assert rudo.sends(HERE, **(CONSENT | token)).status_code == 422
    assert count(bridge) == 0


def test_other_places_have_nothing_to_read(bridge: Flask) -> None:
    chipo = who(bridge, "chipo")
    for nowhere in (
        "m1.1/facilitator",
        "m1.1/idea.2",
        "m9.1/idea",
        "pages.support/idea",
        "m9",
        "7",
    ):
        assert chipo.browser.get(f"{AT}/{nowhere}").status_code == 404
    assert recordings.bp.name == "recordings"


def test_everybody_is_shown_what_there_is_to_do(people: People, bridge: Flask) -> None:
    page = who(bridge, "chipo").opens(AT).text
    assert "No recording: 10" in page
    assert "Words of the glossary" not in page


def test_a_word_of_the_glossary_is_heard_beside_the_word_by_those_who_translate(
    bridge: Flask,
) -> None:
    with bridge.extensions["database"].work() as session:
        profile = start_profile(session, "sw", {"name": "Swahili", "place": "Kisumu"}, None)
        words = {"term": "unyanyapaa", "meaning": "Being pushed away."}
        add_entry(session, profile, "term", "stigma", words, None)
    chipo, rudo = who(bridge, "chipo"), who(bridge, "rudo")
    word = "/en/staff/communities/sw/term/stigma"
    assert f'href="{AT}/glossary/stigma">Record it, or listen' in chipo.opens(word).text
    address = records(chipo, f"{AT}/glossary/stigma").request.path
    assert "<audio" not in chipo.opens(word).text
    released = rudo.fills(address, to=f"{address}/release").text
    assert "Whoever translates can hear it, and learners as soon as the word is" in released
    assert "Learners can hear" not in released
    assert f'<source src="{address}/sound.opus" type="audio/ogg">' in chipo.opens(word).text
    with bridge.extensions["database"].session(reading=True) as session:
        heard = words_heard(session, "sw", date(2026, 11, 21))
        assert {name: row.speaker for name, row in heard.items()} == {"stigma": "Auntie Rudo"}
    hidden = fields_of(chipo.opens(word)).hidden
    changed = {**words, "term": "unyanyapaji", "version": hidden["version"]}
    chipo.fills(word, **changed)
    assert "<audio" not in chipo.opens(word).text


def test_a_page_is_read_aloud_section_by_section_and_where_people_agree(bridge: Flask) -> None:
    chipo, rudo, learner = who(bridge, "chipo"), who(bridge, "rudo"), bridge.test_client()
    assert f'href="{AT}/pages"' in chipo.opens(AT).text
    spot = f"{AT}/pages.consent/0"
    assert f'href="{spot}"' in chipo.opens(f"{AT}/pages").text
    address = records(chipo, spot).request.path
    rudo.fills(address, to=f"{address}/release")
    prepare(bridge)
    number = address.rpartition("/")[2]
    heard = {
        page: f'src="/sound/{number}.opus' in learner.get(page).text
        for page in ("/sw/consent/", "/sw/start/m1", "/sw/support/", "/en/consent/")
    }
    assert [page for page, is_heard in heard.items() if is_heard] == [
        "/sw/consent/",
        "/sw/start/m1",
    ]


def test_learners_read_and_hear_the_words_that_a_community_agreed_on(bridge: Flask) -> None:
    with bridge.extensions["database"].work() as session:
        profile = start_profile(session, "sw", {"name": "Swahili", "place": "Kisumu"}, None)
        for slug, fields in {
            "stigma": {"term": "unyanyapaa", "meaning": "HEARD-AS", "note": "NOTED"},
            "hope": {"term": "tumaini", "example": "Nina tumaini.", "meaning": "HEARD-AS"},
            "suicide": {"term": "kujiua", "meaning": "HEARD-AS"},
        }.items():
            add_entry(session, profile, "term", slug, fields, None)
    chipo, rudo, learner = who(bridge, "chipo"), who(bridge, "rudo"), bridge.test_client()
    address = records(chipo, f"{AT}/glossary/stigma").request.path
    rudo.fills(address, to=f"{address}/release")
    prepare(bridge)
    assert learner.get("/sw/glossary/").status_code == 404
    assert "/sw/glossary/" not in learner.get("/sw/m1/").text
    for word in ("stigma", "suicide"):
        at = f"/en/staff/communities/sw/term/{word}"
        chipo.fills(at, to=f"{at}/agreed", who="AGREED", version=1)
    prepare(bridge)
    page = learner.get("/sw/glossary/").text
    assert 'href="/sw/glossary/"' in learner.get("/sw/m1/").text
    assert [word for word in ("unyanyapaa", "tumaini", "kujiua") if word in page] == ["unyanyapaa"]
    assert page.count("<audio") == 1
    kept_back = ("HEARD-AS", "NOTED", "AGREED", 'class="draft"')
    assert [each for each in kept_back if each in page] == []


def test_a_word_that_ships_as_a_draft_is_marked_and_one_on_suicide_waits(bridge: Flask) -> None:
    shipped = [
        ProfileEntry(
            section="term", slug=slug, position=at, fields={"term": slug.upper()}, from_files=True
        )
        for at, slug in enumerate(("stigma", "suicide"))
    ]
    with bridge.extensions["database"].work() as session:
        session.add(Profile(tag="sw", entries=shipped))
    prepare(bridge)
    page = bridge.test_client().get("/sw-KE/glossary/").text
    assert ("STIGMA" in page, "SUICIDE" in page, 'class="draft"' in page) == (True, False, True)
