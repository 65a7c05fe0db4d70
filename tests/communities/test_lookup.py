"""Words go along the chain; facts of a place never do."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.checks.terms import Term
from edu.communities.lookup import (
    along_chain,
    law_is_known,
    law_note,
    services_on_pages,
    services_shown,
    services_to_call,
    swaps_for,
    terms_for,
)
from edu.communities.models import Profile, ProfileEntry
from edu.communities.placeholders import fill, nearest, unknown
from edu.database import Database

TODAY = date(2026, 11, 22)


def profile(session: Session, tag: str, *entries: ProfileEntry) -> None:
    """A profile with these entries."""
    session.add(Profile(tag=tag, entries=list(entries)))
    session.flush()


def entry(
    section: str, slug: str, state: str = "draft", gone: bool = False, **fields: object
) -> ProfileEntry:
    """One entry."""
    return ProfileEntry(
        section=section, slug=slug, position=0, fields=fields, state=state, gone=gone
    )


def service(name: str, called: date | None, **fields: object) -> ProfileEntry:
    """A helpline, and the day on which somebody called it."""
    made = entry("service", name, name=name, number="1234", kind="helpline", **fields)
    made.confirmed_on = called
    return made


def law(state: str = "agreed", **fields: object) -> ProfileEntry:
    """A law note on suicide."""
    said = {"topic": "suicide", "known": "known", "text": "t", "source": "s", "dated": "2025-01-09"}
    return entry("law", "suicide", state, **said | fields)


def test_a_place_has_the_words_of_its_language_where_it_has_none_of_its_own(
    database: Database,
) -> None:
    with database.work() as session:
        profile(
            session,
            "sw",
            entry("term", "goal", term="lengo"),
            entry("term", "care", term="huduma"),
            entry("term", "stigma", term="unyanyapaa"),
        )
        profile(
            session,
            "sw-KE",
            entry("term", "goal", term="nia"),
            entry("term", "stigma", gone=True, term="x"),
        )
        profile(session, "en", entry("term", "carer", term="carer"))
        found = {
            each.slug: each.fields["term"]
            for each in along_chain(session, "sw-KE-x-kibera", "term")
        }
        # What the place took out it does not get back from its parent.
        assert found == {"goal": "nia", "care": "huduma"}
        assert along_chain(session, "fr", "term") == []


def test_terms_are_given_to_the_checks(database: Database) -> None:
    with database.work() as session:
        profile(
            session,
            "nd",
            entry("term", "stigma", term="ubandlululo", forms=["ubandlululo", "bandlulula"]),
            entry("term", "goal", term=""),
            entry(
                "avoid",
                "uhlanya",
                "agreed",
                word="uhlanya",
                forms=["hlanya"],
                prefixes=["u", "i"],
                reason="A label.",
                instead="umuntu",
            ),
            entry("avoid", "draft", word="isiphukuphuku", reason="r", instead="i"),
        )
        assert terms_for(session, "nd") == [
            Term(
                "stigma",
                source_forms=("stigma",),
                forms=("ubandlululo", "bandlulula"),
                blocks=False,
            ),
            Term(
                "draft",
                forms=("isiphukuphuku",),
                avoid=True,
                reason="r",
                replacement="i",
                blocks=False,
            ),
            Term(
                "uhlanya",
                forms=("uhlanya", "hlanya"),
                avoid=True,
                reason="A label.",
                replacement="umuntu",
                prefixes=("u", "i"),
            ),
        ]


def test_what_its_places_say_is_a_hint_to_a_language_and_never_holds_it_up(
    database: Database,
) -> None:
    with database.work() as session:
        profile(session, "sw", entry("term", "care", term="huduma"))
        for tag, goal in (("sw-KE", "nia"), ("sw-TZ", "lengo")):
            said = {"word": "kichaa", "reason": "A label.", "instead": "mtu"}
            profile(
                session,
                tag,
                entry("term", "goal", term=goal),
                entry("term", "care", term="matunzo"),
                entry("avoid", "kichaa", "agreed", **said),
            )
        profile(session, "fr-CM", entry("term", "goal", term="but"))
        found = {each.concept: (each.forms, each.blocks) for each in terms_for(session, "sw")}
        assert found == {
            "care": (("huduma",), False),
            "goal": (("nia", "lengo"), False),
            "kichaa": (("kichaa",), False),
        }
        for place in ("sw-KE", "sw-KE-x-kibera"):
            blocking = [each.concept for each in terms_for(session, place) if each.blocks]
            assert blocking == ["kichaa"]


@pytest.mark.parametrize(("days", "shown"), [(0, 1), (179, 1), (180, 1), (181, 0)])
def test_a_service_is_shown_for_180_days(database: Database, days: int, shown: int) -> None:
    with database.work() as session:
        profile(session, "sw-KE", service("line", TODAY - timedelta(days=days)))
        assert len(services_shown(session, "sw-KE", TODAY)) == shown
        # A page stands until tomorrow's work.
        assert len(services_on_pages(session, "sw-KE", TODAY)) == (days < 180)


def test_no_place_is_given_another_s_services_nor_laws(database: Database) -> None:
    with database.work() as session:
        for tag in ("en", "sw", "en-KE"):
            profile(session, tag, service(f"line of {tag}", TODAY), law())
        profile(session, "sw-KE", service("never called", None), law("draft"))
        for tag in ("sw-KE", "sw-KE-x-kibera", "sw-TZ", "fr"):
            assert services_shown(session, tag, TODAY) == [], tag
            assert law_note(session, tag) is None, tag
        assert [each.name for each in services_shown(session, "sw", TODAY)] == ["line of sw"]


@pytest.mark.parametrize(
    "wrong",
    [{"known": "unknown"}, {"dated": ""}, {"dated": "soon"}, {"topic": "data"}],
)
def test_a_law_note_without_its_day_is_none(database: Database, wrong: dict[str, str]) -> None:
    with database.work() as session:
        profile(session, "sw-KE", law(**wrong))
        assert law_note(session, "sw-KE") is None


def test_a_language_without_a_country_waits_for_the_law_of_each_of_its_places(
    database: Database,
) -> None:
    with database.work() as session:
        assert not law_is_known(session, "sw")
        profile(session, "sw-KE", law())
        profile(session, "fr-CM", law())
        assert law_is_known(session, "sw")
        profile(session, "sw-TZ", law("draft"))
        known = [law_is_known(session, tag) for tag in ("sw", "sw-KE", "sw-TZ")]
        assert known == [False, True, False]
        # A place never takes the word of what lies within or above it.
        profile(session, "sw-UG", entry("term", "goal", term="lengo"))
        profile(session, "sw-UG-x-jinja", law())
        assert not law_is_known(session, "sw-UG")
        profile(session, "sw", law())
        assert [law_is_known(session, tag) for tag in ("sw", "sw-TZ")] == [True, False]


def test_the_newest_law_note_counts(database: Database) -> None:
    with database.work() as session:
        old = law(text="old", dated="2001-01-01")
        old.slug = "old"
        profile(session, "sw-KE", law(text="new", attempt="crime"), old)
        note = law_note(session, "sw-KE")
        assert note is not None
        assert (note.text, note.dated, note.is_dangerous) == ("new", date(2025, 1, 9), True)


def test_emergencies_come_first_and_the_country_before_a_region(database: Database) -> None:
    with database.work() as session:
        profile(
            session,
            "sw-KE",
            service("b", TODAY, region="Kilifi"),
            service("c", TODAY),
            service("gone", TODAY - timedelta(days=1)),
            service("a", TODAY, by="text"),
        )
        by_name = {each.slug: each for each in session.scalars(select(ProfileEntry))}
        by_name["gone"].gone = True
        by_name["c"].fields = {**by_name["c"].fields, "kind": "emergency"}
        session.flush()
        found = services_shown(session, "sw-KE", TODAY)
        assert [(each.name, each.address) for each in found] == [
            ("c", "tel:1234"),
            ("a", "sms:1234"),
            ("b", "tel:1234"),
        ]


def test_services_to_call_again_are_named_the_most_urgent_first(database: Database) -> None:
    with database.work() as session:
        profile(
            session,
            "sw-KE",
            service("fresh", TODAY - timedelta(days=149)),
            service("soon", TODAY - timedelta(days=150)),
            service("over", TODAY - timedelta(days=181)),
            service("never", None),
        )
        found = [(tag, each.slug) for tag, each in services_to_call(session, TODAY)]
        assert found == [("sw-KE", "over"), ("sw-KE", "soon")]
        assert services_to_call(session, TODAY, ["sn-ZW"]) == []


def test_placeholders_take_the_nearest_value(database: Database) -> None:
    with database.work() as session:
        profile(session, "en", entry("swaps", "people", values=["Ada", "Sam", "Ruth"]))
        profile(session, "sw", entry("swaps", "food", values=["ugali"]))
        profile(
            session,
            "sw-KE",
            entry("swaps", "people", values=["Amina"]),
            entry("swaps", "food", gone=True, values=["x"]),
        )
        swaps = swaps_for(session, "sw-KE")
        assert swaps == {"people": ["Amina", "Sam", "Ruth"], "food": ["ugali"]}
        assert fill("{people.1} and {people.2} eat {food.1}.", swaps) == "Amina and Sam eat ugali."


def test_what_has_no_value_stays_and_is_named() -> None:
    swaps = {"food": ["bread"]}
    text = "{food.1} {food.2} {hat.1} {food.2} {food.0} {food} {name} { food.1 }"
    assert fill(text, swaps) == "bread {food.2} {hat.1} {food.2} {food.0} {food} {name} { food.1 }"
    assert unknown(text, swaps) == ["{food.2}", "{hat.1}"]
    assert nearest([]) == {}
