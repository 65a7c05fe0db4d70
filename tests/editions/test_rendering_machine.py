"""Any order of imports, new files, partners' changes and releases, against a small oracle.

Each story is lived on SQLite and on PostgreSQL at once. What a reader meets is what the last
release froze; a release freezes the nearest usable words along the chain; and what a partner has
touched is never overwritten by what ships.
"""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.layers import layers_of
from edu.editions.models import Change, Edition, Release, Rendering
from edu.editions.po import export_po, import_po
from edu.editions.releasing import current_release, release_all
from edu.editions.resolve import resolve_text
from edu.editions.shipped import load_shipped, read_shipped
from edu.lessons.load import Library, load_content
from edu.schema import migrate
from tests.conftest import TINY
from tests.databases import drop_postgres, fresh_postgres_url, fresh_sqlite_url

CHAINS = {"en": ["en"], "sw": ["sw", "en"], "sw-KE": ["sw-KE", "sw", "en"]}
TAGS = ("sw", "sw-KE")
LESSON = "m0.1"
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CONTENT = (TINY / "content" / "m0" / "01-hello.md").read_text(encoding="utf-8")
#: The texts of the tiny lesson that a story is about; the second is in a safety block.
SOURCES = ("At the well, Otieno greets first.", "Go to the nearest health facility.")
SAFETY = SOURCES[1]
STATES = ("draft", "reviewed", "stale")


@dataclass(frozen=True)
class Row:
    """One rendering."""

    text: str
    state: str
    from_files: bool


Rows = dict[tuple[str, str], Row]
Met = dict[str, list[tuple[str, str, str]]]


def words() -> st.SearchStrategy[str]:
    """What translators may write; few, so that the same comes again."""
    return st.sampled_from(("Karibu.", "Wote karibu.", "Uliza.", "Njoo."))


class Renderings(RuleBasedStateMachine):
    """Two databases and one folder of files."""

    databases: list[Database]
    root: Path
    library: Library

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.root / "translations", ignore_errors=True)
        for database in self.databases:
            with database.work() as session:
                for table in (Rendering, Change, Edition, Release):
                    for row in session.scalars(select(table)):
                        session.delete(row)
                    session.flush()
        self.rows: Rows = {}
        self.shipped: dict[str, dict[str, tuple[str, bool]]] = {}
        self.released: Met = {}

    @rule(
        tag=st.sampled_from(TAGS),
        entries=st.dictionaries(st.sampled_from(SOURCES), st.tuples(words(), st.booleans())),
    )
    def ships(self, tag: str, entries: dict[str, tuple[str, bool]]) -> None:
        """New files in `translations/`; without an entry, the file is taken away."""
        path = self.root / "translations" / tag / "LC_MESSAGES" / "m0.po"
        if entries:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PO_HEAD + "".join(_entry(key, *entries[key]) for key in entries))
            self.shipped[tag] = entries
        elif self.shipped.pop(tag, None) is not None:
            path.unlink()
        shipped, mistakes = read_shipped(self.root)
        assert mistakes == []
        for database in self.databases:
            with database.work() as session:
                load_shipped(session, shipped)
        hers = {key: row for key, row in self.rows.items() if not row.from_files}
        theirs = {
            (each, source): Row(text, "reviewed" if reviewed else "draft", True)
            for each, found in self.shipped.items()
            for source, (text, reviewed) in found.items()
        }
        self.rows = theirs | hers

    @rule(tag=st.sampled_from(TAGS), source=st.sampled_from(SOURCES), text=words())
    def imports(self, tag: str, source: str, text: str) -> None:
        """A partner sends a PO file back; what says nothing new changes nothing."""
        content = (PO_HEAD + _entry(source, text, False)).encode()
        for database in self.databases:
            with database.work() as session:
                assert import_po(session, tag, "m0", content, "m0.po").mistakes == ()
        row = self.rows.get((tag, source))
        if row is None or row.text != text:
            self.rows[tag, source] = Row(text, "draft", False)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), text=words(), state=st.sampled_from(STATES))
    def a_partner_changes(self, data: st.DataObject, text: str, state: str) -> None:
        """What an editor will do: words and how far they have come."""
        tag, source = data.draw(st.sampled_from(sorted(self.rows)))
        for database in self.databases:
            with database.work() as session:
                row = session.scalars(
                    select(Rendering)
                    .join(Edition)
                    .where(Edition.tag == tag, Rendering.source == source)
                ).one()
                row.text, row.state, row.from_files = text, state, False
        self.rows[tag, source] = Row(text, state, False)

    @precondition(lambda self: self.rows)
    @rule()
    def takes_a_file_out_and_in_again(self) -> None:
        """An export that comes back untouched changes nothing."""
        for tag in {tag for tag, _source in self.rows}:
            for database in self.databases:
                with database.work() as session:
                    told = export_po(session, self.root, tag, "m0")
                    import_po(session, tag, "m0", told.encode(), "m0.po")

    @rule()
    def releases(self) -> None:
        """Freeze everything; a second time freezes nothing."""
        for database in self.databases:
            with database.work() as session:
                release_all(session, self.root, self.library, {})
            with database.work() as session:
                assert release_all(session, self.root, self.library, {}) == []
        tags = {"en", *(tag for tag, _source in self.rows), *self.shipped}
        self.released |= {tag: self._nearest(tag) for tag in tags if tag in CHAINS}

    @invariant()
    def each_edition_says_what_the_oracle_says(self) -> None:
        for database in self.databases:
            with database.session(reading=True) as session:
                found = {
                    (tag, row.source): Row(row.text, row.state, row.from_files)
                    for tag, row in session.execute(select(Edition.tag, Rendering).join(Rendering))
                }
                assert found == self.rows
                for tag in TAGS:
                    assert self._resolved(session, tag) == self._nearest(tag)

    @invariant()
    def readers_meet_what_was_released_last(self) -> None:
        for database in self.databases:
            with database.session(reading=True) as session:
                for tag, met in self.released.items():
                    release = current_release(session, tag, "m0")
                    assert release is not None
                    (lesson,) = release.payload["lessons"]
                    states = list(zip(lesson["tags"], lesson["choices"], strict=True))
                    for text, tag_of, state in met:
                        assert text in lesson["markdown"]
                        assert (tag_of, state) in states

    def _nearest(self, tag: str) -> list[tuple[str, str, str]]:
        """The oracle: for each source the nearest words that may be shown."""
        met = []
        for source in SOURCES:
            for step in CHAINS[tag]:
                row = self.rows.get((step, source))
                if step == "en":
                    met.append((source, "en", "original"))
                elif row and (
                    row.state == "reviewed" or (row.state == "draft" and source != SAFETY)
                ):
                    met.append((row.text, step, row.state))
                    break
        return met

    def _resolved(self, session: Session, tag: str) -> list[tuple[str, str, str]]:
        resolved = resolve_text(CONTENT, LESSON, layers_of(session, tag, "m0"))
        return [
            (each.text, each.tag, each.state)
            for source in SOURCES
            for each in resolved.choices
            if each.source == source
        ]


def _entry(source: str, text: str, reviewed: bool) -> str:
    mark = "# reviewed\n" if reviewed else ""
    return f'{mark}msgctxt "{LESSON}"\nmsgid "{source}"\nmsgstr "{text}"\n\n'


def test_renderings_follow_the_oracle_in_whichever_order_things_happen() -> None:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        Renderings.root = folder / "root"
        shutil.copytree(TINY / "content" / "m0", Renderings.root / "content" / "m0")
        shutil.copytree(TINY / "content" / "pages", Renderings.root / "content" / "pages")
        (Renderings.root / "quizzes").mkdir()
        Renderings.library = load_content(Renderings.root / "content")
        postgres = fresh_postgres_url()
        stack.callback(drop_postgres, postgres)
        Renderings.databases = []
        for url in (fresh_sqlite_url(folder), postgres):
            database = Database(url)
            stack.callback(database.engine.dispose)
            migrate(database.engine)
            Renderings.databases.append(database)
        run_state_machine_as_test(
            Renderings,
            settings=settings(
                max_examples=8,
                stateful_step_count=10,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
