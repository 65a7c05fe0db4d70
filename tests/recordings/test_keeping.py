"""Recordings are kept with consent alone, are heard only with the words they read, and can go."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.partners.roles import Role
from edu.recordings.consent import Consent, Incomplete
from edu.recordings.heard import sounds, voices, voices_on
from edu.recordings.keeping import (
    OwnVoice,
    Stale,
    State,
    keep,
    may_be_heard,
    readings,
    recording_of,
    release,
    sound_of,
    withdraw,
    withdraw_ended,
)
from edu.recordings.models import Recording, Sound
from edu.recordings.places import Place
from tests.people import make_staff
from tests.recordings.voices import consent

TODAY = date(2026, 11, 22)
HERE = Place("m1.1|here", "here", "", "At the well, Otieno greets first.")
LESSON = "---\ntitle: A\n---\n\n::: here\nAt the well, Otieno greets first.\n:::\n"


def kept(session: Session, tag: str = "sw", words: str = HERE.words, **other: object) -> Recording:
    values: Consent = consent(**other)
    return keep(
        session,
        tag,
        HERE.id,
        words,
        {"opus": b"small", "mp3": b"plain one"},
        4,
        values,
        member_id=None,
        today=TODAY,
    )


INCOMPLETE = {
    "speaker": {"speaker": "  "},
    "consent_on": {"on": None},
    "agreed": {"agreed": False},
    "uses": {"uses": ()},
}


@pytest.mark.parametrize(
    ("missing", "given"),
    [
        *INCOMPLETE.items(),
        ("consent_on", {"on": TODAY + timedelta(days=1)}),
        ("uses", {"uses": ("radio",)}),
        ("uses", {"uses": ("site", "advertising")}),
        ("ends", {"ends": TODAY - timedelta(days=1)}),
        ("ends", {"own_story": True}),
    ],
)
def test_without_complete_consent_nothing_is_kept(
    database: Database, missing: str, given: dict[str, object]
) -> None:
    with database.work() as session:
        with pytest.raises(Incomplete) as refused:
            kept(session, **given)
        assert refused.value.missing == [missing]
        assert session.scalar(select(func.count()).select_from(Recording)) == 0


def test_a_recording_waits_until_somebody_else_has_listened(database: Database) -> None:
    with database.work() as session:
        chipo = make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR, Role.PUBLISHER)
        rudo = make_staff(session, "rudo", "Bridge Society", Role.REVIEWER)
        made = kept(session)
        made.member_id = chipo.id
        assert readings(session, "sw", [HERE])[0].state is State.WAITING
        with pytest.raises(OwnVoice):
            release(made, HERE, chipo.id)
        assert not may_be_heard(made, TODAY)
        release(made, HERE, rudo.id)
        assert readings(session, "sw", [HERE])[0].state is State.HEARD
        assert may_be_heard(made, TODAY)


def test_a_recording_of_other_words_is_stale_and_not_heard(database: Database) -> None:
    with database.work() as session:
        made = kept(session)
        release(made, HERE, None)
        session.flush()
        found = voices(session, TODAY)
        changed = Place(HERE.id, "here", "", "At the well, Achieng greets first.")
        assert [voice and voice.number for voice in voices_on(found, "sw", "m1.1", LESSON)] == [
            made.id
        ]
        assert voices_on(found, "sw", "m1.1", LESSON.replace("Otieno", "Achieng")) == [None]
        assert readings(session, "sw", [changed])[0].state is State.STALE
        with pytest.raises(Stale):
            release(made, changed, None)


def test_a_new_recording_takes_the_place_of_a_stale_one(database: Database) -> None:
    with database.work() as session:
        old = kept(session, words="Other words.")
        release(old, Place(HERE.id, "here", "", "Other words."), None)
        new = kept(session)
        session.flush()
        (reading,) = readings(session, "sw", [HERE])
        assert [row.id for row in reading.recordings] == [new.id, old.id]
        assert reading.state is State.WAITING


def test_a_place_hears_its_ancestor_where_the_words_are_the_same(database: Database) -> None:
    with database.work() as session:
        english, swahili = kept(session, "en"), kept(session, "sw")
        for made in (english, swahili):
            release(made, HERE, None)
        session.flush()
        found = voices(session, TODAY)
        heard = {
            page: [voice and voice.number for voice in voices_on(found, page, "m1.1", LESSON)]
            for page in ("sw-KE", "sw", "ar", "en")
        }
        assert heard == {
            "sw-KE": [swahili.id],
            "sw": [swahili.id],
            "ar": [english.id],
            "en": [english.id],
        }
        assert voices_on(found, "sw", "m1.2", LESSON) == []


def test_only_what_may_be_heard_is_published(database: Database) -> None:
    with database.work() as session:
        shown, waiting = kept(session), kept(session)
        ended = kept(session, own_story=True, ends=TODAY)
        for made in (shown, ended):
            release(made, HERE, None)
        session.flush()
        tomorrow = TODAY + timedelta(days=1)
        assert sorted(name for name, _ in sounds(session, voices(session, TODAY))) == sorted(
            f"{made.id}.{format}" for made in (shown, ended) for format in ("opus", "mp3")
        )
        assert sorted(sounds(session, voices(session, tomorrow))) == [
            (f"{shown.id}.mp3", b"plain one"),
            (f"{shown.id}.opus", b"small"),
        ]
        assert waiting.id not in {voice.number for voice in voices(session, TODAY)}


def test_a_voice_says_how_much_it_costs_to_load(database: Database) -> None:
    with database.work() as session:
        release(kept(session), HERE, None)
        session.flush()
        (voice,) = voices(session, TODAY)
    assert list(voice.sizes.items()) == [("opus", 5), ("mp3", 9)]


def test_a_withdrawn_recording_is_gone_from_the_database_and_the_pages(
    database: Database, tmp_path: Path
) -> None:
    with database.work() as session:
        mine, other = kept(session), kept(session)
        (tmp_path / "sound").mkdir()
        for number in (mine.id, other.id):
            for format in ("opus", "mp3"):
                (tmp_path / "sound" / f"{number}.{format}").write_bytes(b"a voice")
        number, left = mine.id, other.id
        withdraw(session, mine, tmp_path)
        assert recording_of(session, "sw", number) is None
        assert session.scalars(select(Sound.recording_id).distinct()).all() == [left]
    assert sorted(file.name for file in (tmp_path / "sound").iterdir()) == [
        f"{left}.mp3",
        f"{left}.opus",
    ]


def test_a_recording_ends_with_its_consent(database: Database, tmp_path: Path) -> None:
    with database.work() as session:
        kept(session)
        kept(session, ends=TODAY)
        assert withdraw_ended(session, TODAY, tmp_path) == 0
        assert withdraw_ended(session, TODAY + timedelta(days=1), tmp_path) == 1
        assert session.scalars(select(Recording.consent_ends)).all() == [None]


def test_a_recording_belongs_to_its_language(database: Database) -> None:
    with database.work() as session:
        made = kept(session)
        assert recording_of(session, "sw", made.id) is made
        assert recording_of(session, "ar", made.id) is None
        assert sound_of(session, made, "mp3") == b"plain one"
        assert sound_of(session, made, "wav") is None
        assert readings(session, "ar", [HERE])[0].state is State.MISSING
