"""Checks of a text's markup: raw HTML, headings, links, pictures, depth, numbers to dial."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from edu.lessons.markdown import FILM, make_parser
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.phone import phone_numbers
from edu.lessons.safe import FILMS, LESSON_ID, MEDIA, OUTSIDE
from edu.lessons.words import N_

KILOBYTE = 1024
#: The largest file of each kind, in bytes: what a slow line can carry.
LARGEST = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".avif"), 300 * KILOBYTE),
    **dict.fromkeys((".opus", ".ogg", ".mp3", ".m4a"), 3 * KILOBYTE * KILOBYTE),
    **dict.fromkeys((".mp4", ".webm"), 8 * KILOBYTE * KILOBYTE),
    ".vtt": 300 * KILOBYTE,
}
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif")
SOUNDS = (".opus", ".ogg", ".mp3", ".m4a")

RAW_HTML = N_("Raw HTML is not allowed; write Markdown.")

# The parser stops reading below its own limit of nesting, silently.
_DEEPEST = 50
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
# A second parser that would let raw HTML through, to find where it stands.
_HTML = make_parser()
_HTML.options["html"] = True


def inner_tokens(inline: Any) -> Iterator[tuple[int, Any]]:
    """Each token inside an inline one with its line (from 1)."""
    line = inline.map[0] + 1
    for child in inline.children or []:
        yield line, child
        if child.type in ("softbreak", "hardbreak"):
            line += 1


def raw_html(text: str, file: str) -> list[Mistake]:
    message = Message(RAW_HTML)
    lines = []
    for token in _HTML.parse(text):
        if token.type == "html_block" and token.map:
            lines.append(token.map[0] + 1)
        elif token.type == "inline":
            lines += [line for line, child in inner_tokens(token) if child.type == "html_inline"]
    return [Mistake(file, line, message) for line in sorted(set(lines))]


def odd_characters(text: str, file: str) -> list[Mistake]:
    """Characters that no keyboard writes, and that programs take for line ends or for nothing."""
    return [
        Mistake(
            file,
            text.count("\n", 0, match.start()) + 1,
            Message(
                N_("The character %(code)s cannot stand in a text."),
                code=f"U+{ord(match[0]):04X}",
            ),
        )
        for match in _ODD.finditer(text)
    ]


def headings(tokens: Sequence[Any], file: str, allowed: Collection[str]) -> list[Mistake]:
    names = ", ".join("#" * int(tag[1]) for tag in sorted(allowed))
    message = Message(N_("Only %(signs)s headings can stand here."), signs=names)
    return [
        Mistake(file, token.map[0] + 1, message)
        for token in tokens
        if token.type == "heading_open" and token.tag not in allowed
    ]


def depth(tokens: Sequence[Any], file: str) -> list[Mistake]:
    deep = [token for token in tokens if token.level >= _DEEPEST and token.map]
    message = Message(N_("This is nested too deep; text below would be lost."))
    return [Mistake(file, deep[0].map[0] + 1, message)] if deep else []


def links_and_pictures(
    tokens: Sequence[Any],
    file: str,
    known: Collection[str],
    folder: Path | None,
    *,
    outside: bool = False,
) -> list[Mistake]:
    """Links lead to `known` ids (or, if `outside`, to other sites); pictures are ours, with alt.

    `folder` is where `media/` lies; without it the files are not looked for.
    """
    found: list[Mistake] = []
    kinds: Collection[str] = PICTURES
    for token in tokens:
        if token.type.startswith("container_block"):
            # A film container holds no other one, so what closes next closes it.
            opens = token.type == "container_block_open" and token.meta["name"] == FILM
            kinds = FILMS if opens else PICTURES
        if token.type != "inline":
            continue
        for line, child in inner_tokens(token):
            if child.type == "link_open":
                message = _link(str(child.attrGet("href")), known, outside)
            elif child.type == "image":
                message = _picture(child, kinds, folder)
            else:
                continue
            if message:
                found.append(Mistake(file, line, message))
    return found


def _link(address: str, known: Collection[str], outside: bool) -> str:
    if outside and OUTSIDE.match(address):
        return ""
    if not LESSON_ID.fullmatch(address):
        return Message(
            N_("The link to '%(address)s' must be the id of a lesson, such as m2.1."),
            address=address,
        )
    if address in known:
        return ""
    return Message(N_("There is no lesson or page '%(address)s' to link to."), address=address)


def _picture(image: Any, kinds: Collection[str], folder: Path | None) -> str:
    if not image.content.strip():
        return Message(N_("The picture needs a text that says what it shows: ![text](media/...)."))
    return media_problem(str(image.attrGet("src")), kinds, folder)


def media_problem(name: str, suffixes: Collection[str], folder: Path | None) -> str:
    """What is wrong with a file beside the lesson, or an empty text."""
    if not MEDIA.fullmatch(name):
        return Message(N_("'%(file)s' must be a file in media/, with a plain name."), file=name)
    suffix = Path(name).suffix.lower()
    if suffix not in suffixes:
        endings = ", ".join(suffixes)
        return Message(N_("'%(file)s' must end in %(endings)s."), file=name, endings=endings)
    if folder is None:
        return ""
    path = folder / name
    if not path.is_file():
        return f"The file '{name}' is missing."
    size, limit = path.stat().st_size, LARGEST[suffix]
    if size > limit:
        return f"'{name}' has {size // KILOBYTE} KB; at most {limit // KILOBYTE} KB can be sent."
    return ""


def numbers_to_dial(text: str, file: str) -> list[Mistake]:
    return [
        Mistake(
            file,
            text.count("\n", 0, offset) + 1,
            Message(
                N_(
                    "'%(number)s' looks like a telephone number; "
                    "numbers belong in a place's services."
                ),
                number=number,
            ),
        )
        for offset, number in phone_numbers(text)
    ]
