"""Where somebody works: an edition, a part of it, and what she may do there."""

from dataclasses import dataclass

from flask import abort

from edu.doors import address, db, settings
from edu.editions.parts import Part, parts_of
from edu.editions.workplace.lines import Line, Sheet, sheet
from edu.languages import LONGEST_TAG, SOURCE, Language, language, normalise
from edu.partners.actors import Actor
from edu.partners.roles import Right

#: Whoever has one of these may enter the desk; of which languages she sees what, `Desk` says.
READERS = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH, Right.WAIVE_READERS)
_WORKERS = READERS[:3]


@dataclass(frozen=True)
class Desk:
    """One language's desk, as somebody sits at it."""

    by: Actor
    tag: str

    def may(self, right: Right) -> bool:
        """Whether she has a right for this language."""
        return self.by.may(right, tag=self.tag)

    @property
    def may_write(self) -> bool:
        """Whether she may put words into this edition."""
        return self.may(Right.TRANSLATE)

    @property
    def may_remark(self) -> bool:
        """Whether her remarks are wanted: she translates, reviews or publishes it."""
        return any(self.may(right) for right in _WORKERS)

    @property
    def may_say_still_right(self) -> bool:
        """Whether she may decide that words still fit although their source has moved."""
        return self.may(Right.SAY_STILL_RIGHT)

    @property
    def language(self) -> Language:
        """What is known of the language."""
        return language(self.tag)


def at_desk(by: Actor, edition: str) -> Desk:
    """The desk of a language; not there for whoever has nothing to do with it."""
    if normalise(edition) != edition or edition == SOURCE or len(edition) > LONGEST_TAG:
        abort(404)
    desk = Desk(by, edition)
    if not (desk.may_remark or by.may(Right.WAIVE_READERS)):
        abort(404)
    return desk


def writing_desk(by: Actor, edition: str) -> Desk:
    """The same for whoever may put words in; not there for others."""
    desk = at_desk(by, edition)
    if not desk.may_write:
        abort(404)
    return desk


def working_desk(by: Actor, edition: str) -> Desk:
    """The same for whoever translates, reviews or publishes it."""
    desk = at_desk(by, edition)
    if not desk.may_remark:
        abort(404)
    return desk


def parts_at(module: str) -> dict[str, Part]:
    """The parts of a module by their ids; 404 where there is no such module."""
    try:
        return parts_of(settings().root, module)
    except KeyError:
        abort(404)


def part_at(module: str, part: str) -> Part:
    """One part."""
    found = parts_at(module).get(part)
    if found is None:
        abort(404)
    return found


def sheet_at(desk: Desk, module: str, part: str) -> Sheet:
    """One part, side by side."""
    return sheet(db(), desk.tag, part_at(module, part))


def line_at(found: Sheet, key: str) -> Line:
    """One line of it; 404 where the source has it no more."""
    line = found.line(key)
    if line is None:
        abort(404)
    return line


def desk_address(*parts: object) -> str:
    """An address of the desk in the language spoken."""
    return address("staff", "editions", *parts)
