"""Pages to print are made once for each release, and sent once to each reader."""

import gzip

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.editions.models import Release
from edu.facilitator.finished import Shelf

HANDBOOK, SHEET = "/en/m1/handbook", "/en/m1/1/handout"


def read(house: Flask, address: str, **headers: str) -> TestResponse:
    return house.test_client().get(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def test_a_page_is_made_once_and_the_one_that_waited_longest_gives_way() -> None:
    made: list[str] = []

    def make(words: str) -> str:
        made.append(words)
        return words * 2

    shelf = Shelf(most=2)
    for words in ("a", "b", "a", "c", "a", "b"):
        page = shelf.page(words, lambda words=words: make(words))  # type: ignore[misc]
        assert (page.body, gzip.decompress(page.packed)) == (f"{words}{words}".encode(),) * 2
    assert made == ["a", "b", "c", "b"]


def test_whoever_has_a_page_is_sent_nothing_but_its_head(house: Flask) -> None:
    for address in (HANDBOOK, SHEET):
        first = read(house, address)
        tag = first.headers["ETag"]
        again = read(house, address, If_None_Match=tag)
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        # A proxy that packs anew weakens the mark.
        assert read(house, address, If_None_Match=f"W/{tag}").status_code == 304
        assert read(house, address, If_None_Match='"other"').status_code == 200
        assert first.headers["Cache-Control"] == "max-age=300, stale-while-revalidate=86400"
        assert "Set-Cookie" not in first.headers


def test_a_page_travels_packed_where_the_browser_can_unpack_it(house: Flask) -> None:
    plain, packed = read(house, HANDBOOK), read(house, HANDBOOK, Accept_Encoding="br, gzip")
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (
        None,
        "gzip",
    )
    assert gzip.decompress(packed.data) == plain.data
    assert (plain.headers["Vary"], packed.headers["Vary"]) == ("Accept-Encoding",) * 2
    refused = read(house, HANDBOOK, Accept_Encoding="gzip;q=0")
    assert refused.data == plain.data


def test_a_new_release_and_another_language_are_other_pages(house: Flask) -> None:
    before, other = read(house, HANDBOOK), read(house, HANDBOOK.replace("/en/", "/ar/"))
    assert before.headers["ETag"] != other.headers["ETag"]
    assert read(house, HANDBOOK).data == before.data
    with house.extensions["database"].work() as session:
        newest = session.scalars(
            select(Release)
            .where(Release.tag == "en", Release.module == "m1")
            .order_by(Release.number.desc())
        ).first()
        assert newest is not None
        payload = dict(newest.payload)
        payload["summary"] = dict(payload["summary"]) | {"text": "Greet again."}
        session.add(
            Release(
                tag="en",
                module="m1",
                number=newest.number + 1,
                digest="another",
                state=newest.state,
                payload=payload,
                own=newest.own,
                made_at=newest.made_at,
            )
        )
    after = read(house, HANDBOOK, If_None_Match=before.headers["ETag"])
    assert (after.status_code, "Greet again." in after.text, "Greet again." in before.text) == (
        200,
        True,
        False,
    )
