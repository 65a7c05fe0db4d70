"""What the doctor asks of the facts of places: helplines that somebody has to call again."""

from edu.communities.lookup import services_to_call
from edu.communities.services import Freshness, freshness, last_day
from edu.health.case import Case
from edu.health.finding import Finding, do, fine
from edu.lessons.words import N_

_SHOWN = 3
_ALL_SHOWN = N_(
    "Services that vanish from learners' pages within 30 days: %(soon)s. Among them, with their"
    " last day: %(names)s."
)
_SOME_GONE = N_(
    "Services that vanish from learners' pages within 30 days: %(soon)s. Those that are not shown"
    " any more: %(over)s. Among them, the first with their last day: %(names)s."
)


def services(case: Case) -> Finding:
    """Whether the numbers on learners' pages were called lately."""
    about, today = "services", case.now.date()
    with case.database.session(reading=True) as session:
        waiting = [
            (f"{entry.fields['name']} ({tag})", freshness(entry, today), last_day(entry))
            for tag, entry in services_to_call(session, today)
        ]
    if not waiting:
        return fine(about, N_("No helpline or service waits for a call."))
    soon = [(name, day) for name, state, day in waiting if state is Freshness.AGEING]
    over = [name for name, state, _day in waiting if state is Freshness.OVER]
    said = [f"{name}: {day}" for name, day in soon[:_SHOWN]] + over[:_SHOWN]
    return do(
        about,
        _SOME_GONE if over else _ALL_SHOWN,
        N_(
            "Somebody who may confirm services calls each, and writes it down in the community's"
            " profile."
        ),
        soon=len(soon),
        over=len(over),
        names="; ".join(said),
    )
