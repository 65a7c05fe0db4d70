"""Pictures and films are kept with consent alone, in pieces that fit a backup, and can go."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.lessons.brought import BROUGHT
from edu.media.consent import Origin
from edu.media.keeping import (
    PIECE,
    body_of,
    keep_film,
    may_be_shown,
    new_name,
    put_captions,
)
from edu.media.models import Medium, MediumFile
from edu.media.packing import pack_all
from edu.recordings.consent import Incomplete
from tests.media.made import film
from tests.recordings.voices import consent

TODAY = date(2026, 11, 22)
COMPLETE: Mapping[str, object] = {
    "licence": "CC BY 4.0",
    "credit": "Bridge Society",
    "people": "nobody",
    "consent": None,
    "looked": True,
}


def origin(**other: object) -> Origin:
    return Origin(**(COMPLETE | other))  # type: ignore[arg-type]


def kept(session: Session, original: bytes = b"film", **other: object) -> Medium:
    known = origin(**other)
    return keep_film(session, "sw", "m1.1", original, b"", known, member_id=None, today=TODAY)


@pytest.mark.parametrize(
    ("missing", "given"),
    [
        ("licence", {"licence": "found on the internet"}),
        ("credit", {"credit": " "}),
        ("people", {"people": ""}),
        ("looked", {"looked": False}),
        ("agreed", {"people": "agreed"}),
        ("uses", {"people": "agreed", "consent": consent(uses=("radio",))}),
        ("ends", {"people": "agreed", "consent": consent(own_story=True)}),
    ],
)
def test_what_is_not_known_of_it_is_named(missing: str, given: dict[str, object]) -> None:
    assert origin(**given).missing(TODAY) == [missing]


def test_without_complete_consent_nothing_is_kept(database: Database) -> None:
    with database.work() as session:
        with pytest.raises(Incomplete):
            kept(session, people="agreed")
        assert session.scalars(select(Medium)).all() == []


def test_a_name_is_neither_a_word_nor_a_number() -> None:
    names = {new_name() for _ in range(50)}
    assert len(names) == 50
    assert all(BROUGHT.fullmatch(f"media/{name}.jpg") for name in names)
    assert set("".join(each[4:] for each in names)) & set("aeiouy0123456789") == set()


def test_a_long_film_lies_in_pieces_and_its_original_goes_once_it_is_packed(
    database: Database,
) -> None:
    # What stands behind the last box of an MP4 is free space.
    free = PIECE + 4096
    sent = film() + (free + 8).to_bytes(4, "big") + b"free" + bytes(free)
    with database.work() as session:
        name = kept(session, sent).name
        assert sorted(each.size for each in session.scalars(select(MediumFile))) == [
            len(sent) - PIECE,
            PIECE,
        ]
    assert pack_all(database) == 1
    with database.work() as session:
        made = session.scalars(select(Medium)).one()
        assert (made.name, made.state, made.seconds) == (name, "ready", 1)
        assert sorted(each.sort for each in made.files) == ["film", "still"]
        assert body_of(session, made, "original") is None


def test_a_film_that_cannot_be_packed_says_why_and_is_not_shown(database: Database) -> None:
    with database.work() as session:
        kept(session, b"no film at all")
    assert pack_all(database) == 0
    with database.work() as session:
        made = session.scalars(select(Medium)).one()
        assert made.failed == "This is no film in MP4 or WEBM, whatever its name says."
        assert (made.state, may_be_shown(made, TODAY), made.files) == ("failed", False, [])


def test_captions_can_be_other_ones_and_none(database: Database) -> None:
    with database.work() as session:
        made = kept(session)
        put_captions(session, made, b"WEBVTT\n")
        put_captions(session, made, b"WEBVTT \n")
        assert body_of(session, made, "captions") == b"WEBVTT \n"
        put_captions(session, made, b"")
        assert body_of(session, made, "captions") is None


def test_nobody_sees_it_after_the_consent_has_ended(database: Database) -> None:
    agreed = consent(own_story=True, ends=TODAY + timedelta(days=1))
    with database.work() as session:
        made = kept(session, people="agreed", consent=agreed)
        made.state = "ready"
        days = [TODAY + timedelta(days=each) for each in (0, 1, 2)]
        assert [may_be_shown(made, day) for day in days] == [True, True, False]
