"""From a load and its audit to a drill's result."""

from statistics import quantiles

from tests.drill.audits import Audit
from tests.drill.load import Load
from tests.drill.results import Result


def judge(result: Result, load: Load, found: Audit) -> None:
    """Put into a result what was acknowledged, what became of it, and how long people waited."""
    result.acknowledged += load.acknowledged
    result.lost += found.lost
    result.duplicated += found.duplicated
    result.torn += found.torn
    result.outage = max(result.outage, load.outage())
    waits = load.tally.waits
    if len(waits) > 1:
        cuts = quantiles(waits, n=100)
        result.notes.append(f"a form took {cuts[49] * 1000:.0f} ms (p50), {cuts[98]:.1f} s (p99)")
    result.notes.append(f"{found.acknowledged} things acknowledged in all")
    result.notes.append(f"{load.tally.retries} sent again")
    result.must_keep_everything()
    result.must(found.healthy == "ok", f"the database says {found.healthy}")
    result.must(load.acknowledged >= load.target, f"only {load.acknowledged} acknowledged")
    result.must(load.gave_up == 0, f"{load.gave_up} phones gave up")
    result.must(not load.astray, f"{len(load.astray)} answers astray: {load.astray[:3]}")
    result.must(not found.faults, f"first faults: {found.faults}")
