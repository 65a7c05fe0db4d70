"""A community's words as TBX (ISO 30042:2019, TBX-Basic): the glossary, and words to avoid.

A concept has its English name and meaning, and the words of the place: the agreed term is
preferred, its other forms are admitted, a word to avoid is deprecated. What TBX-Basic has no
place for stands in notes `daraja-<field>: <value>`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from edu.communities.profile import SECTIONS, Holds
from edu.exchange.markup import HEAD, LANG, element, parsed, whole, words_in
from edu.exchange.unit import digest
from edu.gate.refused import refuse
from edu.languages import SOURCE
from edu.lessons.words import N_

_CORE = "urn:iso:std:iso:30042:ed-2"
#: Sections of a profile that hold words, and the field in which the word stands.
WORD_OF = {"term": "term", "avoid": "word"}
_STATUS = {"term": "preferredTerm-admn-sts", "avoid": "deprecatedTerm-admn-sts"}
_FORM = "admittedTerm-admn-sts"
_NOTE = re.compile(r"daraja-([a-z_]+): (.*)", re.DOTALL)
_ID = re.compile(r"(term|avoid)\.([a-z0-9-]{1,60})")
_MOST = 1000


@dataclass(frozen=True)
class Term:
    """One entry of a glossary. `left_with` is the digest of its fields when it went out."""

    section: str
    slug: str
    fields: Mapping[str, Any]
    state: str = "draft"
    left_with: str = ""


def fields_digest(fields: Mapping[str, Any]) -> str:
    """The digest of what an entry says."""
    return digest(json.dumps(dict(fields), sort_keys=True, ensure_ascii=False))


def write(tag: str, terms: Iterable[Term]) -> bytes:
    """A glossary as the bytes of a TBX file."""
    title = whole("titleStmt", element("title", f"Daraja {tag}"))
    source = whole("sourceDesc", element("p", "Words of a community"))
    header = whole("tbxHeader", whole("fileDesc", title + source))
    entries = "\n".join(_entry(tag, term) for term in terms)
    text = whole("text", whole("body", f"\n{entries}\n"))
    said = {"type": "TBX-Basic", "style": "dca", "xml:lang": SOURCE, "xmlns": _CORE}
    return (HEAD + whole("tbx", f"\n{header}\n{text}\n", said) + "\n").encode()


def _entry(tag: str, term: Term) -> str:
    fields = dict(term.fields)
    word, forms = fields.pop(WORD_OF[term.section], ""), fields.pop("forms", [])
    meaning, example = fields.pop("meaning", ""), fields.pop("example", "")
    notes = {**fields, "state": term.state, "left": term.left_with}
    english = element("term", term.slug.replace("-", " "))
    if meaning:
        english = whole("descripGrp", element("descrip", meaning, type="definition")) + whole(
            "termSec", english
        )
    else:
        english = whole("termSec", english)
    own = _term(word, _STATUS[term.section], example) if word else ""
    own += "".join(_term(form, _FORM, "") for form in forms)
    if example and not word:
        notes["example"] = example
    inner = "".join(_note(name, value) for name, value in notes.items() if value)
    inner += whole("langSec", english, {"xml:lang": SOURCE})
    if own:
        inner += whole("langSec", own, {"xml:lang": tag})
    return whole("conceptEntry", inner, {"id": f"{term.section}.{term.slug}"})


def _term(word: str, status: str, example: str) -> str:
    inner = element("term", word) + element("termNote", status, type="administrativeStatus")
    if example:
        inner += whole("descripGrp", element("descrip", example, type="context"))
    return whole("termSec", inner)


def _note(name: str, value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return element("note", f"daraja-{name}: {text}")


def read(content: bytes, name: str, tag: str) -> tuple[list[Term], list[str]]:
    """The entries in a TBX file that the gate let in, and the ids of those that are not ours."""
    root = parsed(content, name)
    if root.tag != f"{{{_CORE}}}tbx":
        raise refuse(name, N_("This is an older kind of TBX. Save it as ISO 30042:2019 (TBX 3)."))
    found = list(root.iter(f"{{{_CORE}}}conceptEntry"))
    if len(found) > _MOST:
        raise refuse(name, N_("The file has more than %(most)s entries."), most=_MOST)
    terms, unknown = [], []
    for entry in found:
        ours = _ID.fullmatch(entry.get("id", ""))
        if ours:
            terms.append(_read(entry, ours[1], ours[2], tag))
        else:
            unknown.append(entry.get("id", ""))
    return terms, unknown


def _read(entry: Element, section: str, slug: str, tag: str) -> Term:
    fields = dict(_notes(entry, section))
    state, left = fields.pop("state", "draft"), fields.pop("left", "")
    meaning = entry.find(f".//{{{_CORE}}}descrip[@type='definition']")
    if meaning is not None and "meaning" in SECTIONS[section].known:
        fields["meaning"] = words_in(meaning)
    forms: list[str] = []
    for sec in entry.iterfind(f"{{{_CORE}}}langSec"):
        if sec.get(LANG) == tag:
            for each in sec.iterfind(f"{{{_CORE}}}termSec"):
                _take_term(each, section, fields, forms)
    if forms:
        fields["forms"] = forms
    return Term(section, slug, fields, str(state), str(left))


def _take_term(found: Element, section: str, fields: dict[str, Any], forms: list[str]) -> None:
    word = words_in(found.find(f"{{{_CORE}}}term")).strip()
    status = words_in(found.find(f"{{{_CORE}}}termNote[@type='administrativeStatus']"))
    if status == _FORM or WORD_OF[section] in fields:
        forms.append(word)
        return
    fields[WORD_OF[section]] = word
    example = found.find(f".//{{{_CORE}}}descrip[@type='context']")
    if example is not None:
        fields["example"] = words_in(example)


def _notes(entry: Element, section: str) -> Iterator[tuple[str, Any]]:
    known = SECTIONS[section].known
    for note in entry.iterfind(f"{{{_CORE}}}note"):
        said = _NOTE.fullmatch(words_in(note))
        if said is None:
            continue
        name, text = said[1], said[2]
        if name in ("state", "left"):
            yield name, text
        elif name in known:
            plain = known[name].holds not in (Holds.LIST, Holds.FLAG, Holds.SOME_OF, Holds.TAGS)
            yield name, text if plain else _value(text)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
