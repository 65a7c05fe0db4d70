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
    "p_holm": "p of t, adjusted by Holm over the main scales of the frozen plan",
    "validated": "false: nobody has tested yet how well these questions measure",
    "items.n": "people who answered every item before; null for fewer than fifty",
    "items.alpha": "Cronbach's alpha before",
    "items.alpha_interval": "its 95 % interval by Feldt",
    "items.omega": "McDonald's omega total of one factor before, by maximum likelihood",
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


def fields_of(scale: Mapping[str, Any]) -> list[Field]:
    """All figures of a scale, one under another."""
    found = []
    for name in scale:
        if name not in _NAMED and name != "in_words" and scale[name] is not None:
            found += list(_flat(name, name, scale[name]))
    return found


def headline(scale: Mapping[str, Any]) -> list[str]:
    """People, mean (SD) before and after, mean change with its interval, g_av with its own."""
    if scale["matched"] is None:
        return []
    change, effect = scale["change"], scale["effect"]
    return [
        str(scale["matched"]),
        f"{_said(scale['before']['mean'])} ({_said(scale['before']['sd'])})",
        f"{_said(scale['after']['mean'])} ({_said(scale['after']['sd'])})",
        _said(change["mean"]),
        _said(change["interval"]),
        f"{_said(effect['g_av'])} ({_said(effect['g_av_interval'])})" if effect["g_av"] else "",
    ]


def _flat(name: str, general: str, value: Any) -> Iterator[Field]:
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _flat(f"{name}.{inner}", f"{general}.{inner}", each)
    elif isinstance(value, Sequence) and not isinstance(value, str) and not _is_interval(value):
        for place, each in enumerate(value, 1):
            label = _label(each) or str(place)
            yield from _flat(f"{name}[{label}]", f"{general}[]", each)
    else:
        yield Field(name, _said(value), _MORE.get(general) or FIELDS.get(general, ""))


def _label(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    return next(
        (str(value[name]) for name in ("later", "group", "arm", "item") if name in value), ""
    )


def _is_interval(value: Sequence[Any]) -> bool:
    return len(value) == 2 and all(isinstance(each, float) for each in value)


def _said(value: Any) -> str:
    """As it is read: four digits behind the point are more than any sample holds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " … ".join(_said(each) for each in value)
    return str(value)


def tables_csv(scales: Sequence[Mapping[str, Any]]) -> str:
    """Every figure of every scale, for a spreadsheet."""
    rows = [
        {name: scale[name] for name in _NAMED}
        | {"field": each.name, "value": each.value, "meaning": each.meaning}
        for scale in scales
        for each in fields_of(scale)
    ]
    return csv_of(rows, (*_NAMED, "field", "value", "meaning"))
