"""Which numbers of reached people may stand in a table, so that nobody can be worked out.

Of one to four people no number is said. It must not follow from the others either, not even for
somebody who knows the sum of all and how this works. So where the few that are hidden would give
one another away, a larger number is hidden with them; which one follows from the names of the
cells and not from their numbers, or its choice would tell. An empty cell is said to be empty:
there is nobody in it to protect, and it is what the table is for.
"""

import hashlib
from collections.abc import Mapping

from edu.outcomes.disclosure_counts import MINIMUM_CELL


def hidden_cells(counts: Mapping[str, int]) -> frozenset[str]:
    """The cells whose number is not said, when the sum of all may be known."""
    few = {cell for cell, number in counts.items() if 0 < number < MINIMUM_CELL}
    if not few or _is_open([counts[cell] for cell in few]):
        return frozenset(few)
    more = [cell for cell, number in counts.items() if number >= MINIMUM_CELL]
    return frozenset(few | set(sorted(more, key=_by_name)[:1]))


def _is_open(few: list[int]) -> bool:
    """Whether these numbers from one to four, whose sum is known, could be others."""
    most = (MINIMUM_CELL - 1) * len(few)
    return len(few) > 1 and max(MINIMUM_CELL, len(few) + 1) <= sum(few) < most


def _by_name(cell: str) -> str:
    return hashlib.sha256(cell.encode()).hexdigest()


def may_say_sum(counts: Mapping[str, int]) -> bool:
    """Whether the sum of all cells may be said: of a few people it is not."""
    return sum(counts.values()) >= MINIMUM_CELL or not any(counts.values())
