"""The drawing of the house in docs/architecture.md is read back from the imports.

Each line of the drawing may import the lines above it, and nothing beside it. Imports count
wherever they stand: at the top, inside a function, or for types only.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EDU = ROOT / "edu"
MIGRATIONS = EDU / "migrations"

#: What may cross the drawing, and why.
EXCEPTIONS = {
    ("edu.quizzes", "edu.lessons.mistakes"): (
        "a mistake has one shape for everybody who reads files, and that module imports nothing"
    ),
    ("edu.quizzes", "edu.lessons.words"): (
        "what is said of a mistake is marked for translation, and that module imports nothing of us"
    ),
}

#: No Flask and no database, not even by way of something they import.
PURE = (
    "edu.languages",
    "edu.lessons",
    "edu.quizzes",
    "edu.segments",
    "edu.checks",
    "edu.gate",
    "edu.outcomes.analysis",
    "edu.outcomes.change_arms",
    "edu.outcomes.change_asked",
    "edu.outcomes.change_csv",
    "edu.outcomes.change_fields",
    "edu.outcomes.change_parts",
    "edu.outcomes.change_scores",
    "edu.outcomes.columns",
    "edu.outcomes.disclosure",
    "edu.outcomes.disclosure_analysis",
    "edu.outcomes.disclosure_batches",
    "edu.outcomes.disclosure_counts",
    "edu.outcomes.disclosure_rows",
    "edu.outcomes.distributions",
    "edu.outcomes.identifying",
    "edu.outcomes.paired",
    "edu.outcomes.pictures",
)
NOT_PURE = {"flask", "flask_babel", "flask_wtf", "wtforms", "werkzeug", "sqlalchemy", "alembic"}

#: Names that would attract everything that has no place.
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

Lines = list[list[str]]


@cache
def modules() -> dict[str, Path]:
    """Every module of edu/ by its dotted name; migrations are steps, not modules."""
    found = {}
    for path in sorted(EDU.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "versions" not in parts:
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


@cache
def imports(name: str) -> frozenset[str]:
    """The modules a module names in its imports: ours as far as they are ours, others whole."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports by dots; a full name can be searched for"
            found |= {_from(node.module or "", alias.name) for alias in node.names}
    return frozenset(found)


def _from(module: str, name: str) -> str:
    """`from edu import interface` means a module, `from edu.settings import ROOT` a name in one."""
    return f"{module}.{name}" if f"{module}.{name}" in modules() else module


def ours(name: str) -> Iterator[str]:
    """The modules of edu/ that a module imports."""
    return (each for each in sorted(imports(name)) if each in modules() and each != name)


def room(name: str) -> str:
    """The part of the house in which a module is: `edu.lessons.load` is in `lessons`."""
    return name.split(".")[1] if "." in name else "create_app"


def rooms() -> set[str]:
    """The rooms that are built."""
    return {room(name) for name in modules()}


def drawing() -> Lines:
    """The lines of the drawing, read from the documentation."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    found = re.search(r"^## Import order$.*?^```text\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found is not None, "docs/architecture.md has no drawing under '## Import order'"
    return [line.split() for line in found[1].splitlines()]


def drawn(lines: Lines) -> str:
    """The drawing as a test shows it when something crosses it."""
    return "\n".join("   ".join(line) for line in lines)


def crossings(lines: Lines) -> list[str]:
    """Every import that does not go up in the drawing, exceptions left out."""
    level = {name: number for number, line in enumerate(lines) for name in line}
    return [
        f"{name} imports {other}"
        for name in modules()
        for other in ours(name)
        if room(name) != room(other)
        and level.get(room(other), len(lines)) >= level.get(room(name), -1)
        and not _is_excepted(name, other)
    ]


def _is_excepted(name: str, other: str) -> bool:
    return any(
        name.startswith(f"{importer}.") and other == imported for importer, imported in EXCEPTIONS
    )


def test_every_room_is_in_the_drawing_once() -> None:
    lines = drawing()
    named = [name for line in lines for name in line]
    assert sorted(named) == sorted(rooms()), f"the drawing is\n{drawn(lines)}"


def test_every_import_goes_up_in_the_drawing() -> None:
    lines = drawing()
    found = crossings(lines)
    assert found == [], "\n".join(
        [*found, "", "Each line may import those above it:", drawn(lines)]
    )


def test_an_import_beside_or_below_would_be_seen() -> None:
    lines = drawing()
    upside_down = list(reversed(lines))
    assert "edu.segments.files imports edu.lessons.mistakes" in crossings(upside_down)
    side_by_side = [sorted(rooms())]
    assert "edu.learning.pairs imports edu.quizzes.scoring" in crossings(side_by_side)


def test_every_exception_is_still_needed() -> None:
    crossing = {
        (importer, imported)
        for importer, imported in EXCEPTIONS
        for name in modules()
        if name.startswith(f"{importer}.") and imported in ours(name)
    }
    assert crossing == set(EXCEPTIONS)


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert [" -> ".join(circle) for circle in circles()] == []


def circles() -> list[list[str]]:
    """The circles of imports, each as the modules on it."""
    found: list[list[str]] = []
    done: set[str] = set()

    def follow(name: str, way: list[str]) -> None:
        if name in way:
            found.append([*way[way.index(name) :], name])
        elif name not in done:
            for other in ours(name):
                follow(other, [*way, name])
            done.add(name)

    for name in modules():
        follow(name, [])
    return found


def test_nobody_inside_imports_the_place_where_the_parts_are_joined() -> None:
    assert [name for name in modules() if name != "edu" and "edu" in imports(name)] == []


def reach(name: str) -> frozenset[str]:
    """Everything a module loads, directly or by way of others, by the names of packages."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for other in imports(waiting.pop()):
            if other not in seen:
                seen.add(other)
                waiting += [other] if other in modules() else []
    return frozenset(other.split(".")[0] for other in seen)


def test_a_step_of_the_schema_leans_on_nothing_that_may_change() -> None:
    steps = [*MIGRATIONS.glob("versions/*.py"), *MIGRATIONS.glob("step_*/*.py")]
    leaning = {
        f"{step.name} imports {node.module}"
        for step in [*steps, MIGRATIONS / "make.py"]
        for node in ast.walk(ast.parse(step.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").partition(".")[0] == "edu"
        and not (node.module or "").startswith("edu.migrations")
    }
    assert leaning == set()
    assert len(steps) > 3


def test_pure_rooms_know_neither_flask_nor_a_database() -> None:
    pure = [name for name in modules() if name in PURE or name.rpartition(".")[0] in PURE]
    assert set(PURE) <= set(pure)
    assert {name: sorted(reach(name) & NOT_PURE) for name in pure if reach(name) & NOT_PURE} == {}
    assert "sqlalchemy" in reach("edu.outcomes.table"), "by way of figures.py: it would be seen"


def test_every_package_is_joined_in_one_place_so_its_init_is_empty() -> None:
    inits = [path for path in EDU.glob("*/__init__.py") if path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in inits] == []


def test_no_module_is_named_for_what_has_no_place() -> None:
    assert [name for name in modules() if name.rpartition(".")[2] in NO_NAMES] == []


def test_no_statistics_library_is_loaded_by_a_server(tmp_path: Path) -> None:
    program = (
        "import sys, app; from edu.outcomes import change_csv, figures\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    environment = {**os.environ, "INSTANCE": str(tmp_path), "DATABASE_URL": ""}
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(said.stdout.split())
    assert {"edu", "flask", "sqlalchemy"} <= loaded
    assert loaded & {"numpy", "scipy", "pandas"} == set()
