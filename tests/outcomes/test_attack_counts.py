"""The attack with whole numbers: people answer in whole points, so figures of few people leave few
possibilities. The attacker goes through all of them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations_with_replacement
from random import Random

import pytest

from edu.outcomes import change_csv, disclosure_analysis
from edu.outcomes.columns import Columns, Row, Table
from edu.outcomes.disclosure_analysis import disclosed, share
from edu.outcomes.disclosure_items import as_if_more_changed
from edu.outcomes.paired import PairSums

Pairs = tuple[tuple[int, int], ...]
#: All that one person can have on a scale from 0 to 2.
KINDS = [(before, after) for before in range(3) for after in range(3)]


def worlds(pairs: Pairs) -> Iterator[Pairs]:
    """Everything that could be true where the means and spreads are these."""
    wanted = PairSums.from_pairs(pairs)
    for some in combinations_with_replacement(KINDS, len(pairs)):
        same = sum(x for x, _ in some) == wanted.sx and sum(y for _, y in some) == wanted.sy
        if same and PairSums.from_pairs(some) == wanted:
            yield some


def drawn(seed: int, n: int) -> Pairs:
    """So many people, of whom most improve."""
    chance = Random(seed)
    found = []
    for _ in range(n):
        before = chance.choice((0, 0, 1, 1, 2))
        found.append((before, min(2, max(0, before + chance.choice((-1, 0, 0, 1, 1, 2))))))
    return tuple(sorted(found))


def told(pairs: Pairs) -> dict:
    """What evaluators read of these people."""
    rows = [
        Row(line, (Decimal(x), Decimal(y)), None, None, None)
        for line, (x, y) in enumerate(pairs, 1)
    ]
    table = Table(Columns("before", "after"), tuple(rows), Decimal(0), Decimal(2))
    found = disclosed(change_csv.analysis(table))
    # Means and spreads are sums of floats here and there.
    return {name: _rounded(section) for name, section in found.items()}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(4))
def test_ranks_and_shares_tell_nothing_that_means_and_spreads_do_not(seed: int) -> None:
    true = drawn(seed, 10)
    possible = list(worlds(true))
    assert true in possible
    assert {repr(told(each)) for each in possible} == {repr(told(true))}


def test_ranks_as_they_are_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with p and the correlation of ranks the attacker has fewer possibilities."""

    def naive(found: dict, _n: int) -> dict:
        return found

    monkeypatch.setattr(disclosure_analysis, "_signed_rank", naive)
    leaks = 0
    for seed in range(4):
        true = drawn(seed, 10)
        leaks += len({repr(told(each)) for each in worlds(true)}) > 1
    assert leaks > 0


@pytest.mark.parametrize("n", range(10, 45, 3))
def test_how_few_learned_or_forgot_is_not_told_by_p_and_interval(n: int) -> None:
    """Nor by the same figures of ten people more."""
    behind: dict[object, set[tuple[int, int]]] = {}
    for learned in range(n + 1):
        for forgot in range(n + 1 - learned):
            shown = as_if_more_changed(learned, forgot, n)
            if shown is not None:
                behind.setdefault(shown, set()).add((learned, forgot))
    for shown, possible in behind.items():
        for place in (0, 1):
            assert len({each[place] for each in possible}) >= 2, (shown, possible)


def test_p_of_those_who_changed_would_tell() -> None:
    """The control: three learned and nobody forgot, and nothing else has this p."""
    from edu.outcomes.analysis.mcnemar import Knowledge, mcnemar

    def p(learned: int, forgot: int) -> float:
        pairs = [(False, True)] * learned + [(True, False)] * forgot
        found = mcnemar(pairs + [(True, True)] * (30 - len(pairs)))
        assert isinstance(found, Knowledge)
        return round(found.p, 4)

    same = [x for x in range(3, 16) if p(x, x - 3) == p(3, 0)]
    assert same == [3]


@pytest.mark.parametrize("n", [10, 12, 30, 49, 50, 80])
def test_a_share_at_an_end_leaves_several_numbers_of_people(n: int) -> None:
    shares: dict[float | None, set[int]] = {}
    for count in range(n + 1):
        shares.setdefault(share(count / n, n), set()).add(count)
    assert all(len(counts) >= 2 for counts in shares.values())
    assert shares[None] >= {*range(5), *range(n - 4, n + 1)}
