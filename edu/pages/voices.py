"""The player beside a text that somebody has read aloud; the text itself is what is heard."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from markupsafe import Markup

from edu.lessons.render import RenderedBlock
from edu.lessons.words import N_, RECORDED, Words, say
from edu.pages.views import PageView
from edu.recordings.heard import Voice

READ_BY = N_("Read aloud by %(name)s, %(size)s KB")
MP3 = N_("MP3, %(size)s KB")
_TYPES = {"opus": "audio/ogg; codecs=opus", "mp3": "audio/mpeg"}

_END_OF_HEADING = "</h2>\n"
_BEFORE_HEADING = re.compile(r"(?=<h2[ >])")


def with_voices(
    blocks: Sequence[RenderedBlock], heard: Sequence[Voice | None], words: Words
) -> list[RenderedBlock]:
    """The blocks of a lesson, each with the voice that reads it; `heard` is empty without any."""
    if not heard:
        return list(blocks)
    return [
        replace(block, html=_with_voice(block.html, voice, words)) if voice else block
        for block, voice in zip(blocks, heard, strict=True)
    ]


def page_with_voices(page: PageView, heard: Sequence[Voice | None], words: Words) -> PageView:
    """A plain page, each section with the voice that reads it."""
    if not heard:
        return page
    sections = _BEFORE_HEADING.split(str(page.html))
    html = "".join(
        _with_voice(section, voice, words) if voice else section
        for section, voice in zip(sections, heard, strict=True)
    )
    return replace(page, html=Markup(html))  # noqa: S704 (made by our own renderer)


def _with_voice(block: str, voice: Voice, words: Words) -> str:
    """The player stands under the heading, or first where there is none. Nothing is loaded until
    it is played."""
    heading, end, rest = block.partition(_END_OF_HEADING)
    if not end:
        return player(voice, words) + block
    return f"{heading}{end}{player(voice, words)}{rest}"


def player(voice: Voice, words: Words) -> str:
    """Who reads, what it costs to load, and the player itself."""
    address = _addresses(voice)
    first, *others = voice.sizes
    told = say(words, READ_BY).replace("%(size)s", _kilobytes(voice.sizes[first]))
    name = f"<bdi>{escape(voice.speaker)}</bdi>"
    told = told.replace("%(name)s", name)
    if voice.own_story:
        told = f"<b>{say(words, RECORDED)}</b> {told}"
    for other in others:
        caption = say(words, MP3).replace("%(size)s", _kilobytes(voice.sizes[other]))
        told += f' · <bdi><a href="{address(other)}">{caption}</a></bdi>'
    sources = "".join(
        f'<source src="{address(name)}" type="{_TYPES[name]}">' for name in voice.sizes
    )
    return f'<p class="how">{told}</p>\n<audio controls preload="none">{sources}</audio>\n'


def _addresses(voice: Voice) -> Callable[[str], str]:
    return lambda format: f"/sound/{voice.number}.{format}?{voice.mark}"


def _kilobytes(size: int) -> str:
    return str(-(-size // 1024))
