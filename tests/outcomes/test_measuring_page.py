from pathlib import Path

from edu.outcomes.analysis.ladder import ALLOWS, Step
from edu.outcomes.change_arms import COMPARISONS
from edu.outcomes.change_fields import FIELDS
from edu.outcomes.columns import MISSING
from tests.test_docs import named, rows, section

TEXT = (Path(__file__).parents[2] / "docs" / "measuring.md").read_text(encoding="utf-8")
ANALYSIS = Path(__file__).parents[2] / "edu" / "outcomes" / "analysis"


def test_every_field_of_the_json_is_described_as_the_program_says():
    described = {named(cells[0])[0]: cells[1] for cells in rows(section(TEXT, "### Its JSON"))}
    assert described == FIELDS


def test_the_ladder_is_described_as_the_program_says():
    found = rows(section(TEXT, "## How much is said of how many people"))
    assert {Step(named(step)[0]): allows for _, step, allows in found} == ALLOWS


def test_every_module_of_the_analysis_is_named():
    described = {
        name for cells in rows(section(TEXT, "## The figures")) for name in named(cells[3])
    }
    inner = {"__init__", "moments", "tails", "not_given", "ladder"}
    assert described == {path.stem for path in ANALYSIS.glob("*.py")} - inner | {"paired"}


def test_what_is_missing_and_what_is_a_comparison_is_listed():
    text = section(TEXT, "## `flask change`")
    assert [word for word in MISSING if word and f"`{word}`" not in text.lower()] == []
    names = {name.replace("-", " ") for name in COMPARISONS}
    assert [name for name in names if f"`{name}`" not in text.replace("\n", " ")] == []
