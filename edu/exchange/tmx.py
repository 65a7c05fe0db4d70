"""Parcels as TMX 1.4: the exchange of translation memories.

A memory knows no order of a lesson and no state; both travel as properties, so that our own
parcels come back whole, all but the blocks of an edition's own. Notes for translators are
`<note>`s, remarks are properties.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from edu.exchange.marks import apart, fitting, looked_at, marks_of, together, with_marks
from edu.exchange.markup import HEAD, LANG, element, parsed, whole, words_in
from edu.exchange.unit import Parcel, Unit
from edu.gate.refused import refuse
from edu.languages import SOURCE, normalise, same_words
from edu.lessons.words import N_

_OURS = "x-daraja-"
_CONTEXT, _REMARK = f"{_OURS}context", f"{_OURS}remark"


def write(parcel: Parcel) -> bytes:
    """A parcel as the bytes of a TMX 1.4 file."""
    head = {
        "creationtool": "Daraja",
        "creationtoolversion": "1",
        "segtype": "block",
        "o-tmf": "Daraja",
        "adminlang": SOURCE,
        "srclang": SOURCE,
        "datatype": "plaintext",
    }
    said = element("prop", parcel.module, type=f"{_OURS}module")
    said += element("prop", parcel.tag, type=f"{_OURS}variant")
    if parcel.part:
        said += element("prop", parcel.part, type=f"{_OURS}part")
    # A memory pairs two languages; a text without an English one has no place in it.
    paired = [unit for unit in parcel.units if not unit.of_own_block]
    units = [_unit(unit, parcel.tag) for unit in apart(paired)]
    body = whole("body", "\n".join(units))
    inner = f"\n{whole('header', said, head)}\n{body}\n"
    return (HEAD + whole("tmx", inner, {"version": "1.4"}) + "\n").encode()


def _unit(unit: Unit, tag: str) -> str:
    # The order of the standard: notes, properties, then the words of each language.
    parts = [element("note", note) for note in unit.notes]
    parts.append(element("prop", unit.context, type=_CONTEXT))
    parts += [element("prop", remark, type=_REMARK) for remark in unit.remarks]
    parts += [element("prop", text, type=f"{_OURS}{name}") for name, text in marks_of(unit).items()]
    for language, words in ((SOURCE, unit.source), (tag, unit.target)):
        if words or language == SOURCE:
            parts.append(whole("tuv", element("seg", words), {"xml:lang": language}))
    return whole("tu", "".join(parts), {"tuid": unit.id})


def read(content: bytes, name: str) -> Parcel:
    """The parcel in a TMX file that the gate let in; another house's memory is read too."""
    root = parsed(content, name)
    header, body = root.find("header"), root.find("body")
    if header is None or body is None:
        raise refuse(name, N_("The file needs a <header> and a <body>."))
    props = dict(_props(header))
    units = [_read(found, props.get("variant", "")) for found in body.iterfind("tu")]
    whole_units = tuple(map(looked_at, together(unit for unit in units if unit is not None)))
    tag = props.get("variant", "") or next((unit.variant for unit in whole_units), "")
    return Parcel(tag, props.get("module", ""), whole_units, props.get("part", ""))


def _read(found: Element, tag: str) -> Unit | None:
    words = {_lang(each): words_in(each.find("seg")) for each in found.iterfind("tuv")}
    # Scots English has English words too: the plain tag is the source where both stand.
    source = next((lang for lang in (SOURCE, *words) if lang in words and _is_source(lang)), None)
    if source is None:
        return None
    target = next((lang for lang in words if lang != source), "")
    props = dict(_props(found))
    unit = Unit(
        id=found.get("tuid", ""),
        context=props.pop("context", ""),
        source=words[source],
        target=words.get(target, ""),
        variant=target or tag,
        notes=tuple(map(words_in, found.iterfind("note"))),
        remarks=tuple(words_in(each) for each in found.iterfind("prop") if _says(each, _REMARK)),
        at=found.get("tuid", ""),
    )
    return fitting(with_marks(unit, props))


def _props(found: Element) -> Iterator[tuple[str, str]]:
    for each in found.iterfind("prop"):
        name = each.get("type", "")
        if name.startswith(_OURS) and name != _REMARK:
            yield name.removeprefix(_OURS), words_in(each)


def _says(prop: Element, name: str) -> bool:
    return prop.get("type", "") == name


def _lang(found: Element) -> str:
    return str(found.get(LANG) or found.get("lang", ""))


def _is_source(tag: str) -> bool:
    known = normalise(tag)
    return known is not None and same_words(known, SOURCE)
