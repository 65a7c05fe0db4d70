"""Shared work in the browser: offering, taking, following; each by whoever has the right."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Rendering
from edu.editions.review.models import Following, Share
from edu.editions.working import edition_for
from edu.partners.members import give_role, organisation_named
from edu.partners.models import AuditEntry
from edu.partners.roles import Role
from tests.people import StaffPerson, make_staff

GIVER = "/en/staff/editions/sw-KE/m1/share"
TAKER = "/en/staff/editions/sw-TZ/m1/share"
US = "Greet one person today."


@pytest.fixture
def bridge(house: Flask) -> Flask:
    """Tatenda publishes for Kenya, Neema translates for Tanzania, Layla into Arabic."""
    with house.extensions["database"].work() as session:
        for login, role, tag in (
            ("tatenda", Role.PUBLISHER, "sw-KE"),
            ("chipo", Role.TRANSLATOR, "sw-KE"),
            ("neema", Role.TRANSLATOR, "sw-TZ"),
            ("layla", Role.TRANSLATOR, "ar"),
        ):
            member = make_staff(session, login, "Bridge Society")
            session.flush()
            home = organisation_named(session, "Bridge Society")
            assert home is not None
            give_role(session, member, home, role, language=tag)
        make_staff(session, "tendai", "Bridge Society", Role.TRAINER)
        kenya = edition_for(session, "sw-KE", "m1")
        edition_for(session, "sw-TZ", "m1")
        session.add(released(kenya.id, US, "Msalimie mtu mmoja leo."))
        session.add(released(kenya.id, "Who greets first?", "Nani husalimia kwanza?"))
    return house


def released(edition: int, source: str, text: str) -> Rendering:
    return Rendering(
        edition_id=edition,
        context="m1.1",
        source=source,
        text=text,
        state="reviewed",
        released_text=text,
        released_state="reviewed",
        from_files=False,
    )


def who(house: Flask, login: str) -> StaffPerson:
    return StaffPerson(house.test_client(), login).signs_in()


def the_share(house: Flask) -> str:
    """Tatenda offers Kenya's work; the number of the offer."""
    page = who(house, "tatenda").fills(GIVER, licence="CC BY-SA 4.0", note="For farmers")
    assert "Others may take this work since" in page.text
    with house.extensions["database"].session(reading=True) as session:
        return str(session.scalars(select(Share.id)).one())


def words(session: Session, tag: str, source: str = US) -> str | None:
    edition = edition_for(session, tag, "m1")
    return session.scalar(
        select(Rendering.text).where(Rendering.edition_id == edition.id, Rendering.source == source)
    )


def in_tanzania(house: Flask, source: str = US) -> str | None:
    with house.extensions["database"].session(reading=True) as session:
        return words(session, "sw-TZ", source)


def test_work_is_offered_found_taken_and_credited(bridge: Flask) -> None:
    number, neema = the_share(bridge), who(bridge, "neema")
    gallery = neema.opens("/en/staff/shared").text
    assert "For farmers" in gallery
    assert "Bridge Society" in gallery
    assert "CC BY-SA 4.0" in gallery
    assert f"{TAKER}/take/{number}" in neema.opens(f"/en/staff/shared/{number}").text
    taken = neema.fills(f"{TAKER}/take/{number}", parts=["m1.1"])
    assert "Nothing you took has changed since." in taken.text
    assert "Bridge Society" in taken.text
    assert in_tanzania(bridge) == "Msalimie mtu mmoja leo."
    assert "Who took it" in who(bridge, "chipo").opens(GIVER).text
    with bridge.extensions["database"].session(reading=True) as session:
        lines = session.execute(
            select(AuditEntry.by_login, AuditEntry.deed, AuditEntry.object_name, AuditEntry.detail)
            .where(AuditEntry.object_kind == "edition")
            .order_by(AuditEntry.id)
        ).all()
    assert [tuple(line) for line in lines] == [
        ("tatenda", "offered to others", "sw-KE m1", "CC BY-SA 4.0"),
        ("neema", "took over", "sw-TZ m1", "sw-KE: 2"),
    ]


def followed(house: Flask) -> str:
    """Neema takes Kenya's work, Kenya releases other words; the address of the news."""
    number = the_share(house)
    who(house, "neema").fills(f"{TAKER}/take/{number}", parts=["m1.1"])
    with house.extensions["database"].work() as session:
        kenya = edition_for(session, "sw-KE", "m1")
        for row in session.scalars(select(Rendering).where(Rendering.edition_id == kenya.id)):
            if row.source == US:
                row.released_text = "Msalimie mtu wawili leo."
        following = session.scalars(select(Following)).one()
        return f"{TAKER}/news/{following.id}"


def test_new_words_are_shown_and_taken(bridge: Flask) -> None:
    address, neema = followed(bridge), who(bridge, "neema")
    assert "1 text you took has changed" in neema.opens(TAKER).text
    page = neema.opens(address).text
    assert "<del>mmoja</del>" in page
    assert "<ins>wawili</ins>" in page
    piece = re.search(
        r'name="what" value="(r\d+)"><input type="hidden" name="version" value="(\d+)"', page
    )
    assert piece is not None
    answered = neema.fills(address, do="take", what=piece[1], version=piece[2])
    assert "you have answered it" in answered.text
    assert in_tanzania(bridge) == "Msalimie mtu wawili leo."
    elsewhere = address.replace("/news/", "/leave/")
    again = neema.fills(elsewhere, to=address, do="take", what=piece[1], version=piece[2])
    assert (again.status_code, "answered already" in again.text) == (409, True)


def test_old_words_can_be_kept(bridge: Flask) -> None:
    address, neema = followed(bridge), who(bridge, "neema")
    page = neema.opens(address).text
    what = re.search(r'name="what" value="(r\d+)"', page)
    assert what is not None
    assert "you have answered it" in neema.fills(address, do="keep", what=what[1]).text
    assert in_tanzania(bridge) == "Msalimie mtu mmoja leo."


def test_somebody_elses_newer_words_stay(bridge: Flask) -> None:
    address, neema = followed(bridge), who(bridge, "neema")
    what = re.search(r'name="what" value="(r\d+)"', neema.opens(address).text)
    assert what is not None
    answer = neema.fills(address, do="take", what=what[1], version=1)
    assert answer.status_code == 409
    assert "Somebody has saved other words here meanwhile." in answer.text
    assert in_tanzania(bridge) == "Msalimie mtu mmoja leo."


def test_whoever_leaves_keeps_what_she_took(bridge: Flask) -> None:
    address, neema = followed(bridge), who(bridge, "neema")
    leaving = address.replace("/news/", "/leave/")
    assert "stays in your edition" in neema.opens(leaving).text
    assert "You follow them no more." in neema.fills(leaving).text
    assert "you have answered it" in neema.opens(address).text
    assert in_tanzania(bridge) == "Msalimie mtu mmoja leo."


def test_an_offer_that_ended_is_gone_from_the_gallery(bridge: Flask) -> None:
    number, tatenda, neema = the_share(bridge), who(bridge, "tatenda"), who(bridge, "neema")
    assert "keeps it" in tatenda.opens(f"{GIVER}/end").text
    tatenda.fills(f"{GIVER}/end")
    assert "Nobody offers anything yet." in neema.opens("/en/staff/shared").text
    for gone in (f"/en/staff/shared/{number}", f"{TAKER}/take/{number}"):
        assert neema.browser.get(gone).status_code == 404
    assert tatenda.browser.get(f"{GIVER}/end").status_code == 404


def test_a_licence_that_does_not_go_with_the_texts_is_refused(bridge: Flask) -> None:
    tatenda = who(bridge, "tatenda")
    assert "CC0 1.0" not in tatenda.opens(GIVER).text
    assert tatenda.fills(GIVER, licence="CC0 1.0").status_code == 422
    assert tatenda.fills(GIVER).status_code == 422


def test_only_whoever_releases_a_language_offers_it(bridge: Flask) -> None:
    for login in ("chipo", "neema"):
        person = who(bridge, login)
        where = GIVER if login == "chipo" else TAKER
        assert 'name="licence"' not in person.opens(where).text
        assert person.sends(where, licence="CC BY 4.0").status_code == 422
        assert person.browser.get(f"{where}/end").status_code == 403
    with bridge.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Share)).all() == []


def test_only_whoever_translates_a_language_takes_into_it(bridge: Flask) -> None:
    address = followed(bridge)
    number = the_share(bridge)
    take = f"{TAKER}/take/{number}"
    leaving = address.replace("/news/", "/leave/")
    for login, status in (("layla", 404), ("tendai", 403), ("tatenda", 403)):
        person = who(bridge, login)
        for where in (take, address, leaving):
            assert (login, person.browser.get(where).status_code) == (login, status)
    assert who(bridge, "layla").browser.get(TAKER).status_code == 404
    assert who(bridge, "tendai").browser.get("/en/staff/shared").status_code == 403


def test_another_module_or_language_has_no_such_offer(bridge: Flask) -> None:
    number, chipo, neema = the_share(bridge), who(bridge, "chipo"), who(bridge, "neema")
    own = f"/en/staff/editions/sw-KE/m1/share/take/{number}"
    other_module = f"/en/staff/editions/sw-TZ/m0/share/take/{number}"
    assert chipo.browser.get(own).status_code == 404
    assert neema.browser.get(other_module).status_code == 404
    assert neema.browser.get(f"{TAKER}/news/999").status_code == 404
    assert neema.browser.get("/en/staff/shared/999").status_code == 404


def test_nothing_is_taken_when_nothing_is_chosen(bridge: Flask) -> None:
    number, neema = the_share(bridge), who(bridge, "neema")
    answer = neema.fills(f"{TAKER}/take/{number}")
    assert (answer.status_code, "Choose what you want to take." in answer.text) == (409, True)
    answer = neema.fills(f"{TAKER}/take/{number}", adaptations=["7-abc"])
    assert (answer.status_code, "Something has changed" in answer.text) == (409, True)
    assert in_tanzania(bridge) is None
