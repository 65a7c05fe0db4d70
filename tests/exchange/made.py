"""Units of every sort, with words that formats like to lose."""

from dataclasses import replace

from edu.exchange.formats import FORMATS
from edu.exchange.unit import Operation, Parcel, State, Unit, digest, digest_of
from edu.gate.gate import admit
from edu.gate.reading import read

RECORD = {
    "id": "names",
    "operation": "adapt",
    "lesson": "m1.1",
    "why": "=Wanjiru is a name  that readers here know.",
    "dimensions": ["persons"],
    "core_touched": False,
    "proposed_by": "community member",
    "date": "2026-11-21",
    "reasons": {"quote": 'She said:\n"ours"', "evidence_people": 5},
}


def _left(unit: Unit) -> Unit:
    """As it leaves: with the digests of its source and its words."""
    return replace(unit, source_hash=digest(unit.source), left_with=digest_of(unit))


RELEASED = _left(
    Unit(
        id="0123456789abcdef",
        context="m1.1|title",
        source="Greeting & <b>bold</b> ]]>\\\nsecond line",
        target="Salamu \\\nmstari",
        state=State.RELEASED,
        operation=Operation.TRANSLATE,
        variant="ar",
        remarks=("reviewed", "two  blanks", "two\nlines", " blank first", "adapt: nothing"),
        notes=("for the translator", "more\nof it"),
        back="Greetings\nline",
        block="idea",
        places=(("content/m1/01 greeting.md", 3), ("content/m1/02.md", 70)),
    )
)
ADAPTED = _left(
    Unit(
        id="1123456789abcdef",
        context="m1.1",
        source="=1+1 _x0041_ café \u200d\u200c\u0645",
        target="@ \u2067مرحبا\u2069 '=1",
        state=State.STALE,
        operation=Operation.ADAPT,
        variant="ar",
        made_from='an "older" source',
        change="names",
        record=RECORD,
        safety="suicide",
    )
)
EMPTY = _left(Unit("2123456789abcdef", "m1.1|Who?", "Otieno", variant="ar"))
REVIEWED = replace(_left(Unit("3123456789abcdef", "m1.1", "A", "ب")), state=State.REVIEWED)
REVIEWED = replace(REVIEWED, operation=Operation.TRANSLATE, variant="ar")
PLURAL = _left(
    Unit(
        id="4123456789abcdef",
        context="",
        source="%(num)d day",
        plural="%(num)d days",
        forms=("one", "two", "many"),
        state=State.DRAFT,
        operation=Operation.TRANSLATE,
        variant="ar",
    )
)
PARCEL = Parcel("ar", "m1", (RELEASED, ADAPTED, EMPTY, REVIEWED), "m1.1")


def through(name: str, parcel: Parcel) -> Parcel:
    """A parcel written in a format, let in by the gate, and read."""
    format = FORMATS[name]
    return format.read(admit(name, format.write(parcel), f"words.{format.ending}"))


def at_home(name: str, content: bytes) -> Parcel:
    """Read as behind the gate, without a child process for each file."""
    format = FORMATS[name]
    return format.read(read(name, content, f"words.{format.ending}"))
