"""Where somebody works in profiles: a community, a section, an entry, and what she may do there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from flask import abort

from edu.communities.concepts import CONCEPTS
from edu.communities.editing import entry_in, profile_of
from edu.communities.facts import facts_of_place
from edu.communities.lookup import entries_of
from edu.communities.models import Profile, ProfileEntry
from edu.communities.profile import SECTIONS, Section
from edu.doors import address, db, today
from edu.languages import SOURCE, Language, language, normalise
from edu.partner.publishing import pages_soon
from edu.partners.actors import Actor
from edu.partners.roles import Right

#: Whoever has one of these may enter; of which communities she sees what, `Place` says.
READERS = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH, Right.CONFIRM_SERVICES)
_WRITERS = (Right.TRANSLATE, Right.REVIEW)


def sees(by: Actor, tag: str) -> bool:
    """Whether somebody has to do with a community."""
    return tag != SOURCE and any(by.may(right, tag=tag) for right in READERS)


def may_write(by: Actor, tag: str) -> bool:
    """Whether somebody may write a profile."""
    return tag != SOURCE and any(by.may(right, tag=tag) for right in _WRITERS)


@dataclass(frozen=True)
class Place:
    """A community's profile, as somebody works on it."""

    by: Actor
    profile: Profile

    @property
    def tag(self) -> str:
        """Whose profile it is."""
        return self.profile.tag

    @property
    def language(self) -> Language:
        """What is known of the language."""
        return language(self.tag)

    @property
    def may_write(self) -> bool:
        """Whether she may change entries."""
        return may_write(self.by, self.tag)

    @property
    def may_confirm(self) -> bool:
        """Whether she may write down that she called a service."""
        return self.by.may(Right.CONFIRM_SERVICES, tag=self.tag)

    @property
    def member_id(self) -> int:
        """Under whose account changes are kept."""
        return self.by.member.id

    def entries(self, section: str) -> list[ProfileEntry]:
        """The entries of a section in their order, also those taken out."""
        return entries_of(db(), self.tag, section)

    def entry(self, section: Section, slug: str) -> ProfileEntry | None:
        """One entry; None where there is none yet but may be one."""
        found = entry_in(db(), self.profile, section.name, slug)
        if found is None and slug not in fixed_slugs(section):
            abort(404)
        return found

    def address(self, *parts: str) -> str:
        """Where something of this profile is."""
        return address("staff", "communities", self.tag, *parts)


def place_at(by: Actor, community: str) -> Place:
    """A community's profile; not there for whoever has nothing to do with its language."""
    if normalise(community) != community or not sees(by, community):
        abort(404)
    profile = profile_of(db(), community)
    if profile is None:
        abort(404)
    return Place(by, profile)


def place_to_write(by: Actor, community: str) -> Place:
    """The same for whoever may write in it."""
    place = place_at(by, community)
    if not place.may_write:
        abort(403)
    return place


def section_at(name: str) -> Section:
    """A section by its name."""
    found = SECTIONS.get(name)
    if found is None:
        abort(404)
    return found


def fixed_slugs(section: Section) -> tuple[str, ...]:
    """The entries that a section may have by name."""
    if section.name == "term":
        return tuple(CONCEPTS)
    return section.ids if section.many else (section.name,)


def existing(place: Place, section: Section, slug: str) -> ProfileEntry:
    """An entry that is there."""
    found = entry_in(db(), place.profile, section.name, slug)
    if found is None:
        abort(404)
    return found


@contextmanager
def pages_follow(place: Place, day: date | None = None) -> Iterator[None]:
    """Have the pages made anew when what they tell of a place is another thing afterwards."""
    moment = day or today()
    before = facts_of_place(db(), place.tag, moment)
    yield
    db().flush()
    if facts_of_place(db(), place.tag, moment) != before:
        pages_soon()
