"""Numbers: the same ones on both sides, however a language writes them.

`1,000`, `1.000`, `1 000` and `١٬٠٠٠` are one number, `3.5` and `3,5` another; `6 pm` may be
`18:00`. So each number has several readings, and two are the same when they share one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from edu.checks.blocks import first_number
from edu.checks.contacts import EMAIL, URL, blanked, phones
from edu.checks.finding import Finding, advises, blocks, listed
from edu.checks.letters import plain_digits
from edu.checks.number_words import (
    cardinals,
    english_numbers,
    exact_words,
    knows,
    may_be_written,
    months,
)
from edu.checks.percent import ENGLISH_PERCENT, PERCENT
from edu.checks.placeholders import PLACEHOLDER
from edu.checks.reading import Side
from edu.lessons.words import N_

_CHANGED = N_("A number is not the same: the source says %(source)s, here stands %(target)s.")
_LOST = N_("This number is missing: %(found)s.")
_NEW = N_("The source does not have this number: %(found)s.")
_SPACE = "\u00a0\u202f\u2009 "
_NUMBER = re.compile(
    rf"(?P<indian>(?<![\d,.])\d{{1,2}}(?:[,٬]\d\d)+[,٬]\d{{3}}(?!\d))(?:[.٫](?P<part_a>\d+))?"
    rf"|(?P<grouped>(?<![\d,.])\d{{1,3}}(?P<sign>[,.٬'’{_SPACE}])\d{{3}}(?:(?P=sign)\d{{3}})*(?!\d))"
    rf"(?:[.,٫](?P<part_b>\d{{1,2}})(?!\d))?"
    r"|(?P<clock>(?<!\d)\d{1,2})(?::| ?h ?)(?P<minute>[0-5]\d)(?!\d)"
    r"|(?P<whole>\d+)[.,٫·](?P<part_c>\d+)(?![.,/-]?\d)"
    r"|(?P<plain>\d+)"
)
_PART_OF_HOUR = re.compile(r"\b(?:half|quarter|ten|five|twenty) (?:past|to)\b", re.IGNORECASE)
_RUN = re.compile(r"\+?\(?\d(?:[ \u00a0\u202f().\-–/]{0,2}\d)+")
_HALF_DAY = re.compile(r"\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_SCALE_WORDS = {
    10**3: "thousand|mil|mille|tusen|हज़ार|हजार|ألف|آلاف|ஆயிரம்|ہزار|elfu|dubu|දහස්|දහ",
    10**5: "lakhs?|लाख|لاکھ|இலட்சம்|லட்சம்|laki|ලක්ෂ",
    10**6: "millions?|mill(?:ón|ones|ioner|ion|)|miljon(?:er)?|milioni|miliyan|मिलियन|دس لاکھ|"
    "مليون|ملايين|மில்லியன்|මිලියන|mílíọ̀nù|nde|muilleann",
    10**7: "crores?|करोड़|کروڑ|கோடி|කෝටි",
    10**9: "billions?|milliards?|miljard(?:er)?|mil millones|अरब|مليار|bilioni|biliyan",
}
_AFTER = [
    (factor, re.compile(rf"\s?(?:de\s)?(?:{words})(?!\w)", re.IGNORECASE))
    for factor, words in _SCALE_WORDS.items()
]
_BEFORE = [
    (factor, re.compile(rf"(?<!\w)(?:{words})\s$", re.IGNORECASE))
    for factor, words in _SCALE_WORDS.items()
]
_SWAHILI_CLOCK = re.compile(r"\bsaa\s$", re.IGNORECASE)
_ALWAYS = re.compile(r"24\s?/\s?7|24\s?h\b")
_ISO_DATE = re.compile(
    r"(?<!\d)(?:\d{4}([-/.])(\d\d?)\1(\d\d?)|(\d\d?)([-/.])(\d\d?)\5\d{4})(?!\d)"
)
Reading = tuple[str, Fraction]


@dataclass(frozen=True)
class Number:
    text: str
    readings: frozenset[Reading]
    value: int | None  # of a plain whole number


def _clock(hour: int, minute: int) -> set[Reading]:
    readings = {("clock", Fraction(hour * 60 + minute))}
    if minute == 0:
        readings.add(("number", Fraction(hour)))
    return readings


def _of_match(match: re.Match[str]) -> set[Reading]:
    """What one run of digits and signs may mean."""
    group = match["indian"] or match["grouped"]
    if group:
        whole = int(re.sub(r"\D", "", group))
        part = match["part_a"] or match["part_b"]
        readings = {("number", Fraction(f"{whole}.{part}") if part else Fraction(whole))}
        if not part and match["sign"] in (".", ",") and group.count(match["sign"]) == 1:
            readings.add(("number", Fraction(group.replace(",", "."))))
        return readings
    if match["clock"]:
        hour, minute = int(match["clock"]), int(match["minute"])
        return _clock(hour, minute) if hour <= 24 else {("number", Fraction(hour))}
    if match["whole"]:
        part = match["part_c"]
        readings = {("number", Fraction(f"{match['whole']}.{part}"))}
        if int(match["whole"]) <= 24 and len(part) == 2 and int(part) < 60:
            readings |= _clock(int(match["whole"]), int(part))
        return readings
    return {("number", Fraction(int(match["plain"])))}


def _half_day(readings: set[Reading], half: str) -> set[Reading]:
    """With `pm`, the same time counted to 24."""
    more: set[Reading] = set()
    for kind, value in readings:
        unit = 60 if kind == "clock" else 1
        hour = value // unit % 12 + (12 if half == "p" else 0)
        more |= _clock(int(hour), int(value % unit) if kind == "clock" else 0)
    return readings | more


def _six_hours_on(readings: set[Reading]) -> set[Reading]:
    """In Swahili the hours are counted from dawn: `saa 2` is eight o'clock."""
    more: set[Reading] = set()
    for kind, value in readings:
        unit = 60 if kind == "clock" else 1
        for hours in (6, 18, -6):
            more.add((kind, (value + hours * unit) % (24 * unit)))
        more.add((kind, (value + 6 * unit) % (12 * unit)))
    return readings | more


def numbers(text: str) -> list[Number]:
    """The numbers of a text in Western digits, with all their readings."""
    found = []
    for match in _NUMBER.finditer(text):
        readings = _of_match(match)
        if half := _HALF_DAY.match(text, match.end()):
            readings = _half_day(readings, half["half"].lower())
        before = text[max(0, match.start() - 14) : match.start()]
        if _SWAHILI_CLOCK.search(before):
            readings = _six_hours_on(readings)
        scales = [factor for factor, words in _AFTER if words.match(text, match.end())]
        scales += [factor for factor, words in _BEFORE if words.search(before)]
        readings |= {
            ("number", value * scale)
            for kind, value in readings
            for scale in scales[-1:]
            if kind == "number"
        }
        if match["plain"] and len(match[0]) == 4 and text[match.end() : match.end() + 1] == "s":
            readings.add(("number", Fraction(int(match[0][2:]))))  # the 1990s, los años 90
        plain = int(match["plain"]) if match["plain"] and len(match["plain"]) < 10 else None
        found.append(Number(match[0], frozenset(readings), plain))
    return found


def _cleared(side: Side, dialled: set[str]) -> str:
    """The visible words in which every digit left is of a number; `dialled` on either side is
    looked at as telephone numbers."""
    text = blanked(plain_digits(side.visible), URL, EMAIL, PLACEHOLDER)
    for start, end, _ in phones(text):
        text = text[:start] + "\ufffc" * (end - start) + text[end:]
    if not dialled:
        return text
    return _RUN.sub(
        lambda run: "\ufffc" * len(run[0]) if re.sub(r"\D", "", run[0]) in dialled else run[0], text
    )


def _dialled(side: Side) -> set[str]:
    return {digits.lstrip("+") for *_, digits in phones(side.visible)}


def _unmatched(ours: list[Number], theirs: list[Number]) -> tuple[list[Number], list[Number]]:
    left, lost = list(theirs), []
    for number in ours:
        same = [each for each in left if each.readings & number.readings]
        if same:
            left.remove(next((each for each in same if each.text == number.text), same[0]))
        else:
            lost.append(number)
    return lost, left


def _digit_groups(found: list[Number]) -> list[str]:
    return sorted(group.lstrip("0") for each in found for group in re.findall(r"\d+", each.text))


def check_numbers(source: Side, target: Side, base: str, source_base: str) -> Iterator[Finding]:
    if not re.search(r"\d", source.visible + target.text):
        yield from _words(source, target, base, source_base)
        return
    dialled = _dialled(source) | _dialled(target)
    ours_text, theirs_text = _cleared(source, dialled), _cleared(target, dialled)
    theirs_text = f"{first_number(source, target)} {theirs_text}"
    if _ALWAYS.search(ours_text) and not re.search(r"24|7", theirs_text):
        ours_text = _ALWAYS.sub("", ours_text)
    lost, new = _unmatched(numbers(ours_text), numbers(theirs_text))
    if (not lost and not new) or _digit_groups(lost) == _digit_groups(new):
        return
    lost, new = _without_dates(ours_text, lost, new)
    low = theirs_text.lower()
    new = _not_in_words(new, ours_text, source_base)
    lost = [each for each in lost if each.value is None or not _may_be_said(each.value, low, base)]
    if lost and new:
        names = {"source": _texts(lost), "target": _texts(new)}
        yield blocks("numbers", _CHANGED, **names)
    elif lost:
        small = not knows(base) and all(
            each.value is not None and each.value <= 12 for each in lost
        )
        yield (advises if small else blocks)("numbers", _LOST, found=_texts(lost))
    elif new:
        small = all(each.value is not None and each.value <= 12 for each in new)
        yield (advises if small else blocks)("numbers", _NEW, found=_texts(new))


def _may_be_said(value: int, text: str, base: str) -> bool:
    """Whether a text may have this number in words, as an hour of the Swahili clock too."""
    if base == "sw" and "saa " in text and may_be_written((value + 5) % 12 + 1, text, base):
        return True
    return may_be_written(value, text, base)


def _words(source: Side, target: Side, base: str, source_base: str) -> Iterator[Finding]:
    """A number that both sides say in words, and not the same one."""
    said = exact_words(target.visible, base) if source_base == "en" else set()
    if not said or not (ours := cardinals(source.visible)):
        return
    low = target.visible.lower()
    lost = [value for value in sorted(ours) if not _may_be_said(value, low, base)]
    new = said - set(english_numbers(source.visible))
    if lost and new:
        shown = {"source": listed([*map(str, lost)]), "target": listed([*map(str, sorted(new))])}
        yield advises("numbers", _CHANGED, **shown)


def _texts(found: list[Number]) -> str:
    return listed([each.text for each in found])


def _without_dates(
    text: str, lost: list[Number], new: list[Number]
) -> tuple[list[Number], list[Number]]:
    """A month may be a number on one side and a name on the other."""
    named = months(text)
    new = [each for each in new if each.value is None or each.value not in named]
    if not new:
        dated = {int(part) for match in _ISO_DATE.findall(text) for part in match if part.isdigit()}
        lost = [each for each in lost if each.value is None or each.value not in dated]
    return lost, new


def _not_in_words(new: list[Number], text: str, source_base: str) -> list[Number]:
    """Without the numbers that the source has in words."""
    if PERCENT.search(text) or ENGLISH_PERCENT.search(text):
        new = [each for each in new if each.value != 100]  # 50 in 100
    if _PART_OF_HOUR.search(text):
        new = [each for each in new if not any(kind == "clock" for kind, _ in each.readings)]
    if source_base != "en":
        low = text.lower()
        return [
            each
            for each in new
            if each.value is None or not may_be_written(each.value, low, source_base)
        ]
    said = {("number", Fraction(value)) for value in english_numbers(text)}
    return [each for each in new if not each.readings & said]
