"""Numbers of people who were sent on: what is said never tells one below five."""

from collections import defaultdict
from itertools import product

from edu.programmes.referrals import Loop, Number, Said, protected, together

_HIGHEST = 22


def months() -> list[tuple[int, int, int]]:
    """Every month with up to so many people."""
    numbers = range(_HIGHEST + 1)
    return [each for each in product(numbers, repeat=3) if each[0] >= each[1] >= each[2]]


def small(numbers: tuple[int, int, int]) -> list[int]:
    """All numbers of people that follow from a month's numbers."""
    sent, arrived, heard = numbers
    return [sent, arrived, heard, sent - arrived, arrived - heard, sent - heard]


def test_from_what_is_said_nobody_works_out_a_number_between_one_and_four() -> None:
    """All months are gone through: whoever knows the rule knows which months look alike, and
    among those no small number is certain."""
    alike: dict[Loop, list[list[int]]] = defaultdict(list)
    for each in months():
        alike[protected(*each)].append(small(each))
    for said, possible in alike.items():
        for column in zip(*possible, strict=True):
            certain = len(set(column)) == 1 and 0 < column[0] < 5
            assert (said, certain) == (said, False)


def test_large_numbers_are_said_as_they_are() -> None:
    assert protected(30, 20, 10) == Loop(
        Number(Said.EXACTLY, 30), Number(Said.EXACTLY, 20), Number(Said.EXACTLY, 10)
    )


def test_a_sum_with_a_hidden_month_does_not_tell_it() -> None:
    known = protected(30, 20, 10)
    sums = {together([known, protected(number, 0, 0)]) for number in range(5)}
    assert sums == {
        Loop(
            Number(Said.AT_LEAST, 30),
            Number(Said.AT_LEAST, 20),
            Number(Said.AT_LEAST, 10),
        )
    }


def test_a_sum_of_months_that_are_all_said_is_exact() -> None:
    assert together([protected(30, 20, 10), protected(20, 10, 10)]) == Loop(
        Number(Said.EXACTLY, 50), Number(Said.EXACTLY, 30), Number(Said.EXACTLY, 20)
    )


def test_a_sum_of_small_months_says_only_that_each_is_small() -> None:
    few = Number(Said.FEW_EACH)
    assert together([protected(4, 4, 4), protected(3, 0, 0)]) == Loop(few, few, few)
    assert together([protected(4, 4, 4)]) == Loop(*[Number(Said.FEW)] * 3)
    assert together([]) is None
