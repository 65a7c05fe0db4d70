"""The editor of one segment: words and their history, reasons, remarks, advice."""

import re

from sqlalchemy import select

from edu.editions.desk import Dismissal, Remark, Revision
from edu.partners.roles import Role
from tests.partner.desk_world import DESK, World, sends, text_of, writes
from tests.people import StaffPerson, fields_of

WELL = "At the well, Otieno greets first."
WORDS = "Patsime, Otieno anotanga kukwazisa."


def deeds(world: World) -> list[tuple[str, str]]:
    """The history: what was done, and the words."""
    return [(each.deed, each.text) for each in world.rows(Revision)]


def test_saving_leads_back_to_the_line_or_on_to_the_next(world: World, chipo: StaffPerson) -> None:
    page = writes(chipo, world.at(WELL), WORDS, follow=False)
    assert (page.status_code, page.headers["Location"]) == (
        303,
        f"{DESK}/sn/m1/m1.1#l-{world.at(WELL).rpartition('/')[2]}",
    )
    segments = world.segments()
    after = segments[[each.text for each in segments].index(WELL) + 1]
    page = writes(chipo, world.at(WELL), WORDS + " Ehe.", follow=False, do="next")
    assert page.headers["Location"] == world.at(after.text)


def test_words_saved_twice_are_in_the_history_once(world: World, chipo: StaffPerson) -> None:
    for _ in range(2):
        writes(chipo, world.at(WELL), WORDS)
    assert deeds(world) == [("saved", WORDS)]


def test_words_are_kept_in_one_piece_and_in_their_usual_form(
    world: World, chipo: StaffPerson
) -> None:
    writes(chipo, world.at(WELL), "  Pa\r\n\r\ntsime\u0301 \x00")
    assert world.says(WELL) == "Pa tsimé �"


def test_a_saved_text_is_not_what_learners_meet(world: World, chipo: StaffPerson) -> None:
    writes(chipo, world.at(WELL), WORDS)
    row = world.row(WELL)
    assert row is not None
    assert (row.text, row.released_text, row.state) == (WORDS, "", "draft")


def test_an_older_text_is_brought_back_and_the_history_says_so(
    world: World, chipo: StaffPerson
) -> None:
    writes(chipo, world.at(WELL), "Mazwi ekutanga")
    writes(chipo, world.at(WELL), "Mazwi echipiri")
    older = min(each.id for each in world.rows(Revision))
    page = chipo.opens(f"{world.at(WELL)}?revision={older}")
    assert text_of(page) == "Mazwi ekutanga"
    writes(chipo, world.at(WELL), "Mazwi ekutanga", revision=older)
    assert deeds(world) == [
        ("saved", "Mazwi ekutanga"),
        ("saved", "Mazwi echipiri"),
        ("restored", "Mazwi ekutanga"),
    ]
    assert "<ins>echipiri</ins>" in chipo.opens(world.at(WELL)).text


def test_emptied_words_are_inherited_again(world: World, chipo: StaffPerson) -> None:
    writes(chipo, world.at(WELL), WORDS)
    writes(chipo, world.at(WELL), "")
    assert deeds(world) == [("saved", WORDS), ("emptied", "")]
    assert "No words yet" in chipo.opens(world.at(WELL)).text


def test_adapted_words_need_a_reason_and_get_a_record(world: World, chipo: StaffPerson) -> None:
    page = writes(chipo, world.at(WELL), WORDS, reason="+", why="")
    assert (page.status_code, "Say in a few words why." in page.text) == (422, True)
    assert (text_of(page), world.says(WELL)) == (WORDS, None)
    writes(chipo, world.at(WELL), WORDS, reason="+", why="People here meet at the borehole.")
    (record,) = world.records
    assert (record.operation, record.lesson, record.why) == (
        "adapt",
        "m1.1",
        "People here meet at the borehole.",
    )
    row = world.row(WELL)
    assert row is not None
    assert row.change == record.slug
    assert "Adapted for this place" in chipo.opens(f"{DESK}/sn/m1/m1.1").text
    # Another sentence may be adapted for the same reason; a made-up one is refused.
    title = world.segments()[0].text
    writes(chipo, world.at(title), "Kukwazisana", reason=record.slug)
    assert world.row(title) is not None
    assert writes(chipo, world.at(title), "Zvimwe", reason="invented").status_code == 422
    assert world.says(title) == "Kukwazisana"


def test_a_questionnaire_may_only_be_translated(world: World, chipo: StaffPerson) -> None:
    item = next(each for each in world.segments("feelings") if each.kind == "item")
    place = world.at(item.text, "feelings")
    assert "may only be translated" in chipo.opens(place).text
    page = writes(chipo, place, "Mazwi", reason="+", why="Other words suit us better")
    assert (page.status_code, world.says(item.text)) == (422, None)
    assert "may only be translated" in page.text
    writes(chipo, place, "Mazwi")
    assert (world.says(item.text), world.records) == ("Mazwi", [])


def test_whoever_reviews_reads_and_remarks_and_does_not_write(
    world: World, chipo: StaffPerson
) -> None:
    writes(chipo, world.at(WELL), WORDS)
    rudo = world.rudo
    page = rudo.opens(world.at(WELL))
    assert (page.status_code, WORDS in page.text, 'name="text"' in page.text) == (200, True, False)
    token = fields_of(page).hidden["csrf_token"]
    written = rudo.sends(world.at(WELL), text="Mine", version="2", csrf_token=token)
    assert (written.status_code, world.says(WELL)) == (403, WORDS)
    sends(rudo, world.at(WELL), f"{world.at(WELL)}/remarks", remark="Who greets first there?")
    assert "Who greets first there?" in chipo.opens(world.at(WELL)).text


def test_a_remark_is_made_once_kept_on_top_and_settled(world: World, chipo: StaffPerson) -> None:
    place = world.at(WELL)
    for _ in range(2):
        sends(chipo, place, f"{place}/remarks", remark="Say munhu.", pinned="y")
    (remark,) = world.rows(Remark)
    assert isinstance(remark, Remark)
    assert "Kept on top:" in chipo.opens(place).text
    assert "1 remark" in chipo.opens(f"{DESK}/sn/m1/m1.1").text
    for do, pinned, settled in (("unpin", False, False), ("settle", False, True)):
        sends(chipo, place, f"{place}/remarks/{remark.id}", do=do)
        (now,) = world.rows(Remark)
        assert isinstance(now, Remark)
        assert (do, now.pinned, now.resolved_at is not None) == (do, pinned, settled)
    assert "1 remark" not in chipo.opens(f"{DESK}/sn/m1/m1.1").text
    other = world.at(world.segments()[0].text)
    assert sends(chipo, other, f"{other}/remarks/{remark.id}", do="open").status_code == 404
    empty = sends(chipo, place, f"{place}/remarks", remark=" ")
    assert (empty.status_code, len(world.rows(Remark))) == (422, 1)


def test_what_blocks_may_be_saved_and_is_marked(world: World, chipo: StaffPerson) -> None:
    wrong = "Patsime {who}, [Otieno](https://elsewhere.example)."
    writes(chipo, world.at(WELL), wrong)
    assert world.says(WELL) == wrong
    assert "Cannot be released:" in chipo.opens(world.at(WELL)).text
    part = chipo.opens(f"{DESK}/sn/m1/m1.1").text
    assert part.count("Cannot be released like this") == 1


def test_advice_is_set_aside_with_a_reason_for_these_words_only(
    world: World, chipo: StaffPerson
) -> None:
    place = world.at(WELL)
    writes(chipo, place, "Patsime patsime Otieno anotanga")
    page = chipo.opens(place)
    found = re.search(r'name="check" value="([^"]+)"', page.text)
    assert found is not None, page.text
    refused = sends(chipo, place, f"{place}/advice", check=found[1], why="")
    assert (refused.status_code, world.rows(Dismissal)) == (422, [])
    for why in ("We say it twice", "We say it twice here"):
        sends(chipo, place, f"{place}/advice", check=found[1], why=why)
    (aside,) = world.rows(Dismissal)
    assert isinstance(aside, Dismissal)
    assert (aside.check_id, aside.why) == (found[1], "We say it twice here")
    assert "(We say it twice here)" in chipo.opens(place).text
    writes(chipo, place, "Patsime patsime Otieno anotanga ipapo")
    assert "(We say it twice here)" not in chipo.opens(place).text


def test_words_for_a_sentence_that_is_gone_are_shown_to_take_along(
    world: World, chipo: StaffPerson
) -> None:
    gone = f"{DESK}/sn/m1/m1.1/{'0' * 16}"
    token = fields_of(chipo.opens(world.at(WELL))).hidden["csrf_token"]
    page = chipo.sends(gone, text=WORDS, version="1", csrf_token=token)
    assert page.status_code == 410
    assert WORDS in page.text
    assert chipo.opens(gone).status_code == 404


def test_a_form_without_its_token_saves_nothing_and_keeps_the_words_on_the_page(
    world: World, chipo: StaffPerson
) -> None:
    page = chipo.sends(world.at(WELL), text=WORDS, version="1", reason="")
    assert (page.status_code, text_of(page), world.says(WELL)) == (422, WORDS, None)


def test_words_that_were_translated_before_are_offered(world: World, chipo: StaffPerson) -> None:
    writes(chipo, world.at(WELL), WORDS)
    again = world.at(WELL, "m1.2")
    page = chipo.opens(again)
    assert f'data-take="{WORDS}"' in page.text
    assert text_of(chipo.opens(f"{again}?take=0")) == WORDS
    assert world.rows(Revision) != []


def test_a_place_keeps_the_words_it_was_made_from(world: World) -> None:
    juma = world.adds("juma", Role.TRANSLATOR, tag="sw")
    title = world.segments()[0].text
    swahili = world.row(title, "sw")
    assert swahili is not None
    place = world.at(title, tag="sw-KE")
    assert text_of(juma.opens(f"{place}?source")) == swahili.released_text
    writes(juma, place, "Salamu za hapa")
    row = world.row(title, "sw-KE")
    assert row is not None
    assert (row.base_tag, row.base_text) == ("sw", swahili.released_text)
    with world.house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Revision.deed)).all() == ["saved"]


def test_what_somebody_said_again_in_english_stands_beside_the_words(
    world: World, chipo: StaffPerson
) -> None:
    writes(chipo, world.at(WELL), WORDS)
    rudo = world.rudo
    nobody = "Nobody has said it again in English yet."
    assert nobody in chipo.opens(world.at(WELL)).text
    part, _slash, key = world.at(WELL).rpartition("/")
    asking = f"{part}/review/meaning?only={key}"
    assert f'href="{asking}"' in rudo.opens(world.at(WELL)).text
    hidden = fields_of(rudo.opens(asking)).hidden
    row, version = hidden["rendering"], hidden["version"]
    said = {"rendering": row, "version": version, "words": "He greets at the borehole."}
    page = rudo.fills(asking, follow=False, **said)
    assert page.headers["Location"] == f"{world.at(WELL)}#said-again"
    shown = re.compile(r'<section id="said-again">.*?<p lang="en" dir="ltr">(.*?)</p>', re.DOTALL)
    assert shown.findall(chipo.opens(world.at(WELL)).text) == [said["words"]]
    writes(chipo, world.at(WELL), WORDS + " Ehe.")
    assert nobody in chipo.opens(world.at(WELL)).text
