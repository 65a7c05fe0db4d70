"""An evaluator's figures one under another: a field, its value, and what it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edu.outcomes.change_fields import FIELDS
from edu.outcomes.table import csv_of

#: What is not in the JSON of `flask change`, or stands elsewhere there.
_MORE = {
    "matched": "people with a score before and after; all that follows is about these",
    "primary": "true: named as a main scale in the frozen plan",
    "p_holm": "p of what the frozen plan tests (the comparison that leads, or the change), by Holm",
    "validated": "false: nobody has tested yet how well these questions measure",
    "items.n": "people who answered every item before; null for fewer than fifty",
    "items.alpha": "Cronbach's alpha before",
    "items.alpha_interval": "its 95 % interval by Feldt",
    "items.omega": "McDonald's omega total of one factor before, by maximum likelihood",
    "limits.minimum": "the lowest possible value",
    "limits.maximum": "the highest possible value",
    "limits.higher_is": "better or worse",
    "items.items[].item": "an item",
    "items.items[].rest": "correlation of an item with the sum of the others",
    "items.items[].alpha_without": "alpha without it",
    "items.items[].suspect": "true: the correlation is below 0: is the item turned round?",
    "languages.people[]": "readers of each language",
    "languages.items[].p_holm": "ordinal logistic regression: does the language matter; by Holm",
    "languages.items[].r_squared_change": "how much the language explains (Nagelkerke)",
    "languages.items[].delta": "Mantel and Haenszel's delta between the languages",
    "comparison.leads": "which comparison counts: adjusted where a lot or a list made the arms",
    "dont_know.differs": "true: the verdict is another when don't know counts the other way",
    "dont_know.verdict": "the verdict then",
    "known[].difference": "share that was right after - share that was right before",
    "known[].interval": "its 95 % interval (Bonett and Price)",
    "known[].p": "p of McNemar's test, as if more had changed: never too small",
    "retest.matched": "people of groups that waited, who were asked twice before their lessons",
    "retest.sem": "standard error of measurement here: SD of their changes / root of 2",
    "retest.mdc95": "least change of one person beyond that error, 1.96 x SD of their changes",
    "retest.correlation": "of their two scores, to one digit; null for fewer than fifty",
    "reliable.improved_share": "share that improved by more than that, in whole tenths",
    "reliable.unchanged_share": "share of whom nobody can tell, in whole tenths",
    "reliable.worsened_share": "share that worsened by more than that, in whole tenths",
}
_NAMED = ("instrument", "version", "scale")


@dataclass(frozen=True)
class Field:
    """One figure. `meaning` is in English, with the terms of the field."""

    name: str
    value: str
    meaning: str


def fields_of(scale: Mapping[str, Any], *, apart: bool = False) -> list[Field]:
    """All figures of a scale, one under another; the ends of an interval together, or `apart`."""
    found = []
    for name in scale:
        if name not in _NAMED and name != "in_words" and scale[name] is not None:
            found += list(_flat(name, name, scale[name], apart))
    return found


def headline(scale: Mapping[str, Any]) -> list[str]:
    """People, mean (SD) before and after, mean change with its interval, g_av with its own."""
    if scale["matched"] is None:
        return []
    change, effect = scale["change"], scale["effect"]
    return [
        str(scale["matched"]),
        f"{said(scale['before']['mean'])} ({said(scale['before']['sd'])})",
        f"{said(scale['after']['mean'])} ({said(scale['after']['sd'])})",
        said(change["mean"]),
        said(change["interval"]),
        f"{said(effect['g_av'])} ({said(effect['g_av_interval'])})" if effect["g_av"] else "",
    ]


def _flat(name: str, general: str, value: Any, apart: bool) -> Iterator[Field]:
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _flat(f"{name}.{inner}", f"{general}.{inner}", each, apart)
    elif _is_several(value) and not _is_interval(value):
        for place, each in enumerate(value, 1):
            label = _label(each) or str(place)
            yield from _flat(f"{name}[{label}]", f"{general}[]", each, apart)
    else:
        meaning = _MORE.get(general) or FIELDS.get(general, "")
        if apart and _is_several(value):
            # A program reads a number, and not two with a sign between them.
            for end, each in zip(("low", "high"), value, strict=True):
                yield Field(f"{name}.{end}", said(each), meaning)
        else:
            yield Field(name, said(value), meaning)


def _is_several(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _label(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    return next(
        (str(value[name]) for name in ("later", "group", "arm", "item") if name in value), ""
    )


def _is_interval(value: Sequence[Any]) -> bool:
    return len(value) == 2 and all(isinstance(each, float) for each in value)


def said(value: Any) -> str:
    """As it is read: four digits behind the point are more than any sample holds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.4f}"
    if _is_several(value):
        return " … ".join(said(each) for each in value)
    return str(value)


def tables_csv(scales: Sequence[Mapping[str, Any]]) -> str:
    """Every figure of every scale, for a spreadsheet."""
    rows = [
        {name: scale[name] for name in _NAMED}
        | {"field": each.name, "value": each.value, "meaning": each.meaning}
        for scale in scales
        for each in fields_of(scale, apart=True)
    ]
    return csv_of(rows, (*_NAMED, "field", "value", "meaning"))
