"""Work on offer: what it is, who is credited, and what its licence allows."""

import pytest

from edu.editions.sharing.following import (
    following_of,
)
from edu.editions.sharing.licences import BY, BY_NC_SA, BY_SA, CC0
from edu.editions.sharing.offers import (
    WrongLicence,
    credits_of,
    offers,
    possible_licences,
    taken_by,
    taken_from,
)
from tests.conftest import TINY
from tests.editions.sharing_world import GREET, SIT, Places, kenya


def test_what_is_offered_is_what_learners_meet(places: Places) -> None:
    giver = kenya(places)
    giver.says("Not released yet.", "").text = "Bado."
    offered = giver.offers()
    assert (offered.credit, offered.words, offered.taken_by) == ("Bridge Society", 2, 0)
    assert [change.slug for change in offered.changes] == ["matatu", "no-well"]
    assert [each.edition.tag for each in offers(places.session)] == ["sw-KE"]
    assert offers(places.session, "m0") == []


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
