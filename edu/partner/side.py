"""One part side by side: its lines in their blocks, with everything that is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import make_response
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.doors import db, show
from edu.editions.parts import Part, Sort
from edu.editions.workplace.claims import at_work
from edu.editions.workplace.lines import Line, Sheet, sheet
from edu.editions.workplace.remarks import open_remarks
from edu.editions.workplace.tallies import Stage
from edu.editions.workplace.unsaved import typed_in
from edu.languages import language
from edu.pages.headers import FRAMING
from edu.partner import desk_wording as wording
from edu.partner.findings import faulty
from edu.partner.places import Desk
from edu.partner.shelves import titles


@dataclass(frozen=True)
class Told:
    """A line, and what is known of it: who is at it, what was said of it."""

    line: Line
    at_work: str
    remarks: int
    typed: bool
    faulty: bool


@dataclass(frozen=True)
class Stretch:
    """The lines of one block."""

    block: str
    told: Sequence[Told]

    @property
    def hidden_by(self) -> str:
        """Whether the block is left out, or put in another way, here."""
        return self.told[0].line.hidden_by


def page_of_part(desk: Desk, part: Part) -> ResponseReturnValue:
    """The page of one part."""
    found = sheet(db(), desk.tag, part)
    lines = found.lines
    response = make_response(
        show(
            "partner/desk_part.html",
            desk=desk,
            sheet=found,
            part=part,
            stretches=stretches(desk, found),
            words_left=sum(len(each.segment.text.split()) for each in lines if _is_open(each)),
            done=sum(not _is_open(each) for each in lines),
            has_blocks=part.sort is Sort.LESSON,
            titles=titles(),
            known=language,
            wording=wording,
            confirm=ConfirmForm(),
            here=f"/staff/editions/{desk.tag}/{part.module}/{part.id}",
        )
    )
    response.headers.extend(FRAMING)
    return response


def _is_open(line: Line) -> bool:
    return line.stage in (Stage.MISSING, Stage.STALE)


def _block(part: Part, told: Told) -> str:
    return told.line.segment.block if part.sort is Sort.LESSON else ""


def stretches(desk: Desk, found: Sheet) -> list[Stretch]:
    """The lines of a part in their blocks, those of a plain page or a form in one: five queries
    for all of them."""
    numbers = [each.rendering.id for each in found.lines if each.rendering is not None]
    people = at_work(db(), numbers)
    remarks = open_remarks(db(), numbers)
    member = desk.by.member.id
    typed = typed_in(db(), found.edition.id, member) if found.edition is not None else {}
    broken = faulty(desk.tag, found)
    told = []
    for line in found.lines:
        number = line.rendering.id if line.rendering is not None else 0
        other = people.get(number)
        at = other.login if other is not None and other.id != member else ""
        kept = (remarks.get(number, 0), number in typed, line.segment.key in broken)
        told.append(Told(line, at, *kept))
    return [
        Stretch(block, list(each))
        for block, each in groupby(told, lambda each: _block(found.part, each))
    ]
