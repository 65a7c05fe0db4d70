"""Shared work is taken as drafts, with its lineage, and never written over one's own."""

import pytest
from sqlalchemy import select

from edu.editions.desk import Revision
from edu.editions.models import Change
from edu.editions.sharing.licences import BY
from edu.editions.sharing.offers import (
    taken_from,
)
from edu.editions.sharing.taking import SeenOtherwise, can_take, choice, take
from tests.editions.sharing_world import ASK, GREET, SIT, Places, kenya


def test_everything_comes_as_drafts_with_its_lineage(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    assert places.takes(giver.offers(), taker) == 5
    assert taker.words() == {
        GREET: ("Msalimie mtu mmoja leo.", "draft"),
        SIT: ("Nani husalimia kwanza?", "draft"),
        ASK: ("Maneno mawili ya matatu.", "draft"),
    }
    row = taker.row(ASK)
    assert (row.taken_from_id, row.taken_text) == (giver.edition.id, row.text)
    assert (row.change, row.released_text, row.member_id) == ("matatu", "", places.member)
    records = places.session.scalars(
        select(Change).where(Change.edition_id == taker.edition.id).order_by(Change.position)
    ).all()
    assert [
        (each.slug, each.operation, each.block, each.why, each.state, each.released)
        for each in records
    ] == [
        ("matatu", "adapt", "", "Because of matatu", "draft", None),
        ("no-well", "omit", "here", "Because of no-well", "draft", None),
    ]
    assert {each.taken_from_id for each in records} == {giver.edition.id}
    assert records[0].reasons == {"evidence": "interview", "evidence_people": 5}
    deeds = places.session.scalars(select(Revision.deed)).all()
    assert deeds == ["taken over"] * 5


def test_one_adaptation_can_be_taken_alone(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    assert places.takes(giver.offers(), taker, only=("matatu",)) == 2
    assert taker.words() == {ASK: ("Maneno mawili ya matatu.", "draft")}


def test_words_of_ones_own_are_never_overwritten_unseen(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    taker.says(GREET, "Leo msalimu mtu.")
    taker.says(ASK, "Maneno mawili ya daladala.")
    offered = giver.offers()
    on_offer = choice(places.session, offered, taker.edition)
    assert on_offer.words == {"m1.1": 1}
    assert [(each.change.slug, each.meets_own) for each in on_offer.adaptations] == [
        ("matatu", True),
        ("no-well", False),
    ]
    places.takes(offered, taker)
    assert taker.row(GREET).text == "Leo msalimu mtu."
    assert taker.row(ASK).text == "Maneno mawili ya daladala."
    places.takes(offered, taker, only=("matatu",))
    assert taker.row(ASK).text == "Maneno mawili ya matatu."


def test_what_changed_since_it_was_seen_is_not_taken(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    offered = giver.offers()
    keys = [each.key for each in choice(places.session, offered, taker.edition).adaptations]
    taker.says(ASK, "Yangu.")
    with pytest.raises(SeenOtherwise):
        take(
            places.session,
            offered,
            taker.edition,
            adaptations=keys,
            parts=(),
            module_licences={BY},
            member_id=places.member,
        )
    assert taker.words() == {ASK: ("Yangu.", "reviewed")}
    assert taken_from(places.session, taker.edition) == []


def test_a_record_of_the_same_name_gets_another(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    taker.adapts("matatu", "omit", block="us")
    offered = giver.offers()
    places.takes(offered, taker)
    slugs = places.session.scalars(
        select(Change.slug).where(Change.edition_id == taker.edition.id).order_by(Change.id)
    ).all()
    assert slugs == ["matatu", "matatu-from-sw-ke", "no-well"]
    assert taker.row(ASK).change == "matatu-from-sw-ke"
    assert choice(places.session, offered, taker.edition).adaptations == ()


def test_another_language_takes_adaptations_and_no_words(places: Places) -> None:
    giver, taker = kenya(places), places.desk("ha")
    offered = giver.offers()
    assert choice(places.session, offered, taker.edition).words == {}
    assert places.takes(offered, taker) == 2
    assert taker.words() == {}


def test_of_a_questionnaire_words_are_taken_and_never_adaptations(places: Places) -> None:
    giver, taker = places.desk("sw-KE", "quizzes"), places.desk("sw-TZ", "quizzes")
    giver.adapts("other-item", lesson="feelings")
    giver.says(ASK, "Maneno.", change="other-item", context="feelings|hope-1")
    offered = giver.offers()
    assert offered.changes == ()
    assert places.takes(offered, taker) == 1
    assert (taker.row(ASK).text, taker.row(ASK).change) == ("Maneno.", "")


def test_nobody_takes_from_herself_or_from_an_ancestor(places: Places) -> None:
    offered = kenya(places).offers()
    assert {tag: can_take(offered, tag) for tag in ("sw-KE", "sw-KE-x-kibera", "sw", "ha")} == {
        "sw-KE": False,
        "sw-KE-x-kibera": False,
        "sw": True,
        "ha": True,
    }
