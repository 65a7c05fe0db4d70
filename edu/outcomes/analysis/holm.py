"""Several outcomes at once: Holm's step-down adjustment of p.

Holm (1979), Scandinavian Journal of Statistics 6, 65-70; as R's `p.adjust(method = "holm")`.
For the set of outcomes that was named in advance; a p of exactly the threshold counts (<=).
"""

from collections.abc import Sequence


def holm(ps: Sequence[float]) -> list[float]:
    """Each p adjusted, in the order given."""
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda place: ps[place])):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = highest
    return adjusted
