"""What nobody does by mistake, and some do on purpose: each of these must come to nothing."""

import re
from datetime import date
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.communities.editing import add_entry, start_profile
from edu.editions.models import Change, Edition, Rendering
from edu.editions.parts import parts_of
from edu.editions.publishing import Obstacle, Publisher, Sort, release_numbered, withdraw
from edu.editions.review.models import BackTranslation, TryOut
from edu.editions.working import edition_for, rendering_for, save
from edu.partners.members import give_role, member_named, organisation_named
from edu.partners.roles import Role
from tests.conftest import TINY
from tests.partner.review_world import DESK, HOUSE, Shona, in_shona
from tests.people import fields_of

CHANGES = f"{DESK}/m1/m1.2/changes"
REVIEW = f"{DESK}/m1/m1.2/review"
WHY = {
    "why": "People here meet at the borehole.",
    "dimensions": ["context"],
    "goals": ["address culture"],
    "settings": ["recipient"],
}


def form_in(page: str, ending: str) -> dict[str, str]:
    """What the first form that is sent to such an address holds already."""
    found = re.search(rf'<form method="post" action="[^"]*{ending}">.*?</form>', page, re.DOTALL)
    assert found is not None
    return dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', found[0]))


def kept(shona: Shona, table: type) -> list[object]:
    with shona.house.extensions["database"].session(reading=True) as session:
        return list(session.scalars(select(table)).all())


def _no_faults(*_asked: object) -> list[Obstacle]:
    return []


def _known(*_asked: object) -> bool:
    return True


def _unknown(*_asked: object) -> bool:
    return False


def test_a_block_that_touches_suicide_asks_for_what_the_source_does_not(shona: Shona) -> None:
    shona.translates("chipo")
    block = "::: meet safety=suicide\nKana upenyu hwarema, taura nemumwe.\n:::\n"
    made = shona.person("chipo").fills(
        f"{CHANGES}/new?do=add", follow=False, after="here", text=block, **WHY
    )
    assert made.status_code == 303
    for known, wanted in ((False, {Sort.STEP, Sort.LAW}), (True, {Sort.STEP})):
        publisher = Publisher(TINY, _no_faults, _known if known else _unknown)
        with shona.house.extensions["database"].session(reading=True) as session:
            state = publisher.state(session, "sn", parts_of(TINY, "m1")["m1.2"])
        assert {each.sort for each in state.obstacles} == wanted
        assert state.readiness.safety == {"suicide"}


@pytest.mark.parametrize("how", ["block", "adapted"])
def test_words_that_speak_of_suicide_ask_for_it_without_a_mark(shona: Shona, how: str) -> None:
    shona.translates("chipo")
    words = "Akafunga zvekuzviuraya."
    with shona.house.extensions["database"].work() as session:
        edition = edition_for(session, "sn", "m1")
        part = parts_of(TINY, "m1")["m1.2"]
        if how == "block":
            # As a file, or others' work, may bring it.
            session.add(
                Change(
                    edition_id=edition.id, slug="x", position=0, operation="add", lesson="m1.2",
                    after="idea", text=f"::: here\n{words}\n:::\n", why="x", dimensions=["context"],
                    core_touched=False, proposed_by="translator", made_on=date(2026, 1, 2),
                )
            )  # fmt: skip
        else:
            segment = next(each for each in part.segments() if each.text.startswith("At the well"))
            row = rendering_for(session, edition, segment)
            save(session, row, words, version=row.version, member_id=None)
        session.flush()
        state = Publisher(TINY, _no_faults, _unknown).state(session, "sn", part)
    assert {each.sort for each in state.obstacles} == {Sort.STEP, Sort.LAW}
    assert state.readiness.safety == {"suicide"}


def test_words_are_said_again_as_they_were_read(shona: Shona) -> None:
    shona.translates("chipo", "feelings")
    meaning = f"{DESK}/quizzes/feelings/review/meaning"
    rudo = shona.person("rudo")
    sent = form_in(rudo.opens(meaning).text, "/meaning")
    shona.translates("chipo", "feelings", word="Zvino")
    answer = rudo.sends(meaning, **sent, words="I would sit beside them.")
    assert answer.status_code == 409
    assert "The words were changed while you read." in answer.text
    assert "I would sit beside them." in answer.text
    assert kept(shona, BackTranslation) == []


def test_a_try_out_is_of_the_words_that_stood_on_the_page(shona: Shona) -> None:
    shona.translates("chipo", "feelings")
    review = f"{DESK}/quizzes/feelings/review"
    farai = shona.person("farai")
    sent = form_in(farai.opens(review).text, "/try-out")
    shona.translates("chipo", "feelings", word="Zvino")
    tried = {"way": "interviews", "people": "5", "held_on": "2026-01-02", "understood": "All."}
    assert farai.sends(f"{review}/try-out", **{**sent, **tried}).status_code == 409
    assert kept(shona, TryOut) == []


@pytest.mark.parametrize("slug", ["%00", "a%00b", "%ed%a0%80", "x" * 400])
def test_an_address_that_is_no_name_leads_nowhere(shona: Shona, slug: str) -> None:
    shona.translates("chipo")
    chipo = shona.person("chipo")
    community = "/en/staff/communities/sn"
    with shona.house.extensions["database"].work() as session:
        start_profile(session, "sn", {"name": "Shona", "place": "Mutare"}, None)
    assert chipo.opens(community).status_code == 200
    pages = (f"{CHANGES}/{slug}", f"{CHANGES}/{slug}/edit", f"{community}/law/{slug}")
    assert [chipo.opens(page).status_code for page in pages] == [404, 404, 404]


def test_an_advice_with_a_name_that_cannot_be_kept_is_no_fault_of_ours(shona: Shona) -> None:
    shona.translates("chipo")
    segment = parts_of(TINY, "m1")["m1.2"].segments()[0]
    chipo, at = shona.person("chipo"), f"{DESK}/m1/m1.2/{segment.key}"
    token = fields_of(chipo.opens(at)).hidden["csrf_token"]
    answer = chipo.sends(f"{at}/advice", csrf_token=token, check="a\x00b", why="It is right.")
    assert answer.status_code == 200


def other_words(session: Session) -> None:
    """Somebody saves other words for one text, in a session that is not over yet."""
    row = session.scalars(
        select(Rendering)
        .join(Rendering.edition)
        .where(Edition.tag == "sn", Rendering.source == "Say it")
    ).one()
    save(session, row, "Nobody has read this", version=row.version, member_id=None)


def test_words_that_are_saved_while_the_last_reader_signs_are_not_signed(shona: Shona) -> None:
    shona.translates("chipo")
    assert [shona.signs("rudo", "native"), shona.signs("farai", "lived")] == [303, 303]
    nyasha = shona.person("nyasha")
    sent = form_in(nyasha.opens(REVIEW).text, "/sign") | {"reader": "health", "read": "y"}
    signing = Thread(target=nyasha.sends, args=(f"{REVIEW}/sign",), kwargs=sent)
    with shona.house.extensions["database"].work() as session:
        other_words(session)
        signing.start()
        signing.join(timeout=1.5)
    signing.join(timeout=30)
    assert shona.states() == {"draft"}


def test_a_release_made_while_another_is_taken_back_stays(shona: Shona) -> None:
    database = shona.house.extensions["database"]
    publisher = Publisher(TINY, _no_faults, _known)

    def releases(session: Session) -> int:
        tatenda = member_named(session, "tatenda")
        assert tatenda is not None
        return publisher.release(session, "sn", "m1", member_id=tatenda.id, note="").number

    def signed(word: str) -> None:
        shona.translates("chipo", word=word)
        for login, reader in (("rudo", "native"), ("farai", "lived"), ("nyasha", "health")):
            assert shona.signs(login, reader) == 303

    def takes_back() -> None:
        with database.work() as session:
            first = release_numbered(session, "sn", "m1", number)
            assert first is not None
            withdraw(session, first, "A word hurts.", date(2026, 11, 22))

    signed("Sn")
    with database.work() as session:
        number = releases(session)
    signed("Zvino")
    withdrawing = Thread(target=takes_back)
    with database.work() as session:
        releases(session)
        withdrawing.start()
        withdrawing.join(timeout=1.5)
    withdrawing.join(timeout=30)
    with database.session(reading=True) as session:
        row = session.scalars(
            select(Rendering)
            .join(Rendering.edition)
            .where(Edition.tag == "sn", Rendering.source == "Say it")
        ).one()
    assert row.released_text == in_shona("Say it", "Zvino")


#: What stands in the addresses of the desk, of an edition that others work on.
NAMES = {
    "tag": "en",
    "edition": "sw",
    "community": "sw-KE",
    "module": "m1",
    "part": "m1.2",
    "number": 1,
    "slug": "a",
    "section": "term",
    "spot": "idea",
    "format": "po",
    "file": "frame.csv",
    "name": "own-one",
    "programme_id": 1,
}


def doors_to_another_language(house: Flask) -> list[tuple[str, str]]:
    """Every address of the desk that names an edition or a community, with its methods."""
    key = parts_of(TINY, "m1")["m1.2"].segments()[0].key
    found = []
    for rule in house.url_map.iter_rules():
        if {"edition", "community"} & rule.arguments and "/staff/" in rule.rule:
            values = {**NAMES, "key": key}
            if rule.endpoint == "recording.sound":
                values["format"] = "opus"
            with house.test_request_context():
                built = rule.build({name: values[name] for name in rule.arguments})
            assert built is not None, rule
            found += [(method, built[1]) for method in sorted({"GET", "POST"} & rule.methods)]
    return found


def test_no_door_of_another_language_opens_for_a_translator(shona: Shona) -> None:
    with shona.house.extensions["database"].work() as session:
        member = member_named(session, "chipo")
        assert member is not None
        member.grants[0].language = "sn"
        start_profile(session, "sw-KE", {"name": "Kenya", "place": "Nairobi"}, None)
    chipo, doors = shona.person("chipo"), doors_to_another_language(shona.house)
    assert len(doors) > 60
    token = fields_of(chipo.opens("/en/staff/editions")).hidden["csrf_token"]
    answers = {
        (method, door): (
            chipo.browser.get(door)
            if method == "GET"
            else chipo.sends(door, follow=False, csrf_token=token)
        ).status_code
        for method, door in doors
    }
    assert {each: code for each, code in answers.items() if code not in (403, 404)} == {}


def test_who_reviews_a_language_does_not_write_it_for_translating_another(shona: Shona) -> None:
    with shona.house.extensions["database"].work() as session:
        member, home = member_named(session, "chipo"), organisation_named(session, HOUSE)
        assert member is not None
        assert home is not None
        member.grants[0].language = "sn"
        give_role(session, member, home, Role.REVIEWER, language="sw")
    chipo, desk = shona.person("chipo"), "/en/staff/editions/sw/m1"
    key = parts_of(TINY, "m1")["m1.2"].segments()[0].key
    assert chipo.opens(f"{desk}/m1.2/{key}").status_code == 200
    assert chipo.opens(f"{desk}/exchange").status_code == 200
    token = fields_of(chipo.opens("/en/staff/editions")).hidden["csrf_token"]
    values = {"csrf_token": token, "text": "Kisima", "version": "1", "reason": "", "began": ""}
    doors = ("m1.2/" + key, f"m1.2/{key}/typed", "m1.2/changes/new", "exchange", "exchange/look")
    assert {
        door: chipo.sends(f"{desk}/{door}", follow=False, **values).status_code for door in doors
    } == dict.fromkeys(doors, 404)


def test_a_word_to_avoid_is_found_in_a_block_of_their_own_too(shona: Shona) -> None:
    shona.translates("chipo")
    block = "::: meet\nMurume anonzi mubvakure akagara nesu.\n:::\n"
    page = f"{CHANGES}/new?do=add"
    shona.person("chipo").fills(page, after="here", text=block, **WHY)
    tatenda = shona.person("tatenda")
    assert "m1-2-add-1" not in tatenda.opens(f"{DESK}/m1/release").text
    said = {"word": "mubvakure", "reason": "A label.", "instead": "mueni"}
    with shona.house.extensions["database"].work() as session:
        profile = start_profile(session, "sn", {"name": "Shona", "place": "Mutare"}, None)
        made = add_entry(session, profile, "avoid", "mubvakure", said, None)
        made.state = "agreed"
    assert "m1-2-add-1" in tatenda.opens(f"{DESK}/m1/release").text
