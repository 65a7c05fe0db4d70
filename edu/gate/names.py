"""The names of files that strangers send: what is shown, stored or compared must be plain.

A name is a list of what is allowed, not of what is forbidden: letters, marks and digits of any
script, the blank, and a few signs. So there is no control, no sign that turns the direction of
text around, no second kind of slash or full stop, and nothing that is drawn as nothing.
"""

import re
import unicodedata

from edu.lessons.mistakes import Message
from edu.lessons.words import N_

LONGEST = 100
_DEEPEST = 6
_SIGNS = frozenset(" -_.()+,'")
# Two that join or part letters within a word, as Persian and the scripts of India need.
_JOINERS = "\u200c\u200d"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_ODD = N_("The name holds %(code)s; use letters, digits, blanks and - _ . only.")
_RUNS = re.compile(
    r"\.(?:html?|xhtml|svg|js|mjs|php\d?|phtml|py|sh|bat|cmd|com|exe|dll|jar|hta|lnk|vbs|ps1|scr)"
    r"(?:\.|$)",
    re.IGNORECASE,
)
#: Scripts whose letters are drawn alike; a name keeps to one of them.
_ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")


def shown(name: str) -> str:
    """A name as it may stand in a message: every sign that is not plain as its code point."""
    short = name if len(name) <= LONGEST else name[:LONGEST] + "..."
    return "".join(
        sign if "!" <= sign <= "~" or _is_plain(sign) else f"<U+{ord(sign):04X}>" for sign in short
    )


def name_problem(name: str, endings: tuple[str, ...] = ()) -> str:
    """What is wrong with the name of a file (no folder), or an empty text."""
    if not name:
        return N_("The file has no name.")
    if len(name) > LONGEST or len(name.encode("utf-8", "replace")) > 200:
        return Message(N_("The name is too long; %(most)s letters are enough."), most=LONGEST)
    if "/" in name or "\\" in name:
        return N_("The name holds a path; a name alone is needed.")
    odd = next((sign for sign in name if not _is_plain(sign)), "")
    if odd:
        return Message(_ODD, code=f"U+{ord(odd):04X}")
    return _shape_problem(name) or _ending_problem(name, endings)


def path_problem(path: str, endings: tuple[str, ...]) -> str:
    """What is wrong with a path inside a pack, or an empty text; a slash parts its folders."""
    parts = path.split("/")
    if len(parts) > _DEEPEST:
        return f"The path has more than {_DEEPEST} parts."
    if "" in parts or "." in parts or ".." in parts:
        return "The path must lead down from the pack's own folder."
    *folders, name = parts
    problems = [*(name_problem(folder) for folder in folders), name_problem(name, endings)]
    return next((problem for problem in problems if problem), "")


def alike(path: str) -> str:
    """Equal for two names that some disk takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", path).casefold())


def _is_plain(sign: str) -> bool:
    if sign in _SIGNS or sign in _JOINERS:
        return True
    if sign.isascii():
        return sign.isalnum()
    category = unicodedata.category(sign)
    if category[0] not in "LM" and category != "Nd":
        return False
    # Full-width and other drawn forms of the plain letters are not letters of a script; nor are
    # letters that are drawn as nothing, or as a sign such as a colon.
    plain = unicodedata.normalize("NFKC", sign)
    return not (plain.isascii() or category == "Lm" or sign in "\u115f\u1160\u3164\uffa0\u034f")


def _shape_problem(name: str) -> str:
    if unicodedata.normalize("NFC", name) != name:
        return N_("The name is spelled with loose accents (not NFC); type it anew.")
    if name[0] in " .-" or name[-1] in " .":
        return N_("The name must not begin with a blank, a full stop or a dash, nor end with one.")
    if ".." in name or _RESERVED.fullmatch(name):
        return N_("Some computers cannot keep a file of this name; give it another.")
    if name[0] in _JOINERS or unicodedata.category(name[0])[0] == "M":
        return N_("The name must begin with a letter or a digit.")
    stem = name.rpartition(".")[0] or name
    scripts = {
        script
        for sign in stem
        for script in _ALIKE
        if unicodedata.name(sign, "").startswith(script)
    }
    if len(scripts) > 1:
        return N_("The name mixes letters of two scripts that look alike.")
    return ""


def _ending_problem(name: str, endings: tuple[str, ...]) -> str:
    if endings and not name.lower().endswith(endings):
        return Message(N_("The name must end in %(endings)s."), endings=", ".join(endings))
    stem = name[: name.rindex(".")] if "." in name else ""
    if _RUNS.search(stem) or (not endings and _RUNS.search(name)):
        return N_("The name looks like that of a program or a web page.")
    return ""
