"""Profiles as files: `content/communities/<tag>.toml`, read with every mistake and its line.

`write` is the other direction; what it writes and reads again gives the same bytes.
"""

import hashlib
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from edu.communities.faults import SLUG, faults
from edu.communities.profile import SECTIONS, Entry, Field, Fields, Holds, Profile, Section
from edu.languages import normalise
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.positions import Path as Place
from edu.quizzes.positions import Positions

_SMALL = N_('"%(word)s" must be small letters, digits and hyphens')
FOLDER = Path("content") / "communities"


def read_profiles(root: Path) -> tuple[list[Profile], list[Mistake]]:
    """Every profile that ships, and every mistake in their files."""
    found: list[Profile] = []
    mistakes: list[Mistake] = []
    for path in profile_files(root):
        name = path.relative_to(root).as_posix()
        profile, wrong = read_profile(path.read_bytes(), name, path.stem)
        mistakes += wrong
        if profile is not None:
            found.append(profile)
    return found, mistakes


def profile_files(root: Path) -> list[Path]:
    """The files of all profiles that ship."""
    return sorted((root / FOLDER).glob("*.toml"))


def digest_of(content: bytes) -> str:
    """By which a file is known not to have changed."""
    return hashlib.sha256(content).hexdigest()


def read_profile(content: bytes, file: str, tag: str) -> tuple[Profile | None, list[Mistake]]:
    """A profile and what is wrong with it; None where nothing can be made of the file."""
    try:
        text = content.decode("utf-8")
        tables = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [
            Mistake(
                file, getattr(error, "lineno", 1), Message(N_("not TOML: %(why)s"), why=str(error))
            )
        ]
    reading = _Reading(file, Positions(text))
    if normalise(tag) != tag:
        reading.add(
            (),
            Message(
                N_("a profile is named by a language tag, such as sw-KE; %(tag)s is none"), tag=tag
            ),
        )
    reading.read(tables, tag)
    profile = Profile(tag, tuple(reading.entries), digest_of(content), reading.lines)
    return profile, sorted(set(reading.mistakes))


class _Reading:
    """One file being read: what was found in it so far."""

    def __init__(self, file: str, positions: Positions) -> None:
        self.file = file
        self.positions = positions
        self.entries: list[Entry] = []
        self.lines: dict[tuple[str, str], int] = {}
        self.mistakes: list[Mistake] = []

    def add(self, place: Place, message: str) -> None:
        self.mistakes.append(Mistake(self.file, self.positions.line(place), message))

    def read(self, tables: Mapping[str, Any], tag: str) -> None:
        for name in tables.keys() - SECTIONS.keys():
            self.add((name,), Message(N_('unknown table "%(name)s"'), name=name))
        if "community" not in tables:
            self.add((), N_('missing table "community"'))
        for section in SECTIONS.values():
            for slug, table, place in self._rows(section, tables.get(section.name)):
                self._entry(section, slug, table, place, tag)

    def _rows(self, section: Section, value: Any) -> Iterator[tuple[str, dict[str, Any], Place]]:
        """Each entry of a section with its id and where it stands."""
        if value is None:
            return
        place = (section.name,)
        if section.name == "swaps" and isinstance(value, dict):
            for key, values in value.items():
                yield key, {"id": key, "values": values}, (*place, key)
        elif not section.many and isinstance(value, dict):
            yield section.name, {"id": section.name} | value, place
        elif section.many and isinstance(value, list) and section.name != "swaps":
            for index, table in enumerate(value):
                if isinstance(table, dict):
                    yield str(table.get("id", "")), dict(table), (*place, index)
                else:
                    self.add(
                        place,
                        Message(N_("entries are tables headed [[%(table)s]]"), table=section.name),
                    )
        else:
            shape = f"[[{section.name}]]" if section.many else f"[{section.name}]"
            self.add(place, Message(N_("this is a table headed %(shape)s"), shape=shape))

    def _entry(
        self, section: Section, slug: str, table: dict[str, Any], place: Place, tag: str
    ) -> None:
        table.pop("id", None)
        if section.ids and slug not in section.ids:
            self.add(
                place,
                Message(
                    N_('"%(slug)s" is none of %(known)s'), slug=slug, known=", ".join(section.ids)
                ),
            )
        elif section.many and section.name != "swaps" and not SLUG.fullmatch(slug):
            self.add((*place, "id"), Message(_SMALL, word="id"))
        elif (section.name, slug) in self.lines:
            self.add(place, Message(N_('the id "%(slug)s" is used twice'), slug=slug))
        if section.name == "community" and table.pop("tag", None) != tag:
            self.add(
                (*place, "tag"), Message(N_('"tag" must be the name of the file, %(tag)s'), tag=tag)
            )
        state = table.pop("status", "draft") if section.agreed else "draft"
        if state not in ("draft", "agreed"):
            self.add((*place, "status"), N_('"status" must be draft or agreed'))
        fields = {name: _plain(value) for name, value in table.items()}
        for fault in faults(section, fields):
            self.add(place if fault.name == "values" else (*place, fault.name), fault.message)
        self.lines[section.name, slug] = self.positions.line(place)
        self.entries.append(Entry(section.name, slug, without_defaults(section, fields), state))


def without_defaults(section: Section, fields: Fields) -> dict[str, Any]:
    """What an entry says, without what goes without saying."""
    known = section.known
    usual = {name: known[name].default for name in fields.keys() & known.keys()}
    return {
        name: value
        for name, value in fields.items()
        if value not in ("", [], None, False, usual.get(name) or None)
    }


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def write(profile: Profile) -> str:
    """A profile as its file."""
    parts = []
    for section in SECTIONS.values():
        entries = profile.of(section.name)
        if section.name == "swaps":
            lines = [_line(entry.slug, entry.fields["values"]) for entry in entries]
            parts += [["[swaps]", *lines]] * bool(entries)
        else:
            parts += [_table(section, entry, profile.tag) for entry in entries]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _table(section: Section, entry: Entry, tag: str) -> list[str]:
    lines = [f"[[{section.name}]]" if section.many else f"[{section.name}]"]
    if section.many:
        lines.append(_line("id", entry.slug))
    if section.name == "community":
        lines.append(_line("tag", tag))
    for field in section.fields:
        if field.name == "date" and section.agreed:
            lines.append(_line("status", entry.state))
        value = entry.fields.get(field.name)
        if value not in (None, "", [], False, field.default or None):
            lines.append(_line(field.name, _written(field, value)))
    return lines


def _written(field: Field, value: Any) -> Any:
    return date.fromisoformat(value) if field.holds is Holds.DAY else value


def _line(key: str, value: Any) -> str:
    return f"{key} = {tomlkit.item(value).as_string()}"


def listed(mistakes: Iterable[Mistake]) -> str:
    """Mistakes for a person, one a line."""
    return "\n".join(map(str, mistakes))


if __name__ == "__main__":  # python -m edu.communities.files content/communities/sn-ZW.toml
    for argument in map(Path, sys.argv[1:]):
        print(listed(read_profile(argument.read_bytes(), str(argument), argument.stem)[1]))
