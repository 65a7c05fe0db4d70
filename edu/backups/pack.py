"""What is in a backup: a list of its parts, and the rows of each table as lines of JSON.

Rows and not the database's own file, for three reasons: SQLite and PostgreSQL can read each
other's, so that a village server can grow; a restored file brings no trigger, view or other program
with it; and a person can read it with any tool in twenty years.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edu.settings import ROOT

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "secret.key"  # noqa: S105 (a file's name)
#: Who is signed in at the moment, and what was tried, is not worth keeping; and an old link or
#: cookie must not come back to life.
PASSING = frozenset(
    {
        "attempt_count",
        "first_step",
        "invitation",
        "job",
        "learner_session",
        "passkey_challenge",
        "reset_link",
        "setup_link",
        "staff_session",
    }
)
_TABLE = re.compile(r"tables/([a-z][a-z0-9_]{0,62})\.jsonl")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Unusable(Exception):
    """A backup that is not restored, and why; nothing was changed."""


@dataclass(frozen=True)
class Part:
    """One member of the pack. `rows` and `columns` are of tables only."""

    sha256: str
    size: int
    rows: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    revision: str
    made_at: datetime  # UTC, without a zone
    program: str
    kind: str  # of the database it was made from
    secret_check: str
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are in all tables together."""
        return sum(part.rows for part in self.parts.values())


def table_of(member: str) -> str:
    """The table whose rows a member holds; empty for other members."""
    found = _TABLE.fullmatch(member)
    return found[1] if found else ""


def member_of(table: str) -> str:
    """The member that holds a table's rows."""
    return f"tables/{table}.jsonl"


def program_version() -> str:
    """The version of this program."""
    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])
    except (OSError, ValueError, KeyError):
        return ""


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as it stands in the pack."""
    return json.dumps(
        {
            "format": FORMAT,
            "revision": manifest.revision,
            "made_at": manifest.made_at.isoformat(),
            "program": manifest.program,
            "kind": manifest.kind,
            "secret_check": manifest.secret_check,
            "parts": {
                name: {
                    "sha256": part.sha256,
                    "size": part.size,
                    "rows": part.rows,
                    "columns": list(part.columns),
                }
                for name, part in manifest.parts.items()
            },
        },
        indent=1,
    ).encode()


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a pack. Raises Unusable where it is not one of ours."""
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise Unusable(
                "This backup was made by a newer Daraja. Restore it with that version or a later"
                " one."
            )
        return Manifest(
            revision=_text(told["revision"]),
            made_at=datetime.fromisoformat(_text(told["made_at"])).replace(tzinfo=None),
            program=_text(told["program"]),
            kind=_text(told["kind"]),
            secret_check=_text(told["secret_check"]),
            parts={_name(name): _part(part) for name, part in told["parts"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unusable(f"The list of contents ({MANIFEST}) is damaged.") from error


def _part(told: Any) -> Part:
    if not _DIGEST.fullmatch(told["sha256"]):
        raise ValueError("not a digest")
    size, rows = told["size"], told["rows"]
    if type(size) is not int or type(rows) is not int or size < 0 or rows < 0:
        raise ValueError("not a count")
    return Part(told["sha256"], size, rows, tuple(_text(name) for name in told["columns"]))


def _name(name: str) -> str:
    if name != SECRET and not table_of(name):
        raise ValueError("a name that no backup has")
    return name


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("not a short text")
    return value
