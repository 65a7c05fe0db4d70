"""A picture and a film go from a partner's phone to a learner's screen, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edu.media.packing import pack_all
from edu.preparing import prepare
from tests.browser.conftest import phones, signs_in
from tests.browser.partners.village import fits, sees
from tests.conftest import TINY
from tests.live import living_house
from tests.media.made import film, photo
from tests.partner.review_world import DESK, Shona

# tests/partner/test_media.py tells the same in short, without a screen.
pytestmark = [pytest.mark.browser, pytest.mark.thorough]

PART = f"{DESK}/m1/m1.1"
_STATE = """() => {
  const film = document.querySelector('video'), picture = document.querySelector('figure img');
  return [picture.naturalWidth > 0, film.paused, film.readyState, film.textTracks.length];
}"""
_PLAY = """async () => {
  const film = document.querySelector('video');
  film.muted = true;
  await film.play();
  await new Promise((done) => film.addEventListener('timeupdate', done, {once: true}));
  return [film.videoWidth, film.videoHeight, film.error];
}"""


def _brings(page: Page, words: str, file: Path, shows: str) -> None:
    """By a plain form, on a phone."""
    page.goto(f"{PART}/changes")
    block = page.locator("ol.blocks li", has=page.get_by_role("heading", name="Around here"))
    block.get_by_role("link", name=words).click()
    fits(page)
    page.set_input_files("#file", file)
    page.get_by_label("What does it show?").fill(shows)
    page.get_by_label("Who made it?").fill("Bridge Society")
    page.get_by_label("Nobody: no face").check()
    page.get_by_label("It shows ordinary life").check()
    page.get_by_label("Why is it different here?").fill("People here know this well.")
    if file.suffix == ".mp4":
        page.get_by_label("What is said and heard in it").fill("Mangwanani.")
        page.locator("summary", has_text="Captions").click()
        page.get_by_label("captions typed here").fill(
            "WEBVTT\n\n00:00.000 --> 00:01.000\nMangwanani."
        )
    page.locator("form.narrow button.button").click()
    sees(page, "As learners will see it")
    fits(page)


def _learner_sees(page: Page) -> None:
    """The picture is there; of the film nothing is loaded until it is played."""
    loaded: list[str] = []
    page.on("request", lambda asked: loaded.append(asked.url.rpartition("-")[2]))
    page.goto("/sn/m1/1/")
    fits(page)
    page.locator("figure img").scroll_into_view_if_needed()
    expect(page.locator("figure img")).to_have_js_property("complete", True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(_STATE) == [True, True, 0, 1]
    assert "film.mp4" not in loaded
    assert page.evaluate(_PLAY) == [320, 180, None]
    assert "film.mp4" in loaded
    expect(page.locator("video")).to_have_attribute("aria-label", "Mukadzi anokwazisa")
    page.locator("figure summary").click()
    sees(page, "Mangwanani.")


def test_a_picture_and_a_film_go_from_a_phone_to_a_learners_screen(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(photo())
    (tmp_path / "a.mp4").write_bytes(film("mp4", 2))
    (tmp_path / "instance").mkdir()
    with living_house(tmp_path / "instance", TINY) as (house, address):
        shona, phone = Shona(house).settle(), phones(browser, address)
        shona.translates("chipo", "m1.1")
        with phone(script=False) as chipo:
            signs_in(chipo, "chipo")
            _brings(chipo, "Put in a picture", tmp_path / "a.jpg", "Tsime")
            _brings(chipo, "Put in a film", tmp_path / "a.mp4", "Mukadzi anokwazisa")
            sees(chipo, "being made small")
            pack_all(house.extensions["database"])
            chipo.goto(f"{PART}/preview")
            fits(chipo)
            expect(chipo.locator("figure")).to_have_count(2)
            chipo.goto("/en/staff/media/sn")
            fits(chipo)
        for login, reader in (("rudo", "native"), ("farai", "lived"), ("nyasha", "health")):
            assert shona.signs(login, reader, "m1.1") == 303
        shona.person("tatenda").fills(f"{DESK}/m1/release", note="")
        prepare(house)
        with phone() as learner:
            _learner_sees(learner)
