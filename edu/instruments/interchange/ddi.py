"""A codebook for archives: DDI-Codebook 2.5 as XML."""

from collections.abc import Mapping

from edu.exchange.markup import HEAD, element, text, whole
from edu.instruments.interchange.worded import Worded
from edu.quizzes.instrument import Item, Kind
from edu.quizzes.methods import ends

_NAMESPACE = "ddi:codebook:2_5"


def write(worded: Worded) -> bytes:
    """The codebook."""
    form = worded.instrument
    inner = _study(worded) + whole("dataDscr", _groups(worded) + _variables(worded))
    root = {"xmlns": _NAMESPACE, "version": "2.5", "ID": f"form-{form.id}"}
    return (HEAD + whole("codeBook", inner, root)).encode()


def _study(worded: Worded) -> str:
    form = worded.instrument
    titles = element("titl", worded.said(worded.first, "title") or form.title)
    titles += "".join(
        whole("parTitl", text(said), {"xml:lang": tag})
        for tag in worded.tags[1:]
        if (said := worded.own(tag, "title"))
    )
    title = whole("titlStmt", titles + element("IDNo", f"{form.id} {form.version}"))
    production = whole("prodStmt", element("copyright", form.licence))
    version = whole("verStmt", element("version", form.variant)) if form.variant else ""
    citation = whole("citation", title + production + version)
    info = whole("stdyInfo", element("abstract", form.source))
    return whole("stdyDscr", citation + info)


def _groups(worded: Worded) -> str:
    """Each scale with its questions, and what scores it."""
    form = worded.instrument
    groups = []
    for scale in form.scales:
        items = form.items_of(scale.id)
        if not items:
            continue
        possible = ends(form, scale)
        notes = (
            f"method: {scale.method.value}; from {float(possible.minimum):g} to "
            f"{float(possible.maximum):g}; higher means {form.higher_is(scale.id).value}; "
            f"don't know: {'missing' if scale.dont_know is None else scale.dont_know}"
        )
        said = element("labl", scale.title) + element("defntn", scale.more)
        attributes = {
            "ID": f"scale-{scale.id}",
            "type": "other",
            "var": " ".join(_id(item) for item in items),
        }
        groups.append(whole("varGrp", said + element("notes", notes), attributes))
    return "".join(groups)


def _id(item: Item) -> str:
    """A name that XML takes: it may not begin with a digit."""
    return f"item-{item.id}"


def _variables(worded: Worded) -> str:
    return "".join(_variable(worded, item) for item in worded.instrument.items)


def _in_each(name: str, said: Mapping[str, str]) -> str:
    """A text in each language that has one, the first language first."""
    return "".join(whole(name, text(each), {"xml:lang": tag}) for tag, each in said.items() if each)


def _variable(worded: Worded, item: Item) -> str:
    form = worded.instrument
    said = {tag: worded.own(tag, item.id) for tag in worded.tags}
    asked = _in_each("qstnLit", {**said, worded.first: worded.item(worded.first, item)})
    inner = element("labl", worded.item(worded.first, item)) + whole("qstn", asked)
    for option in form.options_of(item):
        group = item.id if item.options else "option"
        said = {tag: worded.own(tag, group, option.code) for tag in worded.tags}
        told = _in_each("labl", {**said, worded.first: worded.option(worded.first, item, option)})
        inner += whole("catgry", element("catValu", option.code) + told)
    for code in worded.states_of(item):
        told = _in_each("labl", {tag: worded.own_state(tag, code) for tag in worded.tags})
        inner += whole("catgry", element("catValu", code) + told, {"missing": "Y"})
    kind = "character" if form.kind is Kind.OPEN or item.several else "numeric"
    inner += whole("varFormat", "", {"type": kind})
    if item.reverse:
        inner += element("notes", "reversed before it is scored")
    return whole("var", inner, {"ID": _id(item), "name": item.id})
