"""Which texts use which pictures and films; what none uses goes after a while."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition, Release
from edu.editions.review.models import ReviewLink
from edu.editions.working import now
from edu.lessons.brought import names_in
from edu.media.keeping import withdraw
from edu.media.models import Medium

#: So long something may lie about that no text uses: a change that was taken back can come back.
KEPT_UNUSED = timedelta(days=30)
#: With this every name begins, so that texts without any are not read.
_NAMED = "media/own-"


@dataclass
class Use:
    """Where one is used: parts on a desk, and parts as learners meet them, as `(tag, part)`."""

    desk: set[tuple[str, str]] = field(default_factory=set)
    released: set[tuple[str, str]] = field(default_factory=set)
    linked: bool = False

    @property
    def anywhere(self) -> bool:
        return bool(self.desk or self.released or self.linked)


def uses(session: Session) -> dict[str, Use]:
    """Where each picture and film is used, by its name."""
    found: dict[str, Use] = {}
    changes = select(Edition.tag, Change).join(Edition, Change.edition_id == Edition.id)
    for tag, change in session.execute(changes):
        for name in names_in(change.text) if not change.gone else ():
            found.setdefault(name, Use()).desk.add((tag, change.lesson))
        for name in names_in((change.released or {}).get("text", "")):
            found.setdefault(name, Use()).released.add((tag, change.lesson))
    # Also former releases: groups go on with them, and one can be gone back to.
    releases = select(Release.tag, Release.payload).where(
        Release.withdrawn_on.is_(None), cast(Release.payload, String).contains(_NAMED)
    )
    for tag, payload in session.execute(releases):
        for part, text in _texts(payload):
            for name in names_in(text):
                found.setdefault(name, Use()).released.add((tag, part))
    links = select(ReviewLink.payload).where(
        ReviewLink.closed_at.is_(None),
        ReviewLink.ends_at > now(),
        cast(ReviewLink.payload, String).contains(_NAMED),
    )
    for payload in session.scalars(links):
        for name in names_in(str(payload.get("markdown", ""))):
            found.setdefault(name, Use()).linked = True
    return found


def _texts(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(lesson["id"], lesson["markdown"]) for lesson in payload.get("lessons", ())]


def goes_on(medium: Medium) -> date:
    """The day on which it is deleted, if no text uses it until then."""
    return medium.used_on + KEPT_UNUSED


def drop_unused(session: Session, today: date, published: Path) -> int:
    """Note what is used today, and delete what no text has used for thirty days."""
    found = session.scalars(select(Medium)).all()
    used, dropped = uses(session) if found else {}, 0
    for medium in found:
        if medium.name in used and used[medium.name].anywhere:
            medium.used_on = max(medium.used_on, today)
        elif goes_on(medium) < today:
            withdraw(session, medium, published)
            dropped += 1
    session.flush()
    return dropped
