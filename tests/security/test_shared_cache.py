"""A cache that a hundred phones share gives nobody what belongs to somebody else.

A small cache of the kind that stands in an office or at a mobile operator is put in front of the
application. It keeps whatever an answer allows it to keep.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as changed

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import ResponseCacheControl
from werkzeug.http import parse_cache_control_header
from werkzeug.test import TestResponse

from edu import create_app
from tests.people import OURS
from tests.security.hostile import MARK, poisoning
from tests.security.world import World, addresses

Key = tuple[str, tuple[str, ...]]

#: May be kept without a word of permission, by the rules of HTTP.
_KEPT_UNASKED = (200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501)


@dataclass
class SharedCache:
    """Keeps answers by path and by what `Vary` names; it does not know one host from another."""

    kept: dict[Key, TestResponse] = field(default_factory=dict)
    varies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hits: int = 0

    def get(self, browser: FlaskClient, path: str, headers: dict[str, str]) -> TestResponse:
        """Answer from memory where there is one, otherwise ask and remember."""
        key = self._key(path, headers)
        if key in self.kept:
            self.hits += 1
            return self.kept[key]
        answer = browser.get(path, headers=headers)
        if may_be_kept(answer):
            names = answer.headers.get("Vary", "")
            self.varies[path] = tuple(sorted(each.strip().lower() for each in names.split(",")))
            self.kept[self._key(path, headers)] = answer
        return answer

    def _key(self, path: str, headers: dict[str, str]) -> Key:
        sent = {name.lower(): value for name, value in headers.items()}
        return path, tuple(sent.get(name, "") for name in self.varies.get(path, ()))


def may_be_kept(answer: TestResponse) -> bool:
    """Whether a cache for many may keep an answer: a generous reading of the rules of HTTP."""
    if answer.headers.get("Vary") == "*" or answer.status_code in (206, 304):
        return False
    said = parse_cache_control_header(answer.headers.get("Cache-Control"), cls=ResponseCacheControl)
    if said.no_store or said.private is not None:
        return False
    allowed = said.public or said.max_age is not None or said.s_maxage is not None
    return bool(allowed) or answer.status_code in _KEPT_UNASKED


def anew(house: Flask, hosts: tuple[str, ...] = (), *, behind_proxy: bool = False) -> Flask:
    """The same house with other settings."""
    settings = house.extensions["settings"]
    app = create_app(changed(settings, trusted_hosts=hosts, behind_proxy=behind_proxy))
    app.testing = True
    return app


@pytest.fixture(
    scope="module", params=["any host", pytest.param("own host", marks=pytest.mark.thorough)]
)
def house(request: pytest.FixtureRequest, world: World) -> Iterator[Flask]:
    """A copy of the world, as it comes and with its own host named."""
    copy = world.copy()
    app = anew(copy, ("localhost",) if request.param == "own host" else ())
    yield app
    for each in (copy, app):
        each.extensions["database"].engine.dispose()


def paths(house: Flask, world: World) -> list[str]:
    further = ["/en", "/en/", "/en/m1", "/en/m1/", "/en/m1/1/", "/sw-TZ/my", "/ar/", "/en/nowhere"]
    return sorted({*addresses(house, world.given), *further})


#: Every day each page gets a share of the headers, and each header goes to a share of the pages.
@pytest.mark.parametrize("share", [24, pytest.param(1, marks=pytest.mark.thorough)])
def test_what_a_header_says_is_never_left_in_a_cache(
    world: World, house: Flask, share: int
) -> None:
    headers = poisoning()
    assert len(headers) >= 104
    browser = house.test_client(use_cookies=False)
    for number, path in enumerate(paths(house, world)):
        honest = browser.get(path)
        for sent in headers[number % share :: share]:
            cache = SharedCache()
            cache.get(browser, path, sent)
            for kept in cache.kept.values():
                assert (path, sent, MARK.encode() in kept.data + str(kept.headers).encode()) == (
                    path,
                    sent,
                    False,
                )
            second = cache.get(browser, path, {})
            if cache.hits:
                found = (second.status_code, second.data, second.headers.get("Location"))
                wanted = (honest.status_code, honest.data, honest.headers.get("Location"))
                assert (path, sent, found) == (path, sent, wanted)


@pytest.mark.parametrize("walker", ["learner", "trainer", "administrator"])
def test_nothing_personal_is_served_to_the_next_client(
    world: World, house: Flask, walker: str
) -> None:
    cache, hers = SharedCache(), world.browser(house, walker)
    next_one = house.test_client()
    for path in paths(house, world):
        cache.get(hers, path, {})
        kept = [answer for key, answer in cache.kept.items() if key[0] == path]
        assert (path, [answer.headers.getlist("Set-Cookie") for answer in kept]) == (
            path,
            [[]] * len(kept),
        )
        before = cache.hits
        second = cache.get(next_one, path, {})
        if cache.hits > before:
            own = house.test_client().get(path)
            assert (path, second.status_code, second.data) == (path, own.status_code, own.data)
    assert cache.hits >= 4


def test_no_answer_to_a_form_is_kept(world: World, house: Flask) -> None:
    browser = world.browser(house, "learner")
    for path in ("/en/return", "/en/join", "/en/my", "/en/questions/after/feelings"):
        assert not may_be_kept(browser.post(path, data={"code": "1"}, headers=OURS))


def test_only_a_proxy_that_was_announced_is_believed(world: World, house: Flask) -> None:
    told = {"X-Forwarded-Host": f"{MARK}.example", "X-Forwarded-Proto": "https"}
    trainer = world.browser(house, "trainer")
    page = f"/en/staff/groups/{world.given['group_id']}"
    assert MARK not in trainer.get(page, headers=told).text
    behind = anew(house, ("localhost",), behind_proxy=True)
    assert behind.test_client().get("/en/return", headers=told).status_code == 400
    behind.extensions["database"].engine.dispose()


def test_a_page_that_may_be_kept_and_should_not_would_be_found(world: World) -> None:
    """The control: a personal page with the wrong header is given to the next client."""
    copy = world.copy()

    @copy.get("/<tag>/yours")
    def yours() -> tuple[str, dict[str, str]]:
        from flask import request

        return f"yours: {sorted(request.cookies.values())}", {"Cache-Control": "max-age=60"}

    cache = SharedCache()
    cache.get(world.browser(copy, "learner"), "/en/yours", {})
    second = cache.get(copy.test_client(), "/en/yours", {})
    assert cache.hits == 1
    assert second.text != copy.test_client().get("/en/yours").text
    copy.extensions["database"].engine.dispose()
