"""What an author wrote, read from a text: lessons, modules and plain pages.

A woven text (a lesson in another language, with other blocks) is read by the same code.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from edu.lessons.fields import Fields, read_front_matter, read_toml
from edu.lessons.markdown import BLOCKS, tokens_of
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

LIFE_STAGES = ("child", "youth", "adult", "elder")
RINGS = ("person", "group", "place")
CONSTRUCTS = (*("K", "ST", "EM", "IC", "IH", "HS", "SS", "AS", "PR", "RT", "HO", "CE", "RB"),)
SAFETY = ("suicide", "helpline", "law", "violence", "coercion", "loss")
TRACKS = ("T1", "T1-short", "T2", "T3", "T4", "T-emergency")
CONSENTS = ("fictional-composite", "recorded")

_LESSON_KEYS = (
    *("title", "summary", "minutes", "message", "life_stage", "rings", "constructs"),
    *("safety", "content_note", "story", "sources"),
)
_STORY_KEYS = ("teller", "consent", "uses", "date", "until", "audio", "video", "seconds")
_MODULE_KEYS = (
    *("title", "summary", "content_note", "order", "minutes", "tracks", "constructs"),
    *("licence", "tryout_readers"),
)
_EMPTY = N_("The front matter is empty.")
_NO_CONSENT = N_(
    "'%(word)s' is no consent: write fictional-composite, unless a real person's consent is"
    " recorded."
)


@dataclass(frozen=True)
class Story:
    """Who tells the story of a `meet` block, and what this person agreed to."""

    teller: str
    consent: str
    uses: tuple[str, ...] = ()
    date: datetime.date | None = None
    until: datetime.date | None = None
    audio: str = ""
    video: str = ""
    seconds: int = 0

    @property
    def real(self) -> bool:
        return self.consent == "recorded"

    def may_be_shown(self, today: datetime.date) -> bool:
        """A real person's story ends with the consent; an invented one never ran out."""
        return not self.real or (self.until is not None and today <= self.until)


@dataclass(frozen=True)
class Block:
    """One container of a lesson; `markdown` holds its exact lines, fences included."""

    name: str
    title: str
    safety: str
    attributes: dict[str, str] = field(hash=False)
    markdown: str
    line: int


@dataclass(frozen=True)
class Lesson:
    id: str
    module: str
    number: int
    slug: str
    source: str
    title: str
    summary: str
    minutes: int
    message: str
    life_stage: tuple[str, ...]
    rings: tuple[str, ...]
    constructs: tuple[str, ...]
    safety: tuple[str, ...]
    content_note: str
    story: Story | None
    sources: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Module:
    id: str
    title: str
    summary: str
    content_note: str
    order: int
    minutes: int
    tracks: tuple[str, ...]
    constructs: tuple[str, ...]
    licence: str
    tryout_readers: int
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True)
class Page:
    """A plain page (support, consent, about); id is `pages.<slug>`."""

    id: str
    slug: str
    title: str
    summary: str
    source: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a lesson's text: one block, or whatever stands between (`block` is None)."""

    text: str
    block: Block | None = None


def lines_of(text: str) -> list[str]:
    """The lines as the parser counts them, each with its own line end.

    `str.splitlines` would also break at form feeds and at U+2028, and lose count.
    """
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


def split_blocks(text: str) -> list[Piece]:
    """Cut a lesson into its blocks and what stands between; `join_blocks` is the inverse.

    The front matter is (part of) the first piece. Every byte is in exactly one piece.
    """
    lines, pieces, done = lines_of(text), [], 0
    for token in tokens_of(text):
        if token.type != "container_block_open" or token.level or token.meta["name"] not in BLOCKS:
            continue
        start, last = token.map
        end = min(last + 1, len(lines))
        if start > done:
            pieces.append(Piece("".join(lines[done:start])))
        markdown, meta = "".join(lines[start:end]), token.meta
        safety = meta["attributes"].get("safety", "")
        block = Block(meta["name"], meta["title"], safety, meta["attributes"], markdown, start + 1)
        pieces.append(Piece(markdown, block))
        done = end
    if done < len(lines):
        pieces.append(Piece("".join(lines[done:])))
    return pieces


def join_blocks(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def read_lesson(text: str, *, file: str, id: str) -> tuple[Lesson | None, list[Mistake]]:
    """A lesson, or None when its front matter cannot be read; and what is wrong with the latter."""
    fields = read_front_matter(text, file)
    if not fields.values:
        return None, fields.mistakes or [Mistake(file, 1, Message(_EMPTY))]
    fields.only(_LESSON_KEYS)
    module, _, number = id.rpartition(".")
    lesson = Lesson(
        id=id,
        module=module,
        number=int(number) if number.isdecimal() else 0,
        slug=file.rpartition("/")[2].removesuffix(".md").lstrip("0123456789").lstrip("-"),
        source=text,
        title=fields.text("title"),
        summary=fields.text("summary"),
        minutes=fields.whole("minutes", 1, 60),
        message=fields.text("message"),
        life_stage=fields.words("life_stage", LIFE_STAGES),
        rings=fields.words("rings", RINGS),
        constructs=fields.words("constructs", CONSTRUCTS),
        safety=fields.words("safety", SAFETY, required=False),
        content_note=fields.text("content_note", required=False),
        story=_read_story(fields),
        sources=fields.words("sources", required=False),
        blocks=tuple(piece.block for piece in split_blocks(text) if piece.block),
    )
    return lesson, fields.mistakes


def _read_story(fields: Fields) -> Story | None:
    if fields.values.get("story") is None:
        return None
    if not isinstance(fields.values["story"], dict):
        fields.complain("story", Message(N_("'story' must hold teller and consent.")))
        return None
    fields.only(_STORY_KEYS, within="story")
    consent = fields.text("story.consent")
    if consent and consent not in CONSENTS:
        fields.complain("story.consent", Message(_NO_CONSENT, word=consent))
    story = Story(
        teller=fields.text("story.teller"),
        consent=consent,
        uses=fields.words("story.uses", required=False),
        date=fields.day("story.date"),
        until=fields.day("story.until"),
        audio=fields.text("story.audio", required=False),
        video=fields.text("story.video", required=False),
        seconds=fields.whole("story.seconds", 1, 900, required=False),
    )
    _check_recorded(story, fields)
    return story


def _check_recorded(story: Story, fields: Fields) -> None:
    if not story.real:
        return
    for name in ("uses", "date", "until"):
        if not getattr(story, name):
            message = Message(N_("A recorded story needs '%(key)s'."), key=f"story.{name}")
            fields.complain(f"story.{name}", message)
    if not (story.audio or story.video):
        message = Message(N_("A recorded story needs 'story.audio' or 'story.video'."))
        fields.complain("story.audio", message)
    if story.date and story.until and story.until <= story.date:
        message = Message(N_("'story.until' must be later than 'story.date'."))
        fields.complain("story.until", message)


def read_page(text: str, *, file: str, id: str) -> tuple[Page | None, list[Mistake]]:
    fields = read_front_matter(text, file)
    if not fields.values:
        return None, fields.mistakes or [Mistake(file, 1, Message(_EMPTY))]
    fields.only(("title", "summary"))
    title, summary = fields.text("title"), fields.text("summary")
    return Page(id, id.removeprefix("pages."), title, summary, text), fields.mistakes


def read_module(text: str, *, file: str, id: str) -> tuple[Module | None, list[Mistake]]:
    """A module without its lessons."""
    fields = read_toml(text, file)
    if not fields.values:
        return None, fields.mistakes or [Mistake(file, 1, Message(N_("The module file is empty.")))]
    fields.only(_MODULE_KEYS)
    module = Module(
        id=id,
        title=fields.text("title"),
        summary=fields.text("summary"),
        content_note=fields.text("content_note", required=False),
        order=fields.whole("order", 0, 999),
        minutes=fields.whole("minutes", 1, 999),
        tracks=fields.words("tracks", TRACKS),
        constructs=fields.words("constructs", CONSTRUCTS),
        licence=fields.text("licence"),
        tryout_readers=fields.whole("tryout_readers", 0, 99, required=False),
    )
    return module, fields.mistakes
