"""Big screen and handbook as one file each: whole, and without a way to any network."""

import base64
import hashlib
import re
from html import unescape

from flask import Flask

from edu.facilitator.one_file import one_file
from tests.pages.seen import Seen

PICTURE = b"\x89PNG and more"
PAGE = """<!doctype html><html><head><meta charset="utf-8">
<link rel="stylesheet" href="/static/daraja.1.css">
</head><body><header class="top"><a href="/en/">Daraja</a></header>
<p class="crumb"><a href="/en/m1/">Greeting</a></p>
<p>See <a href="/en/m2/1/" hreflang="en" lang="sw">somo</a>, <a href="#s1">on</a>, \
<a class="button" href="/en/x">go</a>
<img src="/media/m1/well.png" alt="A well"><img src="/media/m1/gone.png" alt="Gone"></p>
<footer><p>Learn.</p><nav aria-label="About"><a href="/en/my">My way</a></nav></footer>
<script>turn()</script></body></html>"""
FILES = {"/static/daraja.1.css": b"p{margin:0}", "/media/m1/well.png": PICTURE}


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_a_page_becomes_one_file_that_needs_nothing_else_and_may_ask_for_nothing() -> None:
    made = one_file(PAGE, FILES.get, "<p>From here.</p>")
    body = made.partition("<body>")[2]
    packed = base64.b64encode(PICTURE).decode()
    assert body == (
        '<p>See <span lang="sw">somo</span>, <a href="#s1">on</a>, \n'
        f'<img src="data:image/png;base64,{packed}" alt="A well"><img alt="Gone"></p>\n'
        "<footer><p>Learn.</p><p>From here.</p></footer>\n"
        "<script>turn()</script></body></html>"
    )
    (rule,) = re.findall(r'Policy" content="([^"]*)">', made)
    assert rule == (
        f"default-src 'none'; script-src {digest('turn()')}; style-src {digest('p{margin:0}')}; "
        "img-src data:; media-src data:; form-action 'none'; base-uri 'none'"
    )


def test_every_file_of_a_module_is_offered_with_its_size_and_holds_no_way_to_a_server(
    house: Flask,
) -> None:
    guest = house.test_client()
    for tag in ("en", "ar"):
        page = Seen(guest.get(f"/{tag}/m1/files").text)
        ways = [each["href"] for each in page.all("a") if "download" in each]
        offered = ("handbook.html", "1.html", "2.html")
        assert ways == [f"/{tag}/m1/files/{name}" for name in offered]
        for way in ways:
            answer = guest.get(way)
            told = answer.headers["Content-Disposition"]
            assert (answer.status_code, told.startswith("attachment;")) == (200, True)
            file = Seen(answer.text)
            names = ("href", "src", "action", "poster", "srcset", "data")
            used = [each.attributes.get(name, "#") for each in file.elements for name in names]
            assert [each for each in used if not each.startswith(("#", "data:"))] == []
            assert file.loose == []
            assert file.all("html")[0]["lang"] == tag
            # Every script in it runs: the file's own rule knows each by its digest.
            rule = unescape(file.all("meta")[1]["content"])
            assert [digest(each) in rule for each in file.scripts] == [True] * len(file.scripts)
            assert tag == "ar" or f"{round(len(answer.data) / 1000)} kB" in page.page


def test_no_file_is_made_of_what_is_not_released(house: Flask) -> None:
    guest = house.test_client()
    ways = ("m7/files", "m7/files/handbook.html", "m1/files/9.html", "pages/files")
    assert [guest.get(f"/en/{way}").status_code for way in ways] == [404] * 4
