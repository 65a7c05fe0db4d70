"""Markdown, captions, TOML and JSON from strangers: what would be lost or odd has its line."""

import pytest

from edu.lessons.render import render_fragment
from tests.gate.refusing import reasons

LESSON = "---\ntitle: Us\nsummary: More alike.\n---\n\n::: idea\nWe are *many*.\n:::\n"


def nested(levels: int) -> str:
    return "".join("  " * level + "- level\n" for level in range(levels))


MARKDOWN = {
    "NUL": ("one\n\0\n", 2),
    "a bell": ("one\n\n\x07\n", 3),
    "a line end of another kind": ("one\n\x85two\n", 2),
    "deep list": (nested(40), 25),
    "deep quotation": ("> " * 60 + "x\n", 1),
    "long line": ("x" * 30_000, 1),
    "not closed": ("::: idea\nText\n", 1),
    "stray colons": ("Text\n\n:::\n", 3),
    "raw HTML": ("Text\n\n<script>alert(1)</script>\n", 3),
    "an alias in the head": ("---\na: &x [1]\nb: *x\n---\nText\n", 1),
    "no YAML": ("---\na: [\n---\nText\n", 2),
    "twice in the head": ("---\na: 1\na: 2\n---\nText\n", 3),
    "too large": ("word\n" * 30_000, 1),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_that_would_lose_words_is_refused_with_its_line(name: str) -> None:
    text, line = MARKDOWN[name]
    assert [each.split(":")[:2] for each in reasons("markdown", text.encode(), "a.md")][:1] == [
        ["a.md", str(line)]
    ]


@pytest.mark.thorough
def test_words_are_never_lost_by_being_deep() -> None:
    kept = 0
    for levels in range(1, 40):
        text = nested(levels - 1) + "  " * (levels - 1) + "- a number to call\n"
        if reasons("markdown", text.encode(), "a.md") == []:
            kept += 1
            assert "a number to call" in render_fragment(text)
    assert kept >= 20


_MOST = 95_000
SLOW = [
    "[" * _MOST,
    "![" * (_MOST // 2),
    "[a](" * (_MOST // 4),
    "*a_ " * (_MOST // 4),
    "**a *b " * (_MOST // 7),
    "`" + "a`" * (_MOST // 2),
    "".join("`" * number + " " for number in range(1, 400)),
    "<" * _MOST,
    "<a " * (_MOST // 3),
    "&" * _MOST,
    "&a;" * (_MOST // 3),
    "\\" * (_MOST // 2),
    "~" * _MOST,
    "~~a" * (_MOST // 3),
    "a\n" * (_MOST // 2),
    "- " * (_MOST // 2),
    "> " * (_MOST // 2),
    "1. a\n" * (_MOST // 5),
    "|" * _MOST,
    "|a|\n|-|\n" + "|b|\n" * (_MOST // 4),
    "|" + "a|" * 4000 + "\n|" + "-|" * 4000 + "\n" + "|" * 4000 + "\n",
    "[a]: b\n" * (_MOST // 7),
    "[a]: <" + "b" * 9000 + "\n",
    "".join(f"[{number}]: m1.1\n" for number in range(6000)),
    "[" + "a" * 19_000 + "]\n" * 5,
    "::: idea\n" * 2000,
    ":" * _MOST,
    "```\n" * (_MOST // 4),
    "a  \n" * (_MOST // 4),
    "_" * _MOST,
    "(" * _MOST + ")" * 1000,
    "https://" * (_MOST // 8),
    "\t" * _MOST,
    " " * 50_000 + "a",
    "#" * _MOST,
    "=\n" * (_MOST // 2),
    "---\na: " + "[" * 5000 + "\n---\n",
    "---\n" + "a" * 19_000 + ": b\n---\n",
    "\u0301" * (_MOST // 2),
    "<!--" * (_MOST // 4),
    '"' * _MOST,
]


@pytest.mark.parametrize("number", range(len(SLOW)))
def test_no_text_takes_longer_to_read_than_a_child_may(number: int) -> None:
    # Lines as long as an editor may make them, so that no rule about lines answers first.
    text = "\n".join(
        line[start : start + 19_000]
        for line in SLOW[number].split("\n")
        for start in range(0, max(1, len(line)), 19_000)
    )
    answers = reasons("markdown", text.encode(), "a.md")
    assert [each for each in answers if "too long" in each or "memory" in each] == []


def test_a_lesson_is_let_in_with_any_line_ends() -> None:
    for text in (LESSON, LESSON.replace("\n", "\r\n"), "\ufeff" + LESSON):
        assert reasons("markdown", text.encode(), "01-us.md") == []


CAPTIONS = {
    "no head": ("00:01.000 --> 00:02.000\nHi\n", 1),
    "style": ("WEBVTT\n\nSTYLE\n::cue { background: url(http://127.0.0.1/) }\n", 3),
    "region": ("WEBVTT\n\nREGION\nid:a\n", 3),
    "times": ("WEBVTT\n\n1:0 --> 2:0\nHi\n", 3),
    "script": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>\n", 4),
    "picture": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)>\n", 4),
    "link": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<a href=x>x</a>\n", 4),
    "control": ("WEBVTT\n\n00:01.000 --> 00:02.000\n\x1b[2J\n", 4),
    "long line": ("WEBVTT\n\n" + "x" * 2000, 3),
    "page": ("<!doctype html>", 1),
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_captions_hold_words_and_times_alone(name: str) -> None:
    text, line = CAPTIONS[name]
    assert [each.split(":")[:2] for each in reasons("captions", text.encode(), "a.vtt")][:1] == [
        ["a.vtt", str(line)]
    ]


def test_plain_captions_are_let_in() -> None:
    text = (
        "WEBVTT - Amina\n\nNOTE a draft\n\n1\n00:01.000 --> 00:04.000 align:start\n"
        "<v Amina>I <i>sing</i>.\n\n01:00:01.000 --> 01:00:04.000\nYes <00:02.000>now.\n"
    )
    assert reasons("captions", text.encode(), "a.vtt") == []
    assert reasons("captions", text.replace("\n", "\r\n").encode(), "a.vtt") == []


VALUES = {
    "no TOML": ("toml", "a.toml", "a = 1\nb = [\n", 2),
    "deep TOML": ("toml", "a.toml", "a = " + "[" * 30 + "]" * 30, 1),
    "very deep TOML": ("toml", "a.toml", "a = " + "[" * 9000 + "]" * 9000, 1),
    "many values": ("toml", "a.toml", "a = [" + "1," * 25_000 + "]", 1),
    "no JSON": ("json", "a.json", '{\n"a": }', 2),
    "twice": ("json", "a.json", '{"a": 1, "a": 2}', 1),
    "no number": ("json", "a.json", '{"a": NaN}', 1),
    "deep JSON": ("json", "a.json", "[" * 30 + "]" * 30, 1),
    "very deep JSON": ("json", "a.json", "[" * 200_000, 1),
    "huge number": ("json", "a.json", "9" * 9000, 1),
    "UTF-16": ("json", "a.json", "\ufeff{}\0", 1),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_are_read_within_limits(name: str) -> None:
    kind, called, text, line = VALUES[name]
    assert [each.split(":")[:2] for each in reasons(kind, text.encode(), called)][:1] == [
        [called, str(line)]
    ]


def test_plain_values_are_let_in() -> None:
    assert reasons("toml", b'a = [1, 2]\n[b]\nc = "d"\n', "a.toml") == []
    assert reasons("json", b'{"a": [1, {"b": null}]}', "a.json") == []
