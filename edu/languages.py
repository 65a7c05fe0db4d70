"""Languages: what a tag is called, which way it runs, how it counts and where it falls back.

A *tag* is BCP 47 and says whom a text is for: `sw`, `sw-KE`, `sw-KE-x-kibera`. A *formatting
locale* is the nearest one for which CLDR knows dates and numbers. They are two things, because
many communities we write for have no CLDR locale, and must be served all the same.
"""

import gettext
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.localedata import exists
from babel.messages.plurals import PLURALS

SOURCE = "en"
UNKNOWN = "und"  # BCP 47 for a language nobody named; what a malformed tag becomes
LONGEST_TAG = 64


@dataclass(frozen=True)
class Plural:
    """How many forms a counted message has, and the rule (gettext's C syntax) that picks one."""

    nplurals: int
    expression: str

    def __call__(self, n: int) -> int:
        """The index of the form for `n` things; ValueError when the rule gives none."""
        try:
            form = _rule(self.expression)(n)
        except ZeroDivisionError as error:
            raise ValueError(f"plural rule {self.expression!r} divides by zero at {n}") from error
        if not 0 <= form < self.nplurals:
            raise ValueError(f"plural rule {self.expression!r} gives form {form} for {n}")
        return form

    @property
    def header(self) -> str:
        return f"nplurals={self.nplurals}; plural=({self.expression});"


_rule = lru_cache(maxsize=128)(gettext.c2py)


@dataclass(frozen=True)
class Language:
    tag: str
    autonym: str  # what its readers call it
    direction: str  # "ltr" or "rtl"
    plural: Plural
    formatting: str  # a locale that Babel can parse
    dates: str  # the Babel date format to write a date with
    chain: tuple[str, ...]  # itself first, "en" last


_AUTONYMS = {
    "ar": "العربية",
    "bem": "Ichibemba",
    "bn": "বাংলা",
    "en": "English",
    "en-GB-scotland": "English (Scotland)",
    "es": "Español",
    "fa": "فارسی",
    "ff": "Fulfulde",
    "fr": "Français",
    "fub": "Fulfulde",
    "fuv": "Fulfulde",
    "gd": "Gàidhlig",
    "gd-GB": "Gàidhlig (Alba)",  # CLDR would write the name of the whole kingdom
    "gu": "ગુજરાતી",
    "ha": "Hausa",
    "hi": "हिन्दी",
    "ig": "Igbo",
    "ki": "Gĩkũyũ",
    "kn": "ಕನ್ನಡ",
    "loz": "Silozi",
    "luo": "Dholuo",
    "ml": "മലയാളം",
    "mr": "मराठी",
    "nb": "Norsk bokmål",
    "nd": "isiNdebele",
    "nn": "Norsk nynorsk",
    "ny": "Chinyanja",
    "pa": "ਪੰਜਾਬੀ",
    "pcm": "Naijá",
    "sco": "Scots",
    "se": "Davvisámegiella",
    "si": "සිංහල",
    "sma": "Åarjelsaemien gïele",
    "smj": "Julevsámegiella",
    "sn": "chiShona",
    "sv": "Svenska",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "toi": "Chitonga",
    "tum": "Chitumbuka",
    "ur": "اردو",
    "wes": "Kamtok",
    "yo": "Èdè Yorùbá",
}
#: Languages that we know by their own names, whether or not anything is written in them yet.
NAMED = frozenset(_AUTONYMS)

_USUAL = Plural(2, "n != 1")
_GAELIC = "(n==1 || n==11) ? 0 : (n==2 || n==12) ? 1 : (n > 2 && n < 20) ? 2 : 3"
_ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
# Where gettext's own list, as Babel ships it, is silent or wrong against CLDR. A language of
# _AUTONYMS that is not here has the usual two forms.
_PLURALS = {
    tag: rule
    for tags, rule in {
        "yo ig": Plural(1, "0"),
        "am as bn fa ff fr fub fuv gu hi kn pa pcm si wes zu": Plural(2, "n > 1"),
        "se sma smj": Plural(3, "n==1 ? 0 : n==2 ? 1 : 2"),
        "gd": Plural(4, _GAELIC),
        "ar": Plural(6, _ARABIC),
    }.items()
    for tag in tags.split()
}

# The nearest locale for languages that CLDR lacks, or whose bare locale lacks month names.
_FORMATTING = {
    "fub": "ff",
    "fuv": "ff",
    "loz": "en_ZM",
    "sco": "en_GB",
    "toi": "en_ZM",
    "tum": "en_ZM",
    "wes": "en_CM",
    "yo": "yo_NG",
}

# CLDR has only the root's "2025 M03 9" for these, which none of their readers writes.
_DATES = {
    "en": "d MMMM y",  # CLDR's plain English is American; our readers of it are elsewhere
    "ny": "dd/MM/y",
    "nr": "dd/MM/y",
    "sn": "dd/MM/y",
    "se": "d.M.y",
    "sma": "d.M.y",
    "smj": "d.M.y",
}

_LATIN_AMERICA = "AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE"
_RIGHT_TO_LEFT = "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa"

# Where a reader is helped on by something else than a shorter tag. Gaelic and Scots go by way
# of British English: every reader of theirs went to school with that spelling.
_EDGES = {
    "gd": "en-GB",
    "nn": "nb",
    "no": "nb",
    "sco": "en-GB",
    **{f"es-{region}": "es-419" for region in _LATIN_AMERICA.split()},
}

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}"
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?P<private>(?:-[a-z0-9]{1,8})+))?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.ASCII | re.IGNORECASE,
)


def normalise(text: str) -> str | None:
    """The tag in BCP 47's letter case (`SW_ke` -> `sw-KE`), or None when it is not a tag."""
    if len(text) > LONGEST_TAG:
        return None
    match = _TAG.fullmatch(text.replace("_", "-"))
    if match is None:
        return None
    tag = match[0].lower()
    for name, case in (("script", str.title), ("region", str.upper)):
        if match[name]:
            start, end = match.span(name)
            tag = tag[:start] + case(tag[start:end]) + tag[end:]
    return tag


def language(tag: str) -> Language:
    """What is known of a tag. Never raises: an unknown language is called by its tag, and text
    that is no tag at all is the language `und`."""
    return _language(normalise(tag) or UNKNOWN)


def digits(text: str) -> str:
    """The text with the digits of every script written as 0-9, as a code must be stored."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def same_words(tag_a: str, tag_b: str) -> bool:
    """Whether texts of both tags are read as one written language: same language, same script.

    A block for which this is false needs its own `lang` and `dir` on the page."""
    a, b = (normalise(tag) or UNKNOWN for tag in (tag_a, tag_b))
    return _written(a) == _written(b)


@lru_cache(maxsize=512)
def _language(tag: str) -> Language:
    base = _base(tag)
    formatting = _formatting(tag)
    return Language(
        tag=tag,
        autonym=_AUTONYMS.get(tag) or _autonym(tag, formatting),
        direction="rtl" if _script(tag) in _RIGHT_TO_LEFT.split() else "ltr",
        plural=_plural(base),
        formatting=formatting,
        dates=_DATES.get(base, "long"),
        chain=_chain(tag),
    )


def _chain(tag: str) -> tuple[str, ...]:
    chain = [tag]
    while chain[-1] != SOURCE:
        chain.append(_EDGES.get(chain[-1]) or _shorter(chain[-1]) or SOURCE)
    return tuple(chain)


def _shorter(tag: str) -> str:
    """Without its last part, nor then a part of one letter, such as the x before a community."""
    parts = tag.split("-")[:-1]
    while parts and len(parts[-1]) == 1:
        parts.pop()
    return "-".join(parts)


def _base(tag: str) -> str:
    """The bare language; a tag that is private from the start is a language of its own."""
    return tag if tag.startswith("x-") else tag.partition("-")[0]


def _part(tag: str, name: str) -> str:
    match = _TAG.fullmatch(tag)
    return (match[name] or "") if match else ""


def _script(tag: str) -> str:
    """The script a tag is written in: its own, or the usual one; "" when nobody knows."""
    base, script, region = _base(tag), _part(tag, "script"), _part(tag, "region")
    likely = get_global("likely_subtags")
    usual = likely.get(f"{base}_{region}") or likely.get(base) or ""
    return script or usual.partition("_")[2].partition("_")[0]


def _written(tag: str) -> tuple[str, str]:
    base = _base(tag)
    return ("nb" if base == "no" else base, _script(tag))


def _plural(base: str) -> Plural:
    if base in _PLURALS or base in _AUTONYMS:
        return _PLURALS.get(base, _USUAL)
    nplurals, expression = PLURALS.get(base, (_USUAL.nplurals, _USUAL.expression))
    return Plural(nplurals, expression.removeprefix("(").removesuffix(")"))


def _formatting(tag: str) -> str:
    base, script, region = _base(tag), _script(tag), _part(tag, "region")
    near = [f"{base}_{script}_{region}", f"{base}_{script}"]
    if script == _script(base):
        near[1:1] = [f"{base}_{region}", _FORMATTING.get(base, base)]
    return next((locale for locale in [*near, base] if exists(locale)), SOURCE)


def _autonym(tag: str, formatting: str) -> str:
    """The language's own name and, in its own words where CLDR has them, what narrows it."""
    base = _base(tag)
    locale, english = Locale.parse(formatting), Locale.parse(SOURCE)
    name = _AUTONYMS.get(base) if _script(tag) == _script(base) else None
    if name is None:
        if not exists(base):
            return tag
        name = locale.languages.get(base) or english.languages.get(base) or base
        name = name[:1].upper() + name[1:]
    script, region = _part(tag, "script"), _part(tag, "region")
    narrower = [
        script and (locale.scripts.get(script) or english.scripts.get(script) or script),
        region and (locale.territories.get(region) or english.territories.get(region) or region),
        *_part(tag, "variants").split("-"),
        *_part(tag, "private").split("-"),
    ]
    within = ", ".join(part for part in narrower if part)
    return f"{name} ({within})" if within else name
