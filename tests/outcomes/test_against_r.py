"""Our figures beside R's own, on the same made-up data, to a millionth of their size.

R ran once (`python -m tests.outcomes.against_r`); what it said stands in `against_r/figures.json`
with the versions of R and of its packages.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from edu.outcomes.analysis.alpha import Alpha, alpha
from edu.outcomes.analysis.clusters import Clusters, clusters
from edu.outcomes.analysis.comparing import Comparison, Learner, compare
from edu.outcomes.analysis.detectable import detectable_change
from edu.outcomes.analysis.effects import effect_sizes
from edu.outcomes.analysis.holm import holm
from edu.outcomes.analysis.mantel_haenszel import Answer, MantelHaenszel, item_difference
from edu.outcomes.analysis.mcnemar import Knowledge, mcnemar
from edu.outcomes.analysis.omega import Omega, omega
from edu.outcomes.analysis.ordinal import Ordinal, fit_ordinal
from edu.outcomes.analysis.pooling import Pooled, pooled
from edu.outcomes.analysis.signed_rank import SignedRank, signed_rank
from edu.outcomes.paired import UNITS, PairedChange
from edu.quizzes.instrument import HigherMeans
from tests.outcomes.against_r.world import Person, groups, knowledge, languages, scales, trials

R: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "against_r" / "figures.json").read_text(encoding="utf-8")
)


def _named(value: object) -> str:
    return value if isinstance(value, str) else ""


def same(name: str, ours: Mapping[str, float | None]) -> None:
    """Every figure that R gives is given by us, and is R's."""
    assert ours == pytest.approx(R[name], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("name", "people"), list(trials()), ids=_named)
def test_a_change_and_a_comparison_are_those_of_r(name: str, people: list[Person]) -> None:
    course = [each for each in people if each.course]
    pairs = [(round(each.before * UNITS), round(each.after * UNITS)) for each in course]
    change = PairedChange.from_pairs(pairs, higher_means=HigherMeans.BETTER)
    sizes = effect_sizes(change)
    rank = signed_rank([each.after - each.before for each in course])
    found = compare([Learner(each.course, each.before, each.after, each.group) for each in people])
    alone = compare([Learner(each.course, each.before, each.after) for each in people])
    alike = clusters([(each.group, each.after - each.before) for each in course])
    assert sizes is not None
    assert change.interval is not None
    assert isinstance(rank, SignedRank)
    assert isinstance(found, Comparison)
    assert found.adjusted is not None
    assert found.difference_in_differences is not None
    assert isinstance(alone, Comparison)
    assert alone.adjusted is not None
    assert isinstance(alike, Clusters)
    same(
        name,
        {
            "change": change.mean_change,
            "error": change.standard_error,
            "low": change.interval.low,
            "high": change.interval.high,
            "correlation": change.correlation,
            "g_av": sizes.g_av,
            "g_av_low": sizes.g_av_interval.low,
            "g_av_high": sizes.g_av_interval.high,
            "signed_rank_p": rank.p,
            "adjusted": found.adjusted.value,
            "adjusted_error": found.adjusted.error,
            "difference": found.difference_in_differences.value,
            "difference_error": found.difference_in_differences.error,
            "plain_adjusted_error": alone.adjusted.error,
            "plain_adjusted_low": alone.adjusted.interval.low,
            "icc": alike.icc,
            "robust_error": alike.robust.error,
            "intercept": alike.intercept.value,
            "intercept_error": alike.intercept.error,
            "icc_reml": alike.icc_reml,
        },
    )


@pytest.mark.parametrize(("name", "rows"), list(scales()), ids=_named)
def test_the_reliability_of_a_scale_is_that_of_r(name: str, rows: list[list[int]]) -> None:
    found, shared = alpha(rows), omega(rows)
    assert isinstance(found, Alpha)
    assert isinstance(shared, Omega)
    items = {
        f"{figure}_{place}": value
        for place, item in enumerate(found.items, 1)
        for figure, value in (("rest", item.rest), ("without", item.alpha_without))
    }
    same(
        name,
        {
            "alpha": found.alpha,
            "alpha_low": found.interval.low,
            "alpha_high": found.interval.high,
            "omega": shared.omega,
            **items,
        },
    )


@pytest.mark.parametrize(("name", "pairs"), list(knowledge()), ids=_named)
def test_a_change_of_knowledge_is_that_of_r(name: str, pairs: list[tuple[bool, bool]]) -> None:
    found = mcnemar(pairs)
    assert isinstance(found, Knowledge)
    same(name, {"p": found.p, "mid_p": found.mid_p})


@pytest.mark.parametrize(("name", "rows"), list(languages()), ids=_named)
def test_how_items_differ_between_languages_is_that_of_r(
    name: str, rows: list[tuple[int, bool, int]]
) -> None:
    found = item_difference([Answer(total, first, answer >= 3) for total, first, answer in rows])
    fitted = fit_ordinal(
        [answer for _, _, answer in rows],
        [[total for total, _, _ in rows], [float(first) for _, first, _ in rows]],
    )
    assert isinstance(found, MantelHaenszel)
    assert isinstance(fitted, Ordinal)
    same(
        name,
        {
            "odds": found.odds,
            "odds_low": found.interval.low,
            "odds_high": found.interval.high,
            "chi_square": found.chi_square,
            "p": found.p,
            "slope_total": fitted.slopes[0],
            "slope_first": fitted.slopes[1],
            "log_likelihood": fitted.log_likelihood,
        },
    )


@pytest.mark.parametrize(("name", "estimates"), list(groups()), ids=_named)
def test_groups_put_together_are_those_of_r(
    name: str, estimates: list[tuple[float, float]]
) -> None:
    found = pooled(estimates)
    assert isinstance(found, Pooled)
    same(
        name,
        {
            "estimate": found.estimate,
            "error": found.error,
            "low": found.interval.low,
            "high": found.interval.high,
            "tau_squared": found.tau_squared,
            "i_squared": found.i_squared,
            "q": found.q,
            "q_p": found.q_p,
        },
    )


@pytest.mark.parametrize("people", [10, 15, 24, 60, 200])
def test_what_so_many_people_can_show_is_that_of_r(people: int) -> None:
    assert detectable_change(people) == pytest.approx(R[f"detectable-{people}"]["d_z"], rel=1e-6)


def test_holms_correction_is_that_of_r() -> None:
    found = holm([0.001, 0.012, 0.02, 0.02, 0.3, 0.7])
    same("holm", {f"p_{place}": value for place, value in enumerate(found, 1)})
