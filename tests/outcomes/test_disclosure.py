import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.outcomes.disclosure import MINIMUM_GROUP, Withheld, withheld
from edu.outcomes.disclosure_batches import (
    Batch,
    Counted,
    Part,
    Waiting,
    are_alike,
    new_batches,
)
from edu.outcomes.disclosure_counts import (
    Pattern,
    Statement,
    possibilities,
    statement,
)
from edu.outcomes.paired import Counts, PairedChange
from edu.quizzes.instrument import HigherMeans


def change(pairs, higher_means=HigherMeans.BETTER):
    return PairedChange.from_pairs(pairs, higher_means=higher_means, units=1)


def spread(n):
    """So many learners of whom some improved, some stayed and some worsened."""
    return change([(x % 4, (x * x) % 5) for x in range(n)])


def people(n, draft=False, first=0):
    """People who differ."""
    return [Waiting(f"{first + x:04}", draft, x % 4, (x * x) % 5) for x in range(n)]


def sizes(batches):
    return sorted((each.part.value, len(each.people)) for each in batches)


def test_nine_people_are_shown_nothing_and_ten_everything():
    assert MINIMUM_GROUP == 10
    assert [withheld(spread(n)) for n in (0, 1, 4, 5, 9)] == [Withheld.SMALL_GROUP] * 5
    assert [withheld(spread(n)) for n in (10, 11, 300)] == [None] * 3


def test_a_programme_may_ask_for_more_people_or_for_fewer_but_never_for_four():
    assert withheld(spread(19), minimum=20) is Withheld.SMALL_GROUP
    assert withheld(spread(5), minimum=5) is None
    for call in (
        lambda: withheld(spread(10), minimum=4),
        lambda: new_batches(Counted(), people(10), minimum=4),
    ):
        with pytest.raises(ValueError, match="figures of 4 people would tell on them"):
            call()


@pytest.mark.parametrize(
    "pairs",
    [
        [(x % 4, x % 4) for x in range(12)],
        [(x % 4, x % 4 + 2) for x in range(12)],
        [(5, 5)] * 12,
        [(5, x % 4) for x in range(12)],
        [(x % 4, 5) for x in range(12)],
    ],
)
def test_where_a_mean_is_each_persons_own_figure_nothing_is_shown(pairs):
    assert withheld(change(pairs)) is Withheld.ALL_ALIKE
    alike = [Waiting(f"{place:02}", False, *pair) for place, pair in enumerate(pairs)]
    assert are_alike(alike)
    assert new_batches(Counted(), alike) == []


@pytest.mark.parametrize(
    ("shown", "new", "added"),
    [
        (0, 9, 0),
        (0, 10, 10),
        (0, 23, 23),
        (10, 0, 0),
        (10, 4, 0),
        (10, 5, 5),
        (30, 4, 0),
        (30, 9, 9),
    ],
)
def test_ten_people_begin_a_report_and_five_more_renew_it(shown, new, added):
    found = new_batches(Counted(clean=shown), people(new))
    assert sum(len(each.people) for each in found) == added
    assert all(len(each.people) >= 5 for each in found)


@pytest.mark.parametrize(
    ("counted", "clean", "draft", "expected"),
    [
        # Each kind of reader is a row of its own, with ten people at first.
        (Counted(), 10, 3, [("clean", 5), ("clean", 5)]),
        (Counted(), 10, 10, [("clean", 5), ("clean", 5), ("draft", 5), ("draft", 5)]),
        # Only both together are ten: nobody will ever tell the eight from the four.
        (Counted(), 8, 4, [("mixed", 6), ("mixed", 6)]),
        (Counted(mixed=12), 3, 2, [("mixed", 5)]),
        # Once a row is begun, its readers wait for four others of their kind.
        (Counted(clean=10), 3, 2, []),
        (Counted(clean=10), 3, 5, [("mixed", 5)]),
        (Counted(clean=10, draft=10), 3, 5, [("draft", 5)]),
        (Counted(clean=10, draft=10), 4, 4, []),
    ],
)
def test_those_who_read_a_draft_are_never_told_from_the_others_by_subtraction(
    counted, clean, draft, expected
):
    waiting = people(clean) + people(draft, draft=True, first=500)
    assert sizes(new_batches(counted, waiting)) == expected


def test_people_too_much_alike_for_a_small_batch_make_a_larger_one():
    waiting = [Waiting(f"{x:02}", False, 1, 2) for x in range(9)]
    waiting += [Waiting("10", False, 2, 4), Waiting("11", False, 3, 1)]
    assert sizes(new_batches(Counted(), waiting)) in ([("clean", 11)], [("clean", 5), ("clean", 6)])
    assert not any(are_alike(each.people) for each in new_batches(Counted(), waiting))


def test_where_only_the_change_is_shown_equal_scores_before_tell_nothing():
    waiting = [Waiting(f"{x:02}", False, 1, x % 3) for x in range(10)]
    assert new_batches(Counted(), waiting) == []
    assert sizes(new_batches(Counted(), waiting, change_only=True)) == [("clean", 5)] * 2


def test_a_batch_does_not_show_its_people_in_a_trace():
    assert repr(Batch(Part.CLEAN, tuple(people(5)))) == "Batch(part=<Part.CLEAN: 'clean'>)"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((10, 6, 8), (10, 6, 8)),
        ((15, 6, 3), (15, None, None)),
        ((3, 9, 12), (None, None, 12)),
        ((15, 3, 6), (None, None, 6)),
        ((8, 3, 1), (None, None, None)),
        ((10, 2, 0), (None, None, None)),
        ((12, 0, 0), (None, None, None)),
        ((0, 0, 12), (None, None, None)),
    ],
)
def test_a_number_below_five_is_never_said_nor_what_would_tell_it(counts, said):
    assert statement(Counts(*counts), []).said == said


def test_that_few_worsened_is_said_where_it_is_so():
    assert statement(Counts(12, 0, 0), []).pattern is Pattern.FEW_WORSENED
    assert statement(Counts(0, 0, 12), []).pattern is Pattern.NONE


def test_what_an_earlier_report_withheld_is_not_told_by_a_later_one():
    first = statement(Counts(20, 5, 4), [])
    assert first.said == (20, None, None)
    # All three numbers are five or more now, and would tell that exactly four had worsened.
    later = Counts(21, 5, 8)
    whole = Statement(34, 21, 5, 8)
    assert {cell[2] for cell in possibilities([first, whole])[0]} == {4}
    assert statement(later, [first]).said != whole.said


def test_people_who_all_moved_one_way_are_not_told_by_subtraction():
    first = statement(Counts(10, 6, 8), [])
    assert statement(Counts(15, 6, 8), [first]).pattern is not Pattern.ALL
    assert statement(Counts(14, 7, 8), [first]).pattern is Pattern.ALL


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5
    )
)
@settings(deadline=None)
def test_no_withheld_number_of_people_can_be_counted_out(steps):
    """An attacker who has every report goes through every possibility that agrees with them."""
    told, cells = [], (0, 0, 0)
    truth = []
    for step in steps:
        cells = tuple(one + two for one, two in zip(cells, step, strict=True))
        if sum(cells) >= 10:
            told.append(statement(Counts(*cells), told))
            truth.append(cells)
    said = [
        (each, true)
        for each, true in zip(told, truth, strict=True)
        if any(each.few + tuple(number is not None for number in each.said))
    ]
    found = possibilities([each for each, _ in said])
    for (each, true), still_open in zip(said, found, strict=True):
        assert true in still_open
        assert all(number is None or number >= 5 for number in each.said)
        for place, number in enumerate(each.said):
            if number is None:
                assert len({cell[place] for cell in still_open}) >= 2
