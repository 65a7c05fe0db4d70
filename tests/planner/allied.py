"""What the tests of allies share: a programme, bodies and channels made through pages."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from werkzeug.test import TestResponse

from edu.doors import today
from tests.people import People, StaffPerson

PROGRAMMES = "/en/staff/programmes"


@dataclass
class Allies:
    """Ruth at work on a programme of her own."""

    people: People
    ruth: StaffPerson
    root: str

    @property
    def number(self) -> int:
        """The programme's."""
        return int(self.root.rpartition("/")[2])

    def body(self, name: str, kind: str = "ngo", cost: str = "") -> TestResponse:
        """Write one down."""
        return self.ruth.fills(f"{self.root}/bodies", name=name, kind=kind, cost=cost)

    def keys(self) -> dict[str, str]:
        """By which key each body is chosen."""
        page = unescape(self.ruth.opens(f"{self.root}/channels/new").text)
        return {
            name: key
            for key, name in re.findall(r'<option[^>]* value="([ap]\d+)">([^<(]+) \(', page)
        }

    def channel(self, caller: str, called: str, **changes: str) -> TestResponse:
        """Write one down."""
        keys, day = self.keys(), self.day(0)
        values = {
            "purpose": "A bed for tonight",
            "means": "phone",
            "from_role": "nurse on duty",
            "to_role": "desk",
            "agreed_on": day,
            "next_review": self.day(90),
        }
        ends = {"caller": keys[caller], "called": keys[called]}
        return self.ruth.fills(f"{self.root}/channels/new", **(ends | values | changes))

    def day(self, later: int) -> str:
        """So many days from today."""
        with self.people.house.app_context():
            return (today() + timedelta(days=later)).isoformat()


def allies(people: People) -> Allies:
    """A programme of the Bridge Society."""
    ruth = people.ruth
    made = ruth.fills(PROGRAMMES, name="Winter", follow=False)
    return Allies(people, ruth, f"{PROGRAMMES}/{made.headers['Location'].rpartition('/')[2]}")


def column(page: str, start: str) -> list[list[str]]:
    """The rows of the table behind these words, cell by cell, without marks."""
    body = page.partition(start)[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]
