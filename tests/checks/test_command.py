"""`flask check-pairs`, as people script against it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import TINY, make_house


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}", TINY)
    yield made
    made.extensions["database"].engine.dispose()


def answers(app: Flask, file: Path, *lines: object) -> tuple[int, list[object], str]:
    """Exit code, the answers, and what was complained of, for lines given as JSON or as text."""
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(written), encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["check-pairs", str(file)])
    return (
        result.exit_code,
        [json.loads(line) for line in result.stdout.splitlines()],
        result.stderr,
    )


def pair(id: object, target: str, **more: object) -> dict[str, object]:
    return {"id": id, "language": "sw", "source": "About 1 in 4.", "target": target, **more}


def test_findings_come_in_the_order_of_the_pairs(app: Flask, tmp_path: Path) -> None:
    code, answered, wrong = answers(
        app,
        tmp_path / "p.jsonl",
        pair("b", "Takriban 1 kati ya 40."),
        pair(1, "Takriban 1 kati ya 4."),
    )
    message = "A number is not the same: the source says 4, here stands 40."
    assert (code, wrong) == (0, "")
    assert answered == [
        {"id": "b", "findings": [{"check": "numbers", "level": "blocks", "message": message}]},
        {"id": 1, "findings": []},
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nonsense", "this line is no JSON"),
        ("[1, 2]", "this line is no object"),
        ('{"id": 1, "language": "sw"}', "this line has no source, target"),
        ('{"id": 1, "language": "sw", "source": 5, "target": "x"}', "source is no text"),
        ('{"id": [], "language": "sw", "source": "a", "target": "x"}', "id is neither"),
        ('{"id": 1, "language": "sw", "source": "a", "target": "x", "terms": 3}', "terms is no"),
        ("[" * 100_000, "this line is no JSON"),
    ],
)
def test_a_malformed_line_is_named_and_the_others_are_answered(
    app: Flask, tmp_path: Path, line: str, complaint: str
) -> None:
    file = tmp_path / "p.jsonl"
    code, answered, wrong = answers(
        app, file, pair("a", "Takriban 1 kati ya 4."), line, pair("c", "Takriban 1 kati ya 4.")
    )
    assert code == 1
    assert wrong.startswith(f"{file}:2: {complaint}")
    assert answered == [{"id": "a", "findings": []}, {"id": "c", "findings": []}]


def test_a_line_that_is_not_utf_8_is_named(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    file.write_bytes(b'{"id": "\xff"}\n')
    result = app.test_cli_runner().invoke(args=["check-pairs", str(file)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{file}:1: this line is not UTF-8\n"


def test_empty_lines_and_a_byte_order_mark_are_passed_over(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    code, answered, wrong = answers(
        app, file, "\ufeff" + json.dumps(pair(1, "1 kati ya 4.")), "", ""
    )
    assert (code, answered, wrong) == (0, [{"id": 1, "findings": []}], "")


def test_half_of_a_surrogate_pair_is_answered(app: Flask, tmp_path: Path) -> None:
    code, answered, wrong = answers(
        app,
        tmp_path / "p.jsonl",
        '{"id": "\\ud800", "language": "sw", "source": "a", "target": "\\ud800"}',
    )
    assert (code, wrong) == (0, "")
    assert [each["id"] for each in answered if isinstance(each, dict)] == ["?"]


def test_terms_and_words_to_avoid_may_be_given_with_a_pair(app: Flask, tmp_path: Path) -> None:
    _, answered, _ = answers(
        app,
        tmp_path / "p.jsonl",
        pair(1, "Takriban mgonjwa 1 kati ya 4.", avoid=["mgonjwa"]),
        pair(2, "Takriban 1 kati ya 4.", terms=[{"source": "about", "forms": ["karibu"]}]),
    )
    checks = [
        [finding["check"] for finding in each["findings"]]
        for each in answered
        if isinstance(each, dict)
    ]
    assert checks == [["avoid"], ["glossary"]]
