"""A lesson whose texts move, and the editions that were made from it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.desk import Revision
from edu.editions.drift.catching_up import CaughtUp, catch_up
from edu.editions.layers import layers_of
from edu.editions.models import Edition, Rendering
from edu.editions.parts import parts_of
from edu.editions.resolve import resolve_text
from edu.editions.working import edition_for
from edu.segments.segment import Segment

FILE = "content/m1/01-greeting.md"


@dataclass
class World:
    """One lesson of a few texts, and editions made from it."""

    database: Database
    root: Path

    def write(self, *texts: str, safety: str = "") -> None:
        """The lesson's texts, a paragraph each."""
        mark = f" safety={safety}" if safety else ""
        body = "\n\n".join(texts)
        file = self.root / FILE
        head = "---\ntitle: Greeting\n---\n"
        file.write_text(f"{head}\n::: idea{mark}\n{body}\n:::\n", encoding="utf-8")

    def put(self, tag: str, source: str, text: str, **more: object) -> None:
        """Words in an edition, released as they are."""
        fields = {"state": "draft", "released_text": text, "from_files": False} | more
        fields = {"released_state": fields["state"] if fields["released_text"] else ""} | fields
        context = str(fields.pop("context", "m1.1"))
        with self.database.work() as session:
            session.add(
                Rendering(
                    edition_id=edition_for(session, tag, "m1").id,
                    context=context,
                    source=source,
                    text=text,
                    **fields,
                )
            )

    def catch_up(self) -> CaughtUp:
        with self.database.work() as session:
            return catch_up(session, self.root)

    def rows(self, tag: str = "sw") -> list[tuple[str, str, str, str]]:
        """Source, what it follows, words and state."""
        with self.database.session(reading=True) as session:
            return [(r.source, r.follows, r.text, r.state) for r in rows_of(session, tag)]

    def learners_read(self, tag: str) -> str:
        with self.database.session(reading=True) as session:
            source = (self.root / FILE).read_text(encoding="utf-8")
            return resolve_text(source, "m1.1", layers_of(session, tag, "m1")).markdown

    def deeds(self) -> list[str]:
        with self.database.session(reading=True) as session:
            return list(session.scalars(select(Revision.deed).order_by(Revision.id)))


def rows_of(session: Session, tag: str) -> list[Rendering]:
    wanted = select(Rendering).join(Edition, Edition.id == Rendering.edition_id)
    return list(session.scalars(wanted.where(Edition.tag == tag).order_by(Rendering.id)))


def segments_of(root: Path) -> list[Segment]:
    return list(parts_of(root, "m1")["m1.1"].segments())
