"""The desk's people: Chipo and Tsitsi translate into Shona, Rudo reviews, Ruth administers."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from edu.editions.models import Change, Edition, Rendering
from edu.editions.parts import all_parts
from edu.partners.members import give_role, make_member, make_organisation, organisation_named
from edu.partners.models import Member
from edu.partners.roles import Role
from edu.segments.segment import Segment
from edu.server.choices import SecondStep, choose
from tests.people import PASSWORD, StaffPerson, fields_of

DESK = "/en/staff/editions"
HOME = "Bridge Society"


def joins(house: Flask, login: str, *roles: Role, tag: str = "") -> None:
    """Somebody gets an account with roles for one language, or for all; its password is enough."""
    with house.extensions["database"].work() as session:
        choose(session, "second_step", SecondStep.NOBODY.value)
        home = organisation_named(session, HOME) or make_organisation(session, HOME)
        member = make_member(session, login=login, password=PASSWORD)
        for role in roles:
            give_role(session, member, home, role, language=tag)


@dataclass
class World:
    """A house, and who works at its desk."""

    house: Flask

    def adds(self, login: str, *roles: Role, tag: str = "") -> StaffPerson:
        """Somebody with roles for one language, or for all, signed in."""
        joins(self.house, login, *roles, tag=tag)
        return StaffPerson(self.house.test_client(), login).signs_in()

    @property
    def chipo(self) -> StaffPerson:
        """Translates into Shona."""
        return self.adds("chipo", Role.TRANSLATOR, tag="sn")

    @property
    def rudo(self) -> StaffPerson:
        """Reviews Shona."""
        return self.adds("rudo", Role.REVIEWER, tag="sn")

    def segments(self, part: str = "m1.1") -> tuple[Segment, ...]:
        """The segments of a part."""
        return all_parts(self.house.extensions["settings"].root)[part].segments()

    def at(self, text: str, part: str = "m1.1", tag: str = "sn", tongue: str = "en") -> str:
        """The address of the segment with this source."""
        found = next(each for each in self.segments(part) if each.text == text)
        module = part if "." not in part else part.partition(".")[0]
        module = module if module not in ("feelings", "facts") else "quizzes"
        return f"/{tongue}/staff/editions/{tag}/{module}/{part}/{found.key}"

    def row(self, text: str, tag: str = "sn") -> Rendering | None:
        """What an edition says for a source."""
        with self.house.extensions["database"].session(reading=True) as session:
            return session.scalar(
                select(Rendering)
                .join(Edition, Edition.id == Rendering.edition_id)
                .where(Edition.tag == tag, Rendering.source == text)
            )

    def says(self, text: str, tag: str = "sn") -> str | None:
        """Its words; None while there is nothing."""
        found = self.row(text, tag)
        return found.text if found is not None else None

    def changes(self, deed: Callable[[Rendering], None], text: str, tag: str = "sn") -> None:
        """Something happens to a rendering that no page does."""
        with self.house.extensions["database"].work() as session:
            row = session.scalars(
                select(Rendering)
                .join(Edition, Edition.id == Rendering.edition_id)
                .where(Edition.tag == tag, Rendering.source == text)
            ).one()
            deed(row)

    def number(self, login: str) -> int:
        """A member's number."""
        with self.house.extensions["database"].session(reading=True) as session:
            return session.scalars(select(Member.id).where(Member.login == login)).one()

    def rows(self, table: type) -> list[object]:
        """All rows of a table."""
        with self.house.extensions["database"].session(reading=True) as session:
            return list(session.scalars(select(table)).all())

    @property
    def records(self) -> list[Change]:
        """The adaptations that somebody wrote down here."""
        found = [each for each in self.rows(Change) if isinstance(each, Change)]
        return [each for each in found if not each.from_files]

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements that are sent meanwhile."""
        sent: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            sent.append(statement)

        engine = self.house.extensions["database"].engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)


def begins(person: StaffPerson, tag: str = "sn", module: str = "m1") -> TestResponse:
    """Begin an edition by typing its tag."""
    return person.fills(DESK, tag="", other=tag, module=module)


def writes(
    person: StaffPerson, address: str, text: str, follow: bool = True, **more: object
) -> TestResponse:
    """Open the editor, write, and save."""
    hidden = fields_of(person.opens(address)).hidden
    values = {"reason": "", "do": "save", "version": hidden["version"], "began": hidden["began"]}
    sent = values | {"text": text, "csrf_token": hidden["csrf_token"]} | more
    return person.sends(address, follow, **sent)


def sends(person: StaffPerson, address: str, to: str, **values: object) -> TestResponse:
    """Send one of the small forms of a page."""
    token = fields_of(person.opens(address)).hidden["csrf_token"]
    return person.sends(to, csrf_token=token, **values)


def text_of(page: TestResponse) -> str:
    """The words in the editor of a page."""
    found = re.search(r'<textarea id="text"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert found is not None, page.text
    return found[1].strip()


def together(*deeds: Callable[[], TestResponse]) -> list[TestResponse]:
    """Requests that are sent in the same moment; their answers in order."""
    barrier = threading.Barrier(len(deeds))
    answers: dict[int, TestResponse] = {}

    def run(place: int, deed: Callable[[], TestResponse]) -> None:
        barrier.wait(timeout=30)
        answers[place] = deed()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [answers[place] for place in range(len(deeds))]
