"""Through nginx and Caddy a reader gets what Daraja says, and nobody is believed too much."""

import http.client
import shutil
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edu.pages.assets import stylesheet
from edu.pages.headers import ONLY_ENCRYPTED, SECURITY
from tests.conftest import copy_instance, prepared_instance
from tests.deploy.proxies import (
    CADDY,
    NAME,
    NGINX,
    Answer,
    Place,
    asked,
    caddy_command,
    caddy_file,
    daraja,
    nginx_command,
    nginx_files,
    place,
    running,
    until,
)

#: What each hop says for itself.
OWN = {"server", "date", "connection", "keep-alive", "transfer-encoding", "alt-svc", "via"} | {
    "set-cookie"
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs."""

    kind: str
    where: Place

    def asked(self, path: str, *, plain: bool = False, **more: object) -> Answer:
        """Ask through it."""
        port = self.where.plain if plain else self.where.safe
        return asked(self.where, port, path, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Daraja with the tiny content on its socket."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl")
    folder = tmp_path_factory.mktemp("d")
    instance = folder / "instance"
    copy_instance(prepared_instance(tmp_path_factory), instance)
    found = place(folder)
    shutil.copytree(found.tls, instance / "tls")
    with daraja(found, instance):
        yield found


def command(kind: str, where: Place) -> list[str]:
    """What starts a proxy with the file that ships."""
    if kind == "nginx":
        return nginx_command(nginx_files(where))
    return caddy_command(caddy_file(where))


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, where: Place) -> Iterator[Proxy]:
    """A proxy with the file that ships."""
    if (NGINX if request.param == "nginx" else CADDY) is None:
        pytest.skip(f"there is no {request.param}")
    with running(command(request.param, where)):
        found = Proxy(request.param, where)
        until(lambda: found.asked("/en/").status, where.folder)
        yield found


def said(answer: Answer) -> set[tuple[str, str]]:
    """The headers, without what each hop says for itself and what is new each time."""
    pairs = [(name.lower(), value) for name, value in answer.headers]
    assert len(set(pairs)) == len(pairs), "said twice"
    return {pair for pair in pairs if pair[0] not in OWN}


def is_strict(answer: Answer) -> None:
    """What a proxy says itself allows a page nothing at all."""
    for name, value in (*SECURITY, ("Cache-Control", "no-store")):
        if name == "Content-Security-Policy":
            assert answer.header(name) == [
                "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
            ]
        elif name != "Permissions-Policy":  # for pages with scripts, of which a proxy has none
            assert (name, answer.header(name)) == (name, [value])


def test_every_kind_of_answer_arrives_as_it_was_said(proxy: Proxy) -> None:
    gzip = {"Accept-Encoding": "gzip"}
    for path, headers in (
        ("/en/", {}),
        ("/en/", gzip),
        ("/en/m1/1/", {"Accept-Encoding": "br"}),
        ("/en/m1", {}),
        ("/", {}),
        (stylesheet(), gzip),
        ("/en/", {"If-None-Match": "*"}),
        ("/en/nothing", {}),
        ("/en/leave", {}),
        ("/en/staff/sign-in", {}),
        ("/ca.crt", {}),
    ):
        direct = asked(proxy.where, None, path, headers=headers)
        through = proxy.asked(path, headers=headers)
        # A form's token, and the cookie it is tied to, are new each time.
        fresh = "/staff/" in path
        lost, added = said(direct) - said(through), said(through) - said(direct)
        if through.status == 304 and proxy.kind == "caddy":
            # Where nothing is sent, Caddy does not say of what kind it would be.
            lost = {pair for pair in lost if pair[0] != "content-type"}
        assert (path, headers, lost, added) == (path, headers, set(), set())
        assert (path, through.status) == (path, direct.status)
        assert fresh or (path, through.body) == (path, direct.body)
        assert through.header(ONLY_ENCRYPTED[0]) == [ONLY_ENCRYPTED[1]]
        assert [each.lower() for each in through.header("Server")] == [proxy.kind]


def test_cookies_belong_to_this_host_alone(proxy: Proxy) -> None:
    told = proxy.asked("/en/staff/sign-in").header("Set-Cookie")
    assert [each.split("=")[0][:7] for each in told] == ["__Host-"] * len(told)
    assert ["Secure" in each and "HttpOnly" in each for each in told] == [True] * len(told)
    assert told != []


def test_a_form_arrives_and_a_strangers_does_not(proxy: Proxy) -> None:
    def post(origin: str, **more: str) -> int:
        headers = {**FORM, "Origin": origin, **more}
        answer = proxy.asked("/en/return", method="POST", body="code=1", headers=headers)
        return answer.status

    assert post(f"https://{NAME}") == 422
    assert post("https://elsewhere.example") == 403
    # What a browser, or somebody between, says about a proxy is not passed on.
    evil = "elsewhere.example"
    lies = {"X-Forwarded-Host": evil, "X-Forwarded-Prefix": "/x", "Forwarded": f"host={evil}"}
    assert post(f"https://{evil}", **lies) == 403
    assert post(f"https://{NAME}", **lies, **{"X-Forwarded-Proto": "http"}) == 422


def test_an_unencrypted_request_is_led_to_the_encrypted_page(proxy: Proxy) -> None:
    answer = proxy.asked("/en/my?a=b", plain=True)
    assert (answer.status, answer.header("Location")) == (301, [f"https://{NAME}/en/my?a=b"])
    is_strict(answer)
    assert answer.header(ONLY_ENCRYPTED[0]) == []
    # Only what helps a phone to trust this server comes unencrypted.
    for path in ("/ca.crt", "/en/trust", stylesheet()):
        answer = proxy.asked(path, plain=True)
        assert (path, answer.status) == (path, 200)
        assert answer.header(ONLY_ENCRYPTED[0]) == []
    fetched = proxy.asked("/ca.crt", plain=True).body
    assert fetched == ssl.PEM_cert_to_DER_cert((proxy.where.tls / "ca.crt").read_text())


def test_a_name_that_is_not_ours_gets_nothing_of_ours(proxy: Proxy) -> None:
    try:
        answer = proxy.asked("/en/return", host="elsewhere.example")
    except http.client.RemoteDisconnected:
        return  # nginx closes the connection without a word
    assert (answer.status, answer.body) == (200, b""), "Caddy has nothing to say there"


def test_unencrypted_a_name_that_is_not_ours_is_told_nothing(proxy: Proxy) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        proxy.asked("/en/return", host="elsewhere.example", plain=True)


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_while_daraja_is_away_the_proxy_speaks_with_strict_headers(
    tmp_path: Path, kind: str
) -> None:
    if (NGINX if kind == "nginx" else CADDY) is None or shutil.which("openssl") is None:
        pytest.skip(f"there is no {kind}, or no openssl")
    found = Proxy(kind, place(tmp_path))
    with running(command(kind, found.where)):
        until(lambda: found.asked("/en/").status, tmp_path)
        answer = found.asked("/en/")
    assert answer.status == 502
    is_strict(answer)
    assert answer.header(ONLY_ENCRYPTED[0]) == [ONLY_ENCRYPTED[1]]
