"""Catalogues of the interface's words as tests write them."""

from pathlib import Path

from edu.languages import language


def write(folder: Path, tag: str, entries: str, plural: str | None = None) -> Path:
    """A catalogue with these entries, and the header of its language unless told otherwise."""
    path = folder / tag / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    header = plural or language(tag).plural.header
    lines = [
        'msgid ""',
        'msgstr ""',
        r'"Content-Type: text/plain; charset=UTF-8\n"',
        rf'"Plural-Forms: {header}\n"',
        "",
        entries,
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
