"""How complete a profile is, and what is missing: for whoever works on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from edu.communities.concepts import CONCEPTS
from edu.communities.models import Profile, ProfileEntry
from edu.communities.profile import KINDS, READERS, SECTIONS, TOPICS, Section, day
from edu.communities.services import Freshness, freshness, is_shown


class Lack(StrEnum):
    """What can be missing."""

    EMPTY = "nothing here yet"
    TERMS = "concepts without a word"
    DRAFTS = "drafts that nobody has agreed on"
    MEANING = "no meaning chosen"
    BACK = "no back-translation"
    SUICIDE_LAW = "no agreed, dated note on suicide and the law"
    TOPICS = "topics of law that nobody has looked up"
    NOTHING_TO_CALL = "no service is shown to learners"
    CALL = "services to call again"
    PLACES = "kinds of help without any entry"
    READERS = "readers who have not signed"
    CHANGED = "changed since somebody signed"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: which, and of what."""

    lack: Lack
    names: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Part:
    """One section of a profile: what is in it, and what is missing."""

    section: Section
    entries: int
    agreed: int
    gaps: tuple[Gap, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps


@dataclass(frozen=True)
class Overview:
    """A whole profile."""

    tag: str
    name: str
    parts: Sequence[Part]

    @property
    def done(self) -> int:
        """How many sections miss nothing."""
        return sum(part.is_done for part in self.parts)

    def part(self, name: str) -> Part:
        """One section."""
        return next(part for part in self.parts if part.section.name == name)


def overview(profile: Profile, today: date) -> Overview:
    """How a profile stands on a day."""
    kept = [entry for entry in profile.entries if not entry.gone]
    name = next((each.fields.get("name", "") for each in kept if each.section == "community"), "")
    parts = [
        _part(section, [each for each in kept if each.section == section.name], kept, today)
        for section in SECTIONS.values()
    ]
    return Overview(profile.tag, name or profile.tag, parts)


def _part(
    section: Section, entries: list[ProfileEntry], everything: list[ProfileEntry], today: date
) -> Part:
    agreed = sum(entry.state == "agreed" for entry in entries)
    gaps = [*_of_section(section.name, entries, everything, today)]
    if not entries and not gaps:
        gaps.append(Gap(Lack.EMPTY))
    if section.agreed and agreed < len(entries):
        gaps.append(Gap(Lack.DRAFTS, number=len(entries) - agreed))
    return Part(section, len(entries), agreed, tuple(gaps))


def _of_section(
    name: str, entries: list[ProfileEntry], everything: list[ProfileEntry], today: date
) -> list[Gap]:
    if name == "term":
        have = {entry.slug for entry in entries if entry.fields.get("term")}
        return _missing(Lack.TERMS, [concept for concept in CONCEPTS if concept not in have])
    if name in ("promotion", "prevention"):
        return [gap for entry in entries for gap in _of_meaning(entry)]
    if name == "law":
        return _of_laws(entries)
    if name == "service":
        return _of_services(entries, today)
    if name == "sign_off":
        return _of_readers(entries, everything)
    return []


def _missing(lack: Lack, names: list[str]) -> list[Gap]:
    return [Gap(lack, tuple(names), len(names))] if names else []


def _of_meaning(entry: ProfileEntry) -> list[Gap]:
    gaps = []
    if not entry.fields.get("meanings"):
        gaps.append(Gap(Lack.MEANING))
    if not entry.fields.get("back_translation"):
        gaps.append(Gap(Lack.BACK))
    return gaps


def _of_laws(entries: list[ProfileEntry]) -> list[Gap]:
    known = [entry for entry in entries if entry.fields.get("known") == "known"]
    topics = {entry.fields["topic"] for entry in known}
    gaps = _missing(Lack.TOPICS, [each for each in TOPICS if each not in topics])
    agreed = [each for each in known if each.state == "agreed" and day(each.fields.get("dated"))]
    if not any(each.fields["topic"] == "suicide" for each in agreed):
        gaps.insert(0, Gap(Lack.SUICIDE_LAW))
    return gaps


def _of_services(entries: list[ProfileEntry], today: date) -> list[Gap]:
    gaps = []
    if not any(is_shown(entry, today) for entry in entries):
        gaps.append(Gap(Lack.NOTHING_TO_CALL))
    late = (Freshness.AGEING, Freshness.OVER)
    gaps += _missing(
        Lack.CALL, [each.fields["name"] for each in entries if freshness(each, today) in late]
    )
    have = {entry.fields.get("kind") for entry in entries}
    gaps += _missing(Lack.PLACES, [kind for kind in KINDS if kind not in {*have, "other"}])
    return gaps


def _of_readers(entries: list[ProfileEntry], everything: list[ProfileEntry]) -> list[Gap]:
    have = {entry.fields.get("reader") for entry in entries}
    gaps = _missing(Lack.READERS, [reader for reader in READERS if reader not in have])
    signed = [found for entry in entries if (found := day(entry.fields.get("date")))]
    changed = max(
        (each.saved_at or datetime.min for each in everything if each.section != "sign_off"),
        default=datetime.min,
    )
    if signed and changed.date() > min(signed):
        gaps.append(Gap(Lack.CHANGED))
    return gaps
