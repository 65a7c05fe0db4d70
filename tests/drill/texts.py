"""Broken text in every field that takes any: NUL, halves of pairs, bytes that are no UTF-8.

The same text goes to a site on SQLite and to one on PostgreSQL. Both must answer alike and keep
the same, and neither may fail.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote_from_bytes

from sqlalchemy import text

from edu import create_app
from edu.database import Database
from edu.segments.segment import clean
from edu.settings import Settings
from tests.drill.houses import DATABASES, SECRET, TINY, House, house
from tests.drill.results import Result
from tests.people import OURS, LearnerPerson, People, StaffPerson, fields_of

#: What may stand anywhere in a text and is often handled wrongly.
_PIECES = (
    b"\0", b"\x01\x02\x1b[31m", b"\x7f", b"\xc2\x80", b"\xc2\x85", b"\xc2\xa0", b"\xed\xa0\x80",
    b"\xed\xb0\x80", b"\xed\xa0\xbd\xed\xb8\x80", b"\xff", b"\xfe\xff", b"\xc0\xaf", b"\xc1\xbf",
    b"\xe0\x80\xaf", b"\xf5\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80", b"%00", b"%",
    *(sign.encode() for sign in (
        "\ufeff", "\ufffe", "\uffff", "\ufffd", "\u200b", "\u200d", "\u200e", "\u200f", "\u2028",
        "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\u061c", "\u00ad", "\u034f", "\ue000",
        "\U000e0041", "\U0010ffff", "é", "e\u0301", "Å", "A\u030a", "한", "\u1112\u1161\u11ab",
        "ﬁ", "İ", "ı", "ß", "ＡＢ", "١٢٣", "🙂", "👩‍👩‍👧", "Z\u0351\u036b\u0343\u036a",
        "שלום", "كيف", "'", '"', "''; --", "\\", "\\0", "\\u0000", "${x}", "{{ 7 }}", "%(x)s", "%s",
        "<b>", "&amp;", "&#0;", "=1+1", "\r", "\n", "\r\n", "\t", "\v", "\f", "\x1c", "\x85",
    )),
)  # fmt: skip
_FRAMES = (
    (b"", b""), (b"a", b""), (b"", b"z"), (b"a ", b" z"), (b" ", b" "), (b"\n", b"\n"),
    ("ﻣ".encode(), "ﻤ".encode()), (b"x" * 200, b""), (b"12", b"34"),
)  # fmt: skip


def strings() -> Iterator[bytes]:
    """At least 625 texts as bytes, each of them other than the ones before."""
    for before, after in _FRAMES:
        for piece in _PIECES:
            yield before + piece + after
    for piece in _PIECES:
        yield piece * 400


def run(database: str, folder: Path, *, short: bool) -> Result:
    """All texts in all fields; short: every ninety-seventh text."""
    del database
    result = Result("texts", "both")
    tried = list(strings())[:: 97 if short else 1]
    with ExitStack() as stack:
        sites = []
        for kind in DATABASES:
            (folder / kind).mkdir()
            sites.append(_Site(stack.enter_context(house(kind, folder / kind))))
        for given in tried:
            told = [list(site.told(given)) for site in sites]
            fields = len(told[0])
            result.acknowledged += fields
            for first, second in zip(*told, strict=True):
                if first != second:
                    result.missed.append(f"{given[:40]!r}: {first} and {second}")
                if isinstance(first[1], int) and first[1] >= 500:
                    result.missed.append(f"{given[:40]!r}: {first}")
        for site in sites:
            site.close()
    result.faults = len(tried)
    result.notes.append(f"{len(tried)} texts in {fields} fields, on both databases")
    result.missed[:] = result.missed[:10]
    return result


class _Site:
    """One application, with a learner and a trainer in it."""

    def __init__(self, home: House) -> None:
        settings = Settings(
            instance=home.instance, database_url=home.url, secret_key=SECRET, root=TINY
        )
        self._app = create_app(settings)
        # As in real life: an error is a page, not an exception.
        self._app.config["PROPAGATE_EXCEPTIONS"] = False
        self._database: Database = self._app.extensions["database"]
        people = People(self._app)
        self._amina = people.amina
        self._amina.joins(home.join_code)
        self._amina.finishes("m0.1", "m1.1", "m1.2")
        self._tendai = people.tendai

    def close(self) -> None:
        """Let the database go."""
        self._database.engine.dispose()

    def told(self, given: bytes) -> Iterator[tuple[object, ...]]:
        """What each field says to a text: the code, where it leads, and what is kept."""
        amina = self._amina
        for address, field, others in _FIELDS:
            yield (address, *self._send(amina, address, {**others, field: given}))
        yield ("openly", self._kept("SELECT text FROM open_answer"), _expected(given))
        for path in ("/en/join/", "/en/", "/"):
            answer = amina.browser.get(path + quote_from_bytes(given, safe="")[:3000])
            yield (path, answer.status_code, _place(answer.headers.get("Location", "")))
        for name in ("name", "place"):
            yield (name, *self._group(name, given))

    def _send(
        self, who: LearnerPerson | StaffPerson, address: str, fields: dict[str, bytes]
    ) -> tuple[int, str]:
        body = b"&".join(
            name.encode() + b"=" + quote_from_bytes(value).encode()
            for name, value in fields.items()
        )
        answer = who.browser.post(
            address,
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers=OURS,
        )
        return answer.status_code, _place(answer.headers.get("Location", ""))

    def _group(self, name: str, given: bytes) -> tuple[object, ...]:
        """A new group with this name or place, as far as it is kept."""
        address = "/en/staff/groups/new"
        token = fields_of(self._tendai.opens(address)).hidden["csrf_token"].encode()
        fields = {"csrf_token": token, "name": b"Tuesday", "tags": b"en", "modules": b"m1"}
        status, place = self._send(self._tendai, address, {**fields, name: given})
        column = "name" if name == "name" else "place"
        newest = f'SELECT {column} FROM "group" ORDER BY id DESC LIMIT 1'
        return status, re.sub(r"\d+", "#", place), self._kept(newest)

    def _kept(self, query: str) -> list[str]:
        with self._database.engine.connect() as connection:
            return [str(row[0]) for row in connection.execute(text(query))]


_KEY = b"k" * 32
#: Every field of a learner's that takes text: the page, its name, and what goes with it.
_FIELDS: tuple[tuple[str, str, dict[str, bytes]], ...] = (
    ("/en/join", "code", {}),
    ("/en/return", "code", {}),
    ("/en/forget", "code", {}),
    ("/en/start/m1", "key", {"agree": b"yes"}),
    ("/en/start/m1", "agree", {"key": _KEY}),
    ("/en/my", "journey", {}),
    ("/en/m1/1/done", "release", {}),
    ("/en/questions/after/feelings", "contact-1", {"do": b"later"}),
    ("/en/questions/after/feelings", "switch", {"do": b"later"}),
    ("/en/questions/after/feelings", "key", {"do": b"later"}),
    ("/en/questions/after/openly", "words", {"do": b"later", "key": _KEY}),
)


def _expected(given: bytes) -> str:
    return clean(given.decode("utf-8", "replace")).strip()[:20]


def _place(location: str) -> str:
    return re.sub(r"[0-9a-f]{32}", "#", location)
