"""Partners who bring real lessons home: the house, its people, and what they do on its pages."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from edu.editions.models import Edition, Rendering
from edu.editions.parts import parts_of
from edu.partners.roles import Role
from edu.segments.segment import Segment, fold
from edu.settings import ROOT
from tests.databases import drop_postgres, fresh_postgres_url
from tests.live import living_house
from tests.partner.desk_world import joins
from tests.partner.review_world import in_shona
from tests.people import StaffPerson, fields_of

LINK = "Read on in [the next lesson](m1.3)."
#: The shipped translations on which the journeys stand; each more makes every release longer.
SPOKEN = ("es-419", "sw", "sw-KE")


@dataclass
class Village:
    """A house over a copy of the real content that a test may edit, and where it answers."""

    house: Flask
    root: Path
    address: str

    def adds(self, login: str, *roles: Role, tag: str = "") -> StaffPerson:
        """Somebody with roles for one language, or for all; she can sign in."""
        joins(self.house, login, *roles, tag=tag)
        return self.person(login)

    def person(self, login: str) -> StaffPerson:
        """Somebody at a computer of her own, signed in: for what is too much for a thumb."""
        return StaffPerson(self.house.test_client(), login).signs_in()

    def segments(self, part: str) -> tuple[Segment, ...]:
        """The segments of a part of a module."""
        return parts_of(self.root, part.partition(".")[0])[part].segments()

    def segment(self, part: str, beginning: str) -> Segment:
        """The first segment whose source begins so."""
        return next(each for each in self.segments(part) if fold(each.text).startswith(beginning))

    def signs(self, login: str, reader: str, at: str) -> None:
        """Somebody signs a part as one of its readers."""
        person, page = self.person(login), f"{at}/review"
        digest = fields_of(person.opens(page)).hidden["digest"]
        answer = person.fills(page, f"{page}/sign", False, reader=reader, read="y", digest=digest)
        assert answer.status_code == 303, answer.text

    def row(self, tag: str, source: str) -> Rendering:
        """What an edition keeps for the source that begins so."""
        with self.house.extensions["database"].session(reading=True) as session:
            rows: Sequence[Rendering] = session.scalars(
                select(Rendering)
                .join(Edition, Edition.id == Rendering.edition_id)
                .where(Edition.tag == tag, Rendering.source.startswith(source))
            ).all()
        (found,) = [each for each in rows if each.text]
        return found


@contextmanager
def village(folder: Path, kind: str) -> Iterator[Village]:
    """The house, served, over a database of this kind."""
    root, instance = folder / "root", folder / "instance"
    for name in ("content", "quizzes", *(f"translations/{tag}" for tag in SPOKEN)):
        shutil.copytree(ROOT / name, root / name)
    # The real lessons have no link yet: one that a chain of places carries along.
    lesson = root / "content" / "m1" / "02-what-shapes-it.md"
    text = lesson.read_text(encoding="utf-8").replace("::: us\n", f"::: us\n{LINK}\n\n")
    lesson.write_text(text, encoding="utf-8")
    instance.mkdir()
    url = fresh_postgres_url() if kind == "postgres" else ""
    with living_house(instance, root, url) as (house, address):
        # Pages would be made by another process; the journeys prepare them where they go on.
        yield Village(house, root, address)
    if url:
        drop_postgres(url)


def presses(page: Page, name: str, within: Locator | None = None) -> None:
    """Press the button or link with these words and wait for where it leads."""
    place = within or page.locator("main")
    button = place.get_by_role("button", name=name, exact=True)
    link = place.get_by_role("link", name=name, exact=True)
    with page.expect_navigation():
        button.or_(link).first.click()


def sees(page: Page, *texts: str) -> None:
    """All of these stand on the page."""
    for text in texts:
        expect(page.locator("main")).to_contain_text(text)


def fits(page: Page) -> None:
    """Nothing runs over the edge of the phone."""
    room = page.viewport_size
    assert room is not None
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert (page.url, wide) == (page.url, room["width"])


def opens_line(page: Page, source: str) -> Locator:
    """Open the editor of a line where it stands; returns its box for words."""
    line = page.locator("li.pair", has_text=source).first
    with page.expect_response("**/working"):
        line.locator("[data-edit]").click()
    expect(page.locator("#editor")).to_be_visible()
    return page.locator("#editor #text")


def opens_source(page: Page, home: Village, at: str, part: str, source: str) -> None:
    """Open the editor of the segment whose source begins so."""
    page.goto(f"{at}/{home.segment(part, source).key}")


def signs(page: Page, at: str, reader: str, name: str = "") -> None:
    """Read a part and sign it."""
    page.goto(f"{at}/review")
    page.get_by_label(reader).check()
    page.get_by_label("Name to be shown").fill(name)
    page.get_by_label("I have read all of it").check()
    presses(page, "Sign")
    sees(page, name or reader, "Signed these words.")
    fits(page)


def writes_the_rest(person: StaffPerson, at: str, segments: tuple[Segment, ...]) -> int:
    """Put words into every line that has none yet, by its form; returns how many."""
    done = 0
    for key, text in {each.key: fold(each.text) for each in segments}.items():
        page = person.opens(f"{at}/{key}")
        found = re.search(r'<textarea id="text"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
        assert found is not None
        if found[1].strip():
            continue
        hidden = fields_of(page).hidden
        sent = {name: hidden[name] for name in ("csrf_token", "version", "began")}
        answer = person.sends(
            f"{at}/{key}", False, **sent, text=in_shona(text), reason="", do="save"
        )
        assert answer.status_code == 303, answer.text
        done += 1
    return done
