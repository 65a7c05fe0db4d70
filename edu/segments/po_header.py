"""Our own look at a PO file before any library reads it.

Libraries trust what a header says about encoding and plural forms; a file from a stranger
may name an encoding that does not exist or a thousand million plural forms.
"""

import re
from dataclasses import dataclass

from edu.languages import Plural
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

LARGEST = 5 * 1024 * 1024
_NOT_A_CHARACTER = re.compile("[\x00\ufdd0-\ufdef]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"$')
_COMMENT = re.compile(r"#(?![~|])")
_STATEMENT = re.compile(
    r"(?:#~\||#~|#\|)?\s*(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"
    r'"(?:[^"\\]|\\.)*"$'
)
_UNREADABLE = Message(N_("This line cannot be read: a quotation mark or a keyword is missing."))
# A line of another shape is a part of the one before to some libraries, and nothing to others.
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9-]*:")
_CHARSET = re.compile(r"charset\s*=\s*([^\s;]*)", re.IGNORECASE)
_PLURALS = re.compile(r"nplurals\s*=\s*(\d+)")
_PLURAL_FORMS = re.compile(r"^plural-forms\s*:(.*)$", re.IGNORECASE | re.MULTILINE)
_RULE = re.compile(r";\s*plural\s*=\s*([^;]*?)\s*;?\s*$", re.ASCII)
# What a rule is made of. Numbers stay small, so that no product of them becomes a huge one.
_SIGNS_OF_A_RULE = re.compile(r"(?:n|\d{1,4}(?!\d)|[-+*/%?:()<>]|[<>=!]=|!|&&|\|\||\s)+")
_LONGEST_RULE = 300
_ENOUGH = 201  # every rule we know repeats itself by the hundred
_KEYWORD = re.compile(r"(?:#~\s*)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_WRONG_RULE = Message(
    N_("Plural-Forms in the header has a rule that gives no form for some number.")
)
_UNFINISHED = Message(N_("This entry has no msgstr. Is the file cut off?"))
_TOO_LARGE = N_("The file is larger than %(size)s MB.")
_NOT_UTF8 = Message(N_("This is not UTF-8. Save the file as UTF-8."))
_NO_CHARACTER = Message(N_("The line holds a code that is not a character."))
_NO_HEADER = Message(N_('The file must start with a header: msgid "" and then msgstr.'))
_NO_FIELD = Message(N_('Each line of the header must say "Name: value".'))
_NO_CHARSET = Message(N_("The header must say: Content-Type: text/plain; charset=UTF-8"))
_WRONG_NUMBER = Message(N_("Plural-Forms in the header must have nplurals from 1 to 6."))


@dataclass(frozen=True)
class Opened:
    """A PO file that is safe to hand to a parser, or the mistakes that forbid it."""

    text: str
    mistakes: tuple[Mistake, ...] = ()


def open_po(file: str, content: bytes) -> Opened:
    """Decode a PO file and read its header; size, encoding and plural forms must be sane."""

    def refuse(line: int, message: str) -> Opened:
        return Opened("", (Mistake(file, line, message),))

    if len(content) > LARGEST:
        return refuse(1, Message(_TOO_LARGE, size=LARGEST // 1024 // 1024))
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return refuse(line, _NOT_UTF8)
    text = re.sub(r"\r\n?", "\n", text)
    if unfit := _NOT_A_CHARACTER.search(text):
        line = text.count("\n", 0, unfit.start()) + 1
        return refuse(line, _NO_CHARACTER)
    line, header = _header(text)
    if header is None:
        return refuse(line, _NO_HEADER)
    if not all(map(_FIELD.match, filter(None, header.split("\n")))):
        return refuse(line, _NO_FIELD)
    charset = _CHARSET.search(header)
    if charset is None or charset.group(1).lower() not in ("utf-8", "utf8"):
        return refuse(line, _NO_CHARSET)
    for forms in _PLURAL_FORMS.findall(header):
        if wrong := _wrong_plurals(forms):
            return refuse(line, wrong)
    found = [Mistake(file, line, _UNREADABLE) for line in _unreadable(text)]
    if not found and (last := _unfinished(text)):
        found = [Mistake(file, last, _UNFINISHED)]
    return Opened("" if found else text, tuple(found))


def _wrong_plurals(forms: str) -> str:
    """What is wrong with the value of Plural-Forms, or an empty text.

    The rule is C as gettext reads it. It is tried for every number that can differ.
    """
    number = _PLURALS.search(forms)
    if number is None or not 1 <= int(number.group(1)[:9]) <= 6:
        return _WRONG_NUMBER
    rule = _RULE.search(forms)
    if rule is None:
        return "" if "plural" not in forms.replace("nplurals", "") else _WRONG_RULE
    written = rule.group(1)
    if len(written) > _LONGEST_RULE or not _SIGNS_OF_A_RULE.fullmatch(written):
        return _WRONG_RULE
    plural = Plural(int(number.group(1)), written)
    try:
        for count in range(_ENOUGH):
            plural(count)
    except (ValueError, RecursionError):
        return _WRONG_RULE
    return ""


def _unfinished(text: str) -> int:
    """The line of the last source text when no target follows it, else 0.

    The library notices that between two entries, and forgets the last one without a word.
    """
    open_since = 0
    for number, line in enumerate(text.split("\n"), start=1):
        keyword = _KEYWORD.match(line.strip())
        if keyword is not None:
            opens = keyword.group(1) in ("msgctxt", "msgid")
            open_since = number if opens else open_since
            open_since = 0 if keyword.group(1) == "msgstr" else open_since
    return open_since


def _unreadable(text: str) -> list[int]:
    """Every line that is neither a comment nor a quoted text; the library lets some pass."""
    return [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not (_COMMENT.match(line.strip()) or _STATEMENT.match(line.strip()))
    ]


def _header(text: str) -> tuple[int, str | None]:
    """The line of the first entry and its target, when it is a header."""
    numbered = [
        (number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if len(numbered) < 2 or numbered[0][1] != 'msgid ""':
        return (numbered[0][0] if numbered else 1), None
    first = numbered[1][1]
    quoted = _QUOTED.match(first.removeprefix("msgstr").strip())
    if not first.startswith("msgstr") or quoted is None:
        return numbered[1][0], None
    pieces = [quoted.group(1)]
    for _, line in numbered[2:]:
        more = _QUOTED.match(line)
        if more is None:
            break
        pieces.append(more.group(1))
    return numbered[0][0], "".join(pieces).replace("\\n", "\n")
