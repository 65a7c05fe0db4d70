"""Places that share their work: what they say, offer and take over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition, Rendering
from edu.editions.review.models import Following
from edu.editions.sharing.licences import BY
from edu.editions.sharing.offers import (
    Offer,
    offer,
    offer_numbered,
)
from edu.editions.sharing.taking import choice, take
from edu.editions.working import edition_for
from edu.partners.members import make_organisation, organisation_named
from tests.conftest import TINY

GREET, SIT, ASK = "Greet one person today.", "Who greets first?", "Two words."


@dataclass
class Desk:
    """An edition with some released words and adaptations."""

    session: Session
    edition: Edition

    def says(self, source: str, text: str, *, change: str = "", context: str = "m1.1") -> Rendering:
        """Released words."""
        row = Rendering(
            edition_id=self.edition.id,
            context=context,
            source=source,
            text=text,
            state="reviewed",
            change=change,
            released_text=text,
            released_state="reviewed",
            released_change=change,
            from_files=False,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def adapts(self, slug: str, operation: str = "adapt", **told: Any) -> Change:
        """A released adaptation."""
        values = {"lesson": "m1.1", "block": "", "after": "", "text": ""} | told
        released = {"operation": operation, "state": "reviewed", **values}
        row = Change(
            edition_id=self.edition.id,
            slug=slug,
            position=1,
            operation=operation,
            **values,
            state="reviewed",
            why=f"Because of {slug}",
            dimensions=["language"],
            core_touched=False,
            proposed_by="translator",
            made_on=date(2026, 11, 1),
            reasons={"evidence": "interview", "evidence_people": 5},
            released=released,
            from_files=False,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def releases_anew(self, row: Rendering, text: str) -> None:
        """Other words in a later release."""
        row.text = row.released_text = text
        self.session.flush()

    def offers(self, licence: str = BY, house: str = "Bridge Society") -> Offer:
        """Offer it to others."""
        home = organisation_named(self.session, house) or make_organisation(self.session, house)
        self.session.flush()
        share = offer(
            self.session,
            TINY,
            self.edition,
            organisation_id=home.id,
            licence=licence,
            note="For farmers",
        )
        found = offer_numbered(self.session, share.id)
        assert found is not None
        return found

    def words(self) -> dict[str, tuple[str, str]]:
        """Its texts by their source, with their state."""
        rows = self.session.scalars(
            select(Rendering).where(Rendering.edition_id == self.edition.id, Rendering.text != "")
        )
        return {row.source: (row.text, row.state) for row in rows}

    def row(self, source: str) -> Rendering:
        """One of its texts."""
        return self.session.scalars(
            select(Rendering).where(
                Rendering.edition_id == self.edition.id, Rendering.source == source
            )
        ).one()


@dataclass
class Places:
    """Somebody who gives, and somebody who takes."""

    session: Session
    member: int

    def desk(self, tag: str, module: str = "m1") -> Desk:
        return Desk(self.session, edition_for(self.session, tag, module))

    def takes(self, offered: Offer, taker: Desk, *, only: tuple[str, ...] | None = None) -> int:
        """Take all there is without a conflict, or only what is named by its slug."""
        on_offer = choice(self.session, offered, taker.edition)
        keys = [
            each.key
            for each in on_offer.adaptations
            if (not each.meets_own if only is None else each.change.slug in only)
        ]
        return take(
            self.session,
            offered,
            taker.edition,
            adaptations=keys,
            parts=on_offer.words if only is None else (),
            module_licences={BY},
            member_id=self.member,
        )

    def following(self, taker: Desk) -> Following:
        return self.session.scalars(
            select(Following).where(Following.edition_id == taker.edition.id)
        ).one()


def kenya(places: Places) -> Desk:
    """Somebody's work: two plain texts, adapted words, and a block left out."""
    desk = places.desk("sw-KE")
    desk.says(GREET, "Msalimie mtu mmoja leo.")
    desk.says(SIT, "Nani husalimia kwanza?")
    desk.adapts("matatu")
    desk.says(ASK, "Maneno mawili ya matatu.", change="matatu")
    desk.adapts("no-well", "omit", block="here")
    return desk
