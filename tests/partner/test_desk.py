"""The dashboard, the module's page, the part's page, and what is handed out next."""

import re

from sqlalchemy import select

from edu.editions.desk import Claim
from edu.editions.models import Edition, Rendering
from edu.editions.working import now
from edu.editions.workplace.claims import LASTS
from edu.partners.roles import Role
from tests.partner.desk_world import DESK, World, begins, sends, together, writes
from tests.people import StaffPerson, fields_of

IDEA = "At the well, Otieno greets first."


def cells(person: StaffPerson, address: str = DESK) -> dict[str, str]:
    """What the dashboard says of each module: `sn/m1` is a draft."""
    page = person.opens(address).text
    found = re.findall(
        r'<h3><a href="/en/staff/editions/([^"]+)">.*?class="state">([^<]+)', page, re.S
    )
    return dict(found)


def hands_out(person: StaffPerson, **within: str) -> str:
    """Press the big button; the part and the source of what comes."""
    page = sends(person, DESK, f"{DESK}/next", **within)
    found = re.search(r'id="source">([^<]+)</p>', page.text)
    return found[1] if found is not None else page.request.path


def test_an_edition_begins_with_nothing_and_becomes_a_draft(world: World) -> None:
    chipo = world.chipo
    assert cells(chipo) == dict.fromkeys(("sn/m0", "sn/m1", "sn/pages", "sn/quizzes"), "Not begun")
    page = begins(chipo)
    assert page.request.path == f"{DESK}/sn/m1"
    assert cells(chipo)["sn/m1"] == "Not begun"
    writes(chipo, world.at(IDEA), "Patsime, Otieno anotanga kukwazisa.")
    assert cells(chipo)["sn/m1"] == "Draft"
    assert cells(chipo, f"{DESK}?mine") == cells(chipo)


def test_somebody_sees_her_languages_and_the_places_within_them(world: World) -> None:
    juma = world.adds("juma", Role.TRANSLATOR, tag="sw")
    assert {each.partition("/")[0] for each in cells(juma)} == {"sw", "sw-KE"}
    assert juma.opens(f"{DESK}/sw-KE/m1/m1.1").status_code == 200
    for hidden in (f"{DESK}/ar/pages", f"{DESK}/sn/m1/m1.1", f"{DESK}/sn/m1/m1.1/preview"):
        assert juma.opens(hidden).status_code == 404
    refused = begins(juma, "sn")
    assert (refused.status_code, "do not translate into this language" in refused.text) == (
        422,
        True,
    )
    nobody = world.adds("tendai", Role.TRAINER)
    assert nobody.opens(DESK).status_code == 403


def test_english_and_what_is_no_language_cannot_be_begun(world: World) -> None:
    everything = world.adds("farai", Role.TRANSLATOR)
    for tag in ("en", "no language", ""):
        page = begins(everything, tag)
        assert (tag, page.status_code) == (tag, 422)
    for tag in ("en", "SN", "sn_ZW", "x" * 70):
        assert everything.opens(f"{DESK}/{tag}/m1").status_code == 404


def test_a_place_under_a_language_takes_its_words_until_it_has_its_own(world: World) -> None:
    maria = world.adds("maria", Role.TRANSLATOR)
    begins(maria, "sw-TZ")
    page = maria.opens(DESK).text
    assert "Kiswahili (Tanzania)" in page
    assert "What it does not say itself comes from:" in page
    part = maria.opens(f"{DESK}/sw-TZ/m1/m1.1").text
    assert "Taken from the parent" in part
    handed = sends(maria, DESK, f"{DESK}/next", edition="sw-TZ", module="m1")
    assert "No words yet" in handed.text


def test_whoever_decides_on_readers_sees_everything_and_writes_nothing(world: World) -> None:
    begins(world.chipo)
    ruth = world.adds("ruth", Role.ADMINISTRATOR)
    assert set(cells(ruth)) >= {"sn/m1", "sw/m1", "sw-KE/m1", "ar/pages"}
    for address in (DESK, f"{DESK}/sn/m1", f"{DESK}/sn/m1/m1.1", world.at(IDEA)):
        page = ruth.opens(address)
        assert (page.status_code, page.text.count('method="post"')) == (200, 0)


def test_the_dashboard_asks_as_often_for_thirty_editions_as_for_one(world: World) -> None:
    farai = world.adds("farai", Role.TRANSLATOR)
    begins(farai)
    with world.counted() as few:
        farai.opens(DESK)
    with world.house.extensions["database"].work() as session:
        for number in range(30):
            edition = Edition(tag=f"sn-x-place{number}", module="m1")
            session.add(edition)
            session.flush()
            session.add(
                Rendering(
                    edition_id=edition.id,
                    context="m1.1",
                    source=IDEA,
                    text="x",
                    state="draft",
                    base_tag="sn",
                )
            )
    with world.counted() as many:
        farai.opens(DESK)
    assert len(many) == len(few)


def test_a_part_asks_as_often_for_many_segments_as_for_few(world: World) -> None:
    chipo = world.chipo
    begins(chipo)
    for part in ("m1", "m1.1"):
        for segment in world.segments(part)[:3]:
            writes(chipo, world.at(segment.text, part), "Mazwi")
    assert (len(world.segments("m1")), len(world.segments("m1.1"))) == (3, 23)
    asked = []
    for part in ("m1", "m1.1"):
        with world.counted() as sent:
            assert chipo.opens(f"{DESK}/sn/m1/{part}").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_what_has_moved_comes_first_then_safety_then_the_order_of_the_lessons(
    world: World,
) -> None:
    farai = world.adds("farai", Role.TRANSLATOR, tag="sn")
    begins(farai)
    begins(farai, module="pages")
    safe = [each.text for each in world.segments("pages.support") if each.safety]
    writes(farai, world.at(IDEA), "Patsime")

    def moves(row: Rendering) -> None:
        row.source, row.follows = "At the well, somebody greets.", IDEA

    world.changes(moves, IDEA)
    assert hands_out(farai) == IDEA
    writes(farai, world.at(IDEA), "Patsime pano")
    assert hands_out(farai) in safe
    assert hands_out(farai, edition="sn", module="m1") == world.segments("m1")[0].text


def test_two_people_are_not_handed_the_same_segment(world: World) -> None:
    chipo, tsitsi = world.chipo, world.adds("tsitsi", Role.TRANSLATOR, tag="sn")
    begins(chipo)
    asked = [(each, fields_of(each.opens(DESK)).hidden["csrf_token"]) for each in (chipo, tsitsi)]
    answers = together(
        *(
            lambda person=person, token=token: person.sends(f"{DESK}/next", False, csrf_token=token)
            for person, token in asked
        )
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    first, second = (answer.headers["Location"] for answer in answers)
    assert first != second
    assert len(world.rows(Claim)) == 2
    # Asked again, she is handed her own once more.
    assert hands_out(chipo) in chipo.opens(first).text


def test_a_claim_is_shown_to_others_and_ends(world: World) -> None:
    chipo, tsitsi = world.chipo, world.adds("tsitsi", Role.TRANSLATOR, tag="sn")
    begins(chipo)
    source = hands_out(chipo)
    place = world.at(source, "m1")
    told = "chipo works on this now."
    assert told in tsitsi.opens(place).text
    assert told in tsitsi.opens(f"{DESK}/sn/m1/m1").text
    assert told not in chipo.opens(f"{DESK}/sn/m1/m1").text
    assert "<bdi>chipo</bdi>" in tsitsi.opens(f"{DESK}/sn/m1").text
    assert hands_out(tsitsi) != source
    with world.house.extensions["database"].work() as session:
        for claim in session.scalars(select(Claim)):
            claim.ends_at = now() - LASTS
    assert told not in tsitsi.opens(place).text
    assert hands_out(tsitsi) == source


def test_looking_claims_nothing_and_writes_nothing(world: World) -> None:
    chipo = world.chipo
    begins(chipo)
    with world.counted() as sent:
        for address in (DESK, f"{DESK}/sn/m1", f"{DESK}/sn/m1/m1.1", world.at(IDEA)):
            chipo.opens(address)
    writing = [each for each in sent if re.match(r"\s*(INSERT|UPDATE|DELETE)", each)]
    assert [each for each in writing if "staff_session" not in each] == []


def test_when_nothing_is_left_it_says_so(world: World) -> None:
    chipo = world.chipo
    begins(chipo, module="m0")
    for part in ("m0", "m0.1"):
        for segment in world.segments(part):
            writes(chipo, world.at(segment.text, part), "Mazwi edu")
    assert hands_out(chipo) == f"{DESK}/done"


def test_the_state_says_how_far_an_edition_is(world: World) -> None:
    chipo = world.chipo
    begins(chipo, module="m0")
    texts = {each.text for part in ("m0", "m0.1") for each in world.segments(part)}
    for part in ("m0", "m0.1"):
        for segment in world.segments(part):
            writes(chipo, world.at(segment.text, part), "Mazwi edu")
    assert cells(chipo)["sn/m0"] == "Draft"

    def signed(row: Rendering) -> None:
        row.state = "reviewed"

    for text in sorted(texts):
        world.changes(signed, text)
    assert cells(chipo)["sn/m0"] == "Ready to release"
    assert cells(world.adds("juma", Role.TRANSLATOR, tag="sw"))["sw/m0"] == "Draft"


def test_the_sentences_of_a_plain_page_stand_under_one_heading(
    world: World, chipo: StaffPerson
) -> None:
    begins(chipo, module="pages")
    page = chipo.opens(f"{DESK}/sn/pages/pages.support").text
    assert re.findall(r"<h2[^>]*>(Its sentences)</h2>", page) == ["Its sentences"]
    lesson = chipo.opens(f"{DESK}/sn/m1/m1.1").text
    heads = re.findall(r"<h2>([^<]*)</h2>", lesson)
    assert heads[:3] == ["Head of the page", "The idea", "Around here"]
