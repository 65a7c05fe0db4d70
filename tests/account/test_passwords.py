"""Passwords: what may be one, how it is kept, and how much work it is to look at one."""

import re
import threading
import unicodedata

import pytest
from flask import Flask

from edu.partners import passwords
from edu.partners.passwords import LONGEST, Busy, hashed, is_easy, is_right, same_signs
from tests.account.hands import is_in, member_of, stranger, types_password
from tests.people import PASSWORD, People

CHANGE = "/en/staff/account/password"


@pytest.fixture(autouse=True, scope="module")
def quick_passwords() -> None:
    """Here they are as dear as they are for everybody."""


def test_a_password_is_kept_as_argon2_with_the_cost_we_promise() -> None:
    kept = hashed(PASSWORD)
    assert kept.split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]
    assert hashed(PASSWORD) != kept
    assert (is_right(kept, PASSWORD), is_right(kept, PASSWORD + " ")) == (True, False)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "qwertyuiop123",
        "correcthorsebatterystaple"[:12],
        "iloveyou2026!",
        "111111111111",
        "Password12345",
        "abcdefghijkl",
        "daraja daraja",
        "Tendai-tendai",
    ],
)
def test_common_passwords_patterns_and_names_are_quickly_guessed(password: str) -> None:
    assert is_easy(password, "tendai", "daraja")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "CorrectHorseBatteryStaple!",
        "to be or not to be, 2026",
        "let it be let it be let it be",
        "Haraka-haraka haina baraka 1",
        "بِسْمِ اللهِ الرَّحْمٰنِ الرَّحِيمِ",
        "वन्दे satyameva jayate",
        "jesus loves me, amen amen",
    ],
)
def test_a_sentence_that_everybody_knows_is_quickly_guessed(password: str) -> None:
    assert is_easy(password, "tendai", "daraja")


@pytest.mark.parametrize(
    "password",
    [
        "seven goats say hakuna matata",
        "let it be a purple morning",
        "k7#vQz!m2@Lx",
        "193 847 562 018 374",
    ],
)
def test_a_known_sentence_among_others_makes_a_password_no_easier(password: str) -> None:
    assert not is_easy(password, "tendai", "daraja")


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "four gentle goats under one umbrella",
        "nyota saba za kaskazini",
        "மூன்று சிறிய படகுகள்",
        "ثلاثة قوارب صغيرة ظهرا",
        "k7#vQz!m2@Lx",
    ],
)
def test_some_words_in_a_row_are_good_in_any_language(password: str) -> None:
    assert not is_easy(password, "tendai", "daraja")


def test_nothing_that_can_be_typed_stops_the_estimate() -> None:
    for password in ("ß" * 200, "ŉ" * 72, "\x00" * 80, "👩🏾‍🌾" * 20, "ΐ" * 90, " " * 40):
        assert isinstance(is_easy(password, "ß" * 60), bool)


def test_names_given_for_one_password_do_not_weigh_on_another() -> None:
    found: dict[str, bool] = {}
    password = "mwkzqtrelovan"

    def look(name: str) -> None:
        for _ in range(5):
            found[name] = found.get(name, False) or is_easy(password, name)

    alone = is_easy(password, "nobody")
    threads = [threading.Thread(target=look, args=(name,)) for name in ("mwkzqtrelovan", "nobody")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found["mwkzqtrelovan"], found["nobody"], alone) == (True, False, False)


def test_one_password_typed_on_two_keyboards_is_the_same() -> None:
    composed = unicodedata.normalize("NFC", "naïve café über zwölf")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert is_right(hashed(decomposed), composed)
    assert is_right(hashed(composed.replace(" ", "\u00a0")), composed)


def test_neither_case_nor_width_nor_spaces_around_are_changed() -> None:
    assert same_signs("  Ab ﬁ Ａ  ") == "  Ab ﬁ Ａ  "
    assert not is_right(hashed(PASSWORD), PASSWORD.upper())


def test_long_passphrases_with_spaces_sign_in(house: Flask, people: People) -> None:
    long = "seven lamps by the river and a very quiet goat " * 4
    long = long[:LONGEST]
    assert len(long) > 180
    page = people.tendai.fills(CHANGE, now=PASSWORD, password=long)
    assert page.status_code == 200
    assert member_of(house, "tendai").password_hash is not None
    person = stranger(house)
    types_password(person, "tendai", long)
    assert is_in(person)
    other = stranger(house)
    types_password(other, "tendai", long[:-1])
    assert not is_in(other)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short words", "At least 12 characters"),
        ("x" * 201, "At least 12 characters"),
        ("passwordpassword", "This is quickly guessed."),
        ("bridge society", "This is quickly guessed."),
        ("tendai-tendai", "This is quickly guessed."),
        (PASSWORD, "This is quickly guessed."),
        ("", "This field is required."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    people: People, password: str, why: str
) -> None:
    page = people.tendai.fills(CHANGE, now=PASSWORD, password=password)
    assert (page.status_code, why in page.text) == (422, True)


@pytest.mark.parametrize(
    "password",
    ["quiet lamp goat", "aaaa bbbb cccc dddd zebra", "nurfürmich daheim", "0142 8857 1428 97"],
)
def test_no_mixture_of_kinds_of_signs_is_asked_for(people: People, password: str) -> None:
    assert people.tendai.fills(CHANGE, now=PASSWORD, password=password).status_code == 200


def test_a_password_is_never_sent_back(people: People) -> None:
    page = people.tendai.fills(CHANGE, now="my old password", password="my new password 1")
    assert page.status_code == 422
    assert re.findall(r"my (?:old|new) password", page.text) == []


def test_a_missing_hash_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Counted(passwords._HASHER)
    monkeypatch.setattr(passwords, "_HASHER", looked)
    kept = hashed(PASSWORD)
    for there in (kept, None):
        assert not is_right(there, "something else")
    assert looked.verified == 2


class Counted:
    """A hasher that counts; the real one works."""

    def __init__(self, hasher: passwords.PasswordHasher) -> None:
        self._hasher = hasher
        self.verified = 0

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def verify(self, kept: str, password: str) -> bool:
        self.verified += 1
        return self._hasher.verify(kept, password)


def test_a_wrong_name_and_a_wrong_password_take_the_same_work(
    house: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.tendai.browser.get("/en/staff")
    work = {}
    for login in ("tendai", "nobody"):
        looked = Counted(passwords._HASHER)
        with monkeypatch.context() as patch:
            patch.setattr(passwords, "_HASHER", looked)
            types_password(stranger(house), login, "not the password")
        work[login] = looked.verified
    assert work == {"tendai": 1, "nobody": 1}


def test_when_everybody_signs_in_at_once_a_page_says_to_wait(
    house: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    tendai = people.tendai
    monkeypatch.setattr(passwords, "_PATIENCE", 0.01)
    monkeypatch.setattr(passwords, "_AT_ONCE", threading.BoundedSemaphore(1))
    with passwords._Turn():
        page = types_password(stranger(house), "tendai")
        changed = tendai.fills(CHANGE, now=PASSWORD, password="four gentle goats in the rain")
        with pytest.raises(Busy):
            hashed(PASSWORD)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
    assert "Many people are signing in at this moment" in page.text
    assert changed.status_code == 503
    person = stranger(house)
    types_password(person, "tendai")
    assert is_in(person)


def test_nobody_waits_for_the_database_while_a_password_is_looked_at(
    house: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    tendai = people.tendai
    database = house.extensions["database"]
    free: list[str] = []
    turn = passwords._Turn.__enter__

    def look(self: passwords._Turn) -> None:
        # With SQLite this would wait ten seconds and fail if the request held the lock.
        with database.work() as session:
            session.connection()
            free.append("free")
        turn(self)

    monkeypatch.setattr(passwords._Turn, "__enter__", look)
    stranger_there = stranger(house)
    types_password(stranger_there, "tendai")
    types_password(stranger(house), "nobody")
    tendai.fills(CHANGE, now=PASSWORD, password="four gentle goats in the rain")
    assert is_in(stranger_there) is False  # the new password signed her out
    assert free == ["free"] * 4
