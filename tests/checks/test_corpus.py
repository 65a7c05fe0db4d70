"""Every planted fault is caught, and right text is left alone."""

from collections import Counter

import pytest

from edu.checks.pair import Pair, check_pair
from tests.checks.corpus import RIGHT, WRONG, named, pairs


def found(pair: dict[str, str]) -> list[str]:
    findings = check_pair(Pair(pair["language"], pair["source"], pair["target"]))
    return [finding.check for finding in findings]


@pytest.mark.parametrize("pair", pairs(RIGHT), ids=named)
def test_right_text_is_left_alone(pair: dict[str, str]) -> None:
    assert found(pair) == []


@pytest.mark.parametrize("pair", pairs(WRONG), ids=named)
def test_a_planted_fault_is_caught(pair: dict[str, str]) -> None:
    assert pair["check"] in found(pair)


def test_the_corpus_is_large_and_of_many_languages_and_kinds() -> None:
    right, wrong = pairs(RIGHT), pairs(WRONG)
    assert len(right) >= 120
    assert len({pair["language"].partition("-")[0] for pair in right}) >= 18
    assert len(wrong) >= 150
    assert len(Counter(pair["check"] for pair in wrong)) >= 37


def test_no_pair_stands_twice() -> None:
    both = [(pair["language"], pair["source"], pair["target"]) for pair in pairs(RIGHT)]
    both += [(pair["language"], pair["source"], pair["target"]) for pair in pairs(WRONG)]
    assert [pair for pair, times in Counter(both).items() if times > 1] == []
