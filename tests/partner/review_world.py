"""People who bring a lesson into Shona: who writes, who reads, who releases."""

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from edu.editions.models import Edition, Rendering
from edu.editions.parts import Part, parts_of
from edu.editions.working import edition_for, rendering_for, save
from edu.partners.members import member_named
from edu.partners.roles import Role
from edu.segments.segment import fold
from tests.conftest import TINY
from tests.people import StaffPerson, make_staff

HOUSE = "Bridge Society"
STAFF = {
    "chipo": Role.TRANSLATOR,
    "rudo": Role.REVIEWER,
    "farai": Role.REVIEWER,
    "nyasha": Role.REVIEWER,
    "tatenda": Role.PUBLISHER,
    "ruvimbo": Role.ADMINISTRATOR,
}
DESK = "/en/staff/editions/sn"


def in_shona(text: str, word: str = "Sn") -> str:
    """Words that stand for Shona ones: no English is left in them, and the shape is the same."""
    return f"{word} " + re.sub(r"[A-Za-z]+", lambda found: found[0][::-1].lower(), text)


@dataclass
class Shona:
    """The house with a desk for Shona, and everybody at it."""

    house: Flask
    root: Path = TINY

    def settle(self) -> "Shona":
        """Give everybody an account."""
        with self.house.extensions["database"].work() as session:
            for login, role in STAFF.items():
                make_staff(session, login, HOUSE, role)
        return self

    def person(self, login: str) -> StaffPerson:
        """Somebody, signed in."""
        return StaffPerson(self.house.test_client(), login).signs_in()

    def part(self, name: str = "m1.2") -> Part:
        """A part of the tiny content."""
        module = name.partition(".")[0] if name not in ("feelings", "facts", "openly") else ""
        return parts_of(self.root, module or "quizzes")[name]

    def translates(self, login: str, name: str = "m1.2", word: str = "Sn") -> None:
        """Every text of a part gets words of somebody's."""
        part = self.part(name)
        with self.house.extensions["database"].work() as session:
            member = member_named(session, login)
            assert member is not None
            edition = edition_for(session, "sn", part.module)
            for segment in part.segments():
                row = rendering_for(session, edition, segment)
                save(
                    session,
                    row,
                    in_shona(fold(segment.text), word),
                    version=row.version,
                    member_id=member.id,
                    source=segment.text,
                )

    def states(self, name: str = "m1.2") -> set[str]:
        """How far the words of a part have come."""
        with self.house.extensions["database"].session(reading=True) as session:
            mine = select(Rendering).join(Rendering.edition).where(Edition.tag == "sn")
            rows = session.scalars(mine).all()
            return {row.state for row in rows if row.context.partition("|")[0] == name and row.text}

    def signs(self, login: str, reader: str, name: str = "m1.2", **more: object) -> int:
        """Sign a part by the form on its page; the status of the answer."""
        module = self.part(name).module
        page = f"{DESK}/{module}/{name}/review"
        values = {"reader": reader, "read": "y", **more}
        person = self.person(login)
        return self._sent(person, page, f"{page}/sign", values)

    def _sent(self, person: StaffPerson, page: str, to: str, values: dict[str, object]) -> int:
        text = person.opens(page).text
        digest = re.search(r'name="digest"[^>]*value="(\w+)"', text)
        if digest is not None:
            values.setdefault("digest", digest[1])
        return person.fills(page, to=to, follow=False, **values).status_code
