"""Files of lessons: whole in themselves, sound in every direction, signed, and known again."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from edu.carried.book import House, Wanted, book, file_name
from edu.carried.checking import Mark, Use, Verdict, verdict
from edu.carried.manifest import read_signed
from edu.carried.media import Media
from edu.carried.memory_card import card
from edu.editions.models import Release
from edu.editions.releasing import current_release, released_modules
from edu.gate.carried import look_at_page
from edu.gate.gate import admit
from edu.gate.refused import Refused
from edu.lessons.markup import PICTURES
from tests.facilitator.test_printed import faults
from tests.pages.seen import Seen
from tests.people import OURS, People, fields_of

DAY = date(2026, 11, 3)
#: Where a file may lead: to itself, to nowhere, to a telephone.
WITHIN = re.compile(r"#[a-z0-9-]+|about:blank|data:,|tel:.*")


def made(house: Flask, tag: str = "en", module: str = "m1", day: date = DAY) -> bytes:
    """A module as one file."""
    with house.app_context(), house.extensions["database"].session(reading=True) as session:
        release = current_release(session, tag, module)
        assert release is not None
        return book(session, parts_of(house), Wanted(tag, [release]), day)


def parts_of(house: Flask) -> House:
    found = house.extensions
    return House(house.jinja_env, found["interface"], found["settings"])


def checked(house: Flask, file: bytes, day: date = DAY, secret: str = "a test's secret") -> Verdict:
    """What a server thinks of a file."""
    with house.extensions["database"].session(reading=True) as session:
        return verdict(session, admit("carried", file, "lessons.html"), secret, day)


def change(house: Flask, deed: Callable[[Release], None]) -> None:
    """Do something to the release of m1."""
    with house.extensions["database"].work() as session:
        release = current_release(session, "en", "m1")
        assert release is not None
        deed(release)


@pytest.mark.parametrize("tag", ["en", "sw-KE", "ar"])
def test_a_file_holds_everything_and_leads_nowhere(home: Flask, tag: str) -> None:
    page = Seen(made(home, tag).decode())
    assert faults(page) == []
    assert page.all("html")[0]["lang"] == tag
    links = [
        each.attributes[name]
        for each in page.elements
        for name in ("href", "src")
        if name in each.attributes
    ]
    assert [each for each in links if not WITHIN.fullmatch(each)] == []
    ids = {each.attributes["id"] for each in page.elements if "id" in each.attributes}
    assert {each[1:] for each in links if each.startswith("#")} <= ids
    assert {"m1-1", "m1-2", "support", "about-file"} <= ids
    assert "Ten minutes." not in page.page  # for whoever leads
    assert re.findall('https?://[^"]*', page.page) == []


def test_neither_name_nor_title_tells_what_it_is_about(home: Flask) -> None:
    with home.extensions["database"].session(reading=True) as session:
        releases = released_modules(session, "en")
        names = [file_name(Wanted("en", [each])) for each in releases]
    assert names == ["lessons-en-m0-1.html", "lessons-en-m1-1.html"]
    assert re.findall("<title>(.*?)</title>", made(home).decode()) == ["Lessons"]


def test_the_same_day_gives_the_same_bytes_and_a_genuine_file(home: Flask) -> None:
    file = made(home)
    assert file == made(home)
    found = checked(home, file)
    assert (found.mark, found.use, found.made_on) == (Mark.GENUINE, Use.CURRENT, DAY)
    assert [(each.tag, each.module, each.number) for each in found.parts] == [("en", "m1", 1)]
    assert checked(home, file, DAY + timedelta(days=180)).use is Use.CURRENT
    assert checked(home, file, DAY + timedelta(days=181)).use is Use.OLD


def test_a_changed_letter_a_foreign_key_and_a_lost_line_are_seen(home: Flask) -> None:
    file = made(home)
    assert checked(home, file.replace(b"Greeting", b"Greetinq", 1)).mark is Mark.CHANGED
    assert checked(home, file + b" ").mark is Mark.GENUINE
    other = file.rpartition(b"<!--daraja ")[2]
    assert checked(home, file.replace(other[:9], b"AAAAAAAAA", 1)).mark is Mark.CHANGED
    signature = bytes(reversed(other.split()[1].removesuffix(b"-->")))
    assert checked(home, file.replace(other.split()[1][:-3], signature)).mark is Mark.CHANGED
    assert checked(home, file, secret="another").mark is Mark.ELSEWHERE
    with pytest.raises(Refused):
        checked(home, file.rpartition(b"<!--daraja ")[0])


def test_a_newer_and_a_withdrawn_release_are_told(house: Flask) -> None:
    file = made(house)
    with house.extensions["database"].work() as session:
        old = current_release(session, "en", "m1")
        assert old is not None
        same = {name: getattr(old, name) for name in ("tag", "module", "state", "payload", "own")}
        session.add(Release(**same, number=2, digest="another", made_at=old.made_at))
    assert checked(house, file).use is Use.NEWER
    assert checked(house, made(house)).use is Use.CURRENT

    def withdraw(release: Release) -> None:
        release.withdrawn_on, release.withdrawn_why = DAY, "wrong"

    newest = made(house)
    change(house, withdraw)
    found = checked(house, newest)
    assert (found.use, found.withdrawn) == (Use.WITHDRAWN, ["m1"])
    assert '<li><bdi dir="ltr">en/m1/2</bdi></li>' in made(house).decode()


def test_a_story_whose_consent_has_ended_withdraws_the_files_that_show_it(house: Flask) -> None:
    def tell(release: Release) -> None:
        story = "story:\n  teller: Somebody\n  consent: recorded\n  until: 2026-11-05\n"
        lessons = [dict(each) for each in release.payload["lessons"]]
        text = lessons[0]["markdown"].replace("safety: []\n", f"safety: []\n{story}")
        met = "::: meet\nI sat at the well.\n:::\n\n::: us"
        lessons[0]["markdown"] = text.replace("::: us", met)
        lessons[0]["tags"] = ["en"] * (len(lessons[0]["tags"]) + 2)
        release.payload = release.payload | {"lessons": lessons}

    change(house, tell)
    before, after = made(house), made(house, day=date(2026, 11, 6))
    assert (b"I sat at the well." in before, b"I sat at the well." in after) == (True, False)
    assert checked(house, before).use is Use.CURRENT
    assert checked(house, before, date(2026, 11, 6)).use is Use.WITHDRAWN
    assert checked(house, after, date(2026, 11, 6)).use is Use.CURRENT


def test_pictures_are_inside_and_sounds_only_where_they_are_wanted() -> None:
    found = {"/media/m1/well.webp": b"picture", "/sound/5.opus": b"sound"}
    html = (
        '<p><img src="/media/m1/well.webp" alt="A well" loading="lazy"></p>\n'
        '<p><img src="/media/m1/gone.webp" alt="Gone"></p>\n'
        '<p class="how">Do it.</p>\n<p class="how">Read aloud</p>\n'
        '<audio controls preload="none"><source src="/sound/5.opus?ab" type="audio/ogg"></audio>\n'
        '<p class="how">Watch</p>\n<video controls src="/media/m1/film.mp4"></video>\n'
    )
    picture = '<p><img src="data:image/webp;base64,cGljdHVyZQ==" alt="A well" loading="lazy"></p>\n'
    rest = '<p><em>Gone</em></p>\n<p class="how">Do it.</p>\n'
    player = '<audio controls preload="none" src="data:audio/ogg;base64,c291bmQ="></audio>\n'
    assert Media(found.get).put_in(html) == picture + rest
    heard = Media(found.get, sounds=True).put_in(html)
    assert heard == f'{picture}{rest}<p class="how">Read aloud</p>\n{player}'
    assert ".webp" in PICTURES


def test_anybody_takes_a_module_along_and_reads_its_size_first(house: Flask) -> None:
    browser = house.test_client()
    page = browser.get("/en/m1/along").text
    sizes = re.findall(r'href="/en/m1/along/plain">Save the file, (\d+) KB', page)
    file = browser.get("/en/m1/along/plain")
    assert [int(each) for each in sizes] == [-(-len(file.data) // 1024)]
    told = 'attachment; filename="lessons-en-m1-1.html"'.replace('"', "")
    assert file.headers["Content-Disposition"] == told
    assert browser.get("/en/m1/along/sound").status_code == 404
    assert browser.get("/en/m9/along").status_code == 404
    assert 'href="/en/m1/along"' in browser.get("/en/m1/").text


def test_a_trainer_has_a_file_checked(house: Flask, people: People) -> None:
    tendai = people.tendai
    file = tendai.opens("/en/m1/along/plain").data

    def checks(content: bytes, name: str = "lessons.html") -> TestResponse:
        token = fields_of(tendai.opens("/en/staff/carried/check")).hidden["csrf_token"]
        values = {"csrf_token": token, "file": (io.BytesIO(content), name)}
        return tendai.browser.post(
            "/en/staff/carried/check",
            data=values,
            headers=OURS,
            content_type="multipart/form-data",
        )

    assert "This file is genuine." in checks(file).text
    assert "This file was changed." in checks(file.replace(b"Greeting", b"Greetinq")).text
    refused = checks(b"<!doctype html><p>Hello")
    assert (refused.status_code, "This file cannot be checked" in refused.text) == (422, True)
    assert checks(file, "lessons.zip").status_code == 422


def test_a_memory_card_is_the_same_twice_and_leads_only_to_itself(home: Flask) -> None:
    with home.app_context(), home.extensions["database"].session(reading=True) as session:
        wanted = [(tag, released_modules(session, tag)) for tag in ("en", "ar")]
        whole = card(session, parts_of(home), wanted, DAY, sounds=False)
        assert whole == card(session, parts_of(home), wanted, DAY, sounds=False)
    pack = zipfile.ZipFile(io.BytesIO(whole))
    files = {name: pack.read(name) for name in pack.namelist()}
    lessons = ["index", "m0-1", "m1-1", "m1-2", "paper-after", "paper-before", "support"]
    pages = [f"{tag}/{name}.html" for tag in ("ar", "en") for name in lessons]
    assert pack.namelist() == [*pages, "index.html", "style.css"]
    assert [each for name in (*pages, "index.html") for each in faults_on_card(name, files)] == []


def faults_on_card(name: str, files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with a page of a memory card."""
    page = Seen(files[name].decode())
    line, facts = look_at_page(files[name], name)
    signed = read_signed(line, facts["digest"])
    links = [each.attributes["href"] for each in page.elements if "href" in each.attributes]
    lost = [
        each
        for each in links
        if not WITHIN.fullmatch(each) and posixpath.normpath(f"{name}/../{each}") not in files
    ]
    return [
        *faults(page),
        *(f"{name} leads to {each}" for each in lost),
        *([] if signed is not None and signed.signed and signed.whole else [f"{name} unsigned"]),
    ]
