"""What comes from others: every package is pinned by its hash, listed, and asked about."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.audit import ROOT, verdict

_PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$", re.MULTILINE)
_HASHED = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$", re.MULTILINE)


def requirements(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_package_is_pinned_with_hashes_and_comes_from_no_special_place() -> None:
    for name in ("requirements.txt", "tests/requirements.txt"):
        text = requirements(name)
        entries = [line for line in text.splitlines() if not line.startswith((" ", "#")) and line]
        assert len(_PINNED.findall(text)) == len(entries) > 30
        assert len(_HASHED.findall(text)) >= len(entries)
        assert re.findall(r"index-url|find-links|git\+|https?:|file:", text) == []


def test_the_makefile_installs_nothing_without_its_hash() -> None:
    installs = re.findall(r"\$\(PIP\) .*", requirements("Makefile"))
    assert len(installs) == 2
    assert all("--require-hashes" in each for each in installs)


def test_the_bill_of_materials_lists_every_package(tmp_path: Path) -> None:
    path = tmp_path / "sbom.json"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "cyclonedx_py",
            "requirements",
            str(ROOT / "requirements.txt"),
            "--pyproject",
            str(ROOT / "pyproject.toml"),
            "--output-reproducible",
            "-o",
            str(path),
        ],
        check=True,
        capture_output=True,
    )
    bill = json.loads(path.read_text(encoding="utf-8"))
    assert bill["metadata"]["component"]["name"] == "daraja"
    listed = {(each["name"], each["version"]) for each in bill["components"]}
    assert listed == set(_PINNED.findall(requirements("requirements.txt")))
    places = [place for part in bill["components"] for place in part["externalReferences"]]
    assert [place["url"] for place in places if not place.get("hashes")] == []


def test_a_known_vulnerability_fails_with_or_without_a_network() -> None:
    table = "Name  Version ID\nflask 0.5     PYSEC-2018-66"
    for offline in (False, True):
        words, status = verdict(1, table, "Found 1 known vulnerability", offline=offline)
        assert status == 1
        assert words.startswith(table)


def test_an_audit_that_could_ask_nobody_fails_unless_that_was_said() -> None:
    complaint = "WARNING: x\nERROR:pip_audit._cli:flask: could not be audited\n"
    words, status = verdict(1, "", complaint, offline=False)
    assert words.startswith("not audited: flask: could not be audited\n")
    assert status == 1
    assert verdict(1, "", complaint, offline=True) == (
        "not audited: flask: could not be audited",
        0,
    )
    assert verdict(1, "", "", offline=False)[1] == 1


def test_an_audit_without_a_finding_passes() -> None:
    assert verdict(0, "", "No known vulnerabilities found", offline=False)[1] == 0
