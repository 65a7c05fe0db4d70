"""Each kind of material needs its own steps."""

import pytest

from edu.editions.parts import Sort
from edu.editions.review.rigour import Material, Step, demand, material_of, who_signs
from edu.quizzes.instrument import Kind


def test_what_counts_as_what() -> None:
    assert [material_of(sort) for sort in (Sort.MODULE, Sort.LESSON, Sort.PAGE)] == [
        Material.INTERFACE,
        Material.LESSON,
        Material.LESSON,
    ]
    kinds = (Kind.ATTITUDE, Kind.KNOWLEDGE, Kind.OPEN)
    assert [material_of(Sort.INSTRUMENT, kind) for kind in kinds] == [
        Material.PRIMARY,
        Material.SECONDARY,
        Material.INTERFACE,
    ]


@pytest.mark.parametrize(
    ("material", "steps"),
    [
        (Material.INTERFACE, (Step.TRANSLATION, Step.READERS)),
        (Material.LESSON, (Step.TRANSLATION, Step.READERS)),
        (
            Material.SECONDARY,
            (
                Step.TRANSLATION,
                Step.BACK_TRANSLATION,
                Step.RECONCILIATION,
                Step.TRY_OUT,
                Step.READERS,
            ),
        ),
        (
            Material.PRIMARY,
            (
                Step.TRANSLATION,
                Step.BACK_TRANSLATION,
                Step.RECONCILIATION,
                Step.TRY_OUT,
                Step.COMMITTEE,
                Step.READERS,
            ),
        ),
    ],
)
def test_the_steps_of_each_kind(material: Material, steps: tuple[Step, ...]) -> None:
    assert demand(material).steps == steps


def test_a_lesson_that_touches_safety_is_said_again_and_one_that_asks_is_tried() -> None:
    asked = demand(Material.LESSON, tryout_readers=3, safety={"helpline"})
    assert asked.steps == (
        Step.TRANSLATION,
        Step.BACK_TRANSLATION,
        Step.RECONCILIATION,
        Step.TRY_OUT,
        Step.READERS,
    )
    assert [demand(Material.LESSON, tryout_readers=n).people for n in (0, 3, 8)] == [0, 5, 8]


def test_only_a_primary_measure_is_said_again_blind() -> None:
    assert [each for each in Material if demand(each).blind] == [Material.PRIMARY]


def test_fewer_readers_are_never_none_and_never_one_for_suicide() -> None:
    everybody = ("native", "lived", "health")
    assert who_signs(Material.LESSON, (), None) == everybody
    assert who_signs(Material.LESSON, (), ["lived"]) == ("lived",)
    assert who_signs(Material.LESSON, (), []) == ("native",)
    assert who_signs(Material.LESSON, {"suicide"}, ["native"]) == ("native", "health")
    assert who_signs(Material.LESSON, {"suicide"}, ["health"]) == ("native", "health")
    assert who_signs(Material.PRIMARY, (), ["native"]) == everybody
    assert who_signs(Material.INTERFACE, (), None) == ("native",)
