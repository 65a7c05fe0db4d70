"""What a trainer brings: files that pass the gate one by one, and letters that were pasted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from edu.carried.pieces import Gathered, gather, read_piece
from edu.carried.taking import MOST
from edu.gate.gate import admit, limit_for
from edu.gate.refused import Refused
from edu.pages.reasons import reasons

#: So many files at once; each is looked at by a process of its own.
MOST_FILES = 60


@dataclass(frozen=True)
class Came:
    """What was brought: pieces put together; the lines of letters that are not whole yet; why
    files stayed outside; and whether it is more than is taken in at once."""

    gathered: Gathered
    waiting: str
    refused: Sequence[str]
    too_many: bool = False


def arrived(files: Iterable[FileStorage], pasted: str) -> Came:
    """Look at what was brought. A file that the gate refuses does not hold up the others."""
    sent = [each for each in files if each.filename]
    if len(sent) > MOST_FILES:
        return Came(gather([]), pasted, (), too_many=True)
    lines, refused = pasted.splitlines(), []
    for each in sent:
        try:
            lines += _lines(each)
        except Refused as outside:
            refused += reasons(outside.mistakes)
    gathered = gather(lines)
    too_many = len(gathered.letters) > MOST
    return Came(gathered, "\n".join(_incomplete(lines, gathered)), refused, too_many)


def _lines(sent: FileStorage) -> list[str]:
    with sent.stream as opened:
        content = opened.read(limit_for("answers") + 1)
    return admit("answers", content, sent.filename or "").content.decode("utf-8-sig").splitlines()


def _incomplete(lines: Iterable[str], gathered: Gathered) -> Sequence[str]:
    """The pieces of letters of which others are missing, each once."""
    kept: dict[str, None] = {}
    for line in lines:
        piece = read_piece(line)
        if piece is not None and piece.name.hex() in gathered.missing:
            kept[line.strip()] = None
    return list(kept)
