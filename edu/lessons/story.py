"""The head of a story: who tells it, whether it is real, and where to listen."""

from html import escape

from edu.lessons.drawing import Drawing, marks
from edu.lessons.words import (
    FICTIONAL,
    FICTIONAL_MEANS,
    LISTEN,
    LISTEN_PLAIN,
    RECORDED,
    RECORDED_MEANS,
    WATCH,
    WATCH_PLAIN,
)


def story_head(drawing: Drawing) -> str:
    """Never leaves a doubt about whether a person is real; the text below is the transcript."""
    story = drawing.story
    if story is None:
        return ""
    kind, means = (RECORDED, RECORDED_MEANS) if story.real else (FICTIONAL, FICTIONAL_MEANS)
    teller, mark = escape(story.teller), marks(drawing.teller_language)
    teller = f"<span{mark}>{teller}</span>" if mark else teller
    return (
        f'<p class="teller"><b>{drawing.say(kind)}</b> {teller}</p>\n'
        f'<p class="hint">{drawing.say(means)}</p>\n'
        f"{_media(drawing, 'audio', story.audio)}{_media(drawing, 'video', story.video)}"
    )


def _media(drawing: Drawing, kind: str, file: str) -> str:
    if not file:
        return ""
    size = drawing.sizes.get(file)
    sized, plain = (LISTEN, LISTEN_PLAIN) if kind == "audio" else (WATCH, WATCH_PLAIN)
    if size is None:
        caption = drawing.say(plain)
    else:
        caption = drawing.say(sized).replace("%(size)s", str(-(-size // 1024)))
    address = drawing.media + escape(file.removeprefix("media/"))
    captions = file.rpartition(".")[0] + ".vtt"
    track = (
        f'<track kind="captions" src="{drawing.media}{escape(captions.removeprefix("media/"))}">'
        if kind == "video" and captions in drawing.sizes
        else ""
    )
    return (
        f'<p class="how"><a href="{address}">{caption}</a></p>\n'
        f'<{kind} controls preload="none" src="{address}">{track}</{kind}>\n'
    )
