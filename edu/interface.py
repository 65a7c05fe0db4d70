"""The interface's words: one gettext catalogue a tag, looked up along the tag's chain.

gettext, and flask-babel with it, falls from a missing message straight to English. Here each
message is looked up in `sw-KE`, then `sw`, then the English of the source, and a counted one is
counted by the rule of the catalogue that holds it.

    interface = Interface(Path("translations"))
    interface.translations("sw-KE").gettext("Next")

`python -m edu.interface [TAG...]` brings the catalogues up to date with the source;
`python -m edu.interface --check` says what that would change.
"""

import difflib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask_babel
import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from flask import Flask

from edu.languages import SOURCE, Plural, language, normalise, same_words
from edu.lessons.mistakes import Broken, Mistake

MESSAGES = Path("LC_MESSAGES", "messages.po")

_PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*([0-9]+)\s*;\s*plural\s*=\s*(.+?)\s*;?\s*")
_PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*[0-9]*(?:\.[0-9]+)?[a-zA-Z]")
_MARKUP = re.compile(r"<[^>]*>?")
_NUMBERS = {"%(num)s", "%(num)d"}
_ENOUGH = 201  # every rule we know repeats itself by the hundred


@dataclass(frozen=True)
class Catalogue:
    """One file's usable words. Keys are gettext's: `context`, U+0004, `message`."""

    tag: str
    plural: Plural
    texts: dict[str, str]
    forms: dict[str, tuple[str, ...]]


class Translations:
    """A chain's words as one: what Jinja, WTForms and flask-babel ask of a catalogue."""

    def __init__(self, catalogues: Sequence[Catalogue]) -> None:
        """Of the catalogues, nearest first."""
        self._texts: dict[str, str] = {}
        self._forms: dict[str, tuple[tuple[str, ...], Plural]] = {}
        self._origins: dict[str, str] = {}
        for found in reversed(catalogues):
            self._texts |= found.texts
            self._forms |= {key: (forms, found.plural) for key, forms in found.forms.items()}
            self._origins |= dict.fromkeys(found.texts | found.forms, found.tag)

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        return self._texts.get(_key(context, message), message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self._counted(singular, singular, plural, n)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        return self._counted(_key(context, singular), singular, plural, n)

    def origin(self, message: str, context: str | None = None) -> str:
        """The tag whose catalogue a message comes from; "en" when it is the source's own."""
        return self._origins.get(_key(context, message), SOURCE)

    def _counted(self, key: str, singular: str, plural: str, n: int) -> str:
        if key in self._forms:
            forms, rule = self._forms[key]
            return forms[rule(abs(int(n)))]
        return singular if n == 1 else plural

    # flask-babel calls them by the names of Python 2
    ugettext, ungettext, upgettext, unpgettext = gettext, ngettext, pgettext, npgettext


class Interface:
    """All catalogues of a folder, read once. Raises Broken with every unreadable file."""

    def __init__(self, folder: Path) -> None:
        self._catalogues: dict[str, Catalogue] = {}
        self._merged: dict[tuple[str, ...], Translations] = {}
        mistakes: list[Mistake] = []
        for path in _files(folder):
            try:
                found = _catalogue(path)
            except Broken as error:
                mistakes += error.mistakes
            else:
                self._catalogues[found.tag] = found
        if mistakes:
            raise Broken(mistakes)

    def translations(self, tag: str) -> Translations:
        """The words for any tag; for one that has no catalogue, those of its ancestors."""
        known = tuple(step for step in language(tag).chain if step in self._catalogues)
        if known not in self._merged:  # by what is known, so that asked tags cannot fill memory
            self._merged[known] = Translations([self._catalogues[step] for step in known])
        return self._merged[known]

    def origin(self, tag: str, message: str, context: str | None = None) -> str:
        return self.translations(tag).origin(message, context)


class ChainDomain(flask_babel.Domain):  # type: ignore[misc]
    """Lets flask-babel's gettext and lazy_gettext, and Jinja's, go along the chain.

    `tag` gives the tag of the request being answered; it is called at each message."""

    def __init__(self, interface: Interface, tag: Callable[[], str]) -> None:
        super().__init__()
        self._interface = interface
        self._tag = tag

    def get_translations(self) -> Translations:
        return self._interface.translations(self._tag())

    def attach(self, app: Flask) -> None:
        """To be called once flask_babel.Babel has been set up for the app."""
        flask_babel.get_babel(app).instance.domain_instance = self
        # The extraction below folds the white space of {% trans %}, so rendering must.
        app.jinja_env.policies["ext.i18n.trimmed"] = True
        # flask-babel's own callables look up the context, the domain and the locale each time.
        environment: Any = app.jinja_env
        environment.install_gettext_callables(
            lambda message: self.get_translations().gettext(message),
            lambda singular, plural, n: self.get_translations().ngettext(singular, plural, n),
            newstyle=True,
            pgettext=lambda context, message: self.get_translations().pgettext(context, message),
            npgettext=lambda context, singular, plural, n: self.get_translations().npgettext(
                context, singular, plural, n
            ),
        )


def check(path: Path) -> list[Mistake]:
    """Every mistake of one catalogue, `<tag>/LC_MESSAGES/messages.po`."""
    tag = path.parents[1].name
    try:
        po = _read(path)
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
            faults = _faults(entry, language(tag).plural)
            mistakes += [Mistake(str(path), entry.linenum or 1, fault) for fault in faults]
    return mistakes


def extract(root: Path) -> polib.POFile:
    """The template of all messages in `edu/`, in the order of files and of lines."""
    template = polib.POFile(wrapwidth=0)
    entries: dict[str, polib.POEntry] = {}
    for file, message, comments, context in _found(root):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        key = _key(context, singular)
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
    paths = {*_files(folder), *(folder / tag / MESSAGES for tag in tags)}
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
    for path in _files(root / "translations"):
        before = _rendered(_read(path), path.parents[1].name).splitlines()
        after = _updated(template, path).splitlines()
        name = path.relative_to(root).as_posix()
        lines += difflib.unified_diff(before, after, name, f"{name} (extracted)", lineterm="")
    return "\n".join([*lines, "run `make catalogues`"]) if lines else ""


_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
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


def _key(context: str | None, message: str) -> str:
    return message if context is None else f"{context}\4{message}"


def _files(folder: Path) -> list[Path]:
    """The catalogues of a folder, of those sub-folders that are named by a tag."""
    return sorted(
        path for path in folder.glob(f"*/{MESSAGES}") if normalise(path.parents[1].name) is not None
    )


def _read(path: Path) -> polib.POFile:
    try:
        # By its text: polib takes the name of a missing file for a catalogue with that text.
        return polib.pofile(path.read_text(encoding="utf-8-sig"), wrapwidth=0)
    except (OSError, ValueError) as error:
        line = re.search(r"line ([0-9]+)", str(error))
        mistake = Mistake(str(path), int(line[1]) if line else 1, f"no catalogue: {error}")
        raise Broken([mistake]) from error


def _catalogue(path: Path) -> Catalogue:
    """A file as it can be served. A message that would break a page is left to the ancestors."""
    po, tag = _read(path), path.parents[1].name
    try:
        plural = _header_plural(po) or language(tag).plural
    except ValueError as error:
        raise Broken([Mistake(str(path), 1, str(error))]) from error
    texts: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for entry in po:
        if not entry.translated() or any(_faults(entry, plural)):
            continue
        key = _key(entry.msgctxt, entry.msgid)
        if entry.msgid_plural:
            forms[key] = tuple(entry.msgstr_plural[form] for form in range(plural.nplurals))
        else:
            texts[key] = entry.msgstr
    return Catalogue(tag, plural, texts, forms)


def _header_plural(po: polib.POFile) -> Plural | None:
    """The file's own rule, tried out; None when it names none. ValueError when it is unsound."""
    header = po.metadata.get("Plural-Forms")
    if header is None:
        return None
    match = _PLURAL_FORMS.fullmatch(header)
    if match is None or not 1 <= int(match[1]) <= 6:
        raise ValueError(f"Plural-Forms is not a rule with 1 to 6 forms: {header}")
    plural = Plural(int(match[1]), match[2])
    for n in range(_ENOUGH):
        plural(n)
    return plural


def _header_faults(po: polib.POFile, tag: str) -> Iterator[str]:
    if normalise(tag) != tag:
        yield f"the folder {tag} is not named by a language tag; {normalise(tag) or 'sw-KE'} is one"
    ours = language(tag).plural
    try:
        theirs = _header_plural(po)
    except ValueError as error:
        yield str(error)
        return
    same = theirs is not None and theirs.nplurals == ours.nplurals
    if not same or any(theirs(n) != ours(n) for n in range(_ENOUGH) if theirs is not None):
        yield f"the header should say Plural-Forms: {ours.header}"


def _faults(entry: polib.POEntry, plural: Plural) -> Iterator[str]:
    """What would break the page, or let a translation put markup of its own into it."""
    if not entry.msgid_plural:
        yield from _text_faults(entry, entry.msgstr, *2 * [_placeholders(entry.msgid)])
        return
    if sorted(entry.msgstr_plural) != list(range(plural.nplurals)):
        yield f"{len(entry.msgstr_plural)} plural forms, but the language has {plural.nplurals}"
        return
    one, many = _placeholders(entry.msgid), _placeholders(entry.msgid_plural)
    for form, text in sorted(entry.msgstr_plural.items()):
        # A form for one number only, such as the Arabic dual, may say it in words.
        wanted = (one & many) - _NUMBERS if form in _alone(plural) else many
        yield from _text_faults(entry, text, wanted, one | many)


def _text_faults(
    entry: polib.POEntry, text: str, wanted: set[str], allowed: set[str]
) -> Iterator[str]:
    found = _placeholders(text)
    for placeholder in sorted(wanted - found):
        yield f"{placeholder} is missing in: {text}"
    for placeholder in sorted(found - allowed):
        yield f"{placeholder} is not in the English of: {text}"
    sources = [entry.msgid, entry.msgid_plural or entry.msgid]
    if _bare_percent(text) and not any(map(_bare_percent, sources)):
        yield f"a percent sign is written %% in: {text}"
    if _tags(text) not in map(_tags, sources):
        yield f"the tags are not those of the English in: {text}"


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _bare_percent(text: str) -> bool:
    return "%" in _PLACEHOLDER.sub("", text.replace("%%", ""))


def _tags(text: str) -> list[str]:
    return sorted(_MARKUP.findall(text))


@lru_cache(maxsize=64)
def _alone(plural: Plural) -> frozenset[int]:
    """The forms that one number only takes."""
    times = Counter(plural(n) for n in range(_ENOUGH))
    return frozenset(form for form, count in times.items() if count == 1)


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
    placeholders = _placeholders(entry.msgid + entry.msgid_plural)
    entry.flags = ["python-format"] if placeholders else []


def _updated(template: polib.POFile, path: Path) -> str:
    """A catalogue's text with the template's messages. A regional one, whose parent has the same
    words, holds only what differs from it."""
    tag = path.parents[1].name
    old = _read(path) if path.exists() else polib.POFile(wrapwidth=0)
    kept = {_key(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    current = {_key(entry.msgctxt, entry.msgid) for entry in template}
    lost = {key: entry for key, entry in kept.items() if key not in current and _words(entry)}
    regional = any(
        step == SOURCE or (path.parents[2] / step / MESSAGES).exists()
        for step in language(tag).chain[1:] or (SOURCE,)
        if same_words(step, tag)
    )
    new = polib.POFile(wrapwidth=0)
    new.header = old.header or f"The words of Daraja's interface: {language(tag).autonym}"
    for entry in template:
        before = kept.get(_key(entry.msgctxt, entry.msgid)) or _nearest(entry, lost)
        after = _carried(entry, before, language(tag).plural)
        if not regional or _words(after):
            new.append(after)
    return _rendered(new, tag)


def _words(entry: polib.POEntry) -> str:
    return entry.msgstr or "".join(entry.msgstr_plural.values())


def _nearest(entry: polib.POEntry, lost: dict[str, polib.POEntry]) -> polib.POEntry | None:
    """The translation of the English that this English was probably made from."""
    near = difflib.get_close_matches(_key(entry.msgctxt, entry.msgid), lost, n=1, cutoff=0.8)
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
