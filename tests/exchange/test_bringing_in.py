"""Files come back: what was changed in them alone is taken, and nothing else changes anything."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from edu.editions.desk import Remark, Revision
from edu.editions.models import Change, Release
from edu.editions.parts import parts_of
from edu.exchange.disputes import open_disputes, settle
from edu.exchange.formats import FORMATS
from edu.exchange.notices import Sort
from edu.exchange.unit import Operation, Parcel, State, Unit
from tests.exchange.desk import Desk, as_file, edited, words

NOTHING: Counter[Sort] = Counter()
LESSON = "m1/01-greeting.md"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_went_out_comes_back_and_changes_nothing(desk: Desk, name: str) -> None:
    before, parcel = desk.rows(), as_file(desk.out(), name)
    assert parcel == desk.out()
    assert desk.would(parcel).is_idle
    assert desk.back(parcel) == NOTHING
    assert desk.rows() == before


def test_units_stand_in_the_order_of_the_lesson(desk: Desk) -> None:
    lesson = parts_of(desk.root, "m1")["m1.1"]
    in_order = dict.fromkeys(segment.key for segment in lesson.segments())
    assert [unit.id for unit in desk.out("m1.1").units] == list(in_order)
    assert len(in_order) > 20


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_words_changed_in_the_file_alone_become_a_draft(desk: Desk, name: str) -> None:
    before = desk.rows()
    parcel = edited(desk.out(), "Ten minutes.", words("Dakika kumi hivi."))
    desk.back(as_file(parcel, name))
    place = ("m1.1", "Ten minutes.")
    assert before[place] == ("Dakika kumi.", "reviewed")
    assert desk.rows() == {**before, place: ("Dakika kumi hivi.", "draft")}


def test_new_words_are_written_into_the_history(desk: Desk) -> None:
    desk.back(as_file(edited(desk.out(), "Ten minutes.", words("Dakika kumi hivi."))))
    row = desk.row("Ten minutes.")
    with desk.database.session(reading=True) as session:
        lines = session.scalars(select(Revision).where(Revision.rendering_id == row.id)).all()
    assert [(line.text, line.deed) for line in lines] == [("Dakika kumi hivi.", "imported")]
    assert (row.from_files, row.version) == (False, 2)


def test_learners_go_on_meeting_the_words_of_the_last_release(desk: Desk) -> None:
    released = desk.row("Ten minutes.").released_text
    desk.back(as_file(edited(desk.out(), "Ten minutes.", words("Dakika kumi hivi."))))
    assert desk.row("Ten minutes.").released_text == released
    with desk.database.session(reading=True) as session:
        assert session.scalars(select(Release)).all() == []


def test_a_file_cannot_say_that_its_words_were_checked(desk: Desk) -> None:
    def checked(unit: Unit) -> Unit:
        return replace(unit, target="Otieno yule", state=State.RELEASED)

    told = desk.back(as_file(edited(desk.out(), "Otieno", checked)))
    assert told == Counter({Sort.STATE_NOT_TAKEN: 1})
    assert desk.rows()[("m1.1|Who greets first?", "Otieno")] == ("Otieno yule", "draft")


def test_a_file_that_calls_our_draft_checked_changes_nothing(desk: Desk) -> None:
    before = desk.rows()
    parcel = edited(desk.out(), "Nobody", lambda unit: replace(unit, state=State.REVIEWED))
    assert desk.back(as_file(parcel)) == Counter({Sort.STATE_NOT_TAKEN: 1})
    assert desk.rows() == before


def test_words_changed_here_alone_stay(desk: Desk) -> None:
    parcel = as_file(desk.out())
    desk.types("Nobody", "Hakuna hata mmoja")
    assert desk.back(parcel) == NOTHING
    assert desk.row("Nobody").text == "Hakuna hata mmoja"


def test_words_changed_on_both_sides_are_kept_both(desk: Desk) -> None:
    parcel = as_file(edited(desk.out(), "Nobody", words("Hapana mtu")))
    desk.types("Nobody", "Hakuna hata mmoja")
    assert desk.back(parcel) == Counter({Sort.CONFLICT: 1})
    assert desk.row("Nobody").text == "Hakuna hata mmoja"
    with desk.database.session(reading=True) as session:
        found = open_disputes(session, "sw", "m1")
    assert [(each.dispute.text, each.rendering.text) for each in found] == [
        ("Hapana mtu", "Hakuna hata mmoja")
    ]


def test_the_same_words_against_ours_are_asked_about_once(desk: Desk) -> None:
    parcel = as_file(edited(desk.out(), "Nobody", words("Hapana mtu")))
    desk.types("Nobody", "Hakuna hata mmoja")
    desk.back(parcel)
    desk.back(parcel)
    with desk.database.session(reading=True) as session:
        assert len(open_disputes(session, "sw", "m1")) == 1


@pytest.mark.parametrize("take", [True, False])
def test_a_person_chooses_between_two_texts(desk: Desk, take: bool) -> None:
    parcel = as_file(edited(desk.out(), "Nobody", words("Hapana mtu")))
    desk.types("Nobody", "Hakuna hata mmoja")
    desk.back(parcel)
    with desk.database.work() as session:
        (found,) = open_disputes(session, "sw", "m1")
        version = found.rendering.version
        settle(session, found, take=take, version=version, member_id=None)
    with desk.database.session(reading=True) as session:
        assert list(open_disputes(session, "sw", "m1")) == []
    assert desk.row("Nobody").text == ("Hapana mtu" if take else "Hakuna hata mmoja")


def test_the_same_words_on_both_sides_are_no_conflict(desk: Desk) -> None:
    parcel = as_file(edited(desk.out(), "Nobody", words("Hapana mtu")))
    desk.types("Nobody", "Hapana mtu")
    assert desk.back(parcel) == Counter({Sort.ALREADY_THERE: 1})


def test_words_that_a_file_leaves_out_stay(desk: Desk) -> None:
    before = desk.rows()
    assert desk.back(as_file(edited(desk.out(), "Nobody", words("")))) == Counter(
        {Sort.LEFT_EMPTY: 1}
    )
    assert desk.rows() == before


def test_a_file_of_another_tool_fills_in_what_is_missing_and_asks_about_the_rest(
    desk: Desk,
) -> None:
    desk.types("Nobody", "Hakuna hata mmoja")
    bare = tuple(
        replace(desk.unit(text), id="", source_hash="", left_with="", target=f"T {text}")
        for text in ("Nobody", "At sea")
    )
    told = desk.back(Parcel("sw", "", bare))
    assert told == Counter({Sort.CONFLICT: 1})
    assert desk.row("At sea").text == "T At sea"
    assert desk.row("Nobody").text == "Hakuna hata mmoja"


def test_words_that_only_shipped_give_way_to_those_of_a_file(desk: Desk) -> None:
    bare = replace(desk.unit("Nobody"), id="", left_with="", target="Hapana mtu")
    assert desk.back(Parcel("sw", "m1", (bare,))) == NOTHING
    assert desk.row("Nobody").text == "Hapana mtu"


@pytest.mark.parametrize("caught_up", [True, False])
def test_words_for_an_edited_source_wait_with_the_text_they_were_made_from(
    desk: Desk, caught_up: bool
) -> None:
    old, new = "Greet one person today.", "Greet a person today."
    parcel = as_file(edited(desk.out(), old, words("Salimia mtu mmoja.")))
    desk.edits(LESSON, old, new, caught_up=caught_up)
    assert desk.back(parcel) == Counter({Sort.SOURCE_CHANGED: 1})
    row = desk.row(old)
    assert (row.text, row.state, row.follows) == ("Salimia mtu mmoja.", "draft", new)
    unit = desk.unit(new)
    assert (unit.state, unit.made_from) == (State.STALE, old)


@pytest.mark.parametrize("caught_up", [True, False])
def test_a_text_first_translated_after_its_source_was_edited_finds_its_place(
    desk: Desk, caught_up: bool
) -> None:
    old, new = "Look again at the well.", "Look again at the old well."
    parcel = as_file(edited(desk.out("m1.1"), old, words("Tazama tena.")))
    desk.edits(LESSON, old, new, caught_up=caught_up)
    assert desk.back(parcel) == Counter({Sort.SOURCE_CHANGED: 1})
    row = desk.row(old)
    assert (row.text, row.follows) == ("Tazama tena.", new)


def test_an_out_of_date_text_that_was_mended_is_made_from_the_text_of_today(desk: Desk) -> None:
    parcel = desk.out()
    stale = desk.unit("Who greets whom.", parcel)
    assert (stale.state, stale.made_from) == (State.STALE, "Who greets.")
    mended = edited(
        parcel,
        "Who greets whom.",
        lambda unit: replace(unit, target="Nani anamsalimu nani?", state=State.DRAFT),
    )
    desk.back(as_file(mended))
    unit = desk.unit("Who greets whom.")
    assert (unit.target, unit.state, unit.made_from) == ("Nani anamsalimu nani?", State.DRAFT, "")


def test_a_text_that_is_nowhere_here_is_told_and_changes_nothing(desk: Desk) -> None:
    before = desk.rows()
    strange = replace(
        desk.unit("Nobody"), id="f" * 16, context="m1.1", source="Quite other words", target="x"
    )
    assert desk.back(Parcel("sw", "m1", (strange,))) == Counter({Sort.UNKNOWN_SEGMENT: 1})
    assert desk.rows() == before


def test_the_first_of_two_counts(desk: Desk) -> None:
    unit = desk.unit("Otieno")
    first = replace(unit, target="moja", at="row 2")
    twice = (first, replace(unit, target="mbili", at="row 3"))
    assert desk.back(Parcel("sw", "m1", twice)) == Counter({Sort.TWICE: 1})
    assert desk.row("Otieno").text == "moja"


@pytest.mark.parametrize(
    ("parcel", "sort"),
    [
        (Parcel("ta", "m1"), Sort.OTHER_LANGUAGE),
        (Parcel("sw-KE", "m1"), Sort.OTHER_LANGUAGE),
        (Parcel("sw", "m0"), Sort.OTHER_MODULE),
    ],
)
def test_a_file_for_another_edition_is_refused_whole(
    desk: Desk, parcel: Parcel, sort: Sort
) -> None:
    before = desk.rows()
    whole = replace(parcel, units=tuple(replace(u, target="x") for u in desk.out().units))
    assert desk.back(whole) == Counter({sort: 1})
    assert desk.rows() == before


def test_one_text_for_another_language_is_left_out(desk: Desk) -> None:
    parcel = edited(desk.out(), "Otieno", lambda unit: replace(unit, target="x", variant="ta"))
    assert desk.back(parcel) == Counter({Sort.OTHER_LANGUAGE: 1})
    assert ("m1.1|Who greets first?", "Otieno") not in desk.rows()


def test_new_remarks_come_with_the_words(desk: Desk) -> None:
    def asks(unit: Unit) -> Unit:
        return replace(unit, remarks=("Is this polite?",))

    parcel = as_file(edited(desk.out(), "Nobody", asks))
    assert desk.would(parcel).remarks == 1
    desk.back(parcel)
    desk.back(parcel)
    with desk.database.session(reading=True) as session:
        assert [each.text for each in session.scalars(select(Remark))] == ["Is this polite?"]
    assert desk.unit("Nobody").remarks == ("Is this polite?",)


def _adapted(desk: Desk, **changes: object) -> Parcel:
    def adapt(unit: Unit) -> Unit:
        wanted: dict[str, Any] = {
            "target": "Wanjiru",
            "operation": Operation.ADAPT,
            "change": "local",
        }
        return replace(unit, **{**wanted, **changes})

    return edited(desk.out(), "Otieno", adapt)


def _record(**changes: object) -> dict[str, object]:
    record = {
        "id": "local",
        "operation": "adapt",
        "lesson": "m1.1",
        "why": "A name from here.",
        "dimensions": ["persons"],
        "core_touched": False,
        "proposed_by": "translator",
        "date": "2026-11-21",
        "reasons": {"depth": "deep"},
    }
    return {**record, **changes}


def test_an_adaptation_brings_its_record_as_a_draft(desk: Desk) -> None:
    assert desk.back(as_file(_adapted(desk, record=_record()))) == NOTHING
    with desk.database.session(reading=True) as session:
        change = session.scalars(select(Change).where(Change.slug == "local")).one()
    assert (change.why, change.state, change.from_files) == ("A name from here.", "draft", False)
    assert (change.dimensions, change.reasons) == (["persons"], {"depth": "deep"})
    unit = desk.unit("Otieno")
    assert (unit.change, unit.operation, unit.reason) == (
        "local",
        Operation.ADAPT,
        "A name from here.",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"record": None},
        {"record": _record(id="other")},
        {"record": _record(why="  ")},
        {"record": _record(date="yesterday")},
        {"record": _record(dimensions=[])},
        {"record": _record(operation="omit")},
        {"change": "", "record": None},
        {"change": "../../x", "record": _record(id="../../x")},
    ],
)
def test_an_adaptation_without_a_whole_record_is_not_taken(
    desk: Desk, changes: dict[str, object]
) -> None:
    before = desk.rows()
    assert desk.back(_adapted(desk, **changes)) == Counter({Sort.RECORD_MISSING: 1})
    assert desk.rows() == before


def test_a_question_is_translated_and_never_adapted(desk: Desk) -> None:
    desk.module = "quizzes"
    before = desk.rows()
    source = desk.out().units[0].source
    adapt = edited(
        desk.out(),
        source,
        lambda unit: replace(unit, target="x", change="local", record=_record()),
    )
    assert desk.back(adapt) == Counter({Sort.NOT_TO_BE_ADAPTED: 1})
    assert desk.rows() == before


def test_a_part_alone_can_go_out_and_come_back(desk: Desk) -> None:
    parcel = desk.out("m1.1")
    assert {unit.part for unit in parcel.units} == {"m1.1"}
    desk.back(as_file(edited(parcel, "Nobody", words("Hapana mtu"))))
    assert desk.row("Nobody").text == "Hapana mtu"


def test_a_new_language_begins_with_a_file(desk: Desk) -> None:
    desk.tag = "sn"
    parcel = desk.out()
    assert {unit.target for unit in parcel.units} == {""}
    desk.back(as_file(edited(parcel, "Nobody", words("Hapana")), "xlsx"))
    assert desk.rows() == {("m1.1|Who greets first?", "Nobody"): ("Hapana", "draft")}


def test_a_file_cannot_put_words_in_the_place_of_another_text_s(desk: Desk) -> None:
    before, parcel = desk.rows(), desk.out()
    empty = next(unit for unit in parcel.units if unit.context == "m1.1" and not unit.target)
    hostile = replace(empty, target="Si yake.", state=State.STALE, made_from="Ten minutes.")
    desk.back(edited(parcel, empty.source, lambda _unit: hostile))
    assert desk.row("Ten minutes.").text == "Dakika kumi."
    assert desk.rows() == {**before, ("m1.1", empty.source): ("Si yake.", "draft")}
