"""What a drill found, and the table in which it is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_HEADINGS = (
    "drill",
    "database",
    "acknowledged",
    "faults",
    "lost",
    "duplicated",
    "torn",
    "longest outage",
    "verdict",
)


@dataclass
class Result:
    """One drill on one database.

    `faults` counts what was done to the server (kills, cuts, errors, jumps); `outage` is the
    longest time in seconds in which nobody was answered. `missed` says which gates were missed,
    `notes` what else was measured, and `not_tried` why there are no figures at all.
    """

    name: str
    database: str
    acknowledged: int = 0
    faults: int = 0
    lost: int = 0
    duplicated: int = 0
    torn: int = 0
    outage: float = 0.0
    missed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_tried: str = ""

    def must(self, kept: bool, otherwise: str) -> None:
        """A gate: when it is not kept, the drill has failed for this reason."""
        if not kept:
            self.missed.append(otherwise)

    def must_keep_everything(self) -> None:
        """The gate of every drill: nothing acknowledged is lost, doubled or torn."""
        self.must(self.lost == 0, f"{self.lost} lost")
        self.must(self.duplicated == 0, f"{self.duplicated} duplicated")
        self.must(self.torn == 0, f"{self.torn} torn")

    @property
    def verdict(self) -> str:
        """`kept`, `MISSED`, or that it could not be tried here."""
        if self.not_tried:
            return "not tried"
        return "MISSED" if self.missed else "kept"


def table(results: Iterable[Result]) -> str:
    """The results as text, one row each, with notes and reasons below."""
    results = list(results)
    lines = _aligned([_HEADINGS, *map(_row, results)])
    for result in results:
        said = [*result.notes, *(f"MISSED: {reason}" for reason in result.missed)]
        if result.not_tried:
            said.append(f"not tried: {result.not_tried}")
        if said:
            lines.append(f"{result.name}, {result.database}: " + "; ".join(said))
    return "\n".join(lines) + "\n"


def _row(result: Result) -> tuple[str, ...]:
    if result.not_tried:
        return (result.name, result.database, *["-"] * 6, result.verdict)
    figures = (
        result.acknowledged,
        result.faults,
        result.lost,
        result.duplicated,
        result.torn,
        f"{result.outage:.1f} s" if result.outage else "-",
    )
    return (result.name, result.database, *map(str, figures), result.verdict)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column in (0, 1, len(row) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
