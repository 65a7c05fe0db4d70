"""Tiny instruments made for the tests, and hypothesis strategies over them."""

from hypothesis import strategies as st

from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option, Scale

AGREE = tuple(Option(str(score), f"Answer {score}", score) for score in range(1, 6))


def instrument(kind=Kind.ATTITUDE, **changes):
    """An instrument without scales, options and items unless they are given."""
    fields = {
        "id": "form",
        "version": 1,
        "kind": kind,
        "title": "A form",
        "introduction": "Some people say these things.",
        "closing": "Thank you.",
        "validated": False,
        "licence": "CC BY 4.0",
        "source": "Made for a test.",
        "modules": (),
        "on": True,
        "higher_means": HigherMeans.BETTER,
        "minimum_answered": 0.8,
        "scales": (),
        "options": (),
        "items": (),
    }
    return Instrument(**fields | changes)


def attitude(items=5, reverse=(), options=AGREE, **changes):
    """One scale `contact` of so many items; `reverse` are the numbers of the reversed ones."""
    return instrument(
        scales=(Scale("contact", "Contact", "closer", "less close"),),
        options=options,
        items=tuple(
            Item(f"contact-{n}", f"Sentence {n}", "contact", n in reverse)
            for n in range(1, items + 1)
        ),
        **changes,
    )


def knowledge():
    """Two items with one right option each (a; b) and one with two (a and c)."""

    def options(right):
        return tuple(Option(code, code, correct=code in right) for code in "abc")

    return instrument(
        Kind.KNOWLEDGE,
        items=(
            Item("k1", "One?", options=options("a")),
            Item("k2", "Two?", options=options("b")),
            Item("k3", "Which?", several=True, options=options("ac")),
        ),
    )


def chosen(form, codes):
    """Answers in item order: a code, several joined by +, or a state."""
    return {
        item.id: Answer(code) if isinstance(code, State) else Answer.chosen(*code.split("+"))
        for item, code in zip(form.items, codes, strict=True)
    }


WITHOUT_ANSWER = st.sampled_from([s for s in State if s is not State.ANSWERED]).map(Answer)


@st.composite
def any_form(draw):
    """An attitude form with odd codes, some reversed items, and a free item to tick several of."""
    codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,6}", fullmatch=True)
    shared = draw(st.lists(codes, min_size=2, max_size=7, unique=True))
    ticks = draw(st.lists(codes, min_size=2, max_size=4, unique=True))
    count = draw(st.integers(1, 10))
    lowest = draw(st.integers(-3, 3))
    form = attitude(
        count,
        draw(st.sets(st.integers(1, count))),
        tuple(Option(code, code, lowest + n) for n, code in enumerate(shared)),
        minimum_answered=draw(st.sampled_from([0.1, 0.5, 0.8, 1.0])),
    )
    tick = Item("ticks", "Which?", several=True, options=tuple(Option(c, c) for c in ticks))
    return instrument(
        scales=form.scales,
        options=form.options,
        items=(*form.items, tick),
        minimum_answered=form.minimum_answered,
    )


@st.composite
def any_answers(draw, form):
    """An answer to every item of a form."""
    answers = {}
    for item in form.items:
        codes = [option.code for option in form.options_of(item)]
        most = len(codes) if item.several else 1
        given = st.lists(st.sampled_from(codes), min_size=1, max_size=most, unique=True)
        answers[item.id] = draw(WITHOUT_ANSWER | given.map(lambda found: Answer.chosen(*found)))
    return answers


FORM_AND_ANSWERS = any_form().flatmap(lambda form: st.tuples(st.just(form), any_answers(form)))
