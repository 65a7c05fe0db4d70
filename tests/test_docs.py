"""The documents are held to the code: what is there is described, what is described is there."""

import re
import tomllib
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from edu import create_app, privacy
from edu.communities.files import read_profile
from edu.editions.models import OPERATIONS
from edu.editions.records import DIMENSIONS
from edu.editions.records_in_files import read_records
from edu.lessons.brought import names_in
from edu.lessons.checks import check_block, check_lesson, check_module, check_page
from edu.lessons.markdown import BLOCKS, WIDGETS
from edu.models import TABLES
from edu.quizzes.load import load_instrument
from edu.segments.catalogue import read_po
from edu.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

#: Something that is true of one machine only.
_MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work|tmp|Users|opt|srv|mnt)/")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, to the next one of the same rank or a higher one."""
    lines = text.splitlines()
    start = lines.index(heading) + 1
    rank = heading.split()[0]
    ends = tuple("#" * number + " " for number in range(1, len(rank) + 1))
    return "\n".join(takewhile(lambda line: not line.startswith(ends), lines[start:]))


def rows(text: str) -> list[list[str]]:
    """The rows of all tables in a text, without heads: their cells, white space taken off."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if re.fullmatch(r"\|(?: -+ \|)+", line):
            found.pop()  # what stands above the rule is the head
        elif line.startswith("|"):
            found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def named(cell: str) -> list[str]:
    """The names in a cell that are written as code."""
    return re.findall(r"`([^`]+)`", cell)


def examples(name: str, kind: str) -> list[str]:
    """The fenced examples of a kind in a document."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text_of(name), re.DOTALL | re.MULTILINE)


def test_the_readme_names_every_setting_and_its_default() -> None:
    described = {named(cells[0])[0]: cells[1].strip("`") for cells in settings_rows()}
    assert described == {setting.name: setting.default for setting in SETTINGS}


def test_the_readme_says_of_every_setting_what_the_program_says() -> None:
    described = {named(cells[0])[0]: cells[2].replace("`", "") for cells in settings_rows()}
    assert described == {each.name: each.meaning.replace("`", "") for each in SETTINGS}


def settings_rows() -> list[list[str]]:
    return rows(section(text_of("README.md"), "## Settings"))


def commands_in_the_readme(program: str) -> list[str]:
    cells = [row[0] for row in rows(section(text_of("README.md"), "## Commands"))]
    return sorted(words[1] for cell in cells if (words := named(cell)[0].split())[0] == program)


def test_the_readme_names_every_flask_command(tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, f"sqlite:///{tmp_path / 'empty'}", "a test's secret"))
    assert commands_in_the_readme("flask") == sorted(app.cli.commands)


def test_the_readme_names_every_goal_of_make() -> None:
    goals = re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE)
    assert commands_in_the_readme("make") == sorted(set(goals))


def test_the_architecture_names_every_room() -> None:
    cells = [row[0] for row in rows(section(text_of("docs/architecture.md"), "## The rooms"))]
    described = sorted(name for cell in cells for name in named(cell))
    found = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "edu").iterdir()
        if path.name != "__pycache__" and not path.name.startswith(".")
    ]
    assert described == sorted(found)


def test_the_privacy_page_is_what_the_models_say() -> None:
    assert privacy.freshness() == ""


def test_every_table_and_column_says_why_how_long_and_for_whom() -> None:
    assert privacy.faults() == []


def test_the_privacy_page_names_every_table_and_column() -> None:
    tables = section(text_of("docs/privacy.md"), "## Table by table")
    described = {
        heading: [named(cells[0])[0] for cells in rows(section(tables, f"### `{heading}`"))]
        for heading in re.findall(r"^### `(\w+)`$", tables, re.MULTILINE)
    }
    assert described == {table.name: [each.name for each in table.columns] for table in TABLES}


def test_what_a_thief_would_learn_is_said_of_every_table_once() -> None:
    text = section(text_of("docs/privacy.md"), "## What a stolen disk would show")
    told = [name for cells in rows(text) for name in named(cells[0])]
    assert sorted(told) == sorted(table.name for table in TABLES)


def test_a_table_that_says_nothing_of_itself_is_found() -> None:
    table, column = privacy.tables()[0], privacy.tables()[0].columns["id"]
    kept, why = table.info.pop("kept"), column.doc
    table.info["keeps"], column.doc = "a misspelt word.", None
    try:
        assert privacy.faults() == [
            'learner: say `info["kept"]` in its `__table_args__`',
            'learner: `info["keeps"]` is nothing this page knows',
            'learner: `info["keeps"]` ends without a full stop',
            "learner.id: say why it is there, in `doc`",
        ]
    finally:
        table.info["kept"], column.doc = kept, why
        del table.info["keeps"]


def test_every_dependency_has_a_line_that_says_why() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    text = text_of("docs/dependencies.md")
    for heading, wanted in (
        ("## To run", project["dependencies"]),
        ("## To test", project["optional-dependencies"]["test"]),
    ):
        described = [named(cells[0])[0] for cells in rows(section(text, heading))]
        assert described == sorted((_package(each) for each in wanted), key=str.casefold)


def _package(requirement: str) -> str:
    return re.split(r"[\[<>=~!; ]", requirement)[0]


def links() -> Iterator[tuple[Path, str]]:
    """Every link and picture in the documents that leads to a file of ours."""
    for document in DOCUMENTS:
        text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.DOTALL | re.M)
        text = re.sub(r"`[^`\n]*`", "", text)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"[a-z]+:|#", target):
                yield document, target


def test_every_link_in_the_documents_leads_to_a_file() -> None:
    lost = [
        f"{document.name}: {target}"
        for document, target in links()
        if not (document.parent / target.partition("#")[0]).is_file()
    ]
    assert lost == []
    assert len(list(links())) > 10


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached = {(document.parent / target).resolve() for document, target in links()}
    assert [each.name for each in DOCUMENTS[1:] if each not in reached] == []


def test_no_document_names_a_place_on_one_machine() -> None:
    assert [each.name for each in DOCUMENTS if _MACHINE.search(each.read_text("utf-8"))] == []


def test_the_example_of_a_lesson_is_one() -> None:
    lesson = examples("docs/content.md", "markdown")[0]
    mistakes = check_lesson(lesson, "lesson.md", "m1.1", ["m1.1"])
    # A whole idea would fill the page, so the example says how long one is instead.
    assert [str(each) for each in mistakes if "120 to 250 are wanted" not in each.message] == []


def test_the_other_examples_in_the_content_page_are_what_they_say(tmp_path: Path) -> None:
    block, brought, page = examples("docs/content.md", "markdown")[1:]
    assert block.startswith("::: support safety=helpline ")
    assert (check_block(brought, "", []), len(names_in(brought))) == ([], 2)
    assert check_page(page, "support.md", "pages.support", []) == []
    module, instrument, item, profile = examples("docs/content.md", "toml")
    assert read_profile(profile.encode(), "sw-KE.toml", "sw-KE")[1] == []
    assert check_module(module, "module.toml", "m1", []) == []
    attitudes, knowledge = tmp_path / "attitudes.toml", tmp_path / "knowledge.toml"
    attitudes.write_text(instrument, encoding="utf-8")
    assert load_instrument(attitudes)[1] == []
    head = instrument.partition("[[scales]]")[0].replace('"attitude"', '"knowledge"')
    knowledge.write_text(head + item, encoding="utf-8")
    assert load_instrument(knowledge)[1] == []


def test_the_content_page_names_every_block_and_activity() -> None:
    text = section(text_of("docs/content.md"), "### The blocks")
    assert named(text)[: len(BLOCKS)] == list(BLOCKS)
    activities = rows(section(text_of("docs/content.md"), "### Activities"))
    assert [named(cells[0])[0] for cells in activities] == list(WIDGETS)


def test_the_examples_for_translators_are_what_they_say() -> None:
    catalogue = read_po(examples("docs/translating.md", "po")[0].encode())
    assert catalogue.mistakes == ()
    assert [each.state for each in catalogue.entries] == ["translated", "translated", "stale"]
    records, mistakes = read_records(examples("docs/translating.md", "toml")[0], "m1.toml")
    assert mistakes == []
    assert [each.operation for each in records] == ["adapt", "replace"]


def test_the_translators_page_names_every_operation_and_dimension() -> None:
    text = section(text_of("docs/translating.md"), "## Adapting")
    assert [named(cells[0])[0] for cells in rows(text)] == list(OPERATIONS)
    assert [name for name in DIMENSIONS if f"`{name}`" not in text] == []
