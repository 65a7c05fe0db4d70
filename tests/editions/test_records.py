"""The record of an adaptation: its lists, its defaults, and what follows from it."""

from edu.editions.records import (
    NAMES,
    ONE,
    SOME,
    Reasons,
    faults_of_reasons,
    nature,
    read_reasons,
)


def test_what_only_repeats_a_default_is_not_stored() -> None:
    assert Reasons().stored() == {}
    kept = Reasons(feared="Shame.", goals=("reach",), evidence_people=7)
    assert kept.stored() == {"feared": "Shame.", "goals": ["reach"], "evidence_people": 7}
    assert read_reasons(kept.stored()) == kept


def test_what_has_not_its_shape_has_its_default() -> None:
    wrong = {
        "goals": "reach",
        "depth": "very",
        "evidence_people": True,
        "evidence_on": "yesterday",
        "quote": 7,
        "why_tag": "no tag",
        "unknown": 1,
    }
    assert read_reasons(wrong) == Reasons()
    assert len(faults_of_reasons(wrong)) == 6


def test_every_default_is_one_of_its_list() -> None:
    usual = Reasons()
    assert all(getattr(usual, name) in values for name, values in ONE.items())
    assert all(set(getattr(usual, name)) <= set(values) for name, values in SOME.items())
    assert faults_of_reasons({name: getattr(usual, name) for name in NAMES}) == []


def test_the_nature_of_a_change_follows_from_what_it_does() -> None:
    assert [nature(each) for each in ("add", "omit", "reorder", "replace", "adapt")] == [
        "adding",
        "removing or skipping",
        "reordering",
        "substituting",
        "tailoring",
    ]
    assert nature("replace", "ten words " * 10, "two words") == "shortening"
    assert nature("adapt", "two words", "ten words " * 10) == "lengthening"
    assert nature("adapt", "At the well.", "At the borehole.") == "tailoring"
