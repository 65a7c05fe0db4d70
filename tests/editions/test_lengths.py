"""How long a translation usually is: learned from what readers approved, once for each release."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from edu.checks.ratios import ratios_for
from edu.database import Database
from edu.editions.memory.lengths import ratios_of
from edu.editions.models import Release, Rendering
from edu.editions.working import edition_for, now

LONG = 100


@dataclass
class Approved:
    """A language whose words become approved text."""

    session: Session
    tag: str = "sn"

    def says(self, ratio: float, state: str = "reviewed", change: str = "", many: int = 25) -> None:
        """Many words of some length in the last release."""
        edition = edition_for(self.session, self.tag, "m1")
        kept = len(edition.renderings)
        edition.renderings += [
            Rendering(
                context="m1.1",
                source=f"{number:03}" + "a" * (LONG - 3),
                text="",
                state="draft",
                released_text="b" * round(LONG * ratio),
                released_state=state,
                released_change=change,
            )
            for number in range(kept, kept + many)
        ]
        self.session.flush()

    def releases(self, number: int = 1) -> Release:
        """A release, empty but for its number."""
        release = Release(
            tag=self.tag, module="m1", number=number, digest="", state="reviewed", payload={},
            made_at=now(),
        )  # fmt: skip
        self.session.add(release)
        self.session.flush()
        return release

    def middle(self, tag: str = "") -> tuple[float, float]:
        """What is usual for a long text."""
        return ratios_of(self.session, tag or self.tag).bounds(LONG)


def usual(tag: str = "sn") -> tuple[float, float]:
    return ratios_for(tag).bounds(LONG)


def test_approved_texts_say_what_is_usual(database: Database) -> None:
    with database.work() as session:
        shona = Approved(session)
        assert shona.middle() == usual()
        shona.says(3.0)
        shona.releases()
        low, high = shona.middle()
        assert low < 3.0 < high
        assert usual()[1] < 3.0


@pytest.mark.parametrize("told", [{"state": "draft"}, {"change": "local"}, {"many": 19}])
def test_drafts_adaptations_and_a_few_texts_say_nothing(
    database: Database, told: dict[str, object]
) -> None:
    with database.work() as session:
        shona = Approved(session)
        shona.says(3.0, **told)
        shona.releases()
        assert shona.middle() == usual()


def test_a_place_learns_from_its_language_and_no_other_does(database: Database) -> None:
    with database.work() as session:
        shona = Approved(session)
        shona.says(3.0)
        shona.releases()
        assert shona.middle("sn-ZW") == shona.middle()
        assert shona.middle("nd") == usual("nd")


def test_it_is_learned_once_for_each_release(database: Database) -> None:
    with database.work() as session:
        shona = Approved(session)
        shona.releases()
        shona.middle()
        sent: list[str] = []
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda _c, _k, said, *_: sent.append(said))
        assert shona.middle() == usual()
        assert len(sent) == 1
        shona.says(3.0)
        assert shona.middle() == usual()
        newer = shona.releases(2)
        learned = shona.middle()
        assert learned != usual()
        for row in edition_for(session, "sn", "m1").renderings:
            row.released_text = row.released_state = ""
        newer.withdrawn_on = date(2026, 1, 2)
        session.flush()
        assert shona.middle() == usual()
