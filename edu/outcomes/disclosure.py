"""What may be shown of a group without telling on a person in it.

These thresholds stand above everything else: a figure that statistics would allow is still
withheld when a group is too small or too much alike.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Shown:
    """What may be shown: None as a reason means yes.

    `counts`: how many improved, stayed the same, worsened (all three or none: with the size
    of the group, two of them give away the third). `figures`: means, SDs, interval, verdict.
    """

    counts: Withheld | None
    figures: Withheld | None


def may_refresh(shown_n: int, new_n: int, minimum: int = MINIMUM_GROUP) -> bool:
    """Whether a report of `shown_n` matched learners may be replaced by one of `new_n`.

    `shown_n` is that of the last report shown, 0 if there was none. Two reports that differ by
    one person tell that person's answers, so at least 5 learners must have been added.
    A group that became smaller keeps its old report, until it has grown by 5 again.
    """
    _check_minimum(minimum)
    if new_n < minimum:
        return False
    return shown_n < minimum or new_n - shown_n >= MINIMUM_DIFFERENCE


def may_show_both(all_n: int, without_drafts_n: int, minimum: int = MINIMUM_GROUP) -> bool:
    """Whether "all learners" and "without drafts" may stand side by side.

    The second group is part of the first, so the difference of the two figures is a figure of
    those who read a draft: they must be nobody, or at least 5.
    """
    _check_minimum(minimum)
    if without_drafts_n > all_n:
        raise ValueError(f"{without_drafts_n} learners cannot be part of {all_n}")
    if without_drafts_n < minimum:
        return False
    return all_n == without_drafts_n or all_n - without_drafts_n >= MINIMUM_DIFFERENCE


def shown(change: PairedChange, minimum: int = MINIMUM_GROUP) -> Shown:
    """What may be shown of one group's change.

    Where all improved, all stayed the same or all worsened, the counts say of each member what
    they did, so they are withheld. The mean stays: it does not tell what one person answered,
    and to withhold it would hide the clearest results, good and bad. But when everybody had the
    same score before, the same score after, or the same change, an SD of 0 beside the mean is
    each person's figure, and then all of it is withheld.
    """
    _check_minimum(minimum)
    if change.n < minimum:
        return Shown(Withheld.SMALL_GROUP, Withheld.SMALL_GROUP)
    if 0 in (change.sd_before, change.sd_after, change.sd_change):
        return Shown(Withheld.ALL_ALIKE, Withheld.ALL_ALIKE)
    counts = change.counts
    alike = counts is not None and change.n in (counts.improved, counts.same, counts.worsened)
    return Shown(Withheld.ALL_ALIKE if alike else None, None)


def _check_minimum(minimum: int) -> None:
    if minimum < LOWEST_MINIMUM:
        raise ValueError(f"figures of {minimum} people would tell on them: at least 5")
