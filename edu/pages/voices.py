"""The player beside a block that somebody has read aloud; the block's own text is what is heard."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from edu.lessons.render import RenderedBlock
from edu.lessons.words import N_, RECORDED, Words, say
from edu.recordings.heard import Voice

READ_BY = N_("Read aloud by %(name)s, %(size)s KB")
MP3 = N_("MP3, %(size)s KB")
_TYPES = {"opus": "audio/ogg; codecs=opus", "mp3": "audio/mpeg"}

_END_OF_HEADING = "</h2>\n"


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


def _with_voice(block: str, voice: Voice, words: Words) -> str:
    """The player stands under the heading. Nothing is loaded until it is played."""
    heading, end, rest = block.partition(_END_OF_HEADING)
    return f"{heading}{end}{_player(voice, words)}{rest}"


def _player(voice: Voice, words: Words) -> str:
    address = _addresses(voice)
    first, *others = voice.sizes
    told = say(words, READ_BY).replace("%(size)s", _kilobytes(voice.sizes[first]))
    name = f"<bdi>{escape(voice.speaker)}</bdi>"
    told = told.replace("%(name)s", name)
    if voice.own_story:
        told = f"<b>{say(words, RECORDED)}</b> {told}"
    for other in others:
        caption = say(words, MP3).replace("%(size)s", _kilobytes(voice.sizes[other]))
        told += f' · <a href="{address(other)}">{caption}</a>'
    sources = "".join(
        f'<source src="{address(name)}" type="{_TYPES[name]}">' for name in voice.sizes
    )
    return f'<p class="how">{told}</p>\n<audio controls preload="none">{sources}</audio>\n'


def _addresses(voice: Voice) -> Callable[[str], str]:
    return lambda format: f"/sound/{voice.number}.{format}?{voice.mark}"


def _kilobytes(size: int) -> str:
    return str(-(-size // 1024))
