"""Pictures and films: from a partner's phone to a learner's page, and away again."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from edu.editions.models import Change
from edu.health.forgetting import forget_old
from edu.media.models import Medium, MediumFile
from edu.media.packing import pack_all
from edu.media.using import drop_unused
from edu.partner import media
from edu.preparing import prepare
from tests.media.made import SECRETS, film, photo
from tests.partner.review_world import DESK, Shona
from tests.people import StaffPerson

PART = f"{DESK}/m1/m1.1"
PICTURE, FILM = f"{PART}/shown/new?kind=picture&block=here", f"{PART}/shown/new?kind=film"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:00.900\nMangwanani.\n"
GIVEN = {
    "shows": "Munhu ari patsime",
    "place": "here|",
    "credit": "Bridge Society",
    "licence": "CC BY-SA 4.0",
    "people": "nobody",
    "looked": "y",
    "why": "People here know this well.",
    "dimensions": ["persons"],
}
AGREED = {
    "people": "agreed",
    "speaker": "Mai Tino",
    "whose": "own",
    "consent_on": "2026-11-20",
    "ends": "2030-01-01",
    "uses": ["site"],
    "agreed": "y",
}


@pytest.fixture
def bridge(shona: Shona, monkeypatch: pytest.MonkeyPatch) -> Shona:
    """Pages are made, and films packed, when a test says so."""
    for place in ("media", "media_list", "releases"):
        monkeypatch.setattr(f"edu.partner.{place}.pages_soon", lambda: None)
    monkeypatch.setattr(media, "films_soon", lambda: None)
    return shona


def brings(person: StaffPerson, address: str = PICTURE, **other: object) -> str:
    """Send a picture or film; the page that follows."""
    sent = film() if "film" in address else photo()
    said = {"said": "Mangwanani.\n\nHe says good morning.", "place": "us|end"}
    given = GIVEN | (said if "film" in address else {}) | {"file": (io.BytesIO(sent), "a.bin")}
    return person.fills(address, **(given | other)).text


def names(house: Flask) -> list[str]:
    with house.extensions["database"].session(reading=True) as session:
        return list(session.scalars(select(Medium.name).order_by(Medium.id)))


def release(shona: Shona) -> None:
    """Everybody signs, and the lesson is released."""
    for login, reader in (("rudo", "native"), ("farai", "lived"), ("nyasha", "health")):
        assert shona.signs(login, reader, "m1.1") == 303
    person = shona.person("tatenda")
    page = person.fills(f"{DESK}/m1/release", note="With pictures.")
    assert "Release 1" in page.text or "Learners" in page.text
    prepare(shona.house)


def test_a_picture_and_a_film_go_from_a_phone_to_the_learners_and_away_again(
    bridge: Shona,
) -> None:
    bridge.translates("chipo", "m1.1")
    chipo, learner = bridge.person("chipo"), bridge.house.test_client()
    assert "As learners will see it" in brings(chipo)
    assert "being made small" in brings(chipo, FILM, captions=CAPTIONS, **AGREED)
    picture, moving = names(bridge.house)
    # Nobody can release a film that nobody could see.
    blocked = bridge.person("tatenda").opens(f"{DESK}/m1/release").text
    assert "A film is not ready yet" in blocked
    assert pack_all(bridge.house.extensions["database"]) == 1

    preview = chipo.opens(f"{PART}/preview").text
    staff = f"/en/staff/media/sn/file/{picture}"
    assert f'src="{staff}-small.jpg" srcset="{staff}-small.jpg 360w, {staff}-large.jpg' in preview
    assert 'alt="Munhu ari patsime"' in preview
    assert chipo.browser.get(f"{staff}-small.jpg").mimetype == "image/jpeg"
    link = bridge.person("rudo").fills(f"{PART}/review/links", days="7", note="Wells").text
    found = re.search(r"/\w+/read/[\w-]{20,}", link)
    assert found is not None
    draft = learner.get(found[0]).text
    for file in (f"{picture}-small.jpg", f"{moving}-film.mp4", f"{moving}-captions.vtt"):
        assert f"{found[0]}/media/{file}" in draft
        assert learner.get(f"{found[0]}/media/{file}").status_code == 200
        assert learner.get(f"/media/own/{file}").status_code == 404

    release(bridge)
    page = learner.get("/sn/m1/1/").text
    assert page.index(f"/media/own/{picture}-small.jpg") < page.index("/media/own/" + moving)
    assert "<b>A real person&#x27;s story</b> <bdi>Mai Tino</bdi>" in page
    assert 'preload="none"' in page
    assert "autoplay" not in page
    assert re.search(r"Watch \(\d+ KB\)</a> <bdi dir=\"ltr\">0:01</bdi>", page)
    for form, kind in (("film.mp4", "video/mp4"), ("captions.vtt", "text/vtt; charset=utf-8")):
        assert learner.get(f"/media/own/{moving}-{form}").headers["Content-Type"] == kind
    bodies = [learner.get(f"/media/own/{picture}-{form}.jpg").data for form in ("small", "large")]
    bodies.append(learner.get(f"/media/own/{moving}-film.mp4").data)
    assert [secret for secret in SECRETS for body in bodies if secret in body] == []
    assert "Mangwanani." in learner.get("/sn/m1/1/handout").text

    chipo.fills(f"/en/staff/media/sn/{moving}/withdraw")
    assert learner.get(f"/media/own/{moving}-film.mp4").status_code == 404
    prepare(bridge.house)
    left = learner.get("/sn/m1/1/").text
    assert moving not in left
    assert "He says good morning." not in left
    assert picture in left


def test_a_lesson_without_pictures_is_not_a_byte_longer(bridge: Shona) -> None:
    bridge.translates("chipo", "m1.1")
    release(bridge)
    learner = bridge.house.test_client()
    before = learner.get("/sn/m1/1/").data
    brings(bridge.person("chipo"))
    prepare(bridge.house)
    assert learner.get("/sn/m1/1/").data == before


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"shows": " "}, "Say what can be seen"),
        ({"people": ""}, "Say whether anybody can be recognised."),
        ({"looked": ""}, "Look at it once more"),
        ({"credit": ""}, "Write who made it"),
        ({"people": "agreed"}, "Without consent nothing is kept."),
        (
            {"file": (io.BytesIO(b"<svg onload='x()'/>"), "a.png")},
            "This is an SVG drawing, which can",
        ),
        ({"shows": "Call 0712 345 678"}, "looks like a telephone number"),
    ],
)
def test_what_is_not_complete_or_not_right_is_not_kept(
    bridge: Shona, other: dict[str, object], said: str
) -> None:
    page = brings(bridge.person("chipo"), **other)
    assert ("Nothing was kept" in page, said in page) == (True, True)
    assert names(bridge.house) == []


def test_a_film_needs_its_words_and_captions_tell_where_they_are_wrong(bridge: Shona) -> None:
    chipo = bridge.person("chipo")
    assert "Write down what is said" in brings(chipo, FILM, said="")
    wrong = brings(chipo, FILM, captions="WEBVTT\n\n0:01 --> 0:04\nMangwanani.\n")
    assert "captions.vtt:3:</bdi> Times are written as 00:01.000" in wrong
    assert names(bridge.house) == []


def test_other_words_for_a_picture_are_a_change_of_their_own(bridge: Shona) -> None:
    chipo = bridge.person("chipo")
    brings(chipo)
    edit = f"{PART}/shown/m1-1-picture-1"
    assert chipo.opens(f"{PART}/changes/m1-1-picture-1/edit").request.path == edit
    version = re.search(r'name="version"[^>]*value="(\d+)"', chipo.opens(edit).text)
    assert version is not None
    other = {name: GIVEN[name] for name in ("why", "dimensions")}
    chipo.fills(edit, version=version[1], shows="Mai [vakuru]", place="us|end", **other)
    assert 'alt="Mai [vakuru]"' in chipo.opens(f"{PART}/preview").text
    with bridge.house.extensions["database"].session(reading=True) as session:
        change = session.scalars(select(Change).where(Change.operation == "picture")).one()
        assert (change.block, change.after, change.version) == ("us", "end", 2)


def test_what_nobody_uses_goes_after_thirty_days_and_what_is_used_stays(
    bridge: Shona, tmp_path: Path
) -> None:
    chipo, database = bridge.person("chipo"), bridge.house.extensions["database"]
    brings(chipo)
    brings(chipo)
    kept, left = names(bridge.house)
    back = f"{PART}/changes/m1-1-picture-2"
    chipo.fills(back, to=f"{back}/back", version="1")
    later = date.today() + timedelta(days=31)
    with database.work() as session:
        assert drop_unused(session, date.today(), tmp_path) == 0
    with database.work() as session:
        assert drop_unused(session, later, tmp_path) == 1
    assert (names(bridge.house), left == kept) == ([kept], False)


def test_a_picture_goes_on_the_day_after_the_consent_has_ended(bridge: Shona) -> None:
    ends = (date.today()).isoformat()
    brings(bridge.person("chipo"), **(AGREED | {"ends": ends}))
    database = bridge.house.extensions["database"]
    with database.work() as session:
        forget_old(session, bridge.house.extensions["settings"].instance)
    assert len(names(bridge.house)) == 1
    with database.work() as session:
        session.scalars(select(Medium)).one().consent_ends = date.today() - timedelta(days=1)
    with database.work() as session:
        forget_old(session, bridge.house.extensions["settings"].instance)
        assert session.scalars(select(MediumFile.id)).all() == []
