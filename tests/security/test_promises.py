"""Promises of the security pages that no other test keeps: secrets on the disk, the files for
deployment, fields for passwords, and the way out."""

import re
import stat
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from edu.settings import read_settings
from tests.security.world import World, addresses, forms_of
from tests.test_docs import ROOT


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.found.append({name: value or "" for name, value in attrs})


def inputs(text: str) -> list[dict[str, str]]:
    """The input fields of a page, by their attributes."""
    page = _Inputs()
    page.feed(text)
    return page.found


def test_password_fields_hide_what_is_typed_and_let_managers_help(world: World) -> None:
    house = world.copy()
    found: list[dict[str, str]] = []
    for walker in ("stranger", "administrator"):
        browser = world.browser(house, walker)
        pages = {form.page for form in forms_of(house, browser, world.given)}
        for page in sorted(pages):
            found += [
                each
                for each in inputs(browser.get(page).text)
                if each.get("name") in ("password", "now", "again")
            ]
    assert len(found) >= 2
    assert {each.get("type") for each in found} == {"password"}
    assert {each.get("autocomplete") for each in found} <= {"current-password", "new-password"}
    assert [each for each in found if "onpaste" in each] == []
    assert {int(each.get("maxlength", "64")) >= 64 for each in found} == {True}


@pytest.mark.parametrize("walker", ["trainer", "administrator", "keeper"])
def test_every_page_of_staff_shows_the_way_out(world: World, walker: str) -> None:
    house = world.copy()
    browser = world.browser(house, walker)
    without = []
    for address in addresses(house, world.given):
        answer = browser.get(address)
        if "/staff" not in address or answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        # The foot of every page leads to the staff's home, for whoever may come: it does not count.
        page = answer.text.partition("<main")[2].partition("</main>")[0]
        if not re.search(r'"/en/staff(/\w[\w/.-]*)?"', page):
            without.append(address)
    assert without == []
    home = browser.get("/en/staff").text + browser.get("/en/staff/account").text
    assert "/en/staff/sign-out" in home


def test_the_secret_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    where = {"INSTANCE": str(tmp_path / "instance")}
    first, again = read_settings(where), read_settings(where)
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) >= 43  # 256 bits in base 64
    secret = tmp_path / "instance" / "secret.key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    assert first.secret_key not in repr(first)
    other = read_settings({"INSTANCE": str(tmp_path / "other")})
    assert other.secret_key != first.secret_key


def test_no_secret_is_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "README.md" in listed
    odd = [name for name in listed if re.search(r"\.(key|pem|p12|sqlite|db|env)$|^\.env", name)]
    assert odd == []
    private = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[\w+/=\s]{100}|AGE-SECRET-KEY-1[0-9A-Z]{58}"
    )
    kept = [
        name
        for name in listed
        if (ROOT / name).is_file()
        and private.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert kept == []


def test_the_proxy_speaks_tls_1_2_and_1_3_only() -> None:
    nginx = (ROOT / "deploy" / "nginx" / "daraja.conf").read_text(encoding="utf-8")
    assert re.findall(r"ssl_protocols\s+([^;]+);", nginx) == ["TLSv1.2 TLSv1.3"]
    for path in sorted((ROOT / "deploy" / "caddy").iterdir()):
        # Caddy speaks no less by itself, so nothing may tell it to.
        assert re.findall(r"protocols\s+\S+", path.read_text(encoding="utf-8")) == []


def test_the_service_has_few_rights_and_calls_nobody() -> None:
    unit = (ROOT / "deploy" / "systemd" / "daraja.service").read_text(encoding="utf-8")
    told = dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))
    assert told["User"] == "daraja"
    for name, value in (
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("IPAddressDeny", "any"),
        ("IPAddressAllow", "localhost"),
    ):
        assert (name, told[name]) == (name, value)


def test_gunicorn_opens_no_control_socket_and_logs_no_request() -> None:
    told = (ROOT / "edu" / "gunicorn_settings.py").read_text(encoding="utf-8")
    assert re.findall(r"^control_socket_disable = (.*)$", told, re.MULTILINE) == ["True"]
    assert re.findall(r"^accesslog = (.*)$", told, re.MULTILINE) == ["None"]
