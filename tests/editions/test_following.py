"""Whoever took work is shown what is new there, and is never forced."""

import pytest
from sqlalchemy import select

from edu.editions.models import Change
from edu.editions.sharing.following import (
    ChangedMeanwhile,
    keep_mine,
    leave,
    news,
    take_all_untouched,
    take_new,
)
from edu.editions.sharing.licences import BY
from edu.editions.sharing.offers import (
    credits_of,
    end_offer,
    offer_numbered,
    offers,
)
from edu.editions.working import Conflict, save
from tests.editions.sharing_world import ASK, GREET, SIT, Places, kenya


def test_newer_words_are_shown_with_what_differs(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    assert news(places.session, places.following(taker)) == []
    giver.releases_anew(giver.row(GREET), "Msalimie mtu wawili leo.")
    (piece,) = news(places.session, places.following(taker))
    assert (piece.then, piece.new, piece.untouched) == (
        "Msalimie mtu mmoja leo.",
        "Msalimie mtu wawili leo.",
        True,
    )
    then, now = piece.difference
    assert [part.text for part in then if part.new] == ["mmoja"]
    assert [part.text for part in now if part.new] == ["wawili"]


def test_she_takes_the_new_words_or_keeps_hers(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    for source in (GREET, SIT):
        row = taker.row(source)
        save(places.session, row, f"{row.text} Yangu.", version=row.version, member_id=None)
        giver.releases_anew(giver.row(source), f"Mpya: {source}")
    following = places.following(taker)
    assert [piece.untouched for piece in news(places.session, following)] == [False, False]
    assert take_all_untouched(places.session, following, places.member) == 0
    first, second = news(places.session, following)
    take_new(places.session, first, version=first.version, member_id=places.member)
    keep_mine(second)
    places.session.flush()
    assert news(places.session, following) == []
    assert taker.row(GREET).text == f"Mpya: {GREET}"
    assert taker.row(SIT).text == "Nani husalimia kwanza? Yangu."


def test_words_saved_meanwhile_are_not_written_over(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    giver.releases_anew(giver.row(GREET), "Mpya.")
    (piece,) = news(places.session, places.following(taker))
    row = taker.row(GREET)
    save(places.session, row, "Yangu.", version=row.version, member_id=None)
    with pytest.raises(Conflict):
        take_new(places.session, piece, version=piece.version, member_id=places.member)
    assert taker.row(GREET).text == "Yangu."


def test_what_nobody_touched_is_brought_up_to_date_at_once(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    mine = taker.row(SIT)
    save(places.session, mine, "Yangu.", version=mine.version, member_id=None)
    for source in (GREET, SIT, ASK):
        giver.releases_anew(giver.row(source), f"Mpya: {source}")
    assert take_all_untouched(places.session, places.following(taker), places.member) == 2
    assert taker.words() == {
        GREET: (f"Mpya: {GREET}", "draft"),
        SIT: ("Yangu.", "draft"),
        ASK: (f"Mpya: {ASK}", "draft"),
    }
    assert taker.row(ASK).change == "matatu"


def test_an_adaptation_that_changed_is_followed_too(places: Places) -> None:
    giver, taker = places.desk("sw-KE"), places.desk("sw-TZ")
    change = giver.adapts("market", "add", after="here", text="::: idea\nSokoni.\n:::\n")
    places.takes(giver.offers(), taker)
    change.released = {**(change.released or {}), "text": "::: idea\nSokoni kubwa.\n:::\n"}
    places.session.flush()
    (piece,) = news(places.session, places.following(taker))
    assert piece.untouched
    with pytest.raises(ChangedMeanwhile):
        take_new(places.session, piece, version=piece.version + 1, member_id=places.member)
    take_new(places.session, piece, version=piece.version, member_id=places.member)
    mine = places.session.scalars(select(Change).where(Change.edition_id == taker.edition.id)).one()
    assert (mine.text, mine.state, mine.version) == (
        "::: idea\nSokoni kubwa.\n:::\n",
        "draft",
        2,
    )
    assert news(places.session, places.following(taker)) == []


def test_what_the_giver_took_back_can_only_be_kept(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    giver.row(GREET).released_text = ""
    places.session.flush()
    (piece,) = news(places.session, places.following(taker))
    assert piece.new == ""
    with pytest.raises(ValueError, match="no more"):
        take_new(places.session, piece, version=piece.version, member_id=places.member)
    assert take_all_untouched(places.session, places.following(taker), places.member) == 0
    keep_mine(piece)
    places.session.flush()
    assert news(places.session, places.following(taker)) == []
    assert taker.row(GREET).text == "Msalimie mtu mmoja leo."


def test_whoever_leaves_keeps_the_words_and_the_credit(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    following = places.following(taker)
    leave(following)
    giver.releases_anew(giver.row(GREET), "Mpya.")
    assert news(places.session, following) == []
    assert taker.row(GREET).text == "Msalimie mtu mmoja leo."
    assert credits_of(places.session, "sw-TZ", "m1") == [
        {"credit": "Bridge Society", "licence": BY, "tag": "sw-KE"}
    ]


def test_whoever_took_it_keeps_it_when_the_offer_ends(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    offered = giver.offers()
    places.takes(offered, taker)
    end_offer(offered.share)
    giver.releases_anew(giver.row(GREET), "Mpya.")
    assert offers(places.session) == []
    assert offer_numbered(places.session, offered.share.id) is None
    assert news(places.session, places.following(taker)) == []
    assert len(taker.words()) == 3
