"""The files in `deploy/` are held to the program: what they name exists, and they can be read."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from edu.settings import SETTINGS
from tests.deploy.proxies import (
    CADDY,
    DEPLOY,
    NAME,
    NGINX,
    caddy_command,
    caddy_file,
    nginx_command,
    nginx_files,
    place,
)

FILES = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()]
UNITS = [path for path in FILES if path.parent.name == "systemd"]
#: Names in capitals before a `=` that are not Daraja's own.
OTHERS = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "NAME"}
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")


def test_every_setting_that_is_named_exists() -> None:
    known = {setting.name for setting in SETTINGS} | OTHERS
    named = {
        (path.name, name)
        for path in FILES
        if path.suffix != ".sh"
        for name in re.findall(r"\b([A-Z][A-Z_]{3,})=", path.read_text())
    }
    assert {pair for pair in named if pair[1] not in known} == set()
    assert {name for _, name in named} >= {"BEHIND_PROXY", "TRUSTED_HOSTS", "PUBLIC_URL"}


def test_every_command_that_is_named_exists(house: Flask) -> None:
    known = set(house.cli.commands)
    named = {
        (path.name, command)
        for path in FILES
        for command in re.findall(
            r"--app (?:app|/srv/daraja/app) ([a-z]+)|\bflask ([a-z]+)\b|\bsudo daraja ([a-z]+)",
            path.read_text(),
            re.MULTILINE,
        )
        for command in command
        if command
    }
    assert {pair for pair in named if pair[1] not in known} == set()
    assert {name for _, name in named} >= {"prepare", "keep", "backup", "restore", "doctor"}


def test_the_units_know_each_other() -> None:
    text = {path.name: path.read_text() for path in UNITS}
    socket = re.search(r"^ListenStream=(.*)$", text["daraja.socket"], re.MULTILINE)
    assert socket is not None
    for name in ("nginx/daraja.conf", "caddy/Caddyfile", "caddy/village.Caddyfile"):
        assert re.findall(r"unix[:/]/*?(/run/[^ ;]+)", (DEPLOY / name).read_text())[0] == socket[1]
    folders = {
        re.findall(r"^WorkingDirectory=(.*)$", each, re.MULTILINE)[0]
        for name, each in text.items()
        if name.endswith(".service")
    }
    assert folders == {"/srv/daraja"}
    keep = text["daraja-keep.service"]
    serve = text["daraja.service"]
    sandbox = re.findall(
        r"^(?:Protect|Private|Restrict|Capab|NoNew|Lock|Memory.*Exec).*$", keep, re.M
    )
    assert [line for line in sandbox if line not in serve.splitlines()] == []
    assert len(sandbox) > 15


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        # The program is not installed where the units expect it; anything executable will do.
        text = path.read_text().replace("/srv/daraja/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text.replace("/srv/daraja", "/"))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
    )
    mine = [line for line in said.stderr.splitlines() if "daraja" in line]
    assert (mine, said.returncode) == ([], 0)


@needs_openssl
@pytest.mark.skipif(NGINX is None, reason="there is no nginx")
def test_nginx_understands_its_files(tmp_path: Path) -> None:
    command = nginx_command(nginx_files(place(tmp_path)))[:-2]
    said = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert "emerg" not in said.stderr.replace("emerg;", "")


@needs_openssl
@pytest.mark.skipif(CADDY is None, reason="there is no Caddy")
@pytest.mark.parametrize("name", ["Caddyfile", "village.Caddyfile"])
def test_caddy_understands_its_files(tmp_path: Path, name: str) -> None:
    path = caddy_file(place(tmp_path), name)
    said = subprocess.run(caddy_command(path, "validate"), capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.read_text().startswith("#!/bin/sh\n")], ids=str
)
def test_scripts_can_be_read(path: Path) -> None:
    assert subprocess.run(["sh", "-n", path]).returncode == 0


def test_commands_run_where_and_as_the_service_does() -> None:
    serve = (DEPLOY / "systemd" / "daraja.service").read_text()
    command = (DEPLOY / "daraja").read_text()
    for name, said in (
        ("User", "--uid={}"),
        ("WorkingDirectory", "--working-directory={}"),
        ("EnvironmentFile", "--property=EnvironmentFile={}"),
        ("UMask", "--property=UMask={}"),
        ("Environment", "--setenv={}"),
    ):
        (value,) = re.findall(rf"^{name}=(.*)$", serve, re.MULTILINE)
        for each in value.split():
            assert command.count(said.format(each)) == 1, (name, each)


@needs_openssl
def test_a_renewal_is_read_by_whoever_read_the_old_one_and_makes_no_new_authority(
    tmp_path: Path,
) -> None:
    tls = place(tmp_path).tls
    (tls / "server.key").chmod(0o640)
    authority, old = (tls / "ca.crt").read_bytes(), (tls / "server.key").read_bytes()
    again = ["sh", str(DEPLOY / "tls" / "make-authority.sh"), str(tls), NAME]
    subprocess.run(again, check=True, capture_output=True)
    assert oct((tls / "server.key").stat().st_mode)[-3:] == "640"
    assert (tls / "server.key").read_bytes() != old
    # Its secret lies in a drawer, and somebody forgot to bring it.
    (tls / "ca.key").unlink()
    refused = subprocess.run(again, capture_output=True, text=True)
    assert (refused.returncode, "bring ca.key back" in refused.stderr) == (1, True)
    assert (tls / "ca.crt").read_bytes() == authority


def test_the_image_takes_what_the_program_needs_and_nothing_else() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    copied = set(re.findall(r"^COPY ([a-z.]+) ", text, re.MULTILINE))
    assert copied == {"requirements.txt", "app.py", "edu", "content", "quizzes", "translations"}
    assert {name for name in copied if not (DEPLOY.parent / name).exists()} == set()
    let_in = re.findall(r"^!(.*)$", (DEPLOY / "container" / ".containerignore").read_text(), re.M)
    assert set(let_in) == copied
    assert re.findall(r"^USER (.*)$", text, re.MULTILINE) == ["10001:10001"]
