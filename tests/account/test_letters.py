"""A lost password replaced by a letter, handed in to a real mail server."""

import dataclasses
import logging
import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from edu import create_app
from edu.partners.mail import Letter, mail_server, send
from edu.partners.models import ResetLink
from edu.settings import Settings, read_settings
from tests.account.hands import (
    ask,
    change,
    is_in,
    stranger,
    takes_list,
    told,
    types_password,
    words,
)
from tests.mail import LOGIN, PASSWORD, MailHouse, certificate, mail_house
from tests.people import OURS, People
from tests.people import PASSWORD as OLD

FORGOTTEN = "/en/staff/forgotten"
NEW = "four gentle goats under one umbrella"
ADDRESS = "tendai@example.org"


def set_up(house: Flask, port: int, **changes: object) -> None:
    """Give a house a mail server on this machine."""
    given: Settings = house.extensions["settings"]
    values = {
        "smtp_url": f"smtp://127.0.0.1:{port}",
        "mail_from": "daraja@example.org",
        "public_url": "https://learn.example.org",
    } | changes
    house.extensions["settings"] = dataclasses.replace(given, **values)


@pytest.fixture
def post(house: Flask) -> Iterator[MailHouse]:
    """The mail server of a house."""
    with mail_house() as found:
        set_up(house, found.port)
        yield found


def asks_for_letter(house: Flask, login: str, tag: str = "en") -> TestResponse:
    """Ask for a letter, and let it be sent."""
    page = stranger(house).fills(f"/{tag}/staff/forgotten", login=login)
    house.extensions["later"].wait()
    return page


def link_in(letter: EmailMessage) -> str:
    """The one link in a letter, without the house."""
    found = re.findall(r"https?://\S+", letter.get_content())
    assert len(found) == 1
    assert found[0].startswith("https://learn.example.org/")
    return found[0].removeprefix("https://learn.example.org")


def test_a_letter_brings_a_link_for_a_new_password_that_works_once(
    house: Flask, people: People, post: MailHouse
) -> None:
    signed_in = people.tendai
    change(house, "tendai", email=ADDRESS)
    page = asks_for_letter(house, " Tendai ")
    assert "a letter is on its way" in page.text
    assert post.envelopes == [[ADDRESS]]
    link = link_in(post.letters[0])
    person = stranger(house)
    assert person.fills(link, password=NEW).request.path == "/en/staff/sign-in"
    assert not is_in(person)
    assert not is_in(signed_in)
    types_password(person, "tendai", NEW)
    assert is_in(person)
    assert not is_in_with(house, OLD)
    assert person.browser.get(link).status_code == 404
    assert told(house, "tendai")[-4:-1] == [
        ("gave a link for a new password", "mail"),
        ("chose a new password", ""),
        ("signed in", ""),
    ]


def is_in_with(house: Flask, password: str) -> bool:
    person = stranger(house)
    types_password(person, "tendai", password)
    return is_in(person)


def test_a_letter_names_nobody_and_is_plain(house: Flask, people: People, post: MailHouse) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    asks_for_letter(house, "tendai")
    letter = post.letters[0]
    assert sorted(name.lower() for name in letter if not name.startswith("X-")) == [
        "auto-submitted",
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "subject",
        "to",
    ]
    assert (letter.get_content_type(), letter["Subject"]) == (
        "text/plain",
        "A link for a new password",
    )
    assert letter["Message-ID"].endswith("@example.org>")
    whole = letter.as_string().lower().replace(ADDRESS, "")
    assert [name for name in ("tendai", "bridge", "society", "stigma") if name in whole] == []


def test_a_letter_speaks_the_language_of_the_page(
    house: Flask, people: People, post: MailHouse
) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    asks_for_letter(house, "tendai", "sw")
    assert link_in(post.letters[0]).startswith("/sw/staff/reset/")


@pytest.mark.parametrize("login", ["nobody", "ruth", "kamal", "a" * 200, "'; --", "ten\ndai"])
def test_the_answer_is_the_same_whoever_is_asked_for(
    house: Flask, people: People, post: MailHouse, login: str
) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    change(house, "kamal", email="kamal@example.org", ended_on=datetime(2026, 1, 1).date())
    there = asks_for_letter(house, "tendai")
    missing = asks_for_letter(house, login)
    assert (missing.status_code, words(missing)) == (there.status_code, words(there))
    assert post.envelopes == [[ADDRESS]]
    assert ask(house, lambda session: session.scalar(select(func.count(ResetLink.digest)))) == 1


def test_a_link_from_a_letter_lasts_an_hour(house: Flask, people: People, post: MailHouse) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    asks_for_letter(house, "tendai")
    ends_at = ask(house, lambda session: session.scalar(select(ResetLink.ends_at)))
    assert ends_at is not None
    left = ends_at - datetime.now(UTC).replace(tzinfo=None)
    assert 3500 < left.total_seconds() <= 3600
    with house.extensions["database"].work() as session:
        session.execute(update(ResetLink).values(ends_at=datetime(2026, 1, 1)))
    page = stranger(house).browser.get(link_in(post.letters[0]))
    assert (page.status_code, "This link does not work any more" in page.text) == (404, True)


def test_a_stranger_who_asks_for_letters_ends_no_link(
    house: Flask, people: People, post: MailHouse
) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    asks_for_letter(house, "tendai")
    asks_for_letter(house, "tendai")
    first, second = (link_in(letter) for letter in post.letters)
    assert stranger(house).browser.get(second).status_code == 200
    stranger(house).fills(first, password=NEW)
    assert stranger(house).browser.get(second).status_code == 404


def test_a_letter_does_not_go_past_the_second_step(
    house: Flask, people: People, post: MailHouse
) -> None:
    takes_list(people.tendai)
    change(house, "tendai", email=ADDRESS)
    asks_for_letter(house, "tendai")
    person = stranger(house)
    person.fills(link_in(post.letters[0]), password=NEW)
    answer = types_password(person, "tendai", NEW)
    assert answer.headers["Location"] == "/en/staff/sign-in/second"
    assert not is_in(person)


def test_nobody_gets_more_than_three_letters_in_an_hour(
    house: Flask, people: People, post: MailHouse
) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    for login in ("tendai", "nobody"):
        found = [asks_for_letter(house, login).status_code for _ in range(4)]
        assert found == [200, 200, 200, 429]
    assert len(post.letters) == 3


def test_a_mail_server_that_is_down_changes_nothing_on_the_page(
    house: Flask, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    set_up(house, 1)
    with caplog.at_level(logging.DEBUG):
        page = asks_for_letter(house, "tendai")
    assert "a letter is on its way" in page.text
    ours = [record for record in caplog.records if record.name == "edu.mail"]
    assert [(each.event, each.kind) for each in ours] == [
        ("a letter was not sent", "ConnectionRefusedError")
    ]
    assert ADDRESS not in caplog.text


def test_the_link_leads_to_our_own_address_whatever_the_request_says(
    house: Flask, people: People, post: MailHouse
) -> None:
    people.tendai.opens("/en/staff")
    change(house, "tendai", email=ADDRESS)
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"} | OURS
    person = stranger(house)
    page = person.browser.get(FORGOTTEN, headers=evil)
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[0]
    person.browser.set_cookie("staff_form", "", domain="evil.example")
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    sender = house.test_client(use_cookies=False)
    answer = sender.post(
        FORGOTTEN, data={"csrf_token": token, "login": "tendai"}, headers=evil | {"Cookie": cookie}
    )
    assert answer.status_code == 303
    house.extensions["later"].wait()
    assert link_in(post.letters[0]).startswith("/en/staff/reset/")


@pytest.mark.parametrize(
    ("changes", "sends"),
    [
        ({"public_url": ""}, True),
        ({"public_url": "", "host": "0.0.0.0"}, False),
        ({"public_url": "", "behind_proxy": True}, False),
        ({"public_url": "", "host": "0.0.0.0", "trusted_hosts": ("localhost",)}, True),
        ({"host": "0.0.0.0", "behind_proxy": True}, True),
        ({"smtp_url": ""}, False),
    ],
)
def test_letters_are_sent_only_where_the_way_back_is_known(
    house: Flask, post: MailHouse, changes: dict[str, object], sends: bool
) -> None:
    set_up(house, post.port, **changes)
    page = stranger(house).opens(FORGOTTEN)
    assert ("Send me a letter" in page.text) is sends
    assert "Ask an administrator of your organisation." in page.text
    if not sends:
        answer = stranger(house).sends(FORGOTTEN, login="tendai")
        assert (answer.status_code, "on its way" in answer.text) == (200, False)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\nBcc: c@d.example",
        "a@b.example\r\n\r\nHello",
        "a@b.example, c@d.example",
        "Name <a@b.example>",
        "a b@c.example",
        "a@b",
        "a@b.example\u2028Bcc: x@y.example",
    ],
)
def test_one_address_only_is_taken(people: People, address: str) -> None:
    page = people.tendai.fills("/en/staff/account/email", now=OLD, email=address)
    assert (page.status_code, "Write it as name@example.org." in page.text) == (422, True)


def test_an_address_with_a_line_break_reaches_no_mail_server() -> None:
    with mail_house() as found, pytest.raises(ValueError, match=r".*"):
        send(
            mail_server(f"smtp://127.0.0.1:{found.port}"),
            "daraja@example.org",
            "a@b.example\nBcc: c@d.example",
            Letter("x", "y"),
        )
    assert found.letters == []


def test_letters_go_encrypted_and_signed_in_by_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, pem = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    pair = f"{LOGIN}:{quote(PASSWORD, safe='')}"
    for scheme, at_once in (("smtps", True), ("smtp", False)):
        with mail_house(tls=tls, from_the_start=at_once, asks=True) as found:
            server = mail_server(f"{scheme}://{pair}@localhost:{found.port}")
            send(server, "daraja@example.org", ADDRESS, Letter("Größe", "ثلاثة\n"))
        said = [(each["Subject"], each.get_content().split()) for each in found.letters]
        assert said == [("Größe", ["ثلاثة"])]
        assert all(found.encrypted)


@pytest.mark.parametrize("from_the_start", [True, False])
def test_a_mail_server_that_cannot_prove_who_it_is_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_the_start: bool
) -> None:
    other, other_pem = certificate(tmp_path, "elsewhere.example")
    scheme = "smtps" if from_the_start else "smtp"
    for trusted in ("/dev/null", str(other_pem)):
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        with mail_house(tls=other, from_the_start=from_the_start) as found:
            server = mail_server(f"{scheme}://localhost:{found.port}")
            with pytest.raises(ssl.SSLCertVerificationError):
                send(server, "daraja@example.org", ADDRESS, Letter("x", "y"))
        assert found.letters == []


def test_a_password_never_goes_to_a_mail_server_that_does_not_encrypt() -> None:
    with mail_house() as found, pytest.raises(Exception, match="STARTTLS"):
        send(
            mail_server(f"smtp://user:word@127.0.0.1:{found.port}"),
            "daraja@example.org",
            ADDRESS,
            Letter("x", "y"),
        )
    assert found.letters == []


def test_a_mail_server_elsewhere_must_encrypt() -> None:
    given = {
        "smtp://mail.example.org": True,
        "smtp://mail.example.org:25": True,
        "smtp://localhost:25": False,
        "smtp://u:p@localhost": True,
    }
    assert {url: mail_server(url).must_encrypt for url in given} == given
    assert (mail_server("smtps://a").port, mail_server("smtp://a").port) == (465, 587)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"SMTP_URL": "mail.example.org"}, "SMTP_URL must look like smtps://"),
        ({"SMTP_URL": "smtps://u:se/cret@m.example"}, "SMTP_URL"),
        ({"SMTP_URL": "smtps://u:p@m.example:x"}, "SMTP_URL has a port that is not a number"),
        ({"SMTP_URL": "smtps://m.example"}, "MAIL_FROM must be an address"),
        ({"SMTP_URL": "smtps://m.example", "MAIL_FROM": "A <a@b.example>"}, "MAIL_FROM must be"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_without_repeating_a_password(
    tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(why)) as refused:
        read_settings({"INSTANCE": str(tmp_path)} | changes)
    assert "se/cret" not in str(refused.value)


def test_secrets_are_not_in_what_settings_say_of_themselves(tmp_path: Path) -> None:
    given = read_settings(
        {
            "INSTANCE": str(tmp_path),
            "SMTP_URL": "smtps://user:geheim@m.example",
            "MAIL_FROM": "a@b.example",
            "OIDC_ISSUER": "https://id.example.org",
            "OIDC_CLIENT_ID": "daraja",
            "OIDC_CLIENT_SECRET": "geheim",
        }
    )
    assert "geheim" not in repr(given)
    assert create_app(given).extensions["house"].client.secret == "geheim"
    assert "geheim" not in repr(create_app(given).extensions["house"].client)
