"""What may be shown of a group without telling on a person in it.

These thresholds stand above everything else: a figure that statistics would allow is still
withheld when a group is too small or too much alike. This module has the thresholds;
`disclosure_batches.py` says who may be added to a report, `disclosure_counts.py` which numbers of
people may ever be said, `disclosure_worlds.py` what else people may have answered,
`disclosure_saying.py` what is said so that more than one of these stays possible,
`disclosure_rows.py` what an export of rows may hold, and `disclosure_analysis.py` what of a whole
analysis may be read. Figures are broken down by group, arm, wave, and with or without answers on
drafts; there is no other filter anywhere.
"""

from enum import StrEnum

from edu.outcomes.paired import PairedChange

#: No figure is shown of fewer matched learners than this.
MINIMUM_GROUP = 10
#: No group may be set to show figures of fewer than this, whatever a programme wishes.
LOWEST_MINIMUM = 5
#: Two figures that can be subtracted from one another must differ by this many learners.
MINIMUM_DIFFERENCE = 5


class Withheld(StrEnum):
    """Why something is not shown."""

    SMALL_GROUP = "small_group"
    ALL_ALIKE = "all_alike"


def withheld(
    change: PairedChange, minimum: int = MINIMUM_GROUP, *, change_only: bool = False
) -> Withheld | None:
    """Why the figures of one group's change are not shown; None: they may be.

    When everybody had the same score before, the same score after, or the same change, an SD of 0
    beside the mean is each person's figure. `change_only`: scores of before are not known.
    """
    check_minimum(minimum)
    if change.n < minimum:
        return Withheld.SMALL_GROUP
    spreads = (change.sd_before, change.sd_after, change.sd_change)
    return Withheld.ALL_ALIKE if 0 in spreads[2 if change_only else 0 :] else None


def check_minimum(minimum: int) -> None:
    """Raise ValueError for a minimum that would tell on people."""
    if minimum < LOWEST_MINIMUM:
        raise ValueError(f"figures of {minimum} people would tell on them: at least 5")
