"""Lots that anybody can draw again: a random seed, the names, and SHA-256.

Each name is put behind the seed with a line break between them, and the names are put in the
order of the digests. The first half takes the lessons first; of an odd number it is the larger
half. Whoever has the seed and the names comes to the same result by any means.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.programmes.following_models import LotDraw


def drawn_first(seed: str, names: Iterable[str]) -> list[str]:
    """Which names take the lessons first, in the order drawn. Names must differ."""
    found = sorted(names, key=lambda name: (_digest(seed, name), name))
    return found[: (len(found) + 1) // 2]


def _digest(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest()


def keep_draw(
    session: Session, programme_id: int, seed: str, names: Sequence[str], by: int, today: date
) -> LotDraw:
    """Draw once, and keep what is needed to draw again."""
    made = LotDraw(
        programme_id=programme_id,
        drawn_on=today,
        seed=seed,
        names=list(names),
        first=drawn_first(seed, names),
        member_id=by,
    )
    session.add(made)
    session.flush()
    return made


def draws_of(session: Session, programme_id: int) -> Sequence[LotDraw]:
    """A programme's lots, the newest first."""
    wanted = select(LotDraw).where(LotDraw.programme_id == programme_id)
    return session.scalars(wanted.order_by(LotDraw.id.desc())).all()


def is_honest(draw: LotDraw) -> bool:
    """Whether drawing again gives what was kept."""
    return drawn_first(draw.seed, draw.names) == list(draw.first)
