"""Finished pages of the tiny content: every kind, each text marked with its language."""

import re

from flask import Flask

from tests.pages.seen import Seen

TAGS = ("en", "sw", "sw-KE", "ar")
KINDS = (
    "/",
    "/maps/",
    "/m0/",
    "/m0/1/",
    "/m0/1/notes/",
    "/m0/1/show/",
    "/m1/",
    "/m1/1/",
    "/m1/1/notes/",
    "/m1/1/show/",
    "/m1/2/",
    "/m1/2/notes/",
    "/m1/2/show/",
    "/consent/",
    "/offline/",
    "/support/",
)
DRAFT = "Draft translation. Nobody who grew up with this language has checked it yet."


def seen(app: Flask, address: str) -> Seen:
    page = app.test_client().get(address)
    assert page.status_code == 200
    return Seen(page.text)


def drafts(app: Flask, address: str) -> list[tuple[str, str]]:
    """Where a page says that it is a draft: in which language and direction."""
    found = seen(app, address)
    return [(lang, way) for lang, way, words in found.texts if words.startswith(DRAFT)]


def test_every_kind_of_page_is_finished_in_every_language_and_nothing_else(tiny: Flask) -> None:
    published = tiny.extensions["settings"].published
    found = {
        "/" + file.relative_to(published).as_posix().removesuffix("index.html")
        for file in published.rglob("*.html")
    }
    # Only one place has adapted anything.
    assert found == {f"/{tag}{kind}" for tag in TAGS for kind in KINDS} | {"/sw-KE/m1/differs/"}


def test_an_english_piece_on_an_arabic_page_is_marked_in_both_ways(tiny: Flask) -> None:
    page = seen(tiny, "/ar/support/")
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert page.language_of("احصل على دعم") == [("ar", "rtl")]
    assert page.language_of("Go to somebody you trust.") == [("en", "ltr")]
    assert page.language_of("If life is too heavy") == [("en", "ltr")]
    assert '<p lang="en" dir="ltr">Go to somebody you trust.</p>' in page.page


def test_a_swahili_piece_needs_no_mark_for_readers_in_kenya(tiny: Flask) -> None:
    page = seen(tiny, "/sw-KE/m1/1/")
    assert "<h1>Salamu</h1>" in page.page
    assert "<p>Kisimani, Wanjiru anasalimu kwanza.</p>" in page.page
    assert page.language_of("Msalimu mtu mmoja leo.") == [("sw-KE", "ltr")]
    assert page.language_of("Where do they meet?") == [("en", "ltr")]


def test_no_piece_of_an_english_page_is_marked(tiny: Flask) -> None:
    for kind in KINDS:
        page = seen(tiny, f"/en{kind}")
        menu = {attributes.get("lang") for attributes in page.all("a")} - {None}
        assert menu <= {"sw", "sw-KE", "ar"} | ({"en"} if kind == "/" else set())
        assert [each for each in page.all("p") if "lang" in each] == []


def test_titles_in_lists_are_marked_where_they_stand_in_another_language(tiny: Flask) -> None:
    assert seen(tiny, "/sw/").language_of("Majirani") == [("sw", "ltr")]
    assert seen(tiny, "/sw/").language_of("Welcome") == [("en", "ltr")]
    assert seen(tiny, "/ar/").language_of("Neighbours") == [("en", "ltr")]


def test_a_draft_says_so_in_the_language_of_the_page(tiny: Flask) -> None:
    assert drafts(tiny, "/sw/m1/1/") == [("sw", "ltr")]
    assert drafts(tiny, "/sw-KE/m1/") == [("sw-KE", "ltr")]
    assert drafts(tiny, "/ar/support/") == [("ar", "rtl")]


def test_what_nobody_translated_is_no_draft(tiny: Flask) -> None:
    for address in ("/en/m1/1/", "/en/support/", "/ar/consent/", "/ar/m1/1/"):
        assert drafts(tiny, address) == []


def test_a_draft_about_safety_never_shows_and_the_english_is_marked(tiny: Flask) -> None:
    page = seen(tiny, "/sw/m0/1/")
    assert page.language_of("If you are in danger") == [("en", "ltr")]
    assert page.language_of("Go to the nearest health facility.") == [("en", "ltr")]
    assert "kituo cha afya" not in page.page
    support = seen(tiny, "/sw/support/")
    assert support.language_of("Stay with the person.") == [("en", "ltr")]
    assert support.language_of("Nenda kwa mtu unayemwamini.") == [("sw", "ltr")]


def test_the_notes_for_whoever_leads_are_not_on_the_learners_page(tiny: Flask) -> None:
    assert "Dakika kumi." not in seen(tiny, "/sw/m1/1/").page
    assert seen(tiny, "/sw/m1/1/notes/").language_of("Dakika kumi.") == [("sw", "ltr")]


def test_readers_are_told_what_was_changed_for_their_place_and_why(tiny: Flask) -> None:
    assert "/sw-KE/m1/differs/" in seen(tiny, "/sw-KE/m1/").page
    page = seen(tiny, "/sw-KE/m1/differs/")
    assert "One part was left out: One step." in page.page
    for why in (
        "Wanjiru is a name that readers here know.",
        "People here meet at the dispensary.",
        "A proverb everybody knows.",
        "The same step stands in the lesson before.",
    ):
        assert page.language_of(why) == [("en", "ltr")]
    assert "What differs here, and why" not in seen(tiny, "/sw/m1/").page


def test_a_lesson_names_the_release_that_was_read(tiny: Flask) -> None:
    releases = {
        each["value"]
        for tag in TAGS
        for number in (1, 2)
        for each in seen(tiny, f"/{tag}/m1/{number}/").all("input")
        if each.get("name") == "release"
    }
    assert len(releases) == len(TAGS)


def test_every_page_leads_to_itself_in_every_other_language(tiny: Flask) -> None:
    for kind in KINDS:
        switch = seen(tiny, f"/sw{kind}").page.split('<details class="lang">')[1]
        menu = Seen(switch.split("</details>")[0]).all("a")
        # No lesson of the tiny world has an Arabic word: there it would be English once more.
        arabic = [] if re.search(r"\d/", kind[3:]) else [(f"/ar{kind}", "ar", "rtl")]
        assert [(each["href"], each["lang"], each.get("dir", "ltr")) for each in menu] == [
            (f"/en{kind}", "en", "ltr"),
            (f"/sw-KE{kind}", "sw-KE", "ltr"),
            *arabic,
        ]
