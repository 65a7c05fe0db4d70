"""The rows under a programme's figures: who is in which group, and what stands for *after*."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Arm
from edu.learning.models import Journey, Learner, Pair
from edu.outcomes.disclosure_ties import tied, units_of
from edu.outcomes.evaluating import count_in, data_hash
from edu.outcomes.programme_rows import COMPARISON, COURSE, Rows, gathered
from edu.outcomes.programme_rows import Learner as Told
from tests.outcomes.programme import DAY, LONG_AGO, Made, make, person


def rows(made: Made, name: str = "knowledge") -> list[Told]:
    count_in(made.session, made.programme.id, DAY)
    found = gathered(made.session, made.groups, made.programme.id)
    return next(each.learners for (_version, scale), each in found.items() if scale == name)


def test_whoever_is_put_together_with_others_later_on_stays_in_her_group(session: Session) -> None:
    made = make(session, (Arm.INTERVENTION, 12), (Arm.INTERVENTION, 12))
    for group in made.groups:
        # Too few of each group came back to be shown alone.
        for _ in range(7):
            person(made, group, 0.2, LONG_AGO, "after", "later-1")
    found = [each for each in rows(made, "contact") if "after" in each.scores]
    told = [sum(each.group == label for each in found) for label in {x.group for x in found}]
    assert told == [19, 19]
    assert sum("later-1" in each.scores for each in found) == 14


def test_a_group_that_waited_is_compared_by_its_second_questions_before(session: Session) -> None:
    made = make(session, (Arm.INTERVENTION, 12), (Arm.WAITING, 0))
    for _ in range(14):
        person(made, made.groups[1], 0.0, LONG_AGO, "before-2")
    rows(made)
    pairs = session.scalars(
        select(Pair).where(
            Pair.group_id == made.groups[1].id, Pair.wave == "before-2", Pair.scale == "knowledge"
        )
    ).all()
    # In the end they have the lessons too, and answer once more.
    for place, pair in enumerate(pairs):
        session.add(
            Pair(
                journey_id=pair.journey_id,
                instrument_version_id=pair.instrument_version_id,
                scale=pair.scale,
                wave="after",
                group_id=pair.group_id,
                draft=False,
                before=pair.before,
                after=(place % 3) * 2520,
            )
        )
    session.flush()
    told = {each.journey: each for each in rows(made)}
    assert len(pairs) >= 10
    for pair in pairs:
        assert told[pair.journey_id].arm == COMPARISON
        assert told[pair.journey_id].scores == {"before": pair.before, "after": pair.after}


def test_people_who_share_no_batch_with_who_has_left_stay_in_the_rows(session: Session) -> None:
    made = make(session, (Arm.INTERVENTION, 40))
    before = {each.journey for each in rows(made)}
    gone = min(before)
    journey = session.get_one(Journey, gone)
    session.delete(session.get_one(Learner, journey.learner_id))
    session.flush()
    session.expire_all()
    after = {each.journey for each in rows(made)}
    assert gone not in after
    assert len(before - after) >= 5
    assert len(after) >= 10


def test_batches_are_tied_by_people_and_by_people_of_people() -> None:
    members = {1: {"a", "b"}, 2: {"b", "c"}, 3: {"c"}, 4: {"d"}}
    assert tied(members, [1]) == {1, 2, 3}
    assert tied(members, [4]) == {4}
    assert tied(members, []) == set()
    assert units_of(members) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_nobody_can_try_out_answers_on_the_digest_of_the_data() -> None:
    """Two programmes with the same scores have unlike digests."""

    def digest(journey: str) -> str:
        told = Told(journey, "group 1", COURSE, "en", {"before": 2520, "after": 5040})
        return data_hash({(1, "contact"): Rows([told], [1])})

    assert digest("one") == digest("one")
    assert digest("one") != digest("other")
