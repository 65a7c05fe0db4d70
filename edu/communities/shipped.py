"""The profiles that ship in `content/communities/`, loaded into the database and written out again.

What a partner has touched is hers: a newer file never overwrites it.
"""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from edu.communities import profile as shape
from edu.communities.files import digest_of, profile_files, read_profile
from edu.communities.models import Profile, ProfileEntry
from edu.communities.profile import SECTIONS, Entry


def load_profiles(session: Session, root: Path) -> int:
    """Bring the profiles up to date with their files; returns how many had news."""
    known = {row.tag: row for row in session.scalars(select(Profile))}
    changed = 0
    for path in profile_files(root):
        content = path.read_bytes()
        row = known.get(path.stem)
        if row is not None and row.shipped == digest_of(content):
            continue
        found = read_profile(content, path.name, path.stem)[0]
        if found is not None:
            row = row or _new(session, found.tag)
            _load(row, found)
            row.shipped = found.digest
            changed += 1
    session.flush()
    return changed


def _new(session: Session, tag: str) -> Profile:
    made = Profile(tag=tag)
    session.add(made)
    return made


def _load(row: Profile, found: shape.Profile) -> None:
    left = {(entry.section, entry.slug): place for place, entry in enumerate(found.entries)}
    for kept in list(row.entries):
        place = left.pop((kept.section, kept.slug), None)
        if not kept.from_files:
            continue
        if place is None:
            row.entries.remove(kept)
        else:
            _say(kept, found.entries[place], place)
    for place in left.values():
        entry = found.entries[place]
        made = ProfileEntry(section=entry.section, slug=entry.slug, fields={}, position=place)
        made.version = 0
        _say(made, entry, place)
        row.entries.append(made)


def _say(row: ProfileEntry, entry: Entry, place: int) -> None:
    row.position = place
    if (row.fields, row.state) != (dict(entry.fields), entry.state) or not row.version:
        row.fields, row.state = dict(entry.fields), entry.state
        # Whoever has the former words open in a form is told.
        row.version += 1


def profile_as_file(session: Session, tag: str) -> shape.Profile | None:
    """A profile as it stands in the database, to be written to its file; who called a service, and
    when, stays here: a number in a file is confirmed for nobody."""
    row = session.scalar(
        select(Profile).where(Profile.tag == tag).options(selectinload(Profile.entries))
    )
    if row is None:
        return None
    order = list(SECTIONS)
    entries = [each for each in row.entries if not each.gone and each.section in SECTIONS]
    entries.sort(key=lambda each: (order.index(each.section), each.position, each.slug))
    return shape.Profile(
        tag,
        tuple(
            Entry(
                each.section,
                each.slug,
                {
                    name: value
                    for name, value in each.fields.items()
                    if name in SECTIONS[each.section].known
                },
                each.state,
            )
            for each in entries
        ),
    )


def profile_tags(session: Session) -> list[str]:
    """The tags that have a profile."""
    return list(session.scalars(select(Profile.tag).order_by(Profile.tag)))
