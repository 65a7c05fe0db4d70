"""Two people at one text: nothing is lost, nothing is written over, both texts are shown."""

import re

import pytest

from edu.editions.desk import Revision, UnsavedText
from edu.editions.models import Edition, Rendering
from edu.partners.roles import Role
from tests.partner.desk_world import World, begins, text_of, together, writes
from tests.people import StaffPerson, fields_of

WELL = "At the well, Otieno greets first."


@pytest.fixture
def both(world: World) -> tuple[StaffPerson, StaffPerson]:
    """Two translators of the same language."""
    return world.chipo, world.adds("tsitsi", Role.TRANSLATOR, tag="sn")


def opened(person: StaffPerson, place: str) -> dict[str, str]:
    """What an editor holds that was opened now."""
    hidden = fields_of(person.opens(place)).hidden
    return {name: hidden[name] for name in ("csrf_token", "version", "began")}


def overtaken(world: World, both: tuple[StaffPerson, StaffPerson]) -> tuple[str, dict[str, str]]:
    """Chipo's editor of a text that Tsitsi saved after it was opened: its place, what it holds."""
    chipo, tsitsi = both
    begins(chipo)
    place = world.at(WELL)
    held = opened(chipo, place)
    writes(tsitsi, place, "Rimwe")
    return place, held


def shown(page: str) -> list[str]:
    """The texts that a page shows beside each other, without their marks."""
    found = re.findall(r'<p [^>]*class="raw">(.*?)</p>', page, re.DOTALL)
    return [re.sub(r"</?mark>", "", each) for each in found]


def test_a_later_save_shows_both_texts_and_what_both_began_from(
    world: World, both: tuple[StaffPerson, StaffPerson]
) -> None:
    chipo, tsitsi = both
    begins(chipo)
    writes(chipo, world.at(WELL), "Patsime pakare")
    place = world.at(WELL)
    hers, theirs = opened(chipo, place), opened(tsitsi, place)
    saved = tsitsi.sends(place, text="Patsime patsva", reason="", do="save", **theirs)
    assert saved.status_code == 200
    page = chipo.sends(place, text="Pachitsime pakare", reason="", do="save", **hers)
    assert page.status_code == 409
    assert shown(page.text) == ["Patsime patsva", "Pachitsime pakare"]
    assert '<p lang="sn" dir="ltr">Patsime pakare</p>' in page.text
    assert text_of(page) == "Pachitsime pakare"
    assert world.says(WELL) == "Patsime patsva"
    # From there she puts both together, and saves.
    hidden = fields_of(page).hidden
    merged = chipo.sends(place, text="Pachitsime patsva", do="save", **hidden)
    assert (merged.status_code, world.says(WELL)) == (200, "Pachitsime patsva")
    texts = [each.text for each in world.rows(Revision) if isinstance(each, Revision)]
    assert texts == ["Patsime pakare", "Patsime patsva", "Pachitsime patsva"]


def test_a_third_who_saves_between_is_shown_again(
    world: World, both: tuple[StaffPerson, StaffPerson]
) -> None:
    chipo, tsitsi = both
    place, hers = overtaken(world, both)
    hidden = fields_of(chipo.sends(place, text="Rangu", reason="", do="save", **hers)).hidden
    writes(tsitsi, place, "Piri")
    page = chipo.sends(place, text="Rangu", do="save", **hidden)
    assert (page.status_code, shown(page.text)) == (409, ["Piri", "Rangu"])
    assert world.says(WELL) == "Piri"


def test_refused_words_are_kept_should_she_close_the_page(
    world: World, both: tuple[StaffPerson, StaffPerson]
) -> None:
    chipo, _ = both
    place, hers = overtaken(world, both)
    chipo.sends(place, text="Rangu", reason="", do="save", **hers)
    assert [(each.text, each.version) for each in world.rows(UnsavedText)] == [("Rangu", 1)]
    assert text_of(chipo.opens(f"{place}?typed")) == "Rangu"
    again = fields_of(chipo.opens(f"{place}?typed")).hidden
    assert again["version"] == "1"


def test_the_same_words_by_two_people_are_no_collision(
    world: World, both: tuple[StaffPerson, StaffPerson]
) -> None:
    chipo, _ = both
    place, hers = overtaken(world, both)
    page = chipo.sends(place, False, text="Rimwe", reason="", do="save", **hers)
    assert (page.status_code, len(world.rows(Revision))) == (303, 1)


def test_no_record_is_left_of_a_reason_for_words_that_were_not_saved(
    world: World, both: tuple[StaffPerson, StaffPerson]
) -> None:
    chipo, _ = both
    place, hers = overtaken(world, both)
    page = chipo.sends(place, text="Rangu", reason="+", why="Known here", do="save", **hers)
    assert (page.status_code, world.records) == (409, [])


@pytest.mark.parametrize("first", [True, False], ids=["first words", "later words"])
def test_two_saves_in_the_same_moment_keep_one_and_show_the_other(
    world: World, both: tuple[StaffPerson, StaffPerson], first: bool
) -> None:
    begins(both[0])
    if not first:
        writes(both[0], world.at(WELL), "Patsime")
    place = world.at(WELL)
    held = [opened(person, place) for person in both]
    texts = ("Mazwi aChipo", "Mazwi aTsitsi")
    answers = together(
        *(
            lambda person=person, fields=fields, text=text: person.sends(
                place, False, text=text, reason="", do="save", **fields
            )
            for person, fields, text in zip(both, held, texts, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    won = 0 if answers[0].status_code == 303 else 1
    assert world.says(WELL) == texts[won]
    assert shown(answers[1 - won].text) == [texts[won], texts[1 - won]]
    rows = [each for each in world.rows(Rendering) if getattr(each, "source", "") == WELL]
    assert len([each for each in rows if world.row(WELL).id == each.id]) == 1
    saved = [each.text for each in world.rows(Revision) if isinstance(each, Revision)]
    assert saved == ([] if first else ["Patsime"]) + [texts[won]]


def test_an_edition_begun_by_two_in_the_same_moment_is_one(
    world: World, both: tuple[StaffPerson, StaffPerson]
) -> None:
    tokens = [fields_of(person.opens("/en/staff/editions")).hidden for person in both]
    answers = together(
        *(
            lambda person=person, hidden=hidden: person.sends(
                "/en/staff/editions",
                False,
                tag="sn",
                other="",
                module="m1",
                csrf_token=hidden["csrf_token"],
            )
            for person, hidden in zip(both, tokens, strict=True)
        )
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    begun = [each for each in world.rows(Edition) if getattr(each, "tag", "") == "sn"]
    assert len(begun) == 1
