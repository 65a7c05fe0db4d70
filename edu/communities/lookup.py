"""What others ask of the profiles: words along the chain, and facts of one place alone.

Words may be looked up along a tag's chain, as far as it is the same language. Services, laws and
what promotion and prevention mean belong to their place: no other place's are ever given.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.checks.terms import Term
from edu.communities.concepts import SOURCE_FORMS
from edu.communities.models import Profile, ProfileEntry
from edu.communities.placeholders import nearest
from edu.communities.profile import day
from edu.communities.services import Freshness, Shown, freshness, shown
from edu.languages import SOURCE, language, same_words


@dataclass(frozen=True)
class LawNote:
    """What the law of a place says on one topic, and on which day that was so."""

    topic: str
    text: str
    words: str
    dated: date
    source: str
    #: Only of suicide: whether an attempt is a crime; `crime`, `not_crime`, `unclear` or "".
    attempt: str

    @property
    def is_dangerous(self) -> bool:
        """Whether whoever asks for help may have to fear the law."""
        return self.attempt in ("crime", "unclear")


def entries_of(session: Session, tag: str, section: str) -> list[ProfileEntry]:
    """The entries of one section of one tag's own profile, in their order, also those taken out."""
    return list(
        session.scalars(
            select(ProfileEntry)
            .join(Profile)
            .where(Profile.tag == tag, ProfileEntry.section == section)
            .order_by(ProfileEntry.position, ProfileEntry.slug)
        )
    )


def along_chain(session: Session, tag: str, section: str) -> list[ProfileEntry]:
    """The entries of a section along the chain of a tag, as far as its language goes: for each id
    the nearest profile's. What a place has taken out it does not get from its parent either."""
    found: dict[str, ProfileEntry] = {}
    for step in language(tag).chain:
        if same_words(step, tag):
            for entry in entries_of(session, step, section):
                found.setdefault(entry.slug, entry)
    return [entry for entry in found.values() if not entry.gone]


def terms_for(session: Session, tag: str) -> list[Term]:
    """The glossary and the words to avoid, for the checks. Only what a community has agreed on
    holds a translation up; a draft advises, and so does what the places of a language say."""
    glossary = [
        Term(
            concept=row.slug,
            source_forms=SOURCE_FORMS.get(row.slug, ()),
            forms=_forms(row, "term"),
            starts=bool(row.fields.get("starts")),
            prefixes=tuple(row.fields.get("prefixes", ())),
            blocks=False,
        )
        for row in along_chain(session, tag, "term")
        if row.fields.get("term")
    ]
    avoided = [
        Term(
            concept=row.slug,
            forms=_forms(row, "word"),
            starts=bool(row.fields.get("starts")),
            avoid=True,
            reason=row.fields.get("reason", ""),
            replacement=row.fields.get("instead", ""),
            prefixes=tuple(row.fields.get("prefixes", ())),
            blocks=row.state == "agreed",
        )
        for row in along_chain(session, tag, "avoid")
    ]
    return glossary + avoided + _hints(session, tag, {term.concept for term in glossary + avoided})


def _hints(session: Session, tag: str, known: Collection[str]) -> list[Term]:
    """What the places of a language say where it has no word of its own: any of their words for a
    concept will do, and a word that one of them avoids is one to think about. None holds up."""
    said: dict[str, Term] = {}
    avoided: dict[str, Term] = {}
    for place in places_of(session, tag):
        for term in terms_for(session, place):
            if term.concept in known:
                continue
            if term.avoid:
                avoided.setdefault(term.concept, replace(term, blocks=False))
                continue
            met = said.get(term.concept, term)
            forms = tuple(dict.fromkeys((*met.forms, *term.forms)))
            prefixes = tuple(dict.fromkeys((*met.prefixes, *term.prefixes)))
            starts = met.starts or term.starts
            said[term.concept] = replace(met, forms=forms, prefixes=prefixes, starts=starts)
    return [*said.values(), *avoided.values()]


def places_of(session: Session, tag: str) -> list[str]:
    """The places of a language that have a profile; none for a place."""
    if _has_country(tag):
        return []
    tags = session.scalars(select(Profile.tag).where(Profile.tag != tag).order_by(Profile.tag))
    return [
        each
        for each in tags
        if _has_country(each) and tag in language(each).chain and same_words(each, tag)
    ]


def _has_country(tag: str) -> bool:
    return any(len(part) == 2 and part.isupper() for part in tag.split("-")[1:])


def _forms(row: ProfileEntry, name: str) -> tuple[str, ...]:
    """How a word looks inside sentences: as listed, and as it is named."""
    return tuple(dict.fromkeys((row.fields[name], *row.fields.get("forms", ()))))


def swaps_for(session: Session, tag: str) -> dict[str, list[str]]:
    """The values of placeholders for a tag: its own, else the chain's, else the English ones."""
    tables: list[Mapping[str, Sequence[str]]] = []
    for step in dict.fromkeys((*language(tag).chain, SOURCE)):
        rows = entries_of(session, step, "swaps")
        tables.append({row.slug: row.fields["values"] for row in rows if not row.gone})
    return nearest(tables)


def law_notes(session: Session, tag: str) -> list[LawNote]:
    """What is known of the laws of a place, and agreed there."""
    return [
        LawNote(
            topic=row.fields["topic"],
            text=row.fields["text"],
            words=row.fields.get("words", ""),
            dated=dated,
            source=row.fields["source"],
            attempt=row.fields.get("attempt", ""),
        )
        for row in entries_of(session, tag, "law")
        if not row.gone
        and row.state == "agreed"
        and row.fields.get("known") == "known"
        and (dated := day(row.fields.get("dated"))) is not None
    ]


def law_note(session: Session, tag: str) -> LawNote | None:
    """The newest dated note on suicide and the law of this place; None where nobody has agreed on
    one. Never that of another place, nor of a parent in the chain."""
    found = [note for note in law_notes(session, tag) if note.topic == "suicide"]
    return max(found, key=lambda note: note.dated, default=None)


def law_is_known(session: Session, tag: str) -> bool:
    """Whether words about suicide may be released in a language: its own profile has a dated
    note, or, for a language that names no country, each of its places has one, because they are
    read in all of them. Nobody is shown another place's note for that."""
    if law_note(session, tag) is not None:
        return True
    places = places_of(session, tag)
    return bool(places) and all(law_note(session, place) is not None for place in places)


def services_shown(session: Session, tag: str, today: date) -> list[Shown]:
    """The services of this place that somebody called within half a year."""
    return shown(entries_of(session, tag, "service"), today)


def services_on_pages(session: Session, tag: str, day: date) -> list[Shown]:
    """What a finished page of this day shows. The page stands until the next day's work, so what
    is over tomorrow is left out today: no number outlives its half year."""
    return services_shown(session, tag, day + timedelta(days=1))


def services_to_call(
    session: Session, today: date, tags: Iterable[str] | None = None
) -> list[tuple[str, ProfileEntry]]:
    """The services that will vanish soon, and those that have: with the tag of each, the most
    urgent first. `tags` are those asked about; None: all."""
    rows = session.execute(
        select(Profile.tag, ProfileEntry)
        .join(ProfileEntry.profile)
        .where(
            ProfileEntry.section == "service",
            ProfileEntry.gone.is_(False),
            ProfileEntry.confirmed_on.is_not(None),
        )
        .order_by(ProfileEntry.confirmed_on, Profile.tag, ProfileEntry.slug)
    )
    wanted = None if tags is None else set(tags)
    return [
        (tag, entry)
        for tag, entry in rows
        if (wanted is None or tag in wanted)
        and freshness(entry, today) in (Freshness.AGEING, Freshness.OVER)
    ]
