"""The checks of translations for people with files: pairs in, findings out, line by line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from edu.checks.pair import Pair, Rules, check_pair
from edu.checks.terms import Term
from edu.commands.saying import FILE

_TEXTS = ("language", "source", "target")
_MAY_BE_GIVEN = ("kind", "safety", "context")


class _Malformed(Exception):
    """What is wrong with one line."""


@click.command("check-pairs")
@click.argument("file", type=FILE)
def check_pairs_command(file: Path) -> None:
    """What may be wrong with each pair in FILE, one JSON object a line: id, language, source,
    target. The answers come in the same order; a line that cannot be read is told of and left out.
    """
    wrong = False
    for number, line in _lines(file):
        try:
            answer = _answer(line)
        except _Malformed as error:
            click.echo(f"{file}:{number}: {error}", err=True)
            wrong = True
            continue
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if wrong:
        raise SystemExit(1)


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, counted from 1. Only a line feed ends one."""
    with file.open("rb") as opened:
        for number, line in enumerate(opened, start=1):
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, line


def _answer(line: bytes) -> dict[str, Any]:
    given = _read(line)
    pair = Pair(
        language=given["language"],
        source=given["source"],
        target=given["target"],
        kind=given.get("kind") or "",
        safety=given.get("safety") or "",
    )
    rules = Rules(terms=_terms(given, "terms"), avoid=_terms(given, "avoid"))
    findings = check_pair(pair, rules)
    return {
        "id": _writable(given["id"]),
        "findings": [
            {"check": each.check, "level": each.level, "message": _writable(each.message)}
            for each in findings
        ],
    }


def _read(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Malformed("this line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _Malformed(f"this line is no JSON: {error}") from error
    if not isinstance(given, dict):
        raise _Malformed("this line is no object with id, language, source and target")
    missing = [key for key in ("id", *_TEXTS) if key not in given]
    if missing:
        raise _Malformed(f"this line has no {', '.join(missing)}")
    for key in (*_TEXTS, *_MAY_BE_GIVEN):
        if key in given and not (isinstance(given[key], str) or _may_be_none(key, given[key])):
            raise _Malformed(f"{key} is no text")
    if isinstance(given["id"], (dict, list, float)):
        raise _Malformed("id is neither a text nor a whole number")
    return given


def _may_be_none(key: str, value: object) -> bool:
    return value is None and key in _MAY_BE_GIVEN


def _terms(given: dict[str, Any], key: str) -> list[Term]:
    """Terms of a glossary, or words to avoid: texts, or objects with `forms` and what belongs
    to them (`source`, `starts`, `reason`, `replacement`)."""
    value = given.get(key) or []
    if not isinstance(value, list):
        raise _Malformed(f"{key} is no list")
    return [_term(each, avoid=key == "avoid") for each in value]


def _term(given: object, *, avoid: bool) -> Term:
    if isinstance(given, str):
        return Term(concept=given, forms=(given,), avoid=avoid)
    if not isinstance(given, dict):
        raise _Malformed("a term is neither a text nor an object")
    return Term(
        concept=str(given.get("concept", "")),
        source_forms=_forms(given.get("source", [])),
        forms=_forms(given.get("forms", given.get("target", []))),
        starts=given.get("starts") is True,
        avoid=avoid,
        reason=str(given.get("reason", "")),
        replacement=str(given.get("replacement", "")),
        prefixes=_forms(given.get("prefixes", [])),
    )


def _forms(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise _Malformed("the forms of a term are neither a text nor a list of texts")


def _writable(text: Any) -> Any:
    """Half of a surrogate pair cannot be written as UTF-8."""
    if not isinstance(text, str):
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
