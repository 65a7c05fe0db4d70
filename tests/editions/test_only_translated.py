"""The questions of a measure may only be translated, whichever door words come by. The desk's own
door is in tests/partner/test_desk_segment.py, that of adaptations in test_changes.py, and that of
files with records in tests/exchange/test_bringing_in.py."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from edu.database import Database
from edu.editions.models import Change, Rendering
from edu.editions.parts import parts_of
from edu.editions.sharing.copying import copy_words
from edu.editions.sharing.following import news, take_all_untouched, take_new
from edu.editions.sharing.taking import choice
from edu.editions.shipped import read_shipped
from edu.editions.working import edition_for, now, rendering_for, save
from edu.editions.workplace.adapting import Operation, Record, record_adaptation
from edu.exchange.disputes import Open, settle
from edu.exchange.models import Dispute
from edu.exchange.taking import parcel_from
from edu.gate.refused import Refused
from edu.partners.models import Member
from tests.conftest import TINY
from tests.editions.sharing_world import Desk, Places
from tests.editions.test_shipped import RECORD, entry, ship

CONTEXT = "feelings|contact-1"


@pytest.fixture
def item() -> str:
    """What the first question asks."""
    segments = parts_of(TINY, "quizzes")["feelings"].segments()
    return next(each.text for each in segments if each.context == CONTEXT)


def says(places: Places, tag: str, item: str, text: str) -> tuple[Desk, Rendering]:
    """An edition of the questionnaires with words that somebody adapted nevertheless."""
    desk = places.desk(tag, "quizzes")
    desk.adapts("local", lesson="feelings")
    return desk, desk.says(item, text, change="local", context=CONTEXT)


def test_words_are_not_saved_as_adapted(database: Database, chipo: Member, item: str) -> None:
    part = parts_of(TINY, "quizzes")["feelings"]
    segment = next(each for each in part.segments() if each.text == item)
    with database.work() as session:
        edition = edition_for(session, "sn", "quizzes")
        row = rendering_for(session, edition, segment)
        with pytest.raises(ValueError, match="may only be translated"):
            save(session, row, "Mazwi", version=1, member_id=chipo.id, change="local")
        assert (row.text, row.change) == ("", "")


@pytest.mark.parametrize("done", [None, Operation("omit", "here")])
def test_no_reason_is_written_down(
    database: Database, chipo: Member, done: Operation | None
) -> None:
    part = parts_of(TINY, "quizzes")["feelings"]
    with database.work() as session:
        edition = edition_for(session, "sn", "quizzes")
        why = Record("It suits us better.", ("language",))
        with pytest.raises(ValueError, match="may only be translated"):
            record_adaptation(
                session, edition, part, why, member_id=chipo.id, today=date(2026, 1, 2), done=done
            )
        assert session.scalars(select(Change)).all() == []


def test_what_is_taken_from_others_is_a_translation(places: Places, item: str) -> None:
    giver, row = says(places, "sw-KE", item, "Ningekaa karibu.")
    offered, taker = giver.offers("CC BY-SA 4.0"), places.desk("sw-TZ", "quizzes")
    assert choice(places.session, offered, taker.edition).adaptations == ()
    assert places.takes(offered, taker) == 1
    taken = taker.row(item)
    assert (taken.text, taken.change) == ("Ningekaa karibu.", "")
    giver.releases_anew(row, "Ningekaa naye.")
    following = places.following(taker)
    take_new(places.session, news(places.session, following)[0], version=2, member_id=places.member)
    giver.releases_anew(row, "Ningeketi naye.")
    assert take_all_untouched(places.session, following, places.member) == 1
    assert (taken.text, taken.change) == ("Ningeketi naye.", "")
    rows = places.session.scalars(select(Change).where(Change.edition_id == taker.edition.id))
    assert rows.all() == []


def test_a_copy_with_a_reason_is_refused(places: Places, item: str) -> None:
    giver, row = says(places, "sw-KE", item, "Ningekaa karibu.")
    taker = places.desk("sw-TZ", "quizzes")
    with pytest.raises(ValueError, match="may only be translated"):
        copy_words(
            places.session, row, giver.edition, taker.edition, "local", member_id=places.member
        )


def test_no_choice_between_two_texts_makes_it_adapted(places: Places, item: str) -> None:
    desk = places.desk("sw-KE", "quizzes")
    row = desk.says(item, "Ningekaa karibu.", context=CONTEXT)
    asked = Dispute(
        rendering_id=row.id, source=item, text="Mazwi", change="local", file="f.po", made_at=now()
    )
    places.session.add(asked)
    places.session.flush()
    with pytest.raises(ValueError, match="may only be translated"):
        settle(places.session, Open(asked, row), take=True, version=1, member_id=places.member)


@pytest.mark.parametrize("part", ["feelings", "facts", ""])
def test_no_text_comes_in_as_a_whole_lesson(part: str) -> None:
    with pytest.raises(Refused, match="Say which lesson this file is a translation of"):
        parcel_from(TINY, "sw", "quizzes", "maswali.md", b"# Maswali\n", part)


def test_nothing_ships_as_adapted(root: Path, item: str) -> None:
    record = RECORD.replace('"add"', '"adapt"').replace("m1.1", "feelings")
    words = entry(item, "Ningekaa naye.", "# adapt: proverb", context=CONTEXT)
    ship(root, "sn", "quizzes", po=words, toml=record)
    wrong = [str(each) for each in read_shipped(root)[1]]
    file = "translations/sn/LC_MESSAGES/quizzes.po"
    assert wrong == [
        f"{file}:4: a questionnaire may only be translated",
        f"{file}:1: a questionnaire may only be translated",
    ]
