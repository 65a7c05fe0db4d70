"""The smallest piece of text that is translated, and what makes two pieces the same."""

import hashlib
import re
from dataclasses import dataclass

#: White space at the edges of a text; the parser drops all of these there.
_EDGES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
# Inside a text a no-break space is the translator's choice (French puts one before
# a question mark), so only ordinary spaces, tabs and line ends are folded.
_SPACES = re.compile("[\t\n\v\f\r\x1c-\x1f \x85\u2028\u2029]+")
_LINE_ENDS = re.compile(r"\r\n?|\n")
# Neither YAML nor TOML can hold these, and no keyboard types them.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Replace what no text may hold (NUL, half of a surrogate pair), length unchanged."""
    return _UNSAFE.sub("\ufffd", text)


def trim(text: str) -> str:
    """Drop white space at both ends, as the Markdown parser does."""
    return text.strip(_EDGES)


def ends_in_backslash(line: str) -> bool:
    """Whether the last backslash of a line is one itself, not an escaped one."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def fold(text: str) -> str:
    """Every run of white space as one space; a hard break stays, as backslash and newline."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    folded: list[str] = []
    running = ""
    for number, line in enumerate(lines):
        hard = number + 1 < len(lines) and ends_in_backslash(line)
        running += " " + (line[:-1] if hard else line)
        if hard:
            folded.append(running)
            running = ""
    folded.append(running)
    parts = [part for part in (trim(_SPACES.sub(" ", part)) for part in folded) if part]
    # A lone backslash before the one of a hard break would turn both into a plain backslash.
    opened = [part + " " if ends_in_backslash(part) else part for part in parts[:-1]]
    return "\\\n".join([*opened, *parts[-1:]])


def fold_to_line(text: str) -> str:
    """The same where a hard break has no meaning: every line end is white space."""
    return fold(_LINE_ENDS.sub(" ", text))


@dataclass(frozen=True)
class Segment:
    """One piece to translate. Its identity is context and text, never its position.

    `line` is where it starts (from 1), `note` a comment for the translator, `block` the
    part of the lesson it stands in, `safety` what the nearest enclosing block declares.
    """

    context: str
    text: str
    kind: str
    line: int
    note: str = ""
    block: str = ""
    safety: str = ""

    @property
    def key(self) -> str:
        """A short name for the identity that is the same on every machine and every day."""
        identity = f"{self.context}\x1f{fold(self.text)}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(identity, digest_size=8).hexdigest()
