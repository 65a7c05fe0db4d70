"""How a village server is trusted: what it hands out, what it says, and what the authority may."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from edu import create_app
from edu.settings import ROOT
from edu.trust.authority import PLACE, authority
from edu.trust.views import in_the_clear

SCRIPT = ROOT / "deploy" / "tls" / "make-authority.sh"
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")


def make_authority(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(["sh", SCRIPT, folder, *names], capture_output=True, text=True)


@pytest.fixture
def behind(house: Flask) -> Iterator[FlaskClient]:
    """A browser at the house, which has a public address and an authority of its own."""
    settings = replace(house.extensions["settings"], public_url="https://daraja.example")
    made = make_authority(settings.instance / "tls", "daraja.example")
    assert made.returncode == 0, made.stderr
    app = create_app(settings)
    app.testing = True
    yield app.test_client()
    app.extensions["database"].engine.dispose()


@needs_openssl
def test_the_authority_is_handed_out_as_phones_take_it(behind: FlaskClient) -> None:
    answer = behind.get("/ca.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    context = ssl.create_default_context(cadata=answer.data)
    assert [dict(pair[0] for pair in found["subject"]) for found in context.get_ca_certs()] == [
        {"commonName": "Daraja at daraja.example"}
    ]


@needs_openssl
def test_the_page_shows_what_the_script_said_and_where_to_go(
    behind: FlaskClient, tmp_path: Path
) -> None:
    page = behind.get("/en/trust").text
    found = authority(behind.application.extensions["settings"].instance)
    assert found is not None
    again = make_authority(
        behind.application.extensions["settings"].instance / "tls", "daraja.example"
    )
    assert again.stdout.splitlines()[-1] == " ".join(found.fingerprint)
    assert [group in page for group in found.fingerprint] == [True] * 16
    assert '<bdi dir="ltr">http://daraja.example/en/trust</bdi>' in page


def test_without_an_authority_there_is_no_such_page(house: Flask) -> None:
    browser = house.test_client()
    assert [browser.get(path).status_code for path in ("/ca.crt", "/en/trust")] == [404, 404]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "é",
    ],
)
def test_what_is_no_certificate_or_holds_a_secret_is_not_handed_out(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / PLACE).parent.mkdir()
    (tmp_path / PLACE).write_text(text)
    assert authority(tmp_path) is None


@needs_openssl
def test_a_renewed_certificate_is_trusted_by_whoever_trusted_the_first(tmp_path: Path) -> None:
    assert make_authority(tmp_path, "daraja.example", "192.168.4.1").returncode == 0
    before = {name: (tmp_path / name).read_bytes() for name in ("ca.crt", "server.crt")}
    assert make_authority(tmp_path, "daraja.example", "192.168.4.1").returncode == 0
    after = {name: (tmp_path / name).read_bytes() for name in ("ca.crt", "server.crt")}
    assert (after["ca.crt"] == before["ca.crt"], after["server.crt"] == before["server.crt"]) == (
        True,
        False,
    )
    for name in ("ca.key", "server.key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@needs_openssl
def test_an_authority_cannot_be_made_to_vouch_for_somebody_else(tmp_path: Path) -> None:
    assert make_authority(tmp_path, "daraja.example").returncode == 0
    before = (tmp_path / "server.crt").read_bytes()
    for name in ("bank.example", "192.168.4.1", "example"):
        refused = make_authority(tmp_path, name)
        assert (name, refused.returncode) == (name, 1)
    assert (tmp_path / "server.crt").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {
        *("ca.crt", "ca.key"),
        *("server.crt", "server.key"),
    }


@needs_openssl
@pytest.mark.parametrize("name", ["a,DNS:bank.example", "*.example", "-x", "a b", "a\nb", "::1"])
def test_a_name_that_is_none_is_refused_before_anything_is_made(tmp_path: Path, name: str) -> None:
    assert make_authority(tmp_path / "tls", name).returncode == 2
    assert not (tmp_path / "tls").exists() or not list((tmp_path / "tls").iterdir())


@pytest.mark.parametrize(
    ("scheme", "address", "clear"),
    [
        ("http", "192.168.4.7", True),
        ("http", "127.0.0.1", False),
        ("http", "::1", False),
        ("https", "192.168.4.7", False),
        ("http", "2001:db8::1", True),
    ],
)
def test_words_travel_in_the_clear_unless_encrypted_or_at_home(
    scheme: str, address: str, clear: bool
) -> None:
    builder = EnvironBuilder(base_url=f"{scheme}://a/", environ_overrides={"REMOTE_ADDR": address})
    assert in_the_clear(builder.get_request()) is clear


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/staff/sign-in", "Anybody in this network can read your password"),
        ("/en/start/m1", "Others in this network could read what you send."),
    ],
)
def test_who_would_be_overheard_is_told_before_she_types(
    house: Flask, path: str, words: str
) -> None:
    def told(base: str, address: str) -> bool:
        near = {"REMOTE_ADDR": address}
        page = house.test_client().get(path, base_url=base, environ_overrides=near)
        assert page.status_code == 200
        return words in page.text

    assert told("http://localhost", "192.168.4.7")
    assert not told("http://localhost", "127.0.0.1")
    assert not told("https://localhost", "192.168.4.7")
