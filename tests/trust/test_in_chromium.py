"""A browser that was given the authority trusts this server, and nobody else by it."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from edu.settings import ROOT
from tests.chromium import ARGUMENTS, find_chromium

SCRIPT = ROOT / "deploy" / "tls" / "make-authority.sh"
missing = [name for name in ("openssl", "certutil") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing), reason=f"there is no {' and no '.join(missing)}"),
]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a few words."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"trusted")

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving(certificate: Path, key: Path) -> Iterator[str]:
    """A server with this certificate, by the name `localhost`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), Quiet) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        yield f"https://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()
        server.socket.close()


def run(*command: object, **more: object) -> None:
    """Something that must not fail."""
    subprocess.run([str(word) for word in command], check=True, capture_output=True, **more)  # type: ignore[call-overload]


def forged(folder: Path) -> tuple[Path, Path]:
    """What a thief of the authority's secret makes: a certificate for somebody else."""
    key, asked, made, names = (folder / f"forged.{end}" for end in ("key", "csr", "crt", "txt"))
    names.write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n")
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
    run("openssl", "req", "-new", "-key", key, "-subj", "/CN=localhost", "-out", asked)
    signed_by = ("-CA", folder / "ca.crt", "-CAkey", folder / "ca.key", "-set_serial", "7")
    run(
        "openssl",
        "x509",
        "-req",
        "-days",
        "9",
        "-in",
        asked,
        *signed_by,
        "-extfile",
        names,
        "-out",
        made,
    )
    return made, key


def opened(browser: Browser, home: Path, address: str) -> str:
    """What a Chromium with this home folder sees there; or the name of its refusal."""
    running = browser.browser_type.launch(
        executable_path=find_chromium(), args=ARGUMENTS, env={"HOME": str(home)}
    )
    try:
        page = running.new_page()
        page.goto(address)
        return page.inner_text("body")
    except Error as refusal:
        return next(word for word in str(refusal).split() if "ERR_" in word)
    finally:
        running.close()


def test_who_was_given_the_authority_meets_no_warning_and_a_thief_gains_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    ours, other, home = tmp_path / "ours", tmp_path / "other", tmp_path / "home"
    run("sh", SCRIPT, ours, "localhost")
    run("sh", SCRIPT, other, "daraja.example")
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    run("certutil", "-N", "--empty-password", "-d", f"sql:{store}")
    with serving(ours / "server.crt", ours / "server.key") as address:
        assert opened(browser, home, address).endswith("ERR_CERT_AUTHORITY_INVALID")
        for name, folder in (("ours", ours), ("other", other)):
            run(
                "certutil",
                "-A",
                "-d",
                f"sql:{store}",
                "-n",
                name,
                "-t",
                "C,,",
                "-i",
                folder / "ca.crt",
            )
        assert opened(browser, home, address) == "trusted"
    with serving(*forged(other)) as address:
        assert opened(browser, home, address).endswith("ERR_CERT_INVALID")
