"""Blocks that an edition put in, left out or moved: their words travel, and nothing moves them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from edu.editions.desk import Revision
from edu.editions.layers import snapshot
from edu.editions.models import Change
from edu.editions.parts import parts_of
from edu.editions.working import edition_for
from edu.editions.workplace.adapting import (
    Moved,
    Operation,
    Record,
    change_again,
    record_adaptation,
)
from edu.exchange.bringing_in import bring_in, plan
from edu.exchange.formats import FORMATS
from edu.exchange.notices import Notice, Sort
from edu.exchange.unit import Operation as Does
from edu.exchange.unit import Parcel, State, Unit
from tests.exchange.desk import Desk, as_file, edited, words

WHOLE = ("po", "xliff", "xlsx")
WHY = Record("People meet at the well.", ("context",))
BLOCK = "::: here Kisimani\nWatu hukutana kisimani.\n\n- Asubuhi\n- Jioni\n:::\n"
NAME = "m1-2-add-1"
NOTHING: Counter[Sort] = Counter()


@pytest.fixture
def places(desk: Desk) -> Desk:
    """An edition that puts one block in, leaves one out, and moves one."""
    for done in (
        Operation("add", after="idea", text=BLOCK),
        Operation("omit", block="us"),
        Operation("reorder", block="check", after="idea"),
    ):
        does(desk, done)
    return desk


def does(desk: Desk, done: Operation) -> None:
    with desk.database.work() as session:
        edition = edition_for(session, desk.tag, desk.module)
        part = parts_of(desk.root, desk.module)["m1.2"]
        day = date(2026, 3, 4)
        record_adaptation(session, edition, part, WHY, member_id=None, today=day, done=done)


def rewords(desk: Desk, old: str, new: str) -> None:
    """Somebody changes the block here meanwhile."""
    with desk.database.work() as session:
        change = session.scalars(select(Change).where(Change.slug == NAME)).one()
        done = Operation("add", after="idea", text=change.text.replace(old, new))
        change_again(session, change, WHY, version=change.version, member_id=None, done=done)


def block(desk: Desk) -> Change:
    with desk.database.session(reading=True) as session:
        return session.scalars(select(Change).where(Change.slug == NAME)).one()


def own(parcel: Parcel) -> list[Unit]:
    return [unit for unit in parcel.units if unit.of_own_block]


@pytest.mark.parametrize("name", WHOLE)
def test_a_block_of_ones_own_goes_out_with_all_that_is_known_of_it(places: Desk, name: str) -> None:
    parcel = as_file(places.out(), name)
    assert parcel == places.out()
    found = own(parcel)
    assert [unit.target for unit in found] == [
        "Kisimani",
        "Watu hukutana kisimani.",
        "Asubuhi",
        "Jioni",
    ]
    assert {(unit.operation, unit.change, unit.state, unit.block) for unit in found} == {
        (Does.ADD, NAME, State.DRAFT, "here")
    }
    assert [unit.context for unit in found][:2] == ["m1.2|m1-2-add-1#0", "m1.2|m1-2-add-1#1"]
    record = found[0].record or {}
    assert (record["operation"], record["after"], record["why"]) == ("add", "idea", WHY.why)
    assert [(each["operation"], each["block"], each["after"]) for each in parcel.blocks] == [
        ("omit", "us", ""),
        ("reorder", "check", "idea"),
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_a_block_that_nobody_worked_on_comes_back_and_changes_nothing(
    places: Desk, name: str
) -> None:
    parcel = as_file(places.out(), name)
    assert places.would(parcel).is_idle
    assert places.back(parcel) == NOTHING
    assert (block(places).text, block(places).version) == (BLOCK, 1)


def test_a_part_takes_only_its_own_blocks_along(places: Desk) -> None:
    assert [len(own(places.out(part))) for part in ("m1.1", "m1.2")] == [0, 4]
    assert [len(places.out(part).blocks) for part in ("m1.1", "m1.2")] == [0, 2]


def test_a_memory_holds_no_text_that_has_no_english(places: Desk) -> None:
    parcel = as_file(places.out(), "tmx")
    assert (own(parcel), parcel.blocks) == ([], ())
    assert len(parcel.units) == len(places.out().units) - 4


@pytest.mark.parametrize("name", WHOLE)
def test_words_of_a_block_changed_in_the_file_alone_become_a_draft(places: Desk, name: str) -> None:
    parcel = edited(places.out(), "Asubuhi", words("Asubuhi mapema"))
    parcel = edited(parcel, "Kisimani", words("Kando ya kisima"))
    assert places.back(as_file(parcel, name)) == NOTHING
    found = block(places)
    assert found.text == BLOCK.replace("Asubuhi", "Asubuhi mapema").replace(
        "Kisimani", "Kando ya kisima"
    )
    assert (found.state, found.version, found.from_files) == ("draft", 2, False)
    with places.database.session(reading=True) as session:
        wanted = select(Revision.deed).where(Revision.change_id == found.id).order_by(Revision.id)
        assert session.scalars(wanted).all() == ["saved", "imported"]


def test_words_of_a_block_changed_on_both_sides_stay_as_they_are_here(places: Desk) -> None:
    parcel = as_file(edited(places.out(), "Asubuhi", words("Alfajiri")))
    rewords(places, "Asubuhi", "Mapema")
    assert places.back(parcel) == Counter({Sort.BLOCK_CHANGED: 1})
    assert block(places).text == BLOCK.replace("Asubuhi", "Mapema")


def test_words_of_another_text_of_a_block_are_taken_beside_those_written_here(
    places: Desk,
) -> None:
    parcel = as_file(edited(places.out(), "Jioni", words("Jioni tu")))
    rewords(places, "Asubuhi", "Mapema")
    assert places.back(parcel) == NOTHING
    assert block(places).text == BLOCK.replace("Asubuhi", "Mapema").replace("Jioni", "Jioni tu")


@pytest.mark.parametrize(
    ("text", "other", "sort"),
    [
        ("Kisimani", "safety=suicide", Sort.BLOCK_SHAPE),
        ("Asubuhi", "Piga 0722 123 456", Sort.BLOCK_FAULTY),
        ("Asubuhi", "Nenda [hapa](m9.9)", Sort.BLOCK_FAULTY),
        ("Asubuhi", "Asu\u202ebuhi", Sort.BLOCK_FAULTY),
        ("Kisimani", "Alijiua asubuhi", Sort.BLOCK_FAULTY),
    ],
)
def test_words_that_a_block_cannot_hold_are_not_taken(
    places: Desk, text: str, other: str, sort: Sort
) -> None:
    assert places.back(edited(places.out(), text, words(other))) == Counter({sort: 1})
    assert (block(places).text, block(places).version) == (BLOCK, 1)


def test_a_file_tells_why_a_block_cannot_be_kept(places: Desk) -> None:
    parcel = edited(places.out(), "Asubuhi", words("Piga 0722 123 456"))
    (notice,) = places.would(parcel).notices
    (fault,) = notice.faults
    assert notice.detail == str(fault.message)
    assert "0722 123 456" in notice.detail


def test_beside_words_that_do_not_fit_a_block_the_others_are_taken(places: Desk) -> None:
    parcel = edited(places.out(), "Kisimani", words("safety=law"))
    parcel = edited(edited(parcel, "Jioni", words("Usiku")), "Asubuhi", words("Alfajiri"))
    assert places.back(parcel) == Counter({Sort.BLOCK_SHAPE: 1})
    assert block(places).text == BLOCK.replace("Jioni", "Usiku").replace("Asubuhi", "Alfajiri")


def test_signs_that_would_make_a_block_stay_signs(places: Desk) -> None:
    parcel = edited(places.out(), "Watu hukutana kisimani.", words("# Watu"))
    assert places.back(edited(parcel, "Asubuhi", words("::: do"))) == NOTHING
    assert [unit.target for unit in own(places.out())] == [
        "Kisimani",
        r"\# Watu",
        r"\::: do",
        "Jioni",
    ]
    assert [line for line in block(places).text.split("\n") if line.startswith(("#", ":::"))] == [
        "::: here Kisimani",
        ":::",
    ]


def moved(unit: Unit) -> Unit:
    return replace(unit, operation=Does.REPLACE)


def remarked(unit: Unit) -> Unit:
    return replace(unit, remarks=("Is this so?",))


def emptied(unit: Unit) -> Unit:
    return replace(unit, target="")


def reviewed(unit: Unit) -> Unit:
    return replace(unit, state=State.REVIEWED)


def strange(unit: Unit) -> Unit:
    return replace(unit, id="", context="m1.2|other#0")


@pytest.mark.parametrize(
    ("change", "sort"),
    [
        (moved, Sort.BLOCKS_NOT_TAKEN),
        (remarked, Sort.REMARK_NOT_TAKEN),
        (emptied, Sort.LEFT_EMPTY),
        (reviewed, Sort.STATE_NOT_TAKEN),
        (strange, Sort.BLOCK_GONE),
    ],
)
def test_what_a_file_cannot_do_with_a_block_is_told(
    places: Desk, change: Callable[[Unit], Unit], sort: Sort
) -> None:
    assert places.back(edited(places.out(), "Asubuhi", change)) == Counter({sort: 1})
    assert block(places).text == BLOCK


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_would_move_or_leave_out_other_blocks_is_told_of(
    places: Desk, name: str
) -> None:
    parcel = places.out()
    omitted, reordered = (dict(each) for each in parcel.blocks)
    other = ({**omitted, "block": "do"}, reordered, {**omitted, "id": "new"})
    would = places.would(as_file(replace(parcel, blocks=other), name))
    assert [each for each in would.notices if each.sort is Sort.BLOCKS_NOT_TAKEN] == [
        Notice(Sort.BLOCKS_NOT_TAKEN, "m1-2-omit-1", "", "omit"),
        Notice(Sort.BLOCKS_NOT_TAKEN, "new", "", "omit"),
    ]
    assert would.is_idle


def test_a_block_that_was_taken_back_takes_no_words(places: Desk) -> None:
    parcel = edited(places.out(), "Asubuhi", words("Alfajiri"))
    with places.database.work() as session:
        session.scalars(select(Change).where(Change.slug == NAME)).one().gone = True
    assert places.back(parcel) == Counter({Sort.BLOCK_GONE: 4})
    assert block(places).text == BLOCK


def test_a_block_saved_between_looking_and_taking_is_not_written_over(places: Desk) -> None:
    parcel = edited(places.out(), "Asubuhi", words("Alfajiri"))
    with places.database.work() as session:
        would = plan(session, places.root, places.tag, places.module, parcel)
        # As on a database in which another commit may come between.
        session.execute(update(Change).where(Change.slug == NAME).values(version=2))
        with pytest.raises(Moved):
            bring_in(session, places.root, would, member_id=None, file="m1.po")
    assert (block(places).text, block(places).version) == (BLOCK, 2)


@pytest.mark.parametrize("name", WHOLE)
def test_a_block_that_takes_the_place_of_another_travels_as_such(desk: Desk, name: str) -> None:
    does(desk, Operation("replace", block="us", text="::: us\nWote pamoja.\n:::\n"))
    parcel = as_file(desk.out(), name)
    assert [(unit.operation, unit.target) for unit in own(parcel)] == [
        (Does.REPLACE, "Wote pamoja.")
    ]
    assert desk.back(edited(parcel, "Wote pamoja.", words("Sisi sote."))) == NOTHING
    with desk.database.session(reading=True) as session:
        (text,) = session.scalars(select(Change.text).where(Change.slug == "m1-2-replace-1"))
    assert text == "::: us\nSisi sote.\n:::\n"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_blocks_make_the_same_bytes(places: Desk, name: str) -> None:
    assert FORMATS[name].write(places.out()) == FORMATS[name].write(places.out())


def test_words_of_a_block_that_is_not_here_never_stand_for_an_english_text(places: Desk) -> None:
    lesson = parts_of(places.root, "m1")["m1.2"]
    english = max((each.text for each in lesson.segments()), key=len)

    def like_it(unit: Unit) -> Unit:
        return replace(unit, id="", context="m1.2", source=english + " Too.", target="Kama hiyo.")

    parcel = edited(places.out(), "Asubuhi", like_it)
    assert places.back(parcel) == Counter({Sort.BLOCK_GONE: 1})


def test_a_tool_that_loses_the_name_of_a_block_has_changed_nothing(places: Desk) -> None:
    nameless = [replace(unit, change="", record=None) for unit in places.out().units]
    assert places.would(replace(places.out(), units=tuple(nameless))).is_idle


def test_how_far_a_block_has_come_goes_out_with_it(places: Desk) -> None:
    def states() -> set[State]:
        return {unit.state for unit in own(places.out())}

    seen = [states()]
    for released in (False, True):
        with places.database.work() as session:
            change = session.scalars(select(Change).where(Change.slug == NAME)).one()
            change.state = "reviewed"
            change.released = snapshot(change) if released else None
        seen.append(states())
    assert seen == [{State.DRAFT}, {State.REVIEWED}, {State.RELEASED}]
