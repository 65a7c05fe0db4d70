"""While somebody types: words are kept for her alone, her place is shown, the checks speak."""

from edu.editions.desk import Claim, Revision, UnsavedText
from edu.partners.roles import Role
from tests.partner.desk_world import DESK, World, sends, text_of, writes
from tests.people import StaffPerson

WELL = "At the well, Otieno greets first."


def types(world: World, person: StaffPerson, text: str, version: int = 1) -> int:
    """What her browser sends every few seconds; the status of the answer."""
    place = world.at(WELL)
    return sends(person, place, f"{place}/typed", text=text, version=version).status_code


def kept(world: World) -> list[tuple[str, int]]:
    """What is kept for anybody: words, and the saving they began from."""
    return [(each.text, each.version) for each in world.rows(UnsavedText)]


def test_typed_words_are_kept_once_and_offered_on_return(world: World, chipo: StaffPerson) -> None:
    for text in ("Pa", "Patsime", "Patsime"):
        assert types(world, chipo, text) == 200
    assert kept(world) == [("Patsime", 1)]
    page = chipo.opens(world.at(WELL))
    assert "You had typed this and not saved it:" in page.text
    assert text_of(page) == ""
    assert text_of(chipo.opens(f"{world.at(WELL)}?typed")) == "Patsime"
    assert (world.says(WELL), world.rows(Revision)) == ("", [])


def test_typed_words_are_hers_alone(world: World, chipo: StaffPerson) -> None:
    types(world, chipo, "Patsime pangu")
    tsitsi = world.adds("tsitsi", Role.TRANSLATOR, tag="sn")
    for address in (world.at(WELL), f"{world.at(WELL)}?typed", f"{DESK}/sn/m1/m1.1/preview"):
        assert "Patsime pangu" not in tsitsi.opens(address).text
    assert "Patsime pangu" in chipo.opens(f"{DESK}/sn/m1/m1.1/preview").text
    sends(tsitsi, world.at(WELL), f"{world.at(WELL)}/drop")
    assert kept(world) == [("Patsime pangu", 1)]


def test_saving_or_dropping_ends_what_was_typed(world: World, chipo: StaffPerson) -> None:
    types(world, chipo, "Patsime")
    writes(chipo, world.at(WELL), "Patsime pano")
    assert kept(world) == []
    types(world, chipo, "Patsime ipapo", version=2)
    sends(chipo, world.at(WELL), f"{world.at(WELL)}/drop")
    assert (kept(world), world.says(WELL)) == ([], "Patsime pano")
    types(world, chipo, "Patsime pano", version=2)
    assert kept(world) == []


def test_opening_a_segment_in_a_browser_shows_others_that_she_is_there(
    world: World, chipo: StaffPerson
) -> None:
    tsitsi = world.adds("tsitsi", Role.TRANSLATOR, tag="sn")
    place = world.at(WELL)
    assert sends(chipo, place, f"{place}/working").json == {"said": ""}
    assert sends(tsitsi, place, f"{place}/working").json == {"said": "chipo works on this now."}
    assert [each.member_id for each in world.rows(Claim)] == [world.number("chipo")]
    writes(chipo, place, "Patsime")
    assert world.rows(Claim) == []


def test_the_checks_look_at_words_that_nobody_has_saved(world: World, chipo: StaffPerson) -> None:
    place = world.at(WELL)
    before = len(world.rows(Claim))
    said = sends(chipo, place, f"{place}/checked", text="{who} Otieno", version=1)
    assert (said.status_code, "Cannot be released:" in said.text) == (200, True)
    good = sends(chipo, place, f"{place}/checked", text="Patsime, Otieno anotanga.", version=1)
    assert "Cannot be released:" not in good.text
    assert (world.says(WELL), len(world.rows(Claim))) == (None, before)


def test_nothing_is_kept_without_a_token_or_from_another_language(
    world: World, chipo: StaffPerson
) -> None:
    place = world.at(WELL)
    for door in ("typed", "working", "checked", "drop"):
        refused = chipo.sends(f"{place}/{door}", text="Patsime", version="1")
        assert (door, refused.status_code) == (door, 400)
    juma = world.adds("juma", Role.TRANSLATOR, tag="sw")
    for door in ("typed", "working", "checked", "drop"):
        hers = sends(juma, DESK, f"{place}/{door}", text="Kisimani", version="1")
        assert (door, hers.status_code) == (door, 404)
    assert sends(juma, DESK, place, text="Kisimani", version="1").status_code == 404
    assert (kept(world), world.rows(Claim)) == ([], [])
    too_long = sends(chipo, place, f"{place}/typed", text="x" * 20_001, version=1)
    assert too_long.status_code == 400
