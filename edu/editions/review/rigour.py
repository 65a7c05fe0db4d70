"""How much care which kind of material needs before learners meet it.

Pure. After the proportionate translation of UPSIDES: a button's word needs less than a lesson, a
lesson less than a questionnaire, and the questionnaire by which attitudes are compared the most.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from edu.editions.parts import Sort
from edu.editions.review.models import READERS
from edu.quizzes.instrument import Kind


class Material(StrEnum):
    """The kinds, the least demanding first."""

    INTERFACE = "interface"
    LESSON = "lesson"
    SECONDARY = "secondary measure"
    PRIMARY = "primary measure"


class Step(StrEnum):
    """What may have to be done, in the order in which it is done."""

    TRANSLATION = "translation"
    BACK_TRANSLATION = "back-translation"
    RECONCILIATION = "reconciliation"
    TRY_OUT = "try-out"
    COMMITTEE = "committee"
    READERS = "readers"


#: How many local people must have read it, where anybody must.
FEWEST_READERS = 5
#: How many must have been interviewed, or have sat on the committee, for a primary measure.
FEWEST_INTERVIEWS = 3


@dataclass(frozen=True)
class Demand:
    """What one part asks: its steps, who must sign, how many must have tried it."""

    material: Material
    steps: tuple[Step, ...]
    readers: tuple[str, ...]
    people: int = 0
    blind: bool = False


def material_of(sort: Sort, kind: Kind | None = None) -> Material:
    """What a part counts as. Attitudes are what changes are told of; an open question measures
    nothing."""
    if sort is Sort.INSTRUMENT:
        measures = {Kind.ATTITUDE: Material.PRIMARY, Kind.KNOWLEDGE: Material.SECONDARY}
        return measures.get(kind, Material.INTERFACE) if kind else Material.PRIMARY
    return Material.INTERFACE if sort is Sort.MODULE else Material.LESSON


def demand(
    material: Material,
    *,
    tryout_readers: int = 0,
    safety: Collection[str] = (),
    waived: Collection[str] | None = None,
) -> Demand:
    """What must be done. `tryout_readers` is what the module asks, `safety` what the part
    touches, `waived` who must still sign in a small language."""
    steps = [Step.TRANSLATION]
    measure = material in (Material.SECONDARY, Material.PRIMARY)
    if measure or safety:
        steps += [Step.BACK_TRANSLATION, Step.RECONCILIATION]
    people = max(FEWEST_READERS, tryout_readers) if measure or tryout_readers else 0
    if people:
        steps.append(Step.TRY_OUT)
    if material is Material.PRIMARY:
        steps.append(Step.COMMITTEE)
    steps.append(Step.READERS)
    return Demand(
        material,
        tuple(steps),
        who_signs(material, safety, waived),
        people,
        material is Material.PRIMARY,
    )


def who_signs(
    material: Material, safety: Collection[str], waived: Collection[str] | None
) -> tuple[str, ...]:
    """The readers who must sign. A waiver never reaches a primary measure, and what speaks of
    suicide is always read by two."""
    if material is Material.INTERFACE:
        usual: tuple[str, ...] = ("native",)
    else:
        usual = READERS
    if waived is None or material is Material.PRIMARY:
        return usual
    fewer = tuple(reader for reader in usual if reader in waived) or usual[:1]
    if "suicide" in safety and len(fewer) < 2:
        more = "health" if "health" not in fewer else "native"
        return tuple(reader for reader in READERS if reader in (*fewer, more))
    return fewer
