"""Edits of a real lesson travel down a chain of three places, each as it should."""

import re

import pytest

from edu.partners.roles import Role
from edu.preparing import prepare
from tests.browser.partners.village import LINK, Village
from tests.partner.desk_world import DESK, writes

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

KIBERA = ("sw", "sw-KE", "sw-KE-x-kibera")
NEW_LINK = LINK.replace("m1.3", "m1.4")
#: What is edited in the lesson, and how each edit is told at a desk; nothing where it needs nobody.
EDITS = {
    LINK: (NEW_LINK, ""),
    "Most people say a stone. Fear makes learning and sleeping harder.": (
        "Most people say a stone; fear makes learning and sleeping harder.",
        "",
    ),
    "Most people say a bridge. There is a loan in a bad month, and there is company.": (
        "Most people say a bridge. A loan comes in a bad month, and company comes too.",
        "The wording has changed.",
    ),
    "A mother of three joins a savings group.": (
        "A mother of four joins a savings group.",
        "A fact has changed.",
    ),
    "Most people say a bridge. A child learns that the world answers.": (
        "Most people say a bridge. A child learns that the world keeps it safe.",
        "This is about safety: look at it first.",
    ),
}
URL, STOP, WORDING, FACT, SAFETY = EDITS


def _words(home: Village, tag: str, source: str) -> str:
    """Kiswahili words of a place of its own."""
    place = {"sw": "", "sw-KE": " Kenya.", "sw-KE-x-kibera": " Kibera."}[tag]
    shipped = "Soma [somo lijalo](m1.3)." if source == LINK else home.row("sw", source).text
    return shipped + place


def _releases_everywhere(home: Village, *tags: str) -> None:
    for tag in tags:
        at = f"{DESK}/{tag}/m1/m1.2"
        for login, reader in (("asha", "native"), ("baraka", "lived"), ("rehema", "health")):
            home.signs(login, reader, at)
        assert home.person("zawadi").fills(f"{DESK}/{tag}/m1/release", follow=False).status == (
            "303 SEE OTHER"
        )
    prepare(home.house)


def _edits_the_source(home: Village) -> None:
    file = home.root / "content" / "m1" / "02-what-shapes-it.md"
    text = file.read_text(encoding="utf-8")
    for old, (new, _told) in EDITS.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    prepare(home.house)


def _reads(home: Village, tag: str) -> str:
    page = home.house.test_client().get(f"/{tag}/m1/2/")
    assert page.status_code == 200
    return page.text


def test_an_edit_of_each_class_travels_down_a_chain_of_three(home: Village) -> None:
    juma = home.adds("juma", Role.TRANSLATOR, tag="sw")
    for login in ("asha", "baraka", "rehema"):
        home.adds(login, Role.REVIEWER, tag="sw")
    home.adds("zawadi", Role.PUBLISHER, tag="sw")
    for tag in KIBERA:
        for source in EDITS:
            if tag == "sw" and source != URL:
                continue
            more = {"reason": "+", "why": "So here."} if (tag, source) == (KIBERA[2], FACT) else {}
            key = home.segment("m1.2", source).key
            at, words = f"{DESK}/{tag}/m1/m1.2/{key}", _words(home, tag, source)
            assert writes(juma, at, words, follow=False, **more).status_code == 303
    _releases_everywhere(home, *KIBERA)
    before = {tag: {source: _words(home, tag, source) for source in EDITS} for tag in KIBERA}
    for tag in KIBERA[1:]:
        page = _reads(home, tag)
        assert [before[tag][source] in page for source in EDITS] == [False, *[True] * 4]
        assert 'href="../3/"' in page or f"/{tag}/m1/3/" in page

    _edits_the_source(home)

    for tag in KIBERA:
        for source, (new, told) in EDITS.items():
            key = home.segment("m1.2", new).key
            page = juma.opens(f"{DESK}/{tag}/m1/m1.2/{key}").text
            ways = re.findall(r"<dd [^>]*>(.*?)</dd>", page.partition("</dl>")[0])
            if not told:
                assert (tag, ways) == (tag, [])
                continue
            assert told in page
            assert [re.sub("</?(del|ins)>", "", each) for each in ways] == [
                source,
                new,
                before[tag][source],
            ]
            assert "<del>" in ways[0]
            assert "<ins>" in ways[1]
    assert home.row(KIBERA[2], NEW_LINK).text == "Soma [somo lijalo](m1.4). Kibera."
    page = _reads(home, KIBERA[2])
    assert before[KIBERA[2]][STOP] in page
    for source in (WORDING, FACT, SAFETY):
        assert EDITS[source][0] in page  # nobody in the chain has looked yet: it is English
        assert source not in page
        assert not any(before[tag][source] in page for tag in KIBERA)

    asha = home.person("asha")
    for tag, source in ((KIBERA[2], WORDING), (KIBERA[1], SAFETY), (KIBERA[2], SAFETY)):
        at = f"{DESK}/{tag}/m1/m1.2/{home.segment('m1.2', EDITS[source][0]).key}"
        version = re.search(r'id="looked-at"[^>]*value="(\d+)"', asha.opens(at).text)
        assert version is not None
        assert asha.fills(at, f"{at}/still-right", version=version[1]).status_code == 200
    prepare(home.house)
    kibera, kenya = _reads(home, KIBERA[2]), _reads(home, KIBERA[1])
    assert [before[KIBERA[2]][each] in kibera for each in (WORDING, FACT, SAFETY)] == [
        True,
        False,
        True,
    ]
    assert [before[KIBERA[1]][each] in kenya for each in (WORDING, FACT, SAFETY)] == [
        False,
        False,
        True,
    ]
    mended = "Mama wa watoto wanne anajiunga na kikundi cha akiba Kibera."
    at = f"{DESK}/{KIBERA[2]}/m1/m1.2/{home.segment('m1.2', EDITS[FACT][0]).key}"
    slug = home.row(KIBERA[2], FACT).change
    assert writes(juma, at, mended, follow=False, reason=slug).status_code == 303
    assert mended not in _reads(home, KIBERA[2])
    _releases_everywhere(home, KIBERA[2])
    assert mended in _reads(home, KIBERA[2])
