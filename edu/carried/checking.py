"""A file that somebody brings back: is it ours, is it whole, may it still be used?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from edu.carried.book import FRESH_FOR
from edu.carried.keys import signing_public
from edu.carried.manifest import Part, read_signed
from edu.carried.withdrawn import is_stopped, is_withdrawn, newest_of
from edu.gate.refused import Admitted


class Mark(StrEnum):
    """What a file is."""

    GENUINE = "genuine"
    CHANGED = "changed"
    ELSEWHERE = "of another server"


class Use(StrEnum):
    """Whether a genuine file may be used."""

    WITHDRAWN = "withdrawn"
    NEWER = "newer exists"
    OLD = "old"
    CURRENT = "current"


@dataclass(frozen=True)
class Verdict:
    """What a file is and whether it may be used; of one that is not genuine nothing it says is
    believed, so nothing is told."""

    mark: Mark
    use: Use | None = None
    made_on: date | None = None
    parts: Sequence[Part] = ()
    withdrawn: Sequence[str] = ()
    newer: Sequence[str] = ()


def verdict(session: Session, admitted: Admitted, secret: str, today: date) -> Verdict:
    """What to think of a page that came through the gate as `carried`."""
    found = read_signed(admitted.content, str(admitted.facts["digest"]))
    if found is None or not found.signed:
        return Verdict(Mark.CHANGED)
    manifest = found.manifest
    if manifest.by != signing_public(secret).hex():
        return Verdict(Mark.ELSEWHERE)
    if not found.whole:
        return Verdict(Mark.CHANGED)
    withdrawn = [
        each.module for each in manifest.parts if is_withdrawn(session, each, manifest.day, today)
    ]
    if manifest.file and is_stopped(session, manifest.file):
        withdrawn.append(manifest.file)
    newest = newest_of(session, manifest.parts)
    newer = [each.module for each in manifest.parts if newest.get(each.module, 0) > each.number]
    if withdrawn:
        use = Use.WITHDRAWN
    elif newer:
        use = Use.NEWER
    else:
        use = Use.OLD if today > manifest.day + FRESH_FOR else Use.CURRENT
    return Verdict(Mark.GENUINE, use, manifest.day, manifest.parts, withdrawn, newer)
