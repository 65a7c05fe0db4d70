"""Shared work: offered with credit and licence, taken as drafts, followed, and never forced."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.desk import Revision
from edu.editions.models import Change, Edition, Rendering
from edu.editions.review.models import Following
from edu.editions.sharing.following import (
    ChangedMeanwhile,
    following_of,
    keep_mine,
    leave,
    news,
    take_all_untouched,
    take_new,
)
from edu.editions.sharing.licences import BY, BY_NC_SA, BY_SA, CC0
from edu.editions.sharing.offers import (
    Offer,
    WrongLicence,
    credits_of,
    end_offer,
    offer,
    offer_numbered,
    offers,
    possible_licences,
    taken_by,
    taken_from,
)
from edu.editions.sharing.taking import SeenOtherwise, can_take, choice, take
from edu.editions.working import Conflict, edition_for, save
from edu.partners.members import make_organisation, organisation_named
from edu.partners.roles import Role
from tests.conftest import TINY
from tests.people import make_staff

GREET, SIT, ASK = "Greet one person today.", "Who greets first?", "Two words."


@dataclass
class Desk:
    """An edition with some released words and adaptations."""

    session: Session
    edition: Edition

    def says(self, source: str, text: str, *, change: str = "", context: str = "m1.1") -> Rendering:
        """Released words."""
        row = Rendering(
            edition_id=self.edition.id,
            context=context,
            source=source,
            text=text,
            state="reviewed",
            change=change,
            released_text=text,
            released_state="reviewed",
            released_change=change,
            from_files=False,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def adapts(self, slug: str, operation: str = "adapt", **told: Any) -> Change:
        """A released adaptation."""
        values = {"lesson": "m1.1", "block": "", "after": "", "text": ""} | told
        released = {"operation": operation, "state": "reviewed", **values}
        row = Change(
            edition_id=self.edition.id,
            slug=slug,
            position=1,
            operation=operation,
            **values,
            state="reviewed",
            why=f"Because of {slug}",
            dimensions=["language"],
            core_touched=False,
            proposed_by="translator",
            made_on=date(2026, 11, 1),
            reasons={"evidence": "interview", "evidence_people": 5},
            released=released,
            from_files=False,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def releases_anew(self, row: Rendering, text: str) -> None:
        """Other words in a later release."""
        row.text = row.released_text = text
        self.session.flush()

    def offers(self, licence: str = BY, house: str = "Bridge Society") -> Offer:
        """Offer it to others."""
        home = organisation_named(self.session, house) or make_organisation(self.session, house)
        self.session.flush()
        share = offer(
            self.session,
            TINY,
            self.edition,
            organisation_id=home.id,
            licence=licence,
            note="For farmers",
        )
        found = offer_numbered(self.session, share.id)
        assert found is not None
        return found

    def words(self) -> dict[str, tuple[str, str]]:
        """Its texts by their source, with their state."""
        rows = self.session.scalars(
            select(Rendering).where(Rendering.edition_id == self.edition.id, Rendering.text != "")
        )
        return {row.source: (row.text, row.state) for row in rows}

    def row(self, source: str) -> Rendering:
        """One of its texts."""
        return self.session.scalars(
            select(Rendering).where(
                Rendering.edition_id == self.edition.id, Rendering.source == source
            )
        ).one()


@dataclass
class Places:
    """Somebody who gives, and somebody who takes."""

    session: Session
    member: int

    def desk(self, tag: str, module: str = "m1") -> Desk:
        return Desk(self.session, edition_for(self.session, tag, module))

    def takes(self, offered: Offer, taker: Desk, *, only: tuple[str, ...] | None = None) -> int:
        """Take all there is without a conflict, or only what is named by its slug."""
        on_offer = choice(self.session, offered, taker.edition)
        keys = [
            each.key
            for each in on_offer.adaptations
            if (not each.meets_own if only is None else each.change.slug in only)
        ]
        return take(
            self.session,
            offered,
            taker.edition,
            adaptations=keys,
            parts=on_offer.words if only is None else (),
            module_licences={BY},
            member_id=self.member,
        )

    def following(self, taker: Desk) -> Following:
        return self.session.scalars(
            select(Following).where(Following.edition_id == taker.edition.id)
        ).one()


@pytest.fixture
def places(database: Database) -> Any:
    with database.work() as session:
        chipo = make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR)
        yield Places(session, chipo.id)


def kenya(places: Places) -> Desk:
    """Somebody's work: two plain texts, adapted words, and a block left out."""
    desk = places.desk("sw-KE")
    desk.says(GREET, "Msalimie mtu mmoja leo.")
    desk.says(SIT, "Nani husalimia kwanza?")
    desk.adapts("matatu")
    desk.says(ASK, "Maneno mawili ya matatu.", change="matatu")
    desk.adapts("no-well", "omit", block="here")
    return desk


def test_what_is_offered_is_what_learners_meet(places: Places) -> None:
    giver = kenya(places)
    giver.says("Not released yet.", "").text = "Bado."
    offered = giver.offers()
    assert (offered.credit, offered.words, offered.taken_by) == ("Bridge Society", 2, 0)
    assert [change.slug for change in offered.changes] == ["matatu", "no-well"]
    assert [each.edition.tag for each in offers(places.session)] == ["sw-KE"]
    assert offers(places.session, "m0") == []


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


def test_both_see_who_took_what_from_whom(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    places.takes(giver.offers(), taker)
    (from_here,) = taken_by(places.session, giver.edition)
    (to_here,) = taken_from(places.session, taker.edition)
    assert (from_here.other.tag, from_here.count) == ("sw-TZ", 5)
    assert (to_here.other.tag, to_here.count, to_here.following.licence) == ("sw-KE", 5, BY)
    assert following_of(places.session, giver.edition, to_here.following.id) is None


def test_givers_of_givers_are_named_and_those_of_ancestors(places: Places) -> None:
    first, second, third = kenya(places), places.desk("sw-TZ"), places.desk("sw-UG")
    places.takes(first.offers(house="First House"), second)
    for row in (second.row(GREET), second.row(SIT)):
        row.released_text = row.text
    places.session.flush()
    places.takes(second.offers(house="Second House"), third)
    named = {
        tag: [each["credit"] for each in credits_of(places.session, tag, "m1")]
        for tag in ("sw-KE", "sw-TZ", "sw-UG", "sw-UG-x-kampala", "sw", "en")
    }
    assert named == {
        "sw-KE": [],
        "sw-TZ": ["First House"],
        "sw-UG": ["First House", "Second House"],
        "sw-UG-x-kampala": ["First House", "Second House"],
        "sw": [],
        "en": [],
    }


def test_an_offer_obeys_the_licences_of_what_it_was_made_from(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    assert possible_licences(places.session, TINY, giver.edition) == (BY, BY_SA, BY_NC_SA)
    with pytest.raises(WrongLicence):
        giver.offers(CC0)
    places.takes(giver.offers(BY_SA), taker)
    assert possible_licences(places.session, TINY, taker.edition) == (BY_SA,)
    with pytest.raises(WrongLicence):
        taker.offers(BY)


def test_licences_that_exclude_each_other_are_not_mixed(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    other = places.desk("sw-UG")
    other.says("Another text.", "Nyingine.")
    places.takes(giver.offers(BY_SA), taker)
    with pytest.raises(WrongLicence):
        places.takes(other.offers(BY_NC_SA), taker)
    assert "Another text." not in taker.words()


def test_an_edition_on_offer_takes_nothing_that_its_licence_forbids(places: Places) -> None:
    giver, taker = kenya(places), places.desk("sw-TZ")
    taker.says("Mine.", "Yangu.")
    taker.offers(BY)
    with pytest.raises(WrongLicence):
        places.takes(giver.offers(BY_SA), taker)
