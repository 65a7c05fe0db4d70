"""What the profiles of a programme's languages know already about a question of the wizard."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from edu.communities.lookup import along_chain, entries_of, services_shown
from edu.communities.models import ProfileEntry
from edu.groups.models import Programme
from edu.groups.programmes import groups_in
from edu.languages import SOURCE, language

#: Which words of which sections help with a question.
_SECTIONS = {
    "people": (("community", "place"),),
    "words": (("term", "term"), ("idiom", "words"), ("avoid", "word")),
    "matters": (("matters", ""),),
    "trusted": (("messenger", "who"),),
    "hurtful": (("explanation", "held"),),
}
#: Facts of one place, which no other place may lend.
_LOCAL = {"community", "messenger"}
#: Words of the place; everything else in a profile is for whoever works on it, in English.
_OF_THE_PLACE = {"term", "idiom", "avoid"}
_MOST = 12


@dataclass(frozen=True)
class Hint:
    """A few words from a profile, in the language they are in."""

    text: str
    tag: str
    direction: str


def hints_for(session: Session, programme: Programme, step: str, today: date) -> list[Hint]:
    """What is known for this question, in every language in which the programme has a group."""
    tags = dict.fromkeys(tag for group in groups_in(session, programme) for tag in group.tags)
    found = [hint for tag in tags for hint in _of_tag(session, tag, step, today)]
    return list(dict.fromkeys(found))[:_MOST]


def _of_tag(session: Session, tag: str, step: str, today: date) -> list[Hint]:
    if step == "services":
        # Only what somebody called of late; a number that is over is shown nowhere.
        return [_hint(each.name, SOURCE) for each in services_shown(session, tag, today)]
    return [
        _hint(text, tag if section in _OF_THE_PLACE else SOURCE)
        for section, field in _SECTIONS.get(step, ())
        for row in _rows(session, tag, section)
        if (text := str(row.fields.get(field) or "") if field else row.slug)
    ]


def _rows(session: Session, tag: str, section: str) -> list[ProfileEntry]:
    if section in _LOCAL:
        # The profile of the source is of no place.
        local = entries_of(session, tag, section) if tag != SOURCE else []
        return [row for row in local if not row.gone and row.fields.get("trust") != "risky"]
    return along_chain(session, tag, section)


def _hint(text: str, tag: str) -> Hint:
    return Hint(text, tag, language(tag).direction)
