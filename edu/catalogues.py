"""Bring the interface's catalogues up to date with the source, and check them.

`python -m edu.catalogues [TAG...]` brings them up to date and begins one for each further tag;
`python -m edu.catalogues --check` says what that would change.
"""

import difflib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from edu.languages import SOURCE, Plural, language, normalise, same_words
from edu.lessons.mistakes import Broken, Mistake
from edu.messages import (
    ENOUGH,
    MESSAGES,
    catalogue_files,
    faults,
    header_plural,
    key_of,
    placeholders,
    read_po_file,
)


def check(path: Path) -> list[Mistake]:
    """Every mistake of one catalogue, `<tag>/LC_MESSAGES/messages.po`."""
    tag = path.parents[1].name
    try:
        po = read_po_file(path)
    except Broken as error:
        return error.mistakes
    mistakes = [Mistake(str(path), 1, message) for message in _header_faults(po, tag)]
    times = Counter((entry.msgctxt, entry.msgid) for entry in po if not entry.obsolete)
    for entry in po:
        if not entry.obsolete and times[entry.msgctxt, entry.msgid] > 1:
            mistakes.append(
                Mistake(str(path), entry.linenum or 1, "this message stands here twice")
            )
        if entry.translated():
            wrong = faults(entry, language(tag).plural)
            mistakes += [Mistake(str(path), entry.linenum or 1, fault) for fault in wrong]
    return mistakes


def extract(root: Path) -> polib.POFile:
    """The template of all messages in `edu/`, in the order of files and of lines."""
    template = polib.POFile(wrapwidth=0)
    entries: dict[str, polib.POEntry] = {}
    for file, message, comments, context in _found(root):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        key = key_of(context, singular)
        if key not in entries:
            entries[key] = polib.POEntry(msgid=singular, msgctxt=context)
            template.append(entries[key])
        _mention(entries[key], file, plural, comments)
    return template


def update(root: Path, tags: Iterable[str] = ()) -> list[Path]:
    """Brings the catalogues of a project up to date with its source, keeping translations, and
    begins one for each further tag. The files that changed."""
    for tag in (tags := list(tags)):
        if normalise(tag) != tag:
            raise ValueError(f"{tag} is not a language tag in its usual letter case")
    template = extract(root)
    folder = root / "translations"
    paths = {*catalogue_files(folder), *(folder / tag / MESSAGES for tag in tags)}
    changed = []
    for path in sorted(paths):
        text = _updated(template, path)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def freshness(root: Path) -> str:
    """What `update` would change in words, as a diff; "" when nothing. How a translator's
    program breaks lines and fills in headers makes no difference."""
    template = extract(root)
    lines: list[str] = []
    for path in catalogue_files(root / "translations"):
        before = _rendered(read_po_file(path), path.parents[1].name).splitlines()
        after = _updated(template, path).splitlines()
        name = path.relative_to(root).as_posix()
        lines += difflib.unified_diff(before, after, name, f"{name} (extracted)", lineterm="")
    return "\n".join([*lines, "run `make catalogues`"]) if lines else ""


_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "_l": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
}


_JINJA = {  # as the application's own templates are read
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "trimmed": "true",
}


# What WTForms says by itself when a field is filled in wrongly.
FORM_MESSAGES: tuple[str | tuple[str, str], ...] = (
    "This field is required.",
    "Invalid input.",
    "Not a valid choice.",
    "Not a valid integer value.",
    "Not a valid decimal value.",
    "Not a valid date value.",
    "Number must be at least %(min)s.",
    "Number must be at most %(max)s.",
    "Number must be between %(min)s and %(max)s.",
    (
        "Field must be at least %(min)d character long.",
        "Field must be at least %(min)d characters long.",
    ),
    (
        "Field cannot be longer than %(max)d character.",
        "Field cannot be longer than %(max)d characters.",
    ),
    "Field must be between %(min)d and %(max)d characters long.",
)


def _header_faults(po: polib.POFile, tag: str) -> Iterator[str]:
    if normalise(tag) != tag:
        yield f"the folder {tag} is not named by a language tag; {normalise(tag) or 'sw-KE'} is one"
    ours = language(tag).plural
    try:
        theirs = header_plural(po)
    except ValueError as error:
        yield str(error)
        return
    same = theirs is not None and theirs.nplurals == ours.nplurals
    if not same or any(theirs(n) != ours(n) for n in range(ENOUGH) if theirs is not None):
        yield f"the header should say Plural-Forms: {ours.header}"


def _found(root: Path) -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    results = extract_from_dir(
        root / "edu",
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")],
        options_map={"templates/**.html": _JINJA},
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for name, _line, message, comments, context in sorted(results, key=lambda it: (it[0], it[1])):
        yield f"edu/{name}", message, comments, context
    for message in FORM_MESSAGES:
        yield "wtforms", message, [], None


def _mention(entry: polib.POEntry, file: str, plural: str, comments: Iterable[str]) -> None:
    """One more place of a message. Without a line number, or every edit would be a change."""
    entry.msgid_plural = entry.msgid_plural or plural
    if (file, "") not in entry.occurrences:
        entry.occurrences.append((file, ""))
    for comment in comments:
        if comment not in entry.comment.splitlines():
            entry.comment = f"{entry.comment}\n{comment}".strip()
    found = placeholders(entry.msgid + entry.msgid_plural)
    entry.flags = ["python-format"] if found else []


def _updated(template: polib.POFile, path: Path) -> str:
    """A catalogue's text with the template's messages. A regional one, whose parent has the same
    words, holds only what differs from it."""
    tag = path.parents[1].name
    old = read_po_file(path) if path.exists() else polib.POFile(wrapwidth=0)
    kept = {key_of(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    current = {key_of(entry.msgctxt, entry.msgid) for entry in template}
    lost = {key: entry for key, entry in kept.items() if key not in current and _words(entry)}
    regional = any(
        step == SOURCE or (path.parents[2] / step / MESSAGES).exists()
        for step in language(tag).chain[1:] or (SOURCE,)
        if same_words(step, tag)
    )
    new = polib.POFile(wrapwidth=0)
    new.header = old.header or f"The words of Daraja's interface: {language(tag).autonym}"
    for entry in template:
        before = kept.get(key_of(entry.msgctxt, entry.msgid)) or _nearest(entry, lost)
        after = _carried(entry, before, language(tag).plural)
        if not regional or _words(after):
            new.append(after)
    return _rendered(new, tag)


def _words(entry: polib.POEntry) -> str:
    return entry.msgstr or "".join(entry.msgstr_plural.values())


def _nearest(entry: polib.POEntry, lost: dict[str, polib.POEntry]) -> polib.POEntry | None:
    """The translation of the English that this English was probably made from."""
    near = difflib.get_close_matches(key_of(entry.msgctxt, entry.msgid), lost, n=1, cutoff=0.8)
    return lost[near[0]] if near else None


def _carried(entry: polib.POEntry, before: polib.POEntry | None, plural: Plural) -> polib.POEntry:
    """The template's entry with what an older one knew. Made from other English, it is fuzzy."""
    after = polib.POEntry(
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgctxt=entry.msgctxt,
        occurrences=list(entry.occurrences),
        comment=entry.comment,
        flags=list(entry.flags),
    )
    if entry.msgid_plural:
        after.msgstr_plural = dict.fromkeys(range(plural.nplurals), "")
    if before is None:
        return after
    after.tcomment = before.tcomment
    if entry.msgid_plural:
        after.msgstr_plural |= {
            form: before.msgstr_plural.get(form, "") for form in after.msgstr_plural
        }
    else:
        after.msgstr = before.msgstr
    same = (before.msgid, before.msgid_plural) == (entry.msgid, entry.msgid_plural)
    if _words(after) and (before.fuzzy or not same):
        after.flags.insert(0, "fuzzy")
        after.previous_msgid = before.previous_msgid if before.fuzzy else before.msgid
    return after


def _rendered(po: polib.POFile, tag: str) -> str:
    """As text, with the header that follows from the tag: no dates, no names, no programs."""
    po.wrapwidth = 0
    po.metadata = {
        "Project-Id-Version": "Daraja",
        "Language": tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language(tag).plural.header,
    }
    return str(po).rstrip("\n") + "\n"


def _main(arguments: list[str]) -> int:
    root = Path(__file__).parents[1]
    if arguments == ["--check"]:
        stale = freshness(root)
        print(stale or "catalogues are up to date")
        return 1 if stale else 0
    for path in update(root, arguments):
        print(path.relative_to(root))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
