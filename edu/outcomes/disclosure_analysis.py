"""What of a whole analysis evaluators may read: the JSON of `flask change` without what tells.

The rows under it are whole batches, so nothing in it is about fewer than five people. What is left
out here would still tell: numbers of people below five and what gives them away, figures of rows
that are in one wave only, and whatever names a row.

Ranks, shares at the ends and people beyond error are told roughly, and of fifty people or more:
beside exact means and spreads of few people who answer in whole points, they would leave one
possibility of how many moved which way.
"""

from collections.abc import Mapping
from typing import Any

from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_counts import MINIMUM_CELL

#: Ranks, shares at the ends and people beyond error are told of no fewer.
ROUGHLY_FROM = 50
#: Sections that are read as they are. `flow`, `rows`, `left_out`, `missing` and `attrition` are
#: told of the programme as a whole; `wave_model` mixes people who are in one wave only.
_AS_THEY_ARE = (
    *("ladder", "before", "after", "change", "effect", "detectable"),
    *("verdict", "in_words"),
)


def disclosed(found: Mapping[str, Any], minimum: int = MINIMUM_GROUP) -> dict[str, Any]:
    """What may be read of an analysis; only the number of the matched where they are too few."""
    matched = found["counts"]["matched"]
    if matched < minimum:
        return {"matched": None}
    kept = {name: found[name] for name in _AS_THEY_ARE}
    kept["matched"] = matched
    # Where it is one scale of several, `scale` is its name.
    kept["limits"] = found["scale"]
    # Why there is no rank to tell would say how many moved.
    silent = ("attrition", "signed_rank", "knowledge", "reliable")
    kept["not_given"] = {
        name: why for name, why in found["not_given"].items() if not name.startswith(silent)
    }
    kept["ends"] = _ends(found["ends"], matched)
    kept["signed_rank"] = _signed_rank(found["signed_rank"], matched)
    for name, section in (
        ("waves", _waves(found, minimum)),
        ("looking_back", _looking_back(found, minimum)),
        ("reliable", _reliable(found, matched)),
        ("groups", found.get("groups")),
        ("pooled", _pooled(found, minimum)),
        ("comparison", _comparison(found, minimum)),
    ):
        if section:
            kept[name] = section
    return kept


def share(value: float | None, n: int) -> float | None:
    """A share of people in whole tens of percent; None where it, or what is left, is below five
    people, or there are fewer than fifty."""
    if value is None or n < ROUGHLY_FROM:
        return None
    count = round(value * n)
    if not MINIMUM_CELL <= count <= n - MINIMUM_CELL:
        return None
    return max(1, min(9, round(10 * value))) / 10


def _ends(ends: Mapping[str, Any], n: int) -> dict[str, Any]:
    return {name: share(value, n) for name, value in ends.items() if name != "flagged"}


def _signed_rank(found: Mapping[str, Any], n: int) -> dict[str, Any]:
    """As roughly as tells that nobody moved the other way from that few did."""
    names = ("p", "exact", "rank_biserial", "pseudomedian")
    if n < ROUGHLY_FROM or found["p"] is None:
        return dict.fromkeys(names)
    return {
        "p": max(0.01, round(found["p"], 2)),
        "exact": found["exact"],
        "rank_biserial": max(-0.9, min(0.9, round(found["rank_biserial"], 1))),
        "pseudomedian": round(found["pseudomedian"], 1),
    }


def _waves(found: Mapping[str, Any], minimum: int) -> list[dict[str, Any]]:
    """Each later wave beside before; one later wave beside another would tell of those who are in
    one of them only."""
    wanted = ("later", "matched", "mean", "sd", "standard_error", "interval", "verdict")
    return [
        {name: each[name] for name in wanted}
        for each in found.get("waves", ())
        if each["earlier"] == found["columns"]["before"]
        and each["later"] != found["columns"]["after"]
        and each["matched"] >= minimum
    ]


def _looking_back(found: Mapping[str, Any], minimum: int) -> dict[str, Any] | None:
    section = found.get("looking_back")
    if section is None or section["matched"] < minimum:
        return None
    return {name: section[name] for name in ("matched", "mean", "interval")}


_MOVED = ("improved", "unchanged", "worsened")


def _reliable(found: Mapping[str, Any], matched: int) -> dict[str, Any] | None:
    section = found.get("reliable")
    if section is None or section["sem"] is None:
        return None
    # Counts would tell by subtraction of two reports who crossed the line in between.
    rough = {name: share(section[name] / matched, matched) for name in _MOVED}
    return {name: value for name, value in section.items() if name not in _MOVED} | {
        f"{name}_share": value for name, value in rough.items()
    }


def _pooled(found: Mapping[str, Any], minimum: int) -> dict[str, Any] | None:
    section = found.get("pooled")
    if section is None:
        return None
    listed = [each for each in section["groups"] if each["matched"] >= minimum]
    return dict(section) | {"groups": listed}


def _comparison(found: Mapping[str, Any], minimum: int) -> dict[str, Any] | None:
    """Of the arm without the course only the change: its people may be in another report with
    their scores before."""
    section = found.get("comparison")
    if section is None or any((arm["matched"] or 0) < minimum for arm in section["arms"]):
        return None
    arms = [
        {name: arm[name] for name in ("arm", "groups", "matched", "mean_change", "sd_change")}
        for arm in section["arms"]
    ]
    return {name: value for name, value in section.items() if name != "without_group"} | {
        "arms": arms
    }
