"""Looks at everything and says what is wrong, in words that can be acted on offline."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from edu.database import Database
from edu.health import (
    database_checks,
    disk_checks,
    outward_checks,
    page_checks,
    place_checks,
    server_checks,
    sound,
)
from edu.health.case import Case, case
from edu.health.finding import Finding, Level, serious
from edu.lessons.words import N_
from edu.settings import Settings

Check = Callable[[Case], Finding]

#: What can be looked at in any state.
ALWAYS: tuple[Check, ...] = (
    disk_checks.room,
    disk_checks.writes,
    disk_checks.private,
    disk_checks.damaged_leftovers,
    server_checks.secret_fits,
    server_checks.backed_up,
    server_checks.rehearsed,
    server_checks.addresses_fit,
    server_checks.is_no_demo,
    server_checks.port_is_free,
    server_checks.memory,
    outward_checks.letters_can_go,
    outward_checks.other_house_fits,
    page_checks.content,
)
#: Each needs the ones before it to be fine.
OF_THE_DATABASE: tuple[Check, ...] = (
    database_checks.opens,
    database_checks.is_sound,
    database_checks.schema,
)
#: What needs a database that is sound and of this program.
WITH_DATABASE: tuple[Check, ...] = (
    database_checks.points_somewhere,
    database_checks.postgres,
    server_checks.clock_is_right,
    database_checks.people_past_their_time,
    database_checks.second_step,
    page_checks.pages,
    place_checks.services,
)

#: What reads every file or every row: no page waits for these. They need an open database, no more.
AT_LENGTH: tuple[Check, ...] = (
    page_checks.content,
    database_checks.is_sound,
    database_checks.points_somewhere,
    page_checks.pages,
)

_SIGNS = {Level.FINE: "fine   ", Level.DO: "DO     ", Level.SERIOUS: "SERIOUS"}


def examine(database: Database, settings: Settings) -> list[Finding]:
    """Every finding, the worst first."""
    return _examined(case(database, settings))


def glance(database: Database, settings: Settings) -> list[Finding]:
    """What can be found within a moment, the worst first."""
    # Where it is known to be damaged that is said at once.
    known = {database_checks.is_sound} if sound.is_marked(settings.database_url) else set()
    return _examined(case(database, settings), leave_out=set(AT_LENGTH) - known)


def at_length(database: Database, settings: Settings) -> list[Finding]:
    """What a glance leaves out."""
    patient = case(database, settings)
    return worst_first(_looked(check, patient) for check in AT_LENGTH)


def _examined(patient: Case, leave_out: Collection[Check] = ()) -> list[Finding]:
    findings = [_looked(check, patient) for check in ALWAYS if check not in leave_out]
    for check in OF_THE_DATABASE:
        if check in leave_out:
            continue
        findings.append(_looked(check, patient))
        if findings[-1].level is not Level.FINE:
            break
    else:
        findings += [_looked(check, patient) for check in WITH_DATABASE if check not in leave_out]
    return worst_first(findings)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The order in which findings are told."""
    return sorted(findings, key=lambda finding: -finding.level)


def _looked(check: Check, patient: Case) -> Finding:
    try:
        return check(patient)
    except Exception as error:  # whatever it is, the other checks go on
        return serious(
            check.__name__.replace("_", " "),
            N_("This could not be looked at (%(check)s: %(error)s)."),
            N_("Mend what else is found, then run flask doctor again."),
            check=check.__name__.replace("_", " "),
            error=type(error).__name__,
        )


def worst(findings: Sequence[Finding]) -> Level:
    """How bad it is altogether."""
    return max((finding.level for finding in findings), default=Level.FINE)


def as_text(findings: Sequence[Finding]) -> str:
    """For a person."""
    lines = []
    for finding in findings:
        lines.append(f"{_SIGNS[finding.level]}  {finding.about}: {finding.what}")
        lines += [f"         {line.strip()}" for line in finding.todo.splitlines()]
    todo = sum(finding.level is not Level.FINE for finding in findings)
    lines.append(f"{todo} things to do." if todo else "All is well.")
    return "\n".join(lines)


def as_data(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """For a program."""
    return [
        {
            "level": finding.level.name.lower(),
            "about": finding.about,
            "what": finding.what,
            "todo": finding.todo,
        }
        for finding in findings
    ]
