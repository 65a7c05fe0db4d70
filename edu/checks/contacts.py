"""Telephone numbers, e-mail and web addresses: the same ones on both sides, letter for letter."""

import re
from collections import Counter
from collections.abc import Iterator

from edu.checks.finding import Finding, blocks, listed
from edu.checks.letters import plain_digits
from edu.checks.reading import Side
from edu.lessons.phone import phone_numbers
from edu.lessons.words import N_

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+", re.ASCII | re.IGNORECASE)
# Only what an address can hold, so that an ending of another script may follow it at once.
URL = re.compile(r"(?:https?|ftp)://[!#-;=?-~]+|\bwww\.[!#-;=?-~]+", re.IGNORECASE)
_AFTER_URL = ".,;:!?)]}*_'-"
_DATE = re.compile(r"(?<!\d)\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)|(?<!\d)\d{4}([./-])\d\d?\2\d\d?")
_TIMES = re.compile(r"\d\d?[:.h]\d\d\s*[-–—]\s*\d\d?[:.h]\d\d")
GROUPED = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u202f\u2009 ])\d{3})(?:\1\d{3})*")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D{1,3}(?:19|20)\d\d)+")
_NOT_DIGIT = re.compile(r"\D+")

_PHONE_LOST = N_("This phone number is missing or changed: %(found)s. Copy it from the source.")
_PHONE_NEW = N_("The source has no phone number %(found)s. Take it out or correct it.")
_EMAIL_LOST = N_("This e-mail address is missing or changed: %(found)s.")
_EMAIL_NEW = N_("The source has no e-mail address %(found)s.")
_URL_LOST = N_("This web address is missing or changed: %(found)s.")
_URL_NEW = N_("The source has no web address %(found)s.")


def urls(text: str) -> list[str]:
    """The web addresses that stand in a text, without the stop of their sentence."""
    return [found.rstrip(_AFTER_URL) for found in URL.findall(text)]


def blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with blanks where a pattern matches; places stay the same."""
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"\S", "\ufffc", match[0]), text)
    return text


def phones(text: str) -> list[tuple[int, int, str]]:
    """Start, end and digits of what may be dialled, dates and opening hours left out."""
    if len(re.findall(r"\d", text)) < 3:
        return []
    western = plain_digits(text)
    cleared = blanked(western, URL, EMAIL, _DATE, _TIMES)
    found = []
    for start, number in phone_numbers(cleared):
        if GROUPED.fullmatch(number) or _YEARS.fullmatch(number):
            continue
        sign = "+" if "+" in number else ""
        found.append((start, start + len(number), sign + _NOT_DIGIT.sub("", number)))
    return found


def check_phones(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = phones(source.visible), phones(target.visible)
    if not ours and not theirs:
        return
    left = Counter(digits for *_, digits in theirs)
    stream = _NOT_DIGIT.sub(" ", plain_digits(target.visible)).split()
    lost = []
    for *_, digits in ours:
        if left[digits]:
            left[digits] -= 1
        elif digits not in stream:
            lost.append(digits)
    known = _NOT_DIGIT.sub(" ", plain_digits(source.visible)).split()
    new = [digits for digits in left.elements() if digits not in known]
    if lost:
        yield blocks("phones", _PHONE_LOST, found=listed(lost))
    if new:
        yield blocks("phones", _PHONE_NEW, found=listed(new))


def check_addresses(source: Side, target: Side) -> Iterator[Finding]:
    """E-mail addresses and bare web addresses; the targets of links are looked at as links."""
    if not re.search(r"@|://|www\.", source.visible + target.visible, re.IGNORECASE):
        return
    for pattern, check, lost, new in (
        (EMAIL.findall, "emails", _EMAIL_LOST, _EMAIL_NEW),
        (urls, "urls", _URL_LOST, _URL_NEW),
    ):
        ours, theirs = Counter(pattern(source.visible)), Counter(pattern(target.visible))
        if gone := list((ours - theirs).elements()):
            yield blocks(check, lost, found=listed(gone))
        if more := list((theirs - ours).elements()):
            yield blocks(check, new, found=listed(more))
