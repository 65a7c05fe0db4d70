"""Style and scripts of files that are carried, and what such a file forbids itself."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from edu.pages.assets import FOLDER, script

_OWN = Path(__file__).parent / "phone"


def style() -> Markup:
    sheets = (FOLDER / "daraja.css", _OWN / "book.css")
    return Markup("".join(each.read_text(encoding="utf-8") for each in sheets))  # noqa: S704


def script_of(name: str) -> Markup:
    """A script without its comments and indentation, ours or one of every page."""
    if (FOLDER / name).exists():
        return script(name)
    lines = (_OWN / name).read_text(encoding="utf-8").splitlines()
    kept = [line.strip() for line in lines if line.strip() and not line.strip().startswith("//")]
    return Markup("\n".join(kept))  # noqa: S704 (our own file)


def policy(scripts: Sequence[str], styles: str = "") -> str:
    """What a file forbids itself: everything from anywhere, and every script but these. `styles`
    says where its style comes from, if not from within."""
    allowed = " ".join(_digest(script_of(name)) for name in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {styles or _digest(style())}; "
        "img-src data:; media-src data:; form-action 'none'; base-uri 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
