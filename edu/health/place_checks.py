"""What the doctor asks of the facts of places: helplines that somebody has to call again."""

from edu.communities.lookup import services_to_call
from edu.communities.services import Freshness, freshness, last_day
from edu.health.case import Case
from edu.health.finding import Finding, do, fine

_SHOWN = 3


def services(case: Case) -> Finding:
    """Whether the numbers on learners' pages were called lately."""
    about, today = "services", case.now.date()
    with case.database.session(reading=True) as session:
        waiting = [
            (f"{entry.fields['name']} ({tag})", freshness(entry, today), last_day(entry))
            for tag, entry in services_to_call(session, today)
        ]
    if not waiting:
        return fine(about, "No helpline or service waits for a call.")
    soon = [(name, day) for name, state, day in waiting if state is Freshness.AGEING]
    over = [name for name, state, _day in waiting if state is Freshness.OVER]
    said = [f"{name} vanishes after {day}" for name, day in soon[:_SHOWN]]
    said += [f"{name} is not shown any more" for name in over[:_SHOWN]]
    return do(
        about,
        f"{len(soon)} services vanish from learners' pages within 30 days, {len(over)} have:"
        f" {'; '.join(said)}.",
        "Somebody who may confirm services calls each, and writes it down in the community's"
        " profile.",
    )
