"""Notes, themes and what stands beside the figures."""

import pytest
from flask import Flask

from edu.groups.models import Arm
from edu.outcomes.identifying import Sign, signs
from edu.outcomes.voices import joint_display, voices_of
from edu.partners.members import organisation_named
from tests.outcomes.programme import make
from tests.people import People, StaffPerson, fields_of


@pytest.fixture
def programme(house: Flask, people: People) -> int:
    assert people.ruth
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        return make(session, (Arm.INTERVENTION, 0), home=home.id).programme.id


def writes(who: StaffPerson, programme: int, text: str, **more: str) -> str:
    """Write a note, with consent."""
    address = f"/en/staff/programmes/{programme}/voices"
    values = {"kind": "interview", "month": "2026-10", "text": text, "consented": "y"}
    return who.fills(address, **(values | more)).text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said that neighbours greet her again.", []),
        ("They greet me. Before, nobody did. Now they do.", []),
        ("I told WHO staff about it.", []),
        ("She called her friend Wanjiru at once.", [Sign.NAME]),
        ("It was 0722 345 678 that she called", [Sign.NUMBER]),
        ("हम ०१२३४५६७८ पर बात करते हैं", [Sign.NUMBER]),
        ("In 2024, 15 of us met in room 12.", []),
        ("write to me@example.org", [Sign.ADDRESS]),
        ("جارتي تسلم علي الآن", []),
    ],
)
def test_what_may_give_somebody_away_is_seen(text: str, found: list[Sign]) -> None:
    assert signs(text) == found


def test_a_note_that_may_name_somebody_is_kept_only_after_a_second_look(
    people: People, programme: int
) -> None:
    tendai = people.tendai
    text = "She told her sister Achieng about it."
    asked = writes(tendai, programme, text)
    assert "a word that looks like a name" in asked
    assert "Keep the themes" not in asked
    assert "Delete the note" not in asked
    assert "Delete the note" in writes(tendai, programme, text, looked="y")


def test_without_consent_nothing_is_kept(people: People, programme: int) -> None:
    tendai = people.tendai
    address = f"/en/staff/programmes/{programme}/voices"
    values = {"kind": "group", "month": "2026-10", "text": "they greet me"}
    assert tendai.fills(address, **values).status_code == 422
    assert (
        tendai.fills(address, consented="y", **(values | {"month": "2199-01"})).status_code == 422
    )
    assert "Delete the note" not in tendai.opens(address).text


def test_themes_are_found_in_notes_and_stand_beside_the_figures(
    house: Flask, people: People, programme: int
) -> None:
    tendai = people.tendai
    root = f"/en/staff/programmes/{programme}/voices"
    theme = {
        "name": "Greeting",
        "meaning": "who greets whom",
        "example": "a neighbour greets first",
        "scale": "feelings/contact",
    }
    assert "Greeting" in tendai.fills(f"{root}/codebook", **theme).text
    assert (
        "There is a theme of this name already." in tendai.fills(f"{root}/codebook", **theme).text
    )
    for number in range(5):
        writes(tendai, programme, f"they greet me, {number} of them")
    database = house.extensions["database"]
    for coded in range(1, 6):
        with database.session(reading=True) as session:
            voices = voices_of(session, programme)
            (joint,) = joint_display(session, programme, [])
        assert (joint.scale, [number for _, number in joint.themes]) == ("feelings/contact", [None])
        key = voices[coded - 1].key
        number = fields_of(tendai.opens(root)).choices["themes"][0]
        assert tendai.fills(root, to=f"{root}/{key}/themes", themes=number).status_code == 200
    with database.session(reading=True) as session:
        (joint,) = joint_display(session, programme, [])
    assert [number for _, number in joint.themes] == [5]
    assert tendai.fills(root, to=f"{root}/note-999/themes", themes=number).status_code == 404


def test_a_note_is_deleted_for_good(house: Flask, people: People, programme: int) -> None:
    tendai = people.tendai
    root = f"/en/staff/programmes/{programme}/voices"
    writes(tendai, programme, "they greet me")
    with house.extensions["database"].session(reading=True) as session:
        (voice,) = voices_of(session, programme)
    number = voice.key.removeprefix("note-")
    page = f"{root}/notes/{number}/delete"
    assert "Delete this note?" in tendai.opens(page).text
    assert "they greet me" not in tendai.fills(page).text
    assert tendai.opens(page).status_code == 404
    with house.extensions["database"].session(reading=True) as session:
        assert voices_of(session, programme) == []
