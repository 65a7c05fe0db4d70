"""Sources move on, and editions catch up: by machine where nothing changed for a reader."""

import pytest

from edu.editions.desk import Remark
from edu.editions.drift.catching_up import CaughtUp
from edu.editions.drift.classing import Edit
from edu.editions.drift.still_right import base_drift, drift_of
from edu.editions.loading import load_shipped
from edu.editions.shipped import Shipped
from edu.editions.working import edition_for, now, renderings_of, save
from edu.partners.models import Member
from edu.segments.entry import Catalogue, Entry
from tests.editions.moving_world import FILE, World, rows_of, segments_of

QUIET = CaughtUp()


def test_where_nothing_moved_nothing_is_done(world: World) -> None:
    world.write("Greet her first.")
    world.put("sw", "Greet her first.", "Msalimie kwanza.")
    assert world.catch_up() == QUIET
    assert world.deeds() == []


def test_a_trivial_edit_is_carried_over_with_its_history_and_a_second_time_nothing(
    world: World,
) -> None:
    world.put("sw", "Greet [her](/a) first.", "M[salimie](/a).", state="reviewed")
    world.write("Greet [her](/b) first!")
    assert world.catch_up() == CaughtUp(carried=1)
    assert world.rows() == [("Greet [her](/b) first!", "", "M[salimie](/b).", "reviewed")]
    assert "M[salimie](/b)." in world.learners_read("sw")
    assert world.deeds() == ["carried"]
    assert world.catch_up() == QUIET
    assert world.deeds() == ["carried"]


def test_words_in_work_and_words_released_are_carried_over_together(world: World) -> None:
    world.put("sw", "See [it](/a)", "Ona [hii](/a)", released_text="Tazama [hii](/a)")
    world.write("See [it](/b)")
    assert world.catch_up() == CaughtUp(carried=1)
    assert world.rows() == [("See [it](/b)", "", "Ona [hii](/b)", "draft")]
    assert "Tazama [hii](/b)" in world.learners_read("sw")


def test_where_one_of_both_cannot_be_carried_over_neither_is(world: World) -> None:
    world.put("sw", "See [it](/a)", "Ona [hii](/a)", released_text="Tazama [hii](/kwetu)")
    world.write("See [it](/b)")
    assert world.catch_up() == CaughtUp(moved=1)
    assert world.rows() == [("See [it](/a)", "See [it](/b)", "Ona [hii](/a)", "stale")]
    assert "See [it](/b)" in world.learners_read("sw")


def test_another_edit_makes_a_text_follow_and_learners_read_the_source(world: World) -> None:
    world.put("sw", "Greet her first.", "Msalimie kwanza.", state="reviewed")
    world.write("Greet him first.")
    assert world.catch_up() == CaughtUp(moved=1)
    assert world.rows() == [("Greet her first.", "Greet him first.", "Msalimie kwanza.", "stale")]
    assert "Greet him first." in world.learners_read("sw")
    assert world.catch_up() == QUIET
    with world.database.session(reading=True) as session:
        segments = [s for s in segments_of(world.root) if s.text.startswith("Greet him")]
        edition = edition_for(session, "sw", "m1")
        assert [row.text for row in renderings_of(session, edition, segments).values()] == [
            "Msalimie kwanza."
        ]


def test_an_edit_taken_back_leaves_the_words_as_they_were(world: World) -> None:
    world.put("sw", "Greet her first.", "Msalimie kwanza.", state="reviewed")
    world.write("Greet him first.")
    world.catch_up()
    world.write("Greet her first.")
    assert world.catch_up() == QUIET
    assert world.rows() == [("Greet her first.", "", "Msalimie kwanza.", "reviewed")]
    assert "Msalimie kwanza." in world.learners_read("sw")


def test_a_source_that_moves_twice_is_compared_with_what_the_words_were_made_from(
    world: World,
) -> None:
    world.put("sw", "Greet her first.", "Msalimie kwanza.")
    for text in ("Greet him first.", "Greet him first today."):
        world.write(text)
        assert world.catch_up() == CaughtUp(moved=1)
    assert world.rows() == [
        ("Greet her first.", "Greet him first today.", "Msalimie kwanza.", "stale")
    ]
    world.write("Greet her first!")
    assert world.catch_up() == CaughtUp(carried=1)
    assert world.rows() == [("Greet her first!", "", "Msalimie kwanza.", "draft")]


def test_a_text_that_stands_nowhere_stays_quiet_and_comes_back_with_its_text(
    world: World,
) -> None:
    world.write("Greet her first.")
    world.put("sw", "Greet her first.", "Msalimie kwanza.")
    world.write("Something else altogether stands here now, and is long.")
    assert world.catch_up() == CaughtUp(lost=1)
    assert world.catch_up() == CaughtUp(lost=1)
    assert world.rows() == [("Greet her first.", "", "Msalimie kwanza.", "draft")]
    world.write("Greet her first.")
    assert world.catch_up() == QUIET
    assert "Msalimie kwanza." in world.learners_read("sw")


def test_where_two_texts_are_equally_close_neither_is_touched(world: World) -> None:
    before = [("Greet her first.", "Msalimie yeye.")]
    world.put("sw", *before[0])
    world.write("Greet her first!", "Greet her first?")
    assert world.catch_up() == CaughtUp(lost=1)
    world.write("Greet hex first.", "Greet hey first.")
    assert world.catch_up() == CaughtUp(lost=1)
    assert world.rows() == [("Greet her first.", "", "Msalimie yeye.", "draft")]


def test_two_old_texts_for_one_new_one_are_left_alone_too(world: World) -> None:
    world.put("sw", "Greet her first.", "Moja.")
    world.put("sw", "Greet her first!", "Mbili.")
    world.write("Greet her first")
    assert world.catch_up() == CaughtUp(lost=2)
    assert [row[1] for row in world.rows()] == ["", ""]


def test_words_that_somebody_gave_the_new_text_are_not_replaced(world: World) -> None:
    world.put("sw", "Greet her first.", "Ya zamani.")
    world.put("sw", "Greet her first!", "Mpya!")
    world.write("Greet her first!")
    assert world.catch_up() == CaughtUp(lost=1)
    assert world.rows() == [
        ("Greet her first.", "", "Ya zamani.", "draft"),
        ("Greet her first!", "", "Mpya!", "draft"),
    ]


def test_an_empty_place_is_filled_and_one_with_a_remark_is_not(world: World, chipo: Member) -> None:
    world.write("Greet her first!", "Sit beside [him](/b).")
    world.put("sw", "Greet her first.", "Msalimie.")
    world.put("sw", "Sit beside [him](/a).", "Keti [naye](/a).")
    world.put("sw", "Greet her first!", "")
    world.put("sw", "Sit beside [him](/b).", "")
    with world.database.work() as session:
        remarked = rows_of(session, "sw")[-1]
        session.add(
            Remark(
                rendering_id=remarked.id,
                text="Who?",
                pinned=False,
                member_id=chipo.id,
                made_at=now(),
            )
        )
    assert world.catch_up() == CaughtUp(carried=1, lost=1)
    assert [row[:3] for row in world.rows()] == [
        ("Greet her first!", "", "Msalimie."),
        ("Sit beside [him](/a).", "", "Keti [naye](/a)."),
        ("Sit beside [him](/b).", "", ""),
    ]


LONG = "Who of all these people at the well greets the other people first, and who waits"


@pytest.mark.parametrize(
    ("old", "new", "caught"),
    [
        ("Who greets?", "Who greets?!", CaughtUp(carried=2)),
        (f"{LONG}?", f"{LONG}?!", CaughtUp(carried=2)),
        (f"{LONG}?", f"{LONG} again?", CaughtUp(moved=1, lost=1)),
    ],
)
def test_an_option_goes_with_its_question_where_the_question_is_carried_over(
    world: World, old: str, new: str, caught: CaughtUp
) -> None:
    def ask(question: str) -> None:
        check = f"::: check\n1. {question}\n   - [x] She does\n:::\n"
        (world.root / FILE).write_text(f"---\ntitle: Greeting\n---\n\n{check}", encoding="utf-8")

    ask(old)
    for segment in segments_of(world.root):
        if segment.text != "Greeting":
            world.put("sw", segment.text, "x", context=segment.context)
    ask(new)
    assert world.catch_up() == caught


def test_what_a_file_ships_as_stale_is_carried_over_where_the_edit_was_trivial(
    world: World,
) -> None:
    world.put(
        "sw", "See [it](/a).", "Ona [hii](/a).", state="stale", released_text="", from_files=True
    )
    world.write("See [it](/b).")
    assert world.catch_up() == CaughtUp(carried=1)
    assert world.rows() == [("See [it](/b).", "", "Ona [hii](/b).", "draft")]
    assert "Ona [hii](/b)." in world.learners_read("sw")


def test_a_shipped_file_read_again_with_the_old_text_is_carried_over_again(world: World) -> None:
    def ship(other: str) -> None:
        entries = {"See [it](/a).": "Ona [hii](/a).", "Sit down.": other}
        catalogue = Catalogue(
            entries=tuple(Entry("m1.1", old, new, "translated") for old, new in entries.items())
        )
        with world.database.work() as session:
            load_shipped(session, [Shipped("sw", "m1", catalogue, (), digest=other)])

    world.write("See [it](/b).", "Sit down.")
    for other in ("Keti.", "Keti chini."):
        ship(other)
        assert world.catch_up() == CaughtUp(carried=1)
        assert sorted(world.rows()) == [
            ("See [it](/b).", "", "Ona [hii](/b).", "draft"),
            ("Sit down.", "", other, "draft"),
        ]
        assert "Ona [hii](/b)." in world.learners_read("sw")
        assert world.catch_up() == QUIET


EDITS = [
    ("Ask [Ada](/a) at the well.", "Ask [Ada](/b) at the well.", Edit.TRIVIAL),
    ("Greet her, and smile.", "Greet her and smile.", Edit.TRIVIAL),
    ("People sit down together.", "People sit together here.", Edit.WORDING),
    ("Three people sit together.", "Four people sit together.", Edit.FACT),
    ("Call the clinic on 112.", "Call the clinic on 113.", Edit.SAFETY),
]
CHAIN = ("sw", "sw-KE", "sw-KE-x-kibera")


def _say(tag: str, source: str) -> str:
    """What the tests' translators make of a source; the addresses stay."""
    return f"{tag}: {source[::-1]}" if "](/" not in source else f"{tag}: {source}"


@pytest.mark.parametrize(("old", "new", "edit"), EDITS)
def test_an_edit_of_each_class_travels_down_a_chain_of_three(
    world: World, chipo: Member, old: str, new: str, edit: Edit
) -> None:
    world.write(old)
    base = ("en", old)
    for tag in CHAIN:
        world.put(tag, old, _say(tag, old), base_tag=base[0], base_text=base[1])
        base = (tag, _say(tag, old))
    world.write(new)
    caught = world.catch_up()
    trivial = edit is Edit.TRIVIAL
    assert caught == (CaughtUp(carried=3) if trivial else CaughtUp(moved=3))
    for tag in CHAIN:
        wanted = _say(tag, old).replace("(/a)", "(/b)") if trivial else new
        assert wanted in world.learners_read(tag)
    with world.database.work() as session:
        rows = {tag: rows_of(session, tag)[0] for tag in CHAIN}
        drifts = [drift_of(row) for row in rows.values()]
        assert drifts == [None if trivial else edit] * 3
        swahili = rows["sw"]
        assert base_drift(rows["sw-KE"], swahili.text) is None
        assert base_drift(rows["sw-KE-x-kibera"], rows["sw-KE"].text) is None
        if trivial:
            return
        save(session, swahili, "Mpya.", version=swahili.version, member_id=chipo.id, source=new)
        assert drift_of(swahili) is None
        assert base_drift(rows["sw-KE"], "Mpya.") in (Edit.WORDING, Edit.FACT, Edit.SAFETY)
        assert base_drift(rows["sw-KE-x-kibera"], rows["sw-KE"].text) is None


def test_a_block_marked_for_safety_makes_a_drift_one_of_safety(world: World) -> None:
    world.put("sw", "Sit beside him.", "Keti naye.")
    world.write("Stay beside him.", safety="suicide")
    world.catch_up()
    with world.database.session(reading=True) as session:
        row = rows_of(session, "sw")[0]
        assert drift_of(row) is Edit.WORDING
        assert drift_of(row, safety="suicide") is Edit.SAFETY
