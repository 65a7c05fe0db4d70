"""Commands for authors and translators."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from edu.commands.saying import FILE, stop
from edu.editions.checking import check_everything
from edu.editions.po import export_po, import_po, sources_by_edition, update_files
from edu.gate.gate import Refused, admit_path, read_own
from edu.languages import SOURCE, normalise
from edu.lessons.mistakes import Broken
from edu.lessons.render import render_fragment
from edu.segments.catalogue import read_po
from edu.segments.files import segments_as_json, weave_with_catalogue
from edu.settings import Settings


@click.command("check")
@with_appcontext
def check_command() -> None:
    """List every mistake in content/, quizzes/ and translations/; exit 1 if any blocks."""
    settings: Settings = current_app.extensions["settings"]
    mistakes = check_everything(settings.root)
    for mistake in mistakes:
        click.echo(str(mistake) if mistake.blocks else f"{mistake} (advice)")
    if any(mistake.blocks for mistake in mistakes):
        raise SystemExit(1)


@click.command("segments")
@click.argument("file", type=FILE)
def segments_command(file: Path) -> None:
    """The segments of a Markdown or instrument FILE as JSON."""
    try:
        segments = segments_as_json(file)
    except Broken as broken:
        stop(broken.mistakes)
    click.echo(json.dumps(segments, ensure_ascii=False, indent=1))


@click.command("weave")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--catalogue", type=FILE, required=True, help="the PO file with the words")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="write there")
def weave_command(files: tuple[Path, ...], catalogue: Path, into: Path | None) -> None:
    """Each of FILES with the catalogue's words, every other byte untouched."""
    if into is None and len(files) > 1:
        raise click.UsageError("several files need --into")
    names = [file.name for file in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise click.UsageError(
            f"{', '.join(twice)}: two files of one name cannot go into one place"
        )
    try:
        words = read_po(read_own("po", catalogue), str(catalogue))
        if words.mistakes:
            stop(list(words.mistakes))
        woven = [(file, weave_with_catalogue(file, words).encode()) for file in files]
    except Broken as broken:
        stop(broken.mistakes)
    if into is None:
        sys.stdout.buffer.write(woven[0][1])
        return
    into.mkdir(parents=True, exist_ok=True)
    for file, content in woven:
        (into / file.name).write_bytes(content)


@click.command("render")
@click.argument("file", type=FILE)
def render_command(file: Path) -> None:
    """The safe HTML of a Markdown FILE, as a learner would get it."""
    click.echo(render_fragment(file.read_bytes().decode("utf-8", "replace")), nl=False)


def _require_tag(tag: str) -> None:
    """End the command unless this is a tag to translate into."""
    if normalise(tag) != tag:
        raise click.UsageError(f"{tag} is not a language tag; {normalise(tag) or 'sw-KE'} is")
    if tag == SOURCE:
        raise click.UsageError("English is what is translated; mend it in content/ and quizzes/")


@click.command("catalogue")
@click.argument("tags", nargs=-1, required=True)
@with_appcontext
def catalogue_command(tags: tuple[str, ...]) -> None:
    """Begin or update the content catalogues of TAGS in translations/."""
    settings: Settings = current_app.extensions["settings"]
    for tag in tags:
        _require_tag(tag)
        for path in update_files(settings.root, tag):
            click.echo(path.relative_to(settings.root).as_posix())


@click.group("export")
def export_group() -> None:
    """Take work out, for other programs."""


@export_group.command("po")
@click.argument("tag")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), required=True)
@with_appcontext
def export_po_command(tag: str, into: Path) -> None:
    """The editions of TAG as PO files, one for each module, with the words in the database."""
    settings: Settings = current_app.extensions["settings"]
    _require_tag(tag)
    into.mkdir(parents=True, exist_ok=True)
    with current_app.extensions["database"].session(reading=True) as session:
        for name in sources_by_edition(settings.root):
            text = export_po(session, settings.root, tag, name)
            (into / f"{name}.po").write_text(text, encoding="utf-8")


@click.group("import")
def import_group() -> None:
    """Take work in that was done elsewhere."""


@import_group.command("po")
@click.argument("tag")
@click.argument("files", type=FILE, nargs=-1, required=True)
@with_appcontext
def import_po_command(tag: str, files: tuple[Path, ...]) -> None:
    """PO FILES (named by module) as drafts into the editions of TAG; then run `flask prepare`."""
    settings: Settings = current_app.extensions["settings"]
    _require_tag(tag)
    known = sources_by_edition(settings.root)
    unknown = [file.name for file in files if file.stem not in known]
    if unknown:
        raise click.UsageError(f"{', '.join(unknown)}: name a file by its module, such as m1.po")
    try:
        admitted = [(file, admit_path("po", file).content) for file in files]
    except Refused as refused:
        stop(refused.mistakes)
    with current_app.extensions["database"].work() as session:
        for file, content in admitted:
            taken = import_po(session, tag, file.stem, content, str(file))
            if taken.mistakes:
                session.rollback()
                stop(list(taken.mistakes))
            click.echo(f"{file.name}: {sum(bool(entry.target) for entry in taken.entries)} texts")
