"""Which editions are adapted, among those that somebody learns with, and their tables as files."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition
from edu.editions.resolve import SOURCE
from edu.editions.review.evaluators import dimension_matrix, frame_table, tidier, told
from edu.languages import language

FRAME_TABLE, MATRIX, ITEMS = "frame.csv", "dimensions.csv", "tidier.txt"


def adapted_editions(
    session: Session, tags: Iterable[str], modules: Iterable[str]
) -> list[Edition]:
    """The editions of these modules that have adaptations, for these languages and for those whose
    words they take over: who reads `sw-KE` meets what was adapted for `sw` too."""
    chains = {step for tag in tags for step in language(tag).chain} - {SOURCE}
    return list(
        session.scalars(
            select(Edition)
            .where(
                Edition.tag.in_(chains),
                Edition.module.in_(set(modules)),
                select(Change.id).where(Change.edition_id == Edition.id).exists(),
            )
            .order_by(Edition.tag, Edition.module)
        )
    )


def table_of(session: Session, root: Path, edition: Edition, file: str) -> str:
    """One of the three tables; empty but for its head where nothing was adapted."""
    rows = told(session, root, edition) if edition.id is not None else []
    if file == FRAME_TABLE:
        return frame_table(edition, rows)
    return dimension_matrix(rows) if file == MATRIX else tidier(edition, rows)
