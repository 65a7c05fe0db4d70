import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.quizzes.answers import Answer, State, decode, encode, merge
from edu.quizzes.instrument import Item, Kind, Option

from .forms import FORM_AND_ANSWERS, any_answers, any_form, attitude, chosen, instrument, knowledge

SEVEN = attitude(7)
OPEN = instrument(Kind.OPEN, items=(Item("o1", "Tell us."), Item("o2", "And?")))
GIVEN = {State.ANSWERED, State.DONT_KNOW, State.NOT_APPLICABLE, State.PREFER_NOT}


def test_every_state_has_a_sign_of_its_own():
    answers = chosen(SEVEN, ["4", *(state for state in State if state is not State.ANSWERED)])
    assert encode(SEVEN, answers) == "1:4,?,/,-,!,~,#"
    assert decode(SEVEN, "1:4,?,/,-,!,~,#") == answers


def test_several_codes_are_kept_in_one_order():
    form = knowledge()
    text = encode(form, chosen(form, ["a", State.SKIPPED, "c+a"]))
    assert text == "1:a,-,a+c"
    assert decode(form, text)["k3"] == Answer.chosen("a", "c")


def test_a_code_may_have_several_characters():
    form = attitude(2, options=(Option("strongly-no", "No", 1), Option("yes_10", "Yes", 2)))
    text = encode(form, chosen(form, ["yes_10", "strongly-no"]))
    assert text == "1:yes_10,strongly-no"
    assert decode(form, text) == chosen(form, ["yes_10", "strongly-no"])


def test_an_open_answer_leaves_its_state_but_never_its_text():
    answers = {"o1": Answer(State.ANSWERED), "o2": Answer(State.SKIPPED)}
    assert encode(OPEN, answers) == "1:*,-"
    assert decode(OPEN, "1:*,-") == answers
    with pytest.raises(ValueError, match="o1: the text of an open answer is kept apart"):
        encode(OPEN, {"o1": Answer.chosen("My neighbour")})


def test_an_item_nobody_spoke_of_was_not_shown():
    assert encode(attitude(2), {"contact-2": Answer.chosen("1")}) == "1:~,1"


def test_a_form_without_items_has_a_sitting_without_answers():
    assert decode(instrument(), encode(instrument(), {})) == {}


@given(FORM_AND_ANSWERS)
def test_what_is_stored_is_read_back(form_and_answers):
    form, answers = form_and_answers
    assert decode(form, encode(form, answers)) == answers


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"contact-9": Answer.chosen("1")}, r"form has no item \['contact-9'\]"),
        ({"contact-1": Answer.chosen("9")}, r"contact-1: no option \['9'\]"),
        ({"contact-1": Answer.chosen("1", "2")}, "contact-1: 2 options chosen instead of one"),
        ({"contact-1": Answer(State.ANSWERED)}, "contact-1: 0 options chosen instead of one"),
    ],
)
def test_what_could_not_be_read_back_is_not_stored(answers, message):
    with pytest.raises(ValueError, match=message):
        encode(SEVEN, answers)


@pytest.mark.parametrize("code", ["a,b", "a+b", "a:b", "?", "-1", "*"])
def test_a_code_that_looks_like_a_sign_is_not_stored(code):
    form = attitude(1, options=(Option(code, "A", 1), Option("b", "B", 2)))
    with pytest.raises(ValueError, match="one of the signs that separate answers"):
        encode(form, {"contact-1": Answer.chosen(code)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a sitting in format 1: ''"),
        ("4,4", "not a sitting in format 1: '4,4'"),
        ("2:4,4", "not a sitting in format 1: '2:4,4'"),
        ("1:4", "1 answers for the 2 items"),
        ("1:4,4,4", "3 answers for the 2 items"),
        ("1:4,9", r"contact-2: no option \['9'\]"),
        ("1:4,", r"contact-2: no option \[''\]"),
        ("1:4,*", "contact-2: 0 options chosen instead of one"),
        ("1:4,1+2", "contact-2: 2 options chosen instead of one"),
    ],
)
def test_a_text_of_another_form_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        decode(attitude(2), text)


def test_a_reason_for_no_answer_has_no_code_beside_it():
    with pytest.raises(ValueError, match="an answer that is skipped has no code"):
        Answer(State.SKIPPED, ("1",))


def test_codes_out_of_order_are_refused_so_that_equal_answers_are_equal():
    with pytest.raises(ValueError, match=r"Answer\.chosen"):
        Answer(State.ANSWERED, ("b", "a"))
    assert Answer.chosen("b", "a", "b") == Answer.chosen("a", "b")


def test_a_second_form_fills_what_the_first_left_open_and_changes_nothing_given():
    first = chosen(SEVEN, ["1", "2", State.SKIPPED, State.DONT_KNOW, *[State.ILLEGIBLE] * 3])
    second = chosen(SEVEN, ["5", State.SKIPPED, "3", "4", "5", State.SKIPPED, State.PREFER_NOT])
    assert merge(first, second) == chosen(
        SEVEN, ["1", "2", "3", State.DONT_KNOW, "5", State.ILLEGIBLE, State.PREFER_NOT]
    )


def test_a_form_in_two_halves_becomes_whole():
    assert merge({"a": Answer.chosen("1")}, {"b": Answer.chosen("2")}) == {
        "a": Answer.chosen("1"),
        "b": Answer.chosen("2"),
    }


TWO_SITTINGS = any_form().flatmap(
    lambda form: st.tuples(any_answers(form), any_answers(form), any_answers(form))
)


@given(TWO_SITTINGS)
def test_merging_never_loses_an_answer(sittings):
    first, second, third = sittings
    merged = merge(first, second)
    for item, answer in merged.items():
        if first[item].state in GIVEN:
            assert answer == first[item]
        elif second[item].state in GIVEN:
            assert answer == second[item]
        else:
            assert answer in (first[item], second[item])
    assert merge(merged, first) == merge(merged, second) == merged
    assert merge(merged, third) == merge(first, merge(second, third))
