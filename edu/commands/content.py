"""Commands for authors and translators."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from edu.commands.saying import FILE, stop
from edu.communities.files import write
from edu.communities.shipped import profile_as_file, profile_tags
from edu.editions.checking import check_everything
from edu.editions.po import update_files
from edu.gate.gate import read_own
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


def require_tag(tag: str) -> None:
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
        require_tag(tag)
        for path in update_files(settings.root, tag):
            click.echo(path.relative_to(settings.root).as_posix())


@click.group("export")
def export_group() -> None:
    """Take work out, for other programs."""


@export_group.command("profiles")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), required=True)
@with_appcontext
def export_profiles_command(tags: tuple[str, ...], into: Path) -> None:
    """The profiles of communities as TOML files: of TAG, or of all. Confirmations stay here."""
    with current_app.extensions["database"].session(reading=True) as session:
        wanted = tags or profile_tags(session)
        found = {tag: profile_as_file(session, tag) for tag in wanted}
    missing = [tag for tag, profile in found.items() if profile is None]
    if missing:
        raise click.UsageError(f"{', '.join(missing)}: there is no profile of this tag")
    into.mkdir(parents=True, exist_ok=True)
    for tag, profile in found.items():
        if profile is not None:
            (into / f"{tag}.toml").write_text(write(profile), encoding="utf-8")


@click.group("import")
def import_group() -> None:
    """Take work in that was done elsewhere."""
