"""What evaluators take away: the FRAME table, the matrix of dimensions, two items of TIDieR.

Written in English with the terms of the frameworks, because that is how they are reported. A cell
that a spreadsheet might run is made harmless.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition
from edu.editions.parts import parts_of
from edu.editions.records import DIMENSIONS, Reasons, nature, read_reasons
from edu.editions.workplace.adapting import adapted_words, changes_of
from edu.gate.tables import is_formula
from edu.lessons.lesson import split_blocks

_SOME = "; "


@dataclass(frozen=True)
class Told:
    """One adaptation with what stood there before and what stands there now."""

    change: Change
    reasons: Reasons
    before: str
    now: str

    @property
    def nature(self) -> str:
        return nature(self.change.operation, self.before, self.now)

    @property
    def status(self) -> str:
        if self.change.gone:
            return "taken back"
        return "released" if self.change.released else "not released"


def told(session: Session, root: Path, edition: Edition) -> list[Told]:
    """Every adaptation of an edition."""
    found = parts_of(root, edition.module)
    sources = {name: part.text() for name, part in found.items()}
    return [_told(session, edition, each, sources) for each in changes_of(session, edition)]


def _told(session: Session, edition: Edition, change: Change, sources: Mapping[str, str]) -> Told:
    reasons = read_reasons(change.reasons or {})
    if change.operation == "adapt":
        rows = adapted_words(session, edition, change.slug)
        before = "\n".join(row.base_text or row.source for row in rows)
        return Told(change, reasons, before, "\n".join(row.text for row in rows))
    blocks = [piece.block for piece in split_blocks(sources.get(change.lesson, "")) if piece.block]
    before = next((each.markdown for each in blocks if each.name == change.block), "")
    return Told(change, reasons, before, change.text)


def frame_table(edition: Edition, found: Iterable[Told]) -> str:
    """One row for each adaptation, with the eight aspects of FRAME and what MADI adds."""
    return _csv([_frame_row(edition, each) for each in found], FRAME)


#: The columns of the FRAME table.
FRAME = (
    *("record", "edition", "module", "lesson", "block", "status"),
    *("when", "planned", "who_proposed", "who_decided", "what_is_modified", "level"),
    *("nature", "adaptation_depth", "cultural_elements", "core_element", "fidelity"),
    *("goals", "reason_groups", "reason", "target_group"),
    *("evidence", "evidence_n", "evidence_date", "evidence_quote"),
    *("expected_effect", "feared_side_effect", "date", "before", "now"),
)


def _frame_row(edition: Edition, each: Told) -> dict[str, Any]:
    change, reasons = each.change, each.reasons
    touched = reasons.core or ("touched" if change.core_touched else "not touched")
    return {
        "record": change.slug,
        "edition": edition.tag,
        "module": edition.module,
        "lesson": change.lesson,
        "block": change.block or change.after,
        "status": each.status,
        "when": reasons.stage,
        "planned": reasons.planned,
        "who_proposed": _SOME.join(reasons.proposers) or change.proposed_by,
        "who_decided": _SOME.join(reasons.deciders),
        "what_is_modified": "content",
        "level": reasons.level,
        "nature": each.nature,
        "adaptation_depth": reasons.depth,
        "cultural_elements": _SOME.join(reasons.elements),
        "core_element": touched,
        "fidelity": reasons.fidelity,
        "goals": _SOME.join(reasons.goals),
        "reason_groups": _SOME.join(reasons.settings),
        "reason": change.why,
        "target_group": reasons.group,
        "evidence": reasons.evidence,
        "evidence_n": reasons.evidence_people or "",
        "evidence_date": reasons.evidence_on,
        "evidence_quote": reasons.quote,
        "expected_effect": reasons.expected,
        "feared_side_effect": reasons.feared,
        "date": change.made_on.isoformat(),
        "before": each.before,
        "now": each.now,
    }


def dimension_matrix(found: Iterable[Told]) -> str:
    """One row for each adaptation that stands, one column for each of the eight dimensions of
    the Ecological Validity Model, and a last row with how many there are of each."""
    rows: list[dict[str, Any]] = []
    for each in found:
        if not each.change.gone:
            marks = {name: int(name in each.change.dimensions) for name in DIMENSIONS}
            rows.append({"record": each.change.slug, "lesson": each.change.lesson, **marks})
    sums = {name: sum(row[name] for row in rows) for name in DIMENSIONS}
    return _csv([*rows, {"record": "all", "lesson": "", **sums}], ("record", "lesson", *DIMENSIONS))


def tidier(edition: Edition, found: Sequence[Told]) -> str:
    """Items 9 (tailoring) and 10 (modifications) of TIDieR, as text to put into a report."""
    standing = [each for each in found if not each.change.gone]
    planned = [each for each in standing if each.reasons.planned == "planned proactive"]
    later = [each for each in standing if each not in planned]
    return "\n".join(
        [
            f"Module {edition.module}, edition {edition.tag}",
            "",
            "9. Tailoring",
            "What was planned to be adapted to the place, why, and how:",
            *_sentences(planned),
            "",
            "10. Modifications",
            "What was changed in the course of the work, why, and how:",
            *_sentences(later),
            "",
        ]
    )


def _sentences(found: Sequence[Told]) -> list[str]:
    return [_sentence(each) for each in found] or ["- None."]


def _sentence(each: Told) -> str:
    change, reasons = each.change, each.reasons
    where = " ".join(filter(None, (change.lesson, change.block or change.after)))
    people = f", n = {reasons.evidence_people}" if reasons.evidence_people else ""
    based = f" Evidence: {reasons.evidence}{people}." if reasons.evidence != "none" else ""
    why = change.why.rstrip(". ")
    return f"- {change.made_on.isoformat()}, {where}: {each.nature}. Why: {why}.{based}"


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """A CSV file, with a mark that makes spreadsheets read it as UTF-8."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + buffer.getvalue()


def _harmless(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and is_formula(value) else value
