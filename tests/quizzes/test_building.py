"""Instruments put together from items of others."""

from dataclasses import replace
from pathlib import Path

import pytest

from edu.quizzes.building import (
    Finding,
    Source,
    Trouble,
    advice,
    build,
    minutes,
    origins,
    troubles,
)
from edu.quizzes.instrument import HigherMeans, Instrument
from edu.quizzes.load import load_folder
from edu.quizzes.load_shells import load_shells
from edu.quizzes.scale import Method, Reliability
from edu.quizzes.scoring import score

from .forms import attitude, chosen, knowledge

QUIZZES = Path(__file__).resolve().parents[2] / "quizzes"
SHELLS = load_shells(QUIZZES)[0]
OURS = load_folder(QUIZZES)[0]


def bank(*forms: Instrument, whole: tuple[str, ...] = (), alone: tuple[str, ...] = ()):
    return {form.id: Source(form, whole=form.id in whole, alone=form.id in alone) for form in forms}


def every(form: Instrument):
    return [(form.id, item.id) for item in form.items]


def names(found):
    return [each.trouble for each in found]


FORM = attitude(4, reverse=[4], minimum_answered=0.75)
HELP = replace(
    attitude(2, higher_means=HigherMeans.WORSE), id="help", introduction="How often was it so?"
)


def test_a_form_of_some_items_keeps_its_scale_and_its_rules() -> None:
    made = build("ours", 2, bank(FORM), [("form", "contact-3"), ("form", "contact-4")])
    assert (made.id, made.version, made.validated, made.on) == ("ours", 2, False, False)
    assert [(i.id, i.scale, i.reverse) for i in made.items] == [
        ("form-contact-3", "form-contact", False),
        ("form-contact-4", "form-contact", True),
    ]
    # Three of four were needed; of two that is both.
    assert made.scales[0].minimum_answered == 2
    assert made.options == FORM.options


def test_items_of_two_sources_keep_their_own_answers_and_directions() -> None:
    made = build("ours", 1, bank(FORM, HELP), [("help", "contact-1"), ("form", "contact-1")])
    assert made.options == ()
    assert [made.options_of(item) for item in made.items] == [FORM.options, HELP.options]
    assert [(each.id, made.higher_is(each.id).value) for each in made.scales] == [
        ("help-contact", "worse"),
        ("form-contact", "better"),
    ]
    assert made.introduction == "How often was it so?"


@pytest.mark.parametrize("id", sorted(OURS))
def test_a_whole_form_scores_as_the_one_it_is_made_of(id) -> None:
    source = OURS[id]
    made = build("ours", 1, bank(source), every(source))
    codes = []
    for number, item in enumerate(source.items):
        options = source.options_of(item)
        codes.append(options[number % len(options)].code if options else None)
    if None in codes or not source.scales:
        return
    there, here = score(source, chosen(source, codes)), score(made, chosen(made, codes))
    assert list(here.values()) == list(there.values())


@pytest.mark.parametrize("id", ["ribs", "cami-12", "swemwbs", "mhc-sf", "brs"])
def test_a_licensed_scale_scores_in_a_form_as_it_does_alone(id) -> None:
    source = SHELLS[id].instrument
    made = build("ours", 1, bank(source, whole=(id,)), every(source))
    codes = [
        source.options_of(item)[number % len(source.options_of(item))].code
        for number, item in enumerate(source.items)
    ]
    there, here = score(source, chosen(source, codes)), score(made, chosen(made, codes))
    assert list(here.values()) == list(there.values())
    assert made.validated
    assert made.variant == source.variant


def test_reliability_is_known_of_a_whole_scale_only() -> None:
    known = (Reliability(0.8, "alpha", "Kisumu", "A paper."),)
    form = replace(FORM, scales=(replace(FORM.scales[0], reliability=known),))
    assert build("ours", 1, bank(form), every(form)).scales[0].reliability == known
    assert build("ours", 1, bank(form), every(form)[:3]).scales[0].reliability == ()


def test_a_total_needs_all_of_its_scales() -> None:
    form = SHELLS["mhc-sf"].instrument
    ids = [scale.id for scale in build("ours", 1, bank(form), every(form)).scales]
    assert ids == ["mhc-sf-feeling", "mhc-sf-social", "mhc-sf-living", "mhc-sf-total"]
    part = build("ours", 1, bank(form), every(form)[:3])
    assert [scale.id for scale in part.scales] == ["mhc-sf-feeling"]


def test_a_part_of_a_scale_with_a_table_has_no_table() -> None:
    form = SHELLS["swemwbs"].instrument
    part = build("ours", 1, bank(form), every(form)[:3]).scales[0]
    assert (part.method, part.table, part.minimum) == (Method.SUM, (), None)


def test_every_word_of_a_form_has_its_place_in_a_source() -> None:
    sources = bank(FORM, HELP)
    picked = [("help", "contact-1"), ("form", "contact-2")]
    made = build("ours", 1, sources, picked)
    found = origins(sources, made, picked)
    assert found["ours|title"] == "help|title"
    assert found["ours|form-contact-2"] == "form|contact-2"
    assert found["ours|form-contact-2|3"] == "form|option|3"
    assert found["ours|scale|help-contact|more"] == "help|scale|contact|more"
    alone = build("ours", 1, sources, picked[1:])
    assert origins(sources, alone, picked[1:])["ours|option|3"] == "form|option|3"


def test_what_stops_a_form_is_told_before_any_advice() -> None:
    licensed = SHELLS["brs"].instrument
    sources = bank(FORM, HELP, knowledge_form(), licensed, whole=("brs",), alone=("help",))
    assert names(troubles(sources, [])) == [Trouble.NOTHING]
    assert names(troubles(sources, [("form", "contact-1"), ("quiz", "k1")])) == [
        Trouble.MIXED_KINDS
    ]
    assert troubles(sources, every(licensed)[:4]) == [Finding(Trouble.NOT_WHOLE, "brs", 4, 6)]
    assert names(troubles(sources, every(licensed)[::-1])) == [Trouble.NOT_WHOLE]
    assert names(troubles(sources, [("form", "contact-1"), ("help", "contact-1")])) == [
        Trouble.NOT_ALONE
    ]
    assert all(each.stops for each in troubles(sources, []))


def knowledge_form() -> Instrument:
    return replace(knowledge(), id="quiz")


def test_forms_that_are_to_be_understood_in_other_ways_are_not_mixed() -> None:
    sources = bank(OURS["attitudes"], OURS["wellbeing"], OURS["resilience"])
    mixed = [("attitudes", "contact-1"), ("wellbeing", "well-1")]
    assert names(troubles(sources, mixed)) == [Trouble.OTHER_FRAME]
    agree = [("attitudes", "contact-1"), ("resilience", "me-1")]
    assert Trouble.OTHER_FRAME not in names(troubles(sources, agree))


def test_advice_on_a_form() -> None:
    sources = bank(OURS["attitudes"], OURS["resilience"], OURS["wellbeing"])
    lonely = [("resilience", "me-1"), ("resilience", "me-2"), ("resilience", "me-3")]
    assert names(troubles(sources, lonely)) == [
        Trouble.NOT_INTERPERSONAL,
        Trouble.NO_PEOPLE,
        Trouble.NO_PLACE,
    ]
    assert troubles(sources, every(OURS["resilience"])) == []
    harsh = [("attitudes", "beliefs-3"), ("attitudes", "contact-1")]
    assert names(troubles(sources, harsh)) == [
        Trouble.NEGATIVE,
        Trouble.HARSH_BEGINNING,
        Trouble.FEW_ITEMS,
        Trouble.FEW_ITEMS,
    ]


def test_a_form_is_long_when_a_slow_reader_takes_more_than_five_minutes() -> None:
    assert minutes(attitude(30)) == 5
    assert Trouble.TOO_LONG not in names(advice(attitude(30)))
    assert next(iter(advice(attitude(31)))) == Finding(Trouble.TOO_LONG, count=31, of=6)


def test_different_answers_are_counted() -> None:
    other = replace(HELP, introduction=FORM.introduction, options=HELP.options[:4])
    found = troubles(bank(FORM, other), [("form", "contact-1"), ("help", "contact-1")])
    assert Finding(Trouble.MIXED_ANSWERS, count=2) in found


def test_the_instruments_of_ours_about_wellbeing_and_resilience_ask_on_every_level() -> None:
    for name in ("wellbeing", "resilience"):
        form = OURS[name]
        assert (form.on, form.validated, list(advice(form))[:1]) in (
            (False, False, []),
            (False, False, [Finding(Trouble.FEW_ITEMS, "Feeling well", 2)]),
        )
        assert {scale.level.value for scale in form.scales} == {"person", "people", "place"}
