"""The texts that can be read aloud: the blocks of lessons, the sections of plain pages, and the
words of a glossary.

A place is `m1.1|idea` for a block (`m1.1|idea.2` where a lesson has a second one of that name),
`pages.support|2` for the second section of a page, or `glossary|stigma` for a word. What is read is
the plain text: a link that leads elsewhere, or a word in bold, is no other recording.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from edu.communities.lookup import entries_of, swaps_for
from edu.communities.models import ProfileEntry
from edu.communities.placeholders import fill
from edu.editions.parts import Part, Sort, modules, parts_of
from edu.editions.standing import standings
from edu.lessons.brought import BROUGHT
from edu.lessons.lesson import lines_of, split_blocks
from edu.lessons.markdown import FILM, tokens_of
from edu.segments.markdown import extract

GLOSSARY = "glossary"
#: What a section of a plain page is called; its title is its heading.
SECTION = "section"
#: Blocks that no learner's page shows.
_NOT_READ = frozenset({"facilitator"})
_ONLY_A_PICTURE = re.compile(rf"!\[.*\]\({BROUGHT.pattern}\)", re.DOTALL)
_TERM, _READ_OF_A_WORD = "term", ("term", "example")


@dataclass(frozen=True)
class Place:
    """A text to read aloud. `tags` are the languages in which its words stand."""

    id: str
    name: str
    title: str
    words: str
    tags: frozenset[str] = frozenset()

    @property
    def part(self) -> str:
        """The lesson it stands in, or `glossary`."""
        return self.id.partition("|")[0]

    @property
    def spot(self) -> str:
        """Where in it."""
        return self.id.partition("|")[2]

    @property
    def digest(self) -> str:
        """Of the words; when it changes, a recording of them is stale."""
        return digest_of(self.words)


def digest_of(words: str) -> str:
    """A digest that knows words, and not the space between them."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def blocks_read(lesson: str, markdown: str, tags: Sequence[str] = ()) -> list[Place]:
    """The blocks of a lesson's text, each with its place; `tags` are those of its segments."""
    found: list[Place] = []
    met: dict[str, int] = {}
    segment_tags = iter(tags)
    for piece in split_blocks(markdown):
        here = [tag for _, tag in zip(extract(piece.text), segment_tags, strict=False)]
        if piece.block is None:
            continue
        name = piece.block.name
        met[name] = met.get(name, 0) + 1
        spot = name if met[name] == 1 else f"{name}.{met[name]}"
        words = "" if name in _NOT_READ else "\n".join(_lines(piece.text))
        found.append(Place(f"{lesson}|{spot}", name, piece.block.title, words, frozenset(here)))
    return found


def sections_read(page: str, markdown: str, tags: Sequence[str] = ()) -> list[Place]:
    """The sections of a plain page, each from its heading to the next; the first has none, and no
    words where a heading begins the page."""
    found: list[Place] = []
    segment_tags = iter(tags)
    for number, piece in enumerate(_sections(markdown)):
        here = [tag for _, tag in zip(extract(piece), segment_tags, strict=False)]
        words = list(_lines(piece))
        title = words[0] if number else ""
        place = f"{page}|{number}"
        found.append(Place(place, SECTION, title, "\n".join(words), frozenset(here)))
    return found


def _sections(markdown: str) -> Iterator[str]:
    lines, done = lines_of(markdown), 0
    for token in tokens_of(markdown):
        if token.type == "heading_open" and token.tag == "h2" and not token.level:
            yield "".join(lines[done : token.map[0]])
            done = token.map[0]
    yield "".join(lines[done:])


def _lines(markdown: str) -> Iterator[str]:
    """What a voice reads, paragraph by paragraph."""
    in_film = False
    for token in tokens_of(markdown):
        if token.type == "container_block_open":
            in_film = token.meta["name"] == FILM
            if token.meta["title"]:
                yield token.meta["title"]
        elif token.type == "container_block_close":
            in_film = False
        # A picture is seen and a film heard: who reads aloud leaves them out, and a recording
        # stays right when one is put in.
        if token.type == "inline" and not in_film and not _ONLY_A_PICTURE.fullmatch(token.content):
            line = " ".join(_plain(token.children or []).split())
            yield line.removeprefix("[x] ").removeprefix("[ ] ")


def _plain(children: Sequence[Any]) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in children
    )


def places_of(session: Session, root: Path, tag: str, module: str) -> list[Place]:
    """What can be read aloud in a module or in the plain pages, in the words that lie on the desk
    of a language."""
    return _read_in(session, tag, parts_of(root, module))


def _read_in(session: Session, tag: str, parts: Mapping[str, Part]) -> list[Place]:
    wanted = {name: part for name, part in parts.items() if part.sort in _CUT}
    here = swaps_for(session, tag)
    found: list[Place] = []
    for name, stands in standings(session, tag, wanted).items():
        tags = [choice.tag for choice in stands.choices]
        # As a release will hold it: with the words of the place.
        texts = _CUT[wanted[name].sort](name, fill(stands.markdown, here), tags)
        found += [each for each in texts if each.words]
    return found


#: Into what each sort of part is cut.
_CUT = {Sort.LESSON: blocks_read, Sort.PAGE: sections_read}


def glossary_places(session: Session, tag: str) -> list[Place]:
    """The words of a community's glossary: the term, and an example of how it is used."""
    rows = [row for row in entries_of(session, tag, _TERM) if not row.gone]
    return [word_read(row) for row in rows if row.fields.get("term")]


def word_read(entry: ProfileEntry) -> Place:
    """What is read of one word: itself, and its example."""
    lines = [str(entry.fields.get(name) or "").strip() for name in _READ_OF_A_WORD]
    words = "\n".join(line for line in lines if line)
    return Place(
        f"{GLOSSARY}|{entry.slug}", entry.slug, lines[0], words, frozenset({entry.profile.tag})
    )


def place_of(session: Session, root: Path, tag: str, part: str, spot: str) -> Place | None:
    """One text to read aloud, as it stands on the desk; None where there is none such."""
    if part == GLOSSARY:
        places = glossary_places(session, tag)
    else:
        module = part.partition(".")[0]
        here = parts_of(root, module) if module in modules(root) else {}
        places = _read_in(session, tag, {part: here[part]} if part in here else {})
    return next((each for each in places if each.id == f"{part}|{spot}"), None)
