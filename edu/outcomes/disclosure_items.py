"""What may be told of single questions: never how few changed their answer, nor which way.

The share that is right more often is told as it is. What would tell the two numbers behind it (p,
and the interval) is worked out as if more people had changed than did: rounded up to whole tens,
and always at least five more than moved the average. So it is at most too careful.
"""

from edu.outcomes.disclosure_counts import MINIMUM_CELL

_STEP = 10


def as_if_more_changed(learned: int, forgot: int, n: int) -> tuple[int, int] | None:
    """How many learned and forgot, of `n`, for the test; None where too many moved one way to
    tell anything without telling of the few others."""
    net = learned - forgot
    changed = -(-max(learned + forgot, abs(net) + MINIMUM_CELL) // _STEP) * _STEP
    # An even difference needs an even number of people, an odd one an odd number.
    changed += (changed - net) % 2
    if changed > n:
        return None
    return (changed + net) // 2, (changed - net) // 2
