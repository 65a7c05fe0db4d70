"""What helps to find words: the glossary of the place, and what was translated before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from edu.checks.terms import find
from edu.communities.concepts import SOURCE_FORMS
from edu.communities.lookup import along_chain, places_of
from edu.doors import db, today
from edu.editions.memory.suggesting import Suggestion, suggestions
from edu.editions.workplace.lines import Line
from edu.partner.places import Desk
from edu.partner.recording_access import WORK
from edu.recordings.heard import words_heard
from edu.recordings.models import Recording


@dataclass(frozen=True)
class Hit:
    """A concept that the source speaks of, and how this place says it."""

    concept: str
    #: As the source says it.
    found: str
    term: str
    meaning: str
    agreed: bool
    #: The place that says so; empty where it is this one, or its language.
    place: str = ""


@dataclass(frozen=True)
class Help:
    """What may help with one line."""

    suggestions: Sequence[Suggestion] = ()
    terms: Sequence[Hit] = ()
    #: Terms that this place has read aloud, by their concepts.
    voices: Mapping[str, Recording] = field(default_factory=dict)


def help_for(desk: Desk, line: Line) -> Help:
    """Look up what may help with a line."""
    segment = line.segment
    terms = hits(desk.tag, segment.text)
    listens = bool(terms) and any(desk.may(right) for right in WORK)
    return Help(
        suggestions(db(), desk.tag, segment.text, segment.context),
        terms,
        words_heard(db(), desk.tag, today()) if listens else {},
    )


def hits(tag: str, text: str) -> list[Hit]:
    """The concepts of the glossary that a source speaks of, in the order of the glossary. Where a
    language has no word of its own, each of its places says how it is called there."""
    own = _terms(tag, text)
    known = {hit.concept for hit in own}
    hints = [
        replace(hit, place=place)
        for place in places_of(db(), tag)
        for hit in _terms(place, text)
        if hit.concept not in known
    ]
    return [*own, *sorted(hints, key=lambda hit: hit.concept)]


def _terms(tag: str, text: str) -> list[Hit]:
    hits = []
    for row in along_chain(db(), tag, "term"):
        places = find(text, SOURCE_FORMS.get(row.slug, ()))
        if places and row.fields.get("term"):
            hits.append(
                Hit(
                    concept=row.slug,
                    found=places[0].text,
                    term=row.fields["term"],
                    meaning=row.fields.get("meaning", ""),
                    agreed=row.state == "agreed",
                )
            )
    return hits
