"""Any order of new files, savings at the desk, publishers' deeds and releases, against an oracle.

Each story is lived on SQLite and on PostgreSQL at once. What a reader meets is what the last
release froze; a release freezes the nearest released words along the chain, never what only lies
on a desk; what a partner has touched is never overwritten by what ships; and who has not seen the
last saving changes nothing.
"""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

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
from edu.editions.loading import load_shipped
from edu.editions.models import Change, Edition, Release, Rendering
from edu.editions.parts import parts_of
from edu.editions.releasing import current_release, release_all
from edu.editions.resolve import resolve_text
from edu.editions.shipped import read_shipped
from edu.editions.working import Conflict, edition_for, rendering_for, save
from edu.lessons.load import Library, load_content
from edu.segments.segment import Segment
from tests.conftest import TINY
from tests.databases import fresh_url, with_tables

CHAINS = {"en": ["en"], "sw": ["sw", "en"], "sw-KE": ["sw-KE", "sw", "en"]}
TAGS = ("sw", "sw-KE")
LESSON = "m0.1"
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CONTENT = (TINY / "content" / "m0" / "01-hello.md").read_text(encoding="utf-8")
#: The texts of the tiny lesson that a story is about; the second is in a safety block.
SOURCES = ("At the well, Otieno greets first.", "Go to the nearest health facility.")
SAFETY = SOURCES[1]


class Row(NamedTuple):
    """One rendering: what is on the desk, and what was released of it."""

    text: str
    state: str
    from_files: bool
    version: int = 1
    released: tuple[str, str] | None = None


Rows = dict[tuple[str, str], Row]
Met = dict[str, list[tuple[str, str, str]]]


def words() -> st.SearchStrategy[str]:
    """What translators may write; few, so that the same comes again."""
    return st.sampled_from(("Karibu.", "Wote karibu.", "Uliza.", "Njoo."))


class Renderings(RuleBasedStateMachine):
    """Two databases and one folder of files."""

    databases: list[Database]
    segments: dict[str, Segment]
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
            (each, source): _shipped(text, "reviewed" if reviewed else "draft")
            for each, found in self.shipped.items()
            for source, (text, reviewed) in found.items()
        }
        self.rows = theirs | hers

    @rule(
        tag=st.sampled_from(TAGS),
        source=st.sampled_from(SOURCES),
        text=st.one_of(words(), st.just("")),
        behind=st.booleans(),
    )
    def a_partner_saves(self, tag: str, source: str, text: str, behind: bool) -> None:
        """Somebody writes at her desk; `behind`: she has not seen what was saved last."""
        row = self.rows.get((tag, source), Row("", "draft", True, 1))
        seen = row.version - 1 if behind else row.version
        same = (row.text, row.state) == (text, "draft")
        for database in self.databases:
            with database.work() as session:
                edition = edition_for(session, tag, "m0")
                found = rendering_for(session, edition, self.segments[source])
                now = None
                try:
                    save(session, found, text, version=seen, member_id=None)
                except Conflict as conflict:
                    now = conflict.now.text
            assert now == (row.text if behind and not same else None)
        changes = not same and not behind
        self.rows[tag, source] = (
            Row(text, "draft", False, row.version + 1, row.released) if changes else row
        )

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), reviewed=st.booleans())
    def a_publisher_takes(self, data: st.DataObject, reviewed: bool) -> None:
        """What is on the desk of one language becomes what is released."""
        tag = data.draw(st.sampled_from(sorted({tag for tag, _source in self.rows})))
        state = "reviewed" if reviewed else "draft"
        for database in self.databases:
            with database.work() as session:
                for row in edition_for(session, tag, "m0").renderings:
                    row.state = state
                    row.released_text, row.released_state = row.text, state if row.text else ""
        for (each, source), row in self.rows.items():
            if each == tag:
                released = (row.text, state) if row.text else None
                self.rows[each, source] = row._replace(state=state, released=released)

    @rule()
    def releases(self) -> None:
        """Freeze everything; a second time freezes nothing."""
        for database in self.databases:
            with database.work() as session:
                release_all(session, self.root, self.library, {})
            with database.work() as session:
                assert release_all(session, self.root, self.library, {}) == []
        tags = {"en", *(tag for (tag, _source), row in self.rows.items() if row.released)}
        self.released |= {tag: self._nearest(tag) for tag in tags if tag in CHAINS}

    @invariant()
    def each_edition_says_what_the_oracle_says(self) -> None:
        for database in self.databases:
            with database.session(reading=True) as session:
                found = {
                    (edition.tag, row.source): Row(
                        row.text,
                        row.state,
                        row.from_files,
                        row.version,
                        (row.released_text, row.released_state) if row.released_text else None,
                    )
                    for edition in session.scalars(select(Edition))
                    for row in edition.renderings
                }
                assert _said(found) == _said(self.rows)
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
                elif row and row.released and (row.released[1] == "reviewed" or source != SAFETY):
                    met.append((row.released[0], step, row.released[1]))
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


def _said(rows: Rows) -> Rows:
    """Without those that were only opened: they say nothing."""
    return {key: row for key, row in rows.items() if row != Row("", "draft", True)}


def _shipped(text: str, state: str) -> Row:
    """What ships is released as it is."""
    return Row(text, state, True, 1, (text, state))


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
        Renderings.segments = {
            segment.text: segment for segment in parts_of(Renderings.root, "m0")[LESSON].segments()
        }
        Renderings.library = load_content(Renderings.root / "content")
        Renderings.databases = []
        for kind in ("sqlite", "postgres"):
            url = stack.enter_context(fresh_url(kind, folder, with_tables))
            database = Database(url)
            stack.callback(database.engine.dispose)
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
