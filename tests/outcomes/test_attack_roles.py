"""The attack with roles combined: somebody leads one group, evaluates the whole programme, and
reads the authority's totals."""

import pytest
from sqlalchemy.orm import Session

from edu.groups.models import Arm
from edu.outcomes import disclosure_saying
from edu.outcomes.evaluating import analyse, count_in
from edu.outcomes.figures import figures_of, newest_snapshot, take_snapshot
from edu.outcomes.table import rows_of
from edu.outcomes.totals import rounded
from edu.outcomes.voices import code, joint_display, keep_note, keep_theme, voices_of
from tests.conftest import TINY
from tests.outcomes.programme import DAY, Made, make
from tests.outcomes.whole_numbers import Sums, possible_cells


def sums_behind(n: int, means: tuple[float, float], sds: tuple[float, float, float]) -> Sums:
    """What these figures are made of: people answer in whole points, so it is exact."""
    sx, sy = (round(n * mean) for mean in means)
    squares = [
        round((n - 1) * sd * sd + total * total / n)
        for sd, total in zip(sds, (sx, sy, sy - sx), strict=True)
    ]
    return sx, sy, squares[0], squares[1], (squares[0] + squares[1] - squares[2]) // 2


def other_group(made: Made) -> tuple[int, Sums] | None:
    """Of the group that she does not lead: what she has read of the whole, less her own. None
    where one of the two is not shown."""
    session, mine = made.session, made.groups[0]
    take_snapshot(session, mine.id, "after", DAY)
    shown = figures_of(newest_snapshot(session, mine.id, "after")).shown(drafts=False)
    own = {row["scale"]: row for row in rows_of(shown, "after", drafts=False)}.get("knowledge")
    count_in(session, made.programme.id, DAY)
    whole = next(
        (
            each
            for each in analyse(session, TINY, made.programme.id, DAY).content["scales"]
            if each["scale"] == "knowledge"
        ),
        None,
    )
    if own is None or whole is None or whole["matched"] in (None, own["n"]):
        return None
    all_sums = sums_behind(
        whole["matched"],
        (whole["before"]["mean"], whole["after"]["mean"]),
        (whole["before"]["sd"], whole["after"]["sd"], whole["change"]["sd"]),
    )
    own_sums = sums_behind(
        own["n"],
        (own["mean_before"], own["mean_after"]),
        (own["sd_before"], own["sd_after"], own["sd_change"]),
    )
    left = tuple(one - two for one, two in zip(all_sums, own_sums, strict=True))
    return whole["matched"] - own["n"], left  # type: ignore[return-value]


def found_out(session: Session, seeds: range) -> tuple[int, int]:
    """In how many programmes the other group's sums follow, and in how many a number of its people
    who moved one way, which nobody was shown."""
    followed = told = 0
    for seed in seeds:
        sizes = (Arm.INTERVENTION, 12), (Arm.INTERVENTION, 12)
        made = make(session, *sizes, seed=seed, instruments=("facts",))
        found = other_group(made)
        if found is not None:
            followed += 1
            possible = possible_cells(found[1], found[0], (0, 1, 2))
            assert possible
            told += any(len({each[place] for each in possible}) < 2 for place in range(3))
        session.rollback()
    return followed, told


@pytest.mark.parametrize(
    "seeds", [range(3), pytest.param(range(3, 60), marks=pytest.mark.thorough)]
)
def test_who_leads_one_group_and_reads_the_whole_finds_no_number_of_the_other(
    session: Session, seeds: range
) -> None:
    followed, told = found_out(session, seeds)
    assert followed > 0
    assert told == 0


def test_the_attacker_finds_numbers_of_a_group_whose_sums_tell_them(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without a look at means and spreads."""
    monkeypatch.setattr(disclosure_saying, "_stay_open", lambda *_: True)
    assert found_out(session, range(3))[1] > 0


def test_two_looks_at_totals_never_tell_how_many_came_between() -> None:
    """Nor beside a group of her own: of all others at least ten numbers are possible, or nobody is
    told of."""
    behind: dict[int | None, set[int]] = {}
    for number in range(200):
        behind.setdefault(rounded(number), set()).add(number)
    for one in behind:
        for two in behind:
            steps = {late - early for early in behind[one] for late in behind[two]}
            assert len(steps) >= 19
    assert all(len(possible) == 10 for possible in behind.values())


def test_a_joint_display_repeats_figures_and_counts_no_few_texts(session: Session) -> None:
    """Whoever sees themes beside figures has five possibilities of each number that is not told."""
    made = make(session, (Arm.INTERVENTION, 0))
    number = made.programme.id
    themes = [
        keep_theme(session, number, name=str(x), meaning="", example="", scale="feelings/hope")
        for x in range(8)
    ]
    for place in range(7):
        keep_note(session, number, "interview", DAY, f"note {place}")
    for place, voice in enumerate(voices_of(session, number)):
        code(session, number, voice.key, [each.id for each in themes[place:]])
    figures = {"instrument": "feelings", "scale": "hope", "matched": 12}
    hidden = {"instrument": "feelings", "scale": "contact", "matched": None}
    found = joint_display(session, number, [figures, hidden])
    assert [(each.scale, each.figures) for each in found] == [("feelings/hope", figures)]
    assert [count for _theme, count in found[0].themes] == [None] * 4 + [5, 6, 7, 7]
