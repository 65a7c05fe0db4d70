"""A Questionnaire for health systems: HL7 FHIR R4 as JSON.

What an answer counts stands in both extensions, because older programs know `ordinalValue` alone
and newer ones `itemWeight`. It is what the answer counts after reversing.
"""

import json
from collections.abc import Mapping
from typing import Any

from edu.instruments.interchange.worded import Worded
from edu.quizzes.instrument import Item, Kind, Option
from edu.quizzes.methods import option_scores

_EXTENSION = "http://hl7.org/fhir/StructureDefinition"


def write(worded: Worded) -> bytes:
    """The Questionnaire."""
    form = worded.instrument
    resource: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "id": form.id[:64],
        "language": worded.first,
        "version": str(form.version),
        "name": "".join(part.capitalize() for part in form.id.split("-")),
        **_translated(worded, "title", form.title, "title"),
        "status": "active",
        "experimental": not form.validated,
        "subjectType": ["Patient"],
        "description": form.source,
        "copyright": form.licence,
        "item": _items(worded),
    }
    return json.dumps(resource, ensure_ascii=False, indent=1).encode()


def _items(worded: Worded) -> list[dict[str, Any]]:
    form = worded.instrument
    before = _display(worded, "introduction", form.introduction)
    after = _display(worded, "closing", form.closing)
    return [before, *(_item(worded, item) for item in form.items), after]


def _display(worded: Worded, place: str, fallback: str) -> dict[str, Any]:
    return {"linkId": place, **_translated(worded, "text", fallback, place), "type": "display"}


def _item(worded: Worded, item: Item) -> dict[str, Any]:
    form = worded.instrument
    told = {"linkId": item.id, **_translated(worded, "text", f"[{item.id}]", item.id)}
    if form.kind is Kind.OPEN:
        return told | {"type": "text", "required": False}
    options = form.options_of(item)
    scored = item.scale is not None and all(option.score is not None for option in options)
    weights = option_scores(form, item) if scored else {}
    answers = [_answer(worded, item, option, weights) for option in options]
    return told | {
        "type": "choice",
        "required": False,
        "repeats": item.several,
        "answerOption": [*answers, *(_state(worded, code) for code in worded.states_of(item))],
    }


def _answer(
    worded: Worded, item: Item, option: Option, weights: Mapping[str, int]
) -> dict[str, Any]:
    group = item.id if item.options else "option"
    coding = {
        "code": option.code,
        **_translated(worded, "display", option.code, group, option.code),
    }
    if option.code in weights:
        coding["extension"] = [
            {"url": f"{_EXTENSION}/{name}", "valueDecimal": weights[option.code]}
            for name in ("ordinalValue", "itemWeight")
        ]
    return {"valueCoding": coding}


def _state(worded: Worded, code: str) -> dict[str, Any]:
    coding: dict[str, Any] = {"code": code, "display": worded.state(worded.first, code)}
    others = {tag: said for tag in worded.tags[1:] if (said := worded.own_state(tag, code))}
    return {"valueCoding": coding | _others("display", others)}


def _translated(worded: Worded, key: str, fallback: str, *place: str) -> dict[str, Any]:
    """A text in the first language, and beside it the same in the others."""
    others = {tag: said for tag in worded.tags[1:] if (said := worded.own(tag, *place))}
    return {key: worded.said(worded.first, *place) or fallback} | _others(key, others)


def _others(key: str, others: Mapping[str, str]) -> dict[str, Any]:
    if not others:
        return {}
    extensions = [
        {
            "url": f"{_EXTENSION}/translation",
            "extension": [
                {"url": "lang", "valueCode": tag},
                {"url": "content", "valueString": said},
            ],
        }
        for tag, said in others.items()
    ]
    return {f"_{key}": {"extension": extensions}}
