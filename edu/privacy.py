"""Writes the page on what is stored, `docs/privacy.md`, from the models.

Every column says in its `doc` why it is there, and every table in its `info` what it is about, how
long it is kept, who sees it, and what a thief would learn from it. The page repeats that between
its markers, so a table can neither be forgotten nor described as it once was.

`python -m edu.privacy` brings the page up to date; `python -m edu.privacy --check` says what that
would change.
"""

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Table

from edu.models import Base

PAGE = Path(__file__).resolve().parents[1] / "docs" / "privacy.md"

#: What every table says of itself, each with words.
WANTED = ("about", "kept", "seen_by", "stolen")
#: What it says only where the secret of the installation tells a thief more.
OPTIONAL = ("with_secret",)

# Rooms whose tables hold people come first; the others follow by their names.
_PEOPLE_FIRST = ("learning", "groups", "outcomes", "partners")


def tables() -> list[Table]:
    """All tables: those of learners first, then staff, then the rest; each room's as declared."""
    rooms = {mapper.local_table: mapper.class_.__module__ for mapper in Base.registry.mappers}

    def place(table: Table) -> tuple[int, int, str]:
        module = rooms[table]
        room = module.split(".")[1]
        first = _PEOPLE_FIRST.index(room) if room in _PEOPLE_FIRST else len(_PEOPLE_FIRST)
        # By name, because the order in which rooms are imported is an accident.
        # A room's own tables come before those of the rooms within it.
        return first, module.count("."), module

    return sorted(Base.metadata.tables.values(), key=place)


def faults() -> list[str]:
    """What a table or a column leaves unsaid, each as `table.column: fault`."""
    return [fault for table in tables() for fault in _table_faults(table)]


def _table_faults(table: Table) -> Iterator[str]:
    for key in WANTED:
        if not table.info.get(key):
            yield f'{table.name}: say `info["{key}"]` in its `__table_args__`'
    for key in table.info:
        if key not in (*WANTED, *OPTIONAL):
            yield f'{table.name}: `info["{key}"]` is nothing this page knows'
    for key, text in table.info.items():
        if (text or "x")[-1:] == "." and key != "about":
            yield f'{table.name}: `info["{key}"]` ends without a full stop'
    for column in table.columns:
        if not column.doc:
            yield f"{table.name}.{column.name}: say why it is there, in `doc`"


def described() -> str:
    """Every table with what it says of itself, as Markdown."""
    return "\n".join(line for table in tables() for line in _described(table))


def _described(table: Table) -> Iterator[str]:
    info = table.info
    yield f"### `{table.name}`"
    yield ""
    yield info["about"]
    yield ""
    yield f"- Kept: {info['kept']}."
    yield f"- Seen by: {info['seen_by']}."
    yield ""
    yield "| column | why |"
    yield "| --- | --- |"
    for column in table.columns:
        yield f"| `{column.name}` | {_cell(column.doc or '')} |"
    yield ""


def stolen() -> str:
    """What a thief learns from each table, with the secret and without, as a table in Markdown.
    Tables that tell the same share a row."""
    shared: dict[tuple[str, str], list[str]] = {}
    for table in tables():
        tells = table.info["stolen"], table.info.get("with_secret", "nothing more")
        shared.setdefault(tells, []).append(f"`{table.name}`")
    rows = [
        f"| {', '.join(names)} | {_cell(without)} | {_cell(secret)} | nothing |"
        for (without, secret), names in shared.items()
    ]
    head = ["| table | the database alone | with `secret.key` too | encrypted, without its key |"]
    return "\n".join([*head, "| --- | --- | --- | --- |", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def renewed(page: str) -> str:
    """The page with its generated parts as they are now. Raises ValueError for a lost marker."""
    for name, text in (("tables", described()), ("stolen", stolen())):
        begin, end = f"<!-- from the models: {name} -->\n", f"<!-- end of {name} -->"
        if page.count(begin) != 1 or page.count(end) != 1:
            raise ValueError(f"the page needs the markers of {name} once")
        above, _, rest = page.partition(begin)
        page = f"{above}{begin}\n{text}\n{end}{rest.partition(end)[2]}"
    return page


def freshness() -> str:
    """What is unsaid, or what `python -m edu.privacy` would change, as a diff; "" when nothing."""
    if unsaid := faults():
        return "\n".join(unsaid)
    before = PAGE.read_text(encoding="utf-8")
    lines = list(
        difflib.unified_diff(
            before.splitlines(), renewed(before).splitlines(), PAGE.name, "the models", lineterm=""
        )
    )
    return "\n".join([*lines, "run `python -m edu.privacy`"]) if lines else ""


def _main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        stale = freshness()
        print(stale or "the page on what is stored is up to date")
        return 1 if stale else 0
    if unsaid := faults():
        print("\n".join(unsaid))
        return 1
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
