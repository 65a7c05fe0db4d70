"""PO files from strangers: our own look at head and lines, then the reader of the house."""

from edu.gate.refused import Refused, refuse
from edu.gate.text import LONGEST_LINE, read_text
from edu.lessons.words import N_
from edu.segments.catalogue import read_po

_MOST_ENTRIES = 20_000


def check_po(content: bytes, name: str) -> int:
    """Refused with every line that cannot be read; returns how many entries the file has."""
    text = read_text(content, name, longest_line=LONGEST_LINE)
    if text.count("msgid") > 4 * _MOST_ENTRIES:
        raise refuse(name, N_("The file has more than %(most)s entries."), most=_MOST_ENTRIES)
    catalogue = read_po(content, name)
    if catalogue.mistakes:
        raise Refused(list(catalogue.mistakes))
    count = len(catalogue.entries) + len(catalogue.obsolete)
    if count > _MOST_ENTRIES:
        raise refuse(name, N_("The file has more than %(most)s entries."), most=_MOST_ENTRIES)
    return count
