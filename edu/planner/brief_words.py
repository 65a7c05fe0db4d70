"""The words of a brief for those who decide: a page of blocks, so that it can be frozen whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from edu.doors import day_in_words, db, today
from edu.groups.models import Programme
from edu.groups.programmes import groups_in
from edu.languages import language
from edu.learning.courses import Questionnaire, course_in
from edu.learning.kept_words import chosen_by
from edu.learning.pairs import KNOWLEDGE
from edu.outcomes.totals import totals
from edu.pages.speaking import spoken
from edu.pages.views import foreign
from edu.planner.ally_words import number_words, provider_name
from edu.programmes.changes import Change, changes_of
from edu.programmes.channels import bridges, channels_of, known_bodies
from edu.programmes.directory import Page, directory
from edu.programmes.planning import details_of

#: So many districts stay on one page, and so many kinds of service of each.
_DISTRICTS, _KINDS = 5, 4

Item = dict[str, str]
Block = dict[str, Any]


def brief_content(programme: Programme, organisation: str, asks: Sequence[str]) -> dict[str, Any]:
    """All that stands on the page, in the language of the page."""
    kept = details_of(db(), programme.id)
    blocks = [
        _block(_("What we ask you for"), ordered=True, items=[_item(each) for each in asks]),
        _reached(programme),
        _changed(programme),
        _missing(programme),
        _nothing(),
        _community(programme),
    ]
    return {
        "lang": spoken(),
        "dir": language(spoken()).direction,
        "title": programme.name,
        "by": organisation,
        "day": day_in_words(today()),
        "vision": kept.vision if kept is not None else "",
        "blocks": [each for each in blocks if each["items"] or each["paragraphs"]],
    }


def _item(text: str, title: Item | None = None) -> Item:
    """A point; `title` stands before it, perhaps in another language."""
    return {"text": text, **({f"title_{name}": said for name, said in (title or {}).items()})}


def _block(
    heading: str,
    paragraphs: Sequence[str] = (),
    items: Sequence[Item] = (),
    *,
    ordered: bool = False,
) -> Block:
    return {
        "heading": heading,
        "paragraphs": list(paragraphs),
        "items": list(items),
        "ordered": ordered,
    }


def _about(number: int | None) -> str:
    """A number of people that was rounded down to tens."""
    if number is None:
        return _("fewer than 10")
    return _("%(number)s or more", number=number_words(number))


def _reached(programme: Programme) -> Block:
    """What an authority may see, and no more."""
    found = totals(db(), groups_in(db(), programme))
    return _block(
        _("How many people we reached"),
        items=[
            _item(_("People who started the lessons: %(people)s", people=_about(found.started))),
            _item(_("People who finished them: %(people)s", people=_about(found.finished))),
        ],
    )


def _changed(programme: Programme) -> Block:
    found = changes_of(db(), programme.id)
    if found is None:
        told = _("Not enough people have answered before and after to say what changed.")
        return _block(_("What changed"), [told])
    titles = _titles(programme)
    care = []
    if not found.has_comparison:
        care.append(
            _("There was no comparison group, so nobody can say that the lessons caused a change.")
        )
    if not found.validated:
        care.append(_("Nobody has tested yet how well these questions measure (not validated)."))
    return _block(_("What changed"), care, [_change(each, titles) for each in found.scales])


def _change(found: Change, titles: Mapping[tuple[str, str], Item]) -> Item:
    said = {
        "clear_improvement": _("clear improvement after the lessons"),
        "unclear": _("it is not clear whether anything changed"),
        "possible_backfire": _("possible harm; we are looking into it"),
    }[found.verdict]
    return _item(said, titles.get((found.instrument, found.scale), {"text": found.scale}))


def _titles(programme: Programme) -> dict[tuple[str, str], Item]:
    """What the scales are called, with the language where it is another one."""
    found: dict[tuple[str, str], Item] = {}
    for group in groups_in(db(), programme):
        for each in course_in(
            db(), spoken(), group.modules, chosen=chosen_by(group)
        ).questionnaires:
            for scale in each.instrument.scales:
                found[each.instrument.id, scale.id] = _title(each, "scale", scale.id, "title")
            found[each.instrument.id, KNOWLEDGE] = _title(each, "title")
    return found


def _title(of: Questionnaire, *place: str) -> Item:
    stored = of.words.get("|".join([of.instrument.id, *place]))
    if stored is None:
        return {"text": place[-2] if len(place) > 1 else of.instrument.id}
    other = foreign(stored["tag"], spoken())
    return {"text": stored["text"], **({"lang": other[0], "dir": other[1]} if other else {})}


def _missing(programme: Programme) -> Block:
    pages = [each for each in directory(db(), programme.id, today()) if each.district and each.gaps]
    items = [
        _item(_gaps(page), {"text": page.district.name})
        for page in pages[:_DISTRICTS]
        if page.district is not None
    ]
    more = len(pages) - len(items)
    if more:
        items.append(
            _item(ngettext("Gaps in %(num)d more district", "Gaps in %(num)d more districts", more))
        )
    there = bridges(known_bodies(db(), programme.id), channels_of(db(), programme.id))
    links = ngettext(
        "%(num)d agreed channel links clinics and the community.",
        "%(num)d agreed channels link clinics and the community.",
        there,
    )
    return _block(_("What is missing here"), [links], items)


def _gaps(page: Page) -> str:
    """What is missing in a district, in one line: the first few by name, the others counted."""
    named = ", ".join(provider_name(kind.value) for kind in page.gaps[:_KINDS])
    more = len(page.gaps) - _KINDS
    if more <= 0:
        return named
    return ngettext(
        "%(kinds)s, and %(num)d kind more", "%(kinds)s, and %(num)d kinds more", more, kinds=named
    )


def _nothing() -> Block:
    return _block(
        _("What it costs to do nothing"),
        [
            _(
                "People who are ashamed ask for help late. By then they are more unwell, care "
                "takes longer and costs more, and they have often lost work or school. Families "
                "carry what services do not. All of this is paid for, only not in one budget."
            )
        ],
    )


def _community(programme: Programme) -> Block:
    kept = details_of(db(), programme.id)
    told = [
        _(
            "Large hospitals far away keep people from family, work and friends. Help near home, "
            "with clinics, community groups and people with lived experience side by side, lets "
            "people live among others. Beds should close only when this help is there: the "
            "money has to move with the people."
        )
    ]
    if kept is not None:
        told.append(
            _(
                "Our plan: promotion %(promotion)d %%, prevention %(prevention)d %%, care "
                "%(care)d %%.",
                promotion=kept.promotion,
                prevention=kept.prevention,
                care=kept.care,
            )
        )
    return _block(_("From institutions to the community"), told)


def ask_hints() -> list[str]:
    """What others have asked for: to think of, not to copy."""
    return [
        _("A line in the yearly budget for work in the community, with an amount."),
        _("One service that is missing in a district, and by when."),
        _("Paid work for people with lived experience, also where plans are made."),
        _("A role in each clinic that answers when the community calls."),
        _("Time for health staff to take the lessons."),
        _("The cost of the way to the clinic for those who cannot pay it."),
    ]
