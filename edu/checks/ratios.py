"""How long a translation usually is beside its source, learned from approved text.

Lengths are compared as logarithms of target by source, with the median and the median absolute
deviation, so that some odd pairs do not move them. Short texts vary more than long ones, so each
class of length has its own figures.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

#: Upper ends, in letters of the source, of the classes of length.
CLASSES = (12, 40, 120, 10**9)
_FEWEST = 20  # pairs before a class is believed
_LEAST_SPREAD = (0.55, 0.32, 0.20, 0.13)  # no language is steadier than this


@dataclass(frozen=True)
class Range:
    """The median of log(target / source), and how far pairs usually are from it."""

    middle: float
    spread: float


@dataclass(frozen=True)
class Ratios:
    ranges: tuple[Range, ...]

    def bounds(self, length: int, *, loose: bool = False) -> tuple[float, float]:
        """The least and the greatest usual ratio for a source of this length. Titles and buttons
        are `loose`: languages differ more in them than in sentences."""
        size = _class_of(length)
        usual = self.ranges[size]
        spread = max(usual.spread, _LEAST_SPREAD[size]) * (1.3 if loose else 1)
        return math.exp(usual.middle - 3.2 * spread), math.exp(usual.middle + 4.2 * spread)


def _class_of(length: int) -> int:
    return next(index for index, end in enumerate(CLASSES) if length <= end)


def learn(pairs: Iterable[tuple[str, str]], start: Ratios | None = None) -> Ratios:
    """From approved (source, target) pairs; a class with too few keeps the starting value."""
    logs: list[list[float]] = [[] for _ in CLASSES]
    for source, target in pairs:
        if source.strip() and target.strip():
            ratio = math.log(len(target.strip()) / len(source.strip()))
            logs[_class_of(len(source.strip()))].append(ratio)
    start = start or ratios_for("")
    return Ratios(
        tuple(
            _range(values) if len(values) >= _FEWEST else known
            for values, known in zip(logs, start.ranges, strict=True)
        )
    )


def _range(values: list[float]) -> Range:
    middle = median(values)
    # 1.4826 makes the median deviation comparable with a standard deviation.
    return Range(middle, 1.4826 * median(abs(value - middle) for value in values))


#: Medians of target by source for long texts, and for the languages that we ship, as learned
#: from their catalogues; the others stand near their relatives.
_LONG = {
    "ar": 0.85, "ur": 0.98, "fa": 0.95, "he": 0.80,
    "es": 1.09, "fr": 1.13, "pt": 1.08, "it": 1.10, "de": 1.15, "sv": 1.02, "nb": 1.01, "nn": 1.01,
    "gd": 1.15, "sco": 1.0, "se": 1.08,
    "sw": 1.04, "sn": 1.12, "nd": 1.15, "zu": 1.12, "bem": 1.2, "ny": 1.12, "toi": 1.15,
    "loz": 1.15,     "ha": 1.05, "yo": 1.08, "ig": 1.05, "pcm": 0.95, "wes": 0.95, "ff": 1.05,
    "hi": 1.02, "mr": 1.0, "bn": 0.98, "ta": 1.25, "si": 1.03, "te": 1.05, "ml": 1.15,
    "zh": 0.35, "ja": 0.5, "ko": 0.55, "th": 0.9, "en": 1.0,
}  # fmt: skip


def ratios_for(base: str) -> Ratios:
    """Starting values for a language; one that nobody measured gets a wide spread."""
    middle = math.log(_LONG.get(base, 1.05))
    wider = 0.0 if base in _LONG else 0.08
    return Ratios(tuple(Range(middle, spread + wider) for spread in _LEAST_SPREAD))
