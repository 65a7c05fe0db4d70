import json

import pytest
from flask import Flask

from edu.commands.measuring import change_command

from .known import AFTER, BEFORE


@pytest.fixture
def run():
    """Runs the command as the shell would."""
    runner = Flask(__name__).test_cli_runner()
    return lambda *words: runner.invoke(change_command, [str(word) for word in words])


@pytest.fixture
def sleep(tmp_path):
    """R's sleep as a spreadsheet in Europe writes it."""
    file = tmp_path / "sleep.csv"
    rows = ["vorher;nachher;später;gruppe"]
    rows += [
        f"{x};{y};{x};{'ab'[n % 2]}" for n, (x, y) in enumerate(zip(BEFORE, AFTER, strict=True))
    ]
    file.write_text("\n".join(rows).replace(".", ","), encoding="utf-8-sig")
    return file


def test_the_command_gives_the_published_figures_of_sleep(run, sleep):
    done = run("--before", "vorher", "--after", "nachher", "--later", "später", "--json", sleep)
    found = json.loads(done.stdout)
    assert (found["change"]["mean"], found["counts"]["matched"]) == (1.58, 10)
    assert found["change"]["t"] == pytest.approx(4.062128, abs=1e-6)
    assert [(wave["earlier"], wave["later"]) for wave in found["waves"]] == [
        ("vorher", "nachher"),
        ("vorher", "später"),
        ("nachher", "später"),
    ]
    assert found["waves"][1]["why"] == (
        "everybody changed by the same amount, so there is no spread to judge by"
    )


def test_every_option_reaches_the_analysis(run, tmp_path):
    file = tmp_path / "all.csv"
    rows = [f"{n % 5},{(n * 3) % 6},{n % 4},{n % 3},{'ab'[n % 2]},{n % 10}" for n in range(80)]
    file.write_text("pre,post,later,then,arm,team\n" + "\n".join(rows), encoding="utf-8")
    columns = {
        "before": "pre",
        "after": "post",
        "later": "later",
        "looking-back": "then",
        "arm": "arm",
        "comparison": "b",
        "group": "team",
        "minimum": 0,
        "maximum": 5,
        "reliability": 0.8,
    }
    asked = [word for name, value in columns.items() for word in (f"--{name}", value)]
    asked += ["--reliability-source", "a test", "--higher-is", "worse"]
    found = json.loads(run(*asked, file).stdout)
    assert found["comparison"]["arms"][0]["arm"] == "a"
    assert found["reliable"]["source"] == "a test"
    assert (found["scale"], found["groups"]["groups"]) == (
        {"minimum": 0.0, "maximum": 5.0, "higher_is": "worse"},
        5,
    )
    assert found["looking_back"]["matched"] == 40


def test_mistakes_end_the_command_with_their_places(run, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("pre,post\n1,two\n3,4\n5,NA\n", encoding="utf-8")
    done = run("--before", "pre", "--after", "post", file)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{file}:2: post: 'two' is not a number\n"


def test_a_reliability_of_one_is_refused(run, sleep):
    done = run("--before", "vorher", "--after", "nachher", "--reliability", "1", sleep)
    assert done.exit_code == 2
    assert "--reliability" in done.stderr
