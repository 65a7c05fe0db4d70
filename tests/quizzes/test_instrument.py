from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given

from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option, Scale

from .forms import AGREE, any_form, attitude, instrument, knowledge


@pytest.mark.parametrize(
    "form",
    [
        attitude(3, reverse=[2], modules=("m1", "m2"), title="नमस्ते “x”"),
        knowledge(),
        instrument(Kind.OPEN, items=(Item("o1", "Tell us."),), on=False),
        attitude(1, minimum_answered=1.0, higher_means=HigherMeans.WORSE),
    ],
)
def test_a_frozen_definition_comes_back_whole(form):
    back = Instrument.from_json(form.to_json())
    assert back == form
    assert back.digest == form.digest
    assert back.to_json() == form.to_json()


@given(any_form())
def test_any_frozen_definition_comes_back_whole(form):
    assert Instrument.from_json(form.to_json()) == form


def test_a_whole_number_that_a_database_made_of_the_share_changes_no_digest():
    form = attitude(1, minimum_answered=1.0)
    stored = form.to_json().replace('"minimum_answered": 1.0', '"minimum_answered": 1')
    assert Instrument.from_json(stored).digest == form.digest


BASE = attitude(3, reverse=[2])
FIRST = BASE.items[0]
SAME_MEASURE = {
    "title": "Another title",
    "introduction": "Hello.",
    "closing": "Bye.",
    "validated": True,
    "licence": "CC0",
    "source": "Elsewhere.",
    "modules": ("m1",),
    "on": False,
}
OTHER_MEASURE = {
    "id": "other",
    "version": 2,
    "kind": Kind.OPEN,
    "higher_means": HigherMeans.WORSE,
    "minimum_answered": 0.7,
    "scales": (Scale("help", "Contact", "closer", "less close"),),
    "options": (*AGREE[:4], Option("5", "Yes!", 5)),
    "items": BASE.items[::-1],
    "variant": "short form",
}


def test_every_field_either_bears_on_the_measure_or_does_not():
    assert SAME_MEASURE.keys() | OTHER_MEASURE.keys() == {f.name for f in fields(Instrument)}


@pytest.mark.parametrize("name", SAME_MEASURE)
def test_what_does_not_bear_on_the_measure_leaves_the_digest(name):
    assert replace(BASE, **{name: SAME_MEASURE[name]}).digest == BASE.digest


@pytest.mark.parametrize("name", OTHER_MEASURE)
def test_what_bears_on_the_measure_changes_the_digest(name):
    assert replace(BASE, **{name: OTHER_MEASURE[name]}).digest != BASE.digest


@pytest.mark.parametrize(
    "change",
    [
        {"id": "contact-9"},
        {"text": "Sentence one"},
        {"scale": None},
        {"reverse": True},
        {"several": True},
        {"options": (Option("1", "No", 1), Option("2", "Yes", 2))},
    ],
)
def test_a_changed_item_changes_the_digest(change):
    changed = replace(BASE, items=(replace(FIRST, **change), *BASE.items[1:]))
    assert changed.digest != BASE.digest


@pytest.mark.parametrize("change", [{"code": "6"}, {"label": "x"}, {"score": 6}, {"correct": True}])
def test_a_changed_option_changes_the_digest(change):
    changed = replace(BASE, options=(*AGREE[:4], replace(AGREE[4], **change)))
    assert changed.digest != BASE.digest


def test_the_lesson_an_item_belongs_to_is_no_part_of_the_measure():
    changed = replace(BASE, items=(replace(FIRST, lesson="m1.1"), *BASE.items[1:]))
    assert changed.digest == BASE.digest


def test_an_item_without_options_of_its_own_takes_the_shared_ones():
    own = (Option("y", "Yes", 1), Option("n", "No", 2))
    form = replace(BASE, items=(FIRST, replace(FIRST, id="own", options=own)))
    assert [form.options_of(item) for item in form.items] == [AGREE, own]


def test_the_items_of_a_scale_keep_the_order_of_the_form():
    form = replace(BASE, items=(*BASE.items, Item("free", "Anything?")))
    assert form.items_of("contact") == BASE.items
    assert form.items_of("nothing") == ()


def test_where_higher_means_worse_the_items_that_are_not_reversed_are_the_negative_ones():
    assert BASE.negative_share == Fraction(1, 3)
    assert replace(BASE, higher_means=HigherMeans.WORSE).negative_share == Fraction(2, 3)


def test_an_item_without_a_scale_is_read_but_has_no_direction():
    form = replace(BASE, items=(*BASE.items, Item("free", "Anything?")))
    assert form.negative_share == Fraction(1, 4)
    assert instrument().negative_share == 0
