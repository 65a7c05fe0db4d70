"""Catalogues of the interface as files: read, and looked at for what would break a page."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polib

from edu.languages import Plural, language, normalise
from edu.lessons.mistakes import Broken, Mistake

MESSAGES = Path("LC_MESSAGES", "messages.po")


_PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*([0-9]+)\s*;\s*plural\s*=\s*(.+?)\s*;?\s*")


_PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*[0-9]*(?:\.[0-9]+)?[a-zA-Z]")


_MARKUP = re.compile(r"<[^>]*>?")


_NUMBERS = {"%(num)s", "%(num)d"}


ENOUGH = 201  # every rule we know repeats itself by the hundred


@dataclass(frozen=True)
class Catalogue:
    """One file's usable words. Keys are gettext's: `context`, U+0004, `message`."""

    tag: str
    plural: Plural
    texts: dict[str, str]
    forms: dict[str, tuple[str, ...]]


def key_of(context: str | None, message: str) -> str:
    return message if context is None else f"{context}\4{message}"


def catalogue_files(folder: Path) -> list[Path]:
    """The catalogues of a folder, of those sub-folders that are named by a tag."""
    return sorted(
        path for path in folder.glob(f"*/{MESSAGES}") if normalise(path.parents[1].name) is not None
    )


def read_po_file(path: Path) -> polib.POFile:
    try:
        # By its text: polib takes the name of a missing file for a catalogue with that text.
        return polib.pofile(path.read_text(encoding="utf-8-sig"), wrapwidth=0)
    except (OSError, ValueError) as error:
        line = re.search(r"line ([0-9]+)", str(error))
        mistake = Mistake(str(path), int(line[1]) if line else 1, f"no catalogue: {error}")
        raise Broken([mistake]) from error


def read_catalogue(path: Path) -> Catalogue:
    """A file as it can be served. A message that would break a page is left to the ancestors."""
    po, tag = read_po_file(path), path.parents[1].name
    try:
        plural = header_plural(po) or language(tag).plural
    except ValueError as error:
        raise Broken([Mistake(str(path), 1, str(error))]) from error
    texts: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for entry in po:
        if not entry.translated() or any(faults(entry, plural)):
            continue
        key = key_of(entry.msgctxt, entry.msgid)
        if entry.msgid_plural:
            forms[key] = tuple(entry.msgstr_plural[form] for form in range(plural.nplurals))
        else:
            texts[key] = entry.msgstr
    return Catalogue(tag, plural, texts, forms)


def header_plural(po: polib.POFile) -> Plural | None:
    """The file's own rule, tried out; None when it names none. ValueError when it is unsound."""
    header = po.metadata.get("Plural-Forms")
    if header is None:
        return None
    match = _PLURAL_FORMS.fullmatch(header)
    if match is None or not 1 <= int(match[1]) <= 6:
        raise ValueError(f"Plural-Forms is not a rule with 1 to 6 forms: {header}")
    plural = Plural(int(match[1]), match[2])
    for n in range(ENOUGH):
        plural(n)
    return plural


def faults(entry: polib.POEntry, plural: Plural) -> Iterator[str]:
    """What would break the page, or let a translation put markup of its own into it."""
    if not entry.msgid_plural:
        yield from _text_faults(entry, entry.msgstr, *2 * [placeholders(entry.msgid)])
        return
    if sorted(entry.msgstr_plural) != list(range(plural.nplurals)):
        yield f"{len(entry.msgstr_plural)} plural forms, but the language has {plural.nplurals}"
        return
    one, many = placeholders(entry.msgid), placeholders(entry.msgid_plural)
    for form, text in sorted(entry.msgstr_plural.items()):
        # A form for one number only, such as the Arabic dual, may say it in words.
        wanted = _said_anyway(one & many) if form in _alone(plural) else many
        yield from _text_faults(entry, text, wanted, one | many)


def _said_anyway(found: set[str]) -> set[str]:
    """The placeholders that are not the number itself."""
    return {each for each in found if each not in _NUMBERS and not each.endswith("d")}


def _text_faults(
    entry: polib.POEntry, text: str, wanted: set[str], allowed: set[str]
) -> Iterator[str]:
    found = placeholders(text)
    for placeholder in sorted(wanted - found):
        yield f"{placeholder} is missing in: {text}"
    for placeholder in sorted(found - allowed):
        yield f"{placeholder} is not in the English of: {text}"
    sources = [entry.msgid, entry.msgid_plural or entry.msgid]
    if _bare_percent(text) and not any(map(_bare_percent, sources)):
        yield f"a percent sign is written %% in: {text}"
    if _tags(text) not in map(_tags, sources):
        yield f"the tags are not those of the English in: {text}"


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _bare_percent(text: str) -> bool:
    return "%" in _PLACEHOLDER.sub("", text.replace("%%", ""))


def _tags(text: str) -> list[str]:
    return sorted(_MARKUP.findall(text))


@lru_cache(maxsize=64)
def _alone(plural: Plural) -> frozenset[int]:
    """The forms that one number only takes."""
    times = Counter(plural(n) for n in range(ENOUGH))
    return frozenset(form for form, count in times.items() if count == 1)
