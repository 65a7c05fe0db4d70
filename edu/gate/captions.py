"""Captions of a film (WebVTT): words and times, and nothing that styles or runs."""

import re

from edu.gate.refused import Refused, refuse
from edu.gate.text import read_text
from edu.lessons.mistakes import Mistake
from edu.lessons.words import N_

_TIMES = re.compile(
    r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
    r"(?:[ \t]+[a-z]+:[\w%.,-]+)*[ \t]*"
)
_TAG = re.compile(r"<(?!/?(?:c|i|b|u|v|lang|ruby|rt)(?:[.\s>])|\d\d:)")
_MOST_CUES = 5000


def check_captions(content: bytes, name: str) -> int:
    """Refused with every line that is no caption; returns how many captions there are."""
    lines = re.split(r"\r\n?|\n", read_text(content, name, longest_line=1000))
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise refuse(name, N_("The first line must be WEBVTT."))
    found: list[Mistake] = []
    cues = 0
    for number, line in enumerate(lines[1:], start=2):
        if line.startswith(("STYLE", "REGION")) and not lines[number - 2].strip():
            found.append(Mistake(name, number, N_("Styles and regions are not taken; words are.")))
        elif "-->" in line:
            cues += 1
            if not _TIMES.fullmatch(line):
                found.append(
                    Mistake(name, number, N_("Times are written as 00:01.000 --> 00:04.000."))
                )
        elif _TAG.search(line):
            found.append(
                Mistake(name, number, N_("Only the marks c, i, b, u, v, lang and ruby stand."))
            )
    if cues > _MOST_CUES:
        raise refuse(name, N_("There are more than %(most)s captions."), most=_MOST_CUES)
    if found:
        raise Refused(found[:100])
    return cues
