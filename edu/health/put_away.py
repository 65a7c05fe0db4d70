"""What the doctor found, as data that wait in the database until a page tells them."""

from collections.abc import Iterable
from typing import Any

from edu.health.finding import Finding, Level
from edu.server.said import message_as_data, message_of_data


def findings_as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON takes them; each sentence keeps its template, so that it can be told in
    any language."""
    return [
        {
            "level": int(each.level),
            "about": each.about,
            "what": message_as_data(each.what),
            "todo": message_as_data(each.todo),
        }
        for each in findings
    ]


def findings_of_data(data: Iterable[Any]) -> list[Finding]:
    """The findings that were put away."""
    return [
        Finding(
            Level(each["level"]),
            each["about"],
            message_of_data(each["what"]),
            message_of_data(each["todo"]),
        )
        for each in data
    ]
