"""What a trainer is told to try next follows from what was seen, and only from that."""

from dataclasses import replace

import pytest

from edu.outcomes.advice import Advice, Seen, advice, at_the_end
from edu.outcomes.beside import compared
from edu.outcomes.paired import PairSums
from edu.outcomes.pictures import likely_range, strip
from edu.outcomes.scale_figures import ScaleFigures


def figures(pairs, *, higher_means="better", at_best=0, units=2520):
    """A scale's figures of these pairs, in points."""
    whole = [(before * units, after * units) for before, after in pairs]
    return ScaleFigures(
        instrument="feelings",
        version=1,
        scale="contact",
        higher_means=higher_means,
        validated=False,
        sums=PairSums.from_pairs(whole),
        up=sum(after > before for before, after in pairs),
        down=sum(after < before for before, after in pairs),
        at_best=at_best,
        low=1,
        high=5,
    )


BETTER = [(2, 3 + place % 2) for place in range(20)]
WORSE = [(after, before) for before, after in BETTER]
UNSURE = [(3, 2 + place % 3) for place in range(21)]


def told(*pairs, **more):
    seen = {"began": 20, "came_back": 20, "has_comparison": False, "asks_later": False} | more
    return advice(Seen([figures(each) for each in pairs], **seen))


def test_harm_comes_before_everything():
    assert told(WORSE, BETTER, has_comparison=True) == [Advice.LOOK_INTO_HARM, Advice.KEEP]


def test_what_improved_is_kept_and_compared_next_time():
    assert told(BETTER) == [Advice.KEEP, Advice.COMPARE]
    assert told(BETTER, has_comparison=True, asks_later=True) == [Advice.KEEP, Advice.ASK_LATER]


def test_what_is_not_clear_wants_more_people():
    assert told(UNSURE) == [Advice.MORE_PEOPLE]
    assert told() == [Advice.MORE_PEOPLE]


def test_many_who_did_not_come_back_are_asked_why():
    assert told(BETTER, has_comparison=True, began=26) == [Advice.KEEP, Advice.BRING_THEM_BACK]
    assert told(BETTER, has_comparison=True, began=25) == [Advice.KEEP]


@pytest.mark.parametrize(
    ("at_best", "share"), [(None, None), (3, None), (4, None), (5, 20), (9, 40), (20, 90)]
)
def test_how_many_began_at_the_best_end_is_said_in_tens_of_percent(at_best, share):
    assert at_the_end(figures(BETTER, at_best=at_best)) == share


def test_two_groups_a_side_are_compared_and_one_is_described():
    course = [figures([(2, 3 + (place + more) % 2) for place in range(11)]) for more in (0, 1)]
    others = [figures([(2, 2 + (place + more) % 2) for place in range(11)]) for more in (0, 1)]
    found = compared(course, others)
    assert (found.groups, found.people) == ((2, 2), (22, 22))
    assert found.difference == pytest.approx(1.0)
    assert found.estimate is not None
    assert found.estimate.df == 2
    assert compared(course[:1], others).estimate is None


def test_pictures_are_mirrored_for_readers_from_the_right():
    plain = likely_range(-1, 0, 1, worse="Worse", better="Better")
    turned = likely_range(-1, 0, 1, worse="Worse", better="Better", mirrored=True)
    assert plain.index("Worse") < plain.index("Better")
    assert turned.index("Better") < turned.index("Worse")
    parts = [("up", 3), ("rest", 9)]
    assert strip(parts).index("up") < strip(parts).index("rest")
    assert strip(parts, mirrored=True).index("rest") < strip(parts, mirrored=True).index("up")
    assert "&lt;b&gt;" in likely_range(0, 0, 1, worse="<b>", better="x")


def test_an_alert_is_looked_into_though_the_average_improved():
    seen = Seen([replace(figures(BETTER), alert=True)], 20, 20, True, False)
    assert advice(seen)[0] is Advice.LOOK_INTO_HARM
