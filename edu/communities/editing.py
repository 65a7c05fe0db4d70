"""Working on a profile: nobody overwrites what she has not seen, and nothing is lost.

Every saving counts an entry's version up. Whoever saves says which version she began from; where
somebody else has saved since, Conflict says so, and the words of both can be shown. What is taken
out can be put back.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.communities.files import without_defaults
from edu.communities.models import Profile, ProfileEntry
from edu.communities.profile import SECTIONS

#: When one of these changes it is another service, and somebody has to call it.
_WHAT_IS_CALLED = ("number", "by", "place")
#: What an entry keeps besides the fields of its section.
_KEPT = ("calls",)
_LONGEST_SLUG = 40


class Conflict(Exception):
    """Somebody else has saved other words since; `now` is the entry as it stands."""

    def __init__(self, now: ProfileEntry) -> None:
        super().__init__("somebody else has saved this entry meanwhile")
        self.now = now


class Taken(Exception):
    """There is one of this name already."""


def profile_of(session: Session, tag: str) -> Profile | None:
    """The profile of a tag, where there is one."""
    return session.scalar(select(Profile).where(Profile.tag == tag))


def entry_in(session: Session, profile: Profile, section: str, slug: str) -> ProfileEntry | None:
    """One entry, also when it was taken out."""
    return session.scalar(
        select(ProfileEntry).where(
            ProfileEntry.profile_id == profile.id,
            ProfileEntry.section == section,
            ProfileEntry.slug == slug,
        )
    )


def start_profile(
    session: Session, tag: str, about: Mapping[str, Any], member_id: int | None
) -> Profile:
    """A new profile that holds no more than where its community lives. Raises Taken."""
    made = Profile(tag=tag)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise Taken from error
    add_entry(session, made, "community", "community", about, member_id)
    return made


def add_entry(
    session: Session,
    profile: Profile,
    section: str,
    slug: str,
    fields: Mapping[str, Any],
    member_id: int | None,
) -> ProfileEntry:
    """A new entry, behind the others. Raises Taken where there is one of this name."""
    others = [entry.position for entry in profile.entries if entry.section == section]
    made = ProfileEntry(
        profile_id=profile.id,
        section=section,
        slug=slug,
        position=max(others, default=-1) + 1,
        fields=without_defaults(SECTIONS[section], fields),
        from_files=False,
    )
    _stamp(made, member_id)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise Taken from error
    session.refresh(profile)
    return made


def free_slug(profile: Profile, section: str, words: str) -> str:
    """A name for a new entry, made from its words, that no other has."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    base = base or section.replace("_", "-")
    # "new" is the address of the form for one that is not there yet.
    taken = {"new", *(entry.slug for entry in profile.entries if entry.section == section)}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def change_entry(
    session: Session,
    entry: ProfileEntry,
    fields: Mapping[str, Any],
    *,
    version: int,
    member_id: int | None,
    today: date,
) -> None:
    """Put new words into an entry: a draft again, until the community has agreed. Raises
    Conflict. The same words once more change nothing, whatever the version."""
    session.refresh(entry, with_for_update=True)
    section = SECTIONS[entry.section]
    new = without_defaults(section, fields)
    if section.agreed:
        # Who agreed, and when, is written down by agreeing.
        before = {name: entry.fields.get(name) for name in ("agreed_by", "date")}
        new |= {name: value for name, value in before.items() if value}
    kept = {name: entry.fields[name] for name in _KEPT if name in entry.fields}
    if new | kept == entry.fields and not entry.gone:
        return
    if entry.version != version:
        raise Conflict(entry)
    if section.agreed:
        new.pop("agreed_by", None)
        new["date"] = today.isoformat()
    if any(new.get(name) != entry.fields.get(name) for name in _WHAT_IS_CALLED):
        entry.confirmed_on, entry.confirmed_by = None, ""
    entry.fields, entry.state, entry.gone = new | kept, "draft", False
    touch(entry, member_id)
    session.flush()


def agree(
    session: Session,
    entry: ProfileEntry,
    who: str,
    *,
    version: int,
    member_id: int | None,
    today: date,
) -> None:
    """Write down that the community agreed on an entry as somebody saw it. Raises Conflict."""
    session.refresh(entry, with_for_update=True)
    if entry.version != version:
        raise Conflict(entry)
    entry.fields = {**entry.fields, "agreed_by": who, "date": today.isoformat()}
    entry.state = "agreed"
    touch(entry, member_id)
    session.flush()


def take_out(session: Session, entry: ProfileEntry, *, gone: bool, member_id: int | None) -> None:
    """Take an entry out, or put it back as it was."""
    session.refresh(entry, with_for_update=True)
    if entry.gone != gone:
        entry.gone = gone
        touch(entry, member_id)
        session.flush()


def move_up(session: Session, profile: Profile, entry: ProfileEntry, member_id: int | None) -> None:
    """Let an entry change places with the one before it."""
    row = [each for each in profile.entries if each.section == entry.section and not each.gone]
    row.sort(key=lambda each: (each.position, each.slug))
    place = row.index(entry)
    if place:
        row[place - 1 : place + 1] = [entry, row[place - 1]]
        for position, each in enumerate(row):
            if each.position != position:
                each.position = position
                each.from_files = False
        touch(entry, member_id)
        session.flush()


def touch(entry: ProfileEntry, member_id: int | None) -> None:
    """Note that somebody changed an entry: from now on it is the partner's own."""
    entry.version += 1
    _stamp(entry, member_id)


def _stamp(entry: ProfileEntry, member_id: int | None) -> None:
    entry.from_files = False
    entry.member_id = member_id
    entry.saved_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
