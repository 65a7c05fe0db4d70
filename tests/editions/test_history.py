"""Edits as they really occurred in the history of our own content, labelled by hand.

`history.jsonl` holds every edit of the history that left all words as they were, and the smallest
of the others: those that a machine could most easily take for nothing. `why` is the reason for the
label.
"""

import json
from pathlib import Path

from edu.editions.drift.classing import Edit, classify

EDITS = [
    json.loads(line)
    for line in Path(__file__).with_name("history.jsonl").read_text(encoding="utf-8").splitlines()
]


def _is_carried(edit: dict[str, str]) -> bool:
    return classify(edit["old"], edit["new"]) is Edit.TRIVIAL


def test_of_real_edits_none_is_carried_that_says_something_else() -> None:
    others = [edit for edit in EDITS if not edit["trivial"]]
    assert len(others) == 37
    assert [edit["new"] for edit in others if _is_carried(edit)] == []


def test_of_real_trivial_edits_one_waits_for_a_person_in_doubt() -> None:
    trivial = [edit for edit in EDITS if edit["trivial"]]
    waiting = [edit["new"] for edit in trivial if not _is_carried(edit)]
    assert (len(trivial), waiting) == (4, ["Greet by name, and say yours."])
