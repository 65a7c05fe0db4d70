"""What was translated once is offered for like texts: to the language, and to its relatives."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.desk import MemoryUnit, MemoryWord
from edu.editions.memory.suggesting import Suggestion, forget, remember, remember_all, suggestions
from edu.editions.models import Rendering
from edu.editions.working import edition_for, save

TEXT = "Greet the tired neighbour at the well before sunrise."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as made:
        yield made


def put(
    session: Session, tag: str, source: str, text: str, context: str = "m1.1", state: str = "draft"
) -> Rendering:
    """Words in an edition, remembered."""
    row = Rendering(
        edition_id=edition_for(session, tag, context.partition(".")[0]).id,
        context=context,
        source=source,
        text=text,
        state=state,
    )
    session.add(row)
    session.flush()
    remember(session, row, tag)
    return row


def found(
    session: Session, tag: str = "sw", text: str = TEXT, context: str = "m1.1", limit: int = 5
) -> list[tuple[str, str, int]]:
    """The words of each suggestion, its kind and its quality."""
    return [
        (each.text, each.kind, each.quality)
        for each in suggestions(session, tag, text, context, limit)
    ]


def only(session: Session, tag: str = "sw", text: str = TEXT) -> Suggestion:
    (one,) = suggestions(session, tag, text, "m1.1")
    return one


def counts(session: Session) -> tuple[int, int]:
    """How many units there are, and how many words in the index."""
    units, words = (
        session.scalar(select(func.count()).select_from(table)) or 0
        for table in (MemoryUnit, MemoryWord)
    )
    return units, words


def test_an_empty_memory_offers_nothing(session: Session) -> None:
    assert found(session) == []


def test_in_context_stands_above_exact_and_exact_above_what_is_alike(session: Session) -> None:
    put(session, "sw", TEXT, "Sawa kwa maneno", "m2.1")
    put(session, "sw", TEXT.replace("tired", "busy"), "Karibu sawa", "m1.1")
    put(session, "sw-TZ", TEXT, "Mahali pamoja", "m1.1")
    assert found(session) == [
        ("Mahali pamoja", "in context", 100),
        ("Sawa kwa maneno", "exact", 100),
        ("Karibu sawa", "fuzzy", 89),
    ]
    assert [each[0] for each in found(session, limit=1)] == ["Mahali pamoja"]


def test_white_space_makes_no_other_text(session: Session) -> None:
    put(session, "sw", "Greet her first.", "Msalimie", "m2.1")
    assert found(session, text="Greet  her\nfirst.") == [("Msalimie", "exact", 100)]


def test_an_edition_is_not_offered_its_own_words_for_the_very_segment(session: Session) -> None:
    put(session, "sw", TEXT, "Yangu")
    assert found(session) == []
    assert found(session, "sw-KE") == [("Yangu", "in context", 100)]


def test_the_same_words_are_offered_once_and_with_the_best_source(session: Session) -> None:
    put(session, "sw", TEXT.replace("tired", "busy"), "Msalimie", "m1.2")
    put(session, "sw", TEXT, "Msalimie", "m1.3")
    assert found(session) == [("Msalimie", "exact", 100)]


def test_the_own_language_comes_first_then_ancestors_then_other_places_which_say_so(
    session: Session,
) -> None:
    for tag in ("es-CO", "es-AR", "es-419", "pt", "sw"):
        put(session, tag, TEXT, f"palabras {tag}", "m2.1")
    offered = suggestions(session, "es-CO", TEXT, "m1.1")
    assert [(each.tag, each.elsewhere) for each in offered] == [
        ("es-CO", False),
        ("es-419", False),
        ("es-AR", True),
    ]


def test_of_equals_the_reviewed_one_comes_first(session: Session) -> None:
    put(session, "sw", TEXT, "Rasimu", "m2.1")
    put(session, "sw", TEXT, "Imekaguliwa", "m2.2", "reviewed")
    assert [each[0] for each in found(session)] == ["Imekaguliwa", "Rasimu"]


def test_what_is_hardly_alike_is_not_offered(session: Session) -> None:
    put(session, "sw", "A neighbour brings bread and salt to the wedding feast.", "Mbali")
    more = "Then walk on, sit down, drink some tea, talk, sing, laugh and rest."
    put(session, "sw", f"{TEXT} {more}", "Ndefu")
    assert found(session) == []


def test_a_suggestion_shows_how_its_source_differs(session: Session) -> None:
    put(session, "sw", TEXT.replace("tired", "busy"), "Karibu", "m2.1", "reviewed")
    one = only(session)
    assert [part.text for part in one.before if part.new] == ["busy"]
    assert [part.text for part in one.now if part.new] == ["tired"]
    assert (one.source, one.context, one.state) == (
        TEXT.replace("tired", "busy"),
        "m2.1",
        "reviewed",
    )


def test_addresses_do_not_make_texts_alike(session: Session) -> None:
    put(session, "sw", "[Sing](https://songs.example/neighbour/sunrise/well/tired)", "Imba")
    assert found(session) == []
    put(session, "sw", "Sing with [the neighbour](https://a.example/long/way)", "Imba naye")
    assert found(session, text="Sing with [the neighbour](https://b.example)") == [
        ("Imba naye", "fuzzy", 99)
    ]


def test_words_keep_their_marks(session: Session) -> None:
    put(session, "hi", "पड़ोसी को कुएँ पर नमस्ते कहो", "क", "m2.1")
    assert found(session, "hi", "पड़ोसी को कुएँ पर सलाम कहो") == [("क", "fuzzy", 83)]
    assert found(session, "hi", "पडासा का कए पर नमसत कह") == []


def test_a_short_text_of_small_words_is_found_when_it_is_the_same(session: Session) -> None:
    put(session, "sw", "How are you?", "Habari?", "m2.1")
    assert found(session, text="How are you?") == [("Habari?", "exact", 100)]


def test_the_memory_follows_each_saving_and_forgets_what_is_emptied(session: Session) -> None:
    row = put(session, "sw", TEXT, "Kwanza", "m2.1")
    save(session, row, "Pili", version=1, member_id=None)
    remember(session, row, "sw")
    assert found(session) == [("Pili", "exact", 100)]
    before = counts(session)
    save(session, row, "Pili", version=2, member_id=None, source="Sit down.")
    remember(session, row, "sw")
    assert counts(session) < before
    assert found(session) == []
    assert found(session, text="Sit down.") == [("Pili", "exact", 100)]
    save(session, row, "", version=3, member_id=None)
    remember(session, row, "sw")
    assert counts(session) == (0, 0)


def test_what_is_forgotten_can_be_remembered_again(session: Session) -> None:
    row = put(session, "sw", TEXT, "Kwanza", "m2.1")
    forget(session, row)
    assert counts(session) == (0, 0)
    remember(session, row, "sw")
    assert found(session) == [("Kwanza", "exact", 100)]


def test_a_rendering_that_is_deleted_is_forgotten(session: Session) -> None:
    row = put(session, "sw", TEXT, "Kwanza", "m2.1")
    session.delete(row)
    session.flush()
    session.expire_all()
    assert counts(session) == (0, 0)


def test_the_whole_memory_is_brought_up_to_date_and_a_second_time_nothing(
    session: Session,
) -> None:
    rows = [put(session, "sw", f"{TEXT} {number}", str(number), "m2.1") for number in range(5)]
    for row in rows[1:3]:
        forget(session, row)
    rows[3].text = "changed"
    rows[4].text = ""
    assert remember_all(session) == 4
    assert remember_all(session) == 0
    assert sorted(session.scalars(select(MemoryUnit.text))) == ["0", "1", "2", "changed"]


def test_a_word_in_very_many_texts_does_not_hide_a_rarer_one(session: Session) -> None:
    edition = edition_for(session, "sw", "m3")
    for number in range(1600):
        session.add(
            Rendering(
                edition_id=edition.id,
                context="m3.1",
                source=f"A neighbour waits at gate {number}",
                text=f"Lango {number}",
                state="draft",
            )
        )
    put(session, "sw", "A neighbour sings at the crossroads", "Njia panda", "m2.1")
    assert remember_all(session) == 1600
    assert found(session, text="A neighbour laughs at the crossroads") == [
        ("Njia panda", "fuzzy", 83)
    ]
    assert len(found(session, text="A neighbour waits at gate 1600")) == 5
