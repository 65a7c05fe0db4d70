"""The command line; each command calls one function of the house."""

import csv
import io
import json
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from edu.demo import LOGIN, NotForDemonstration, make_demo
from edu.editions.checking import check_everything
from edu.editions.po import export_po, import_po, sources_by_edition, update_files
from edu.languages import SOURCE, normalise
from edu.lessons.mistakes import Broken, Mistake
from edu.lessons.render import render_fragment
from edu.outcomes.change_csv import change
from edu.partners.accounts import member_named, new_password
from edu.preparing import prepare
from edu.quizzes.instrument import HigherMeans
from edu.quizzes.load import load_instrument
from edu.quizzes.scoring import score_table
from edu.schema import make_revision
from edu.segments.catalogue import read_po
from edu.segments.files import segments_as_json, weave_with_catalogue
from edu.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def join(app: Flask) -> None:
    """Hang the commands onto `flask`."""
    for command in (
        prepare_command,
        check_command,
        segments_command,
        weave_command,
        render_command,
        score_command,
        change_command,
        demo_command,
        catalogue_command,
        export_group,
        import_group,
        revision_command,
        password_command,
    ):
        app.cli.add_command(command)


def _stop(mistakes: list[Mistake]) -> None:
    for mistake in sorted(mistakes):
        click.echo(str(mistake), err=True)
    raise SystemExit(1)


def _lines(path: Path) -> list[str]:
    """The lines of a table; ends the command with the place when it is not UTF-8."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _stop([Mistake(str(path), line, "This is not UTF-8. Save the table as CSV UTF-8.")])
        raise
    return io.StringIO(text, newline="").readlines()


@click.command("prepare")
@with_appcontext
def prepare_command() -> None:
    """Bring database, content and finished pages up to date, and say where the site is."""
    settings: Settings = current_app.extensions["settings"]
    try:
        done = prepare(current_app)
    except Broken as broken:
        click.echo("Nothing was started, because of these mistakes:", err=True)
        _stop(broken.mistakes)
    if done.releases or done.pages:
        click.echo(f"{done.releases} new releases, {done.pages} pages written")
    if done.forgotten:
        click.echo(f"{done.forgotten} learners of long ago deleted")
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo(f"Daraja is at {address}/")
    if done.setup_token:
        click.echo(f"First administrator, once: {address}/en/staff/first/{done.setup_token}")


@click.command("demo")
@with_appcontext
def demo_command() -> None:
    """Fill an empty database with a simulated programme, and say how to sign in."""
    try:
        password = make_demo(current_app, datetime.now(UTC).date())
    except NotForDemonstration as refusal:
        raise click.ClickException(str(refusal)) from refusal
    settings: Settings = current_app.extensions["settings"]
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo(f"Simulated programme: {address}/en/staff  name {LOGIN}  password {password}")


@click.command("password")
@click.argument("login")
@with_appcontext
def password_command(login: str) -> None:
    """Give the member who signs in as LOGIN a new password, and print it."""
    password = secrets.token_urlsafe(12)
    with current_app.extensions["database"].work() as session:
        member = member_named(session, login)
        if member is None:
            raise click.ClickException(f"nobody signs in as {login}")
        new_password(member, password)
    click.echo(password)


@click.command("revision")
@click.argument("number")
@click.argument("message")
@with_appcontext
def revision_command(number: str, message: str) -> None:
    """For developers: write migration NUMBER (such as 0002) from the models as they are now."""
    make_revision(current_app.extensions["database"].engine, message, number)


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
@click.argument("file", type=_FILE)
def segments_command(file: Path) -> None:
    """The segments of a Markdown or instrument FILE as JSON."""
    try:
        segments = segments_as_json(file)
    except Broken as broken:
        _stop(broken.mistakes)
    click.echo(json.dumps(segments, ensure_ascii=False, indent=1))


@click.command("weave")
@click.argument("files", type=_FILE, nargs=-1, required=True)
@click.option("--catalogue", type=_FILE, required=True, help="the PO file with the words")
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
    words = read_po(catalogue)
    if words.mistakes:
        _stop(list(words.mistakes))
    try:
        woven = [(file, weave_with_catalogue(file, words).encode()) for file in files]
    except Broken as broken:
        _stop(broken.mistakes)
    if into is None:
        sys.stdout.buffer.write(woven[0][1])
        return
    into.mkdir(parents=True, exist_ok=True)
    for file, content in woven:
        (into / file.name).write_bytes(content)


@click.command("render")
@click.argument("file", type=_FILE)
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
@click.argument("files", type=_FILE, nargs=-1, required=True)
@with_appcontext
def import_po_command(tag: str, files: tuple[Path, ...]) -> None:
    """PO FILES (named by module) as drafts into the editions of TAG; then run `flask prepare`."""
    settings: Settings = current_app.extensions["settings"]
    _require_tag(tag)
    known = sources_by_edition(settings.root)
    unknown = [file.name for file in files if file.stem not in known]
    if unknown:
        raise click.UsageError(f"{', '.join(unknown)}: name a file by its module, such as m1.po")
    with current_app.extensions["database"].work() as session:
        for file in files:
            taken = import_po(session, tag, file.stem, file.read_bytes(), str(file))
            if taken.mistakes:
                session.rollback()
                _stop(list(taken.mistakes))
            click.echo(f"{file.name}: {sum(bool(entry.target) for entry in taken.entries)} texts")


@click.command("score")
@click.argument("instrument", type=_FILE)
@click.argument("answers", type=_FILE)
def score_command(instrument: Path, answers: Path) -> None:
    """Scores as CSV, one row for each sitting in the CSV file ANSWERS."""
    loaded, mistakes = load_instrument(instrument)
    if loaded is None or any(mistake.blocks for mistake in mistakes):
        _stop(mistakes)
        return
    table = csv.DictReader(_lines(answers))
    rows, mistakes = score_table(loaded, table, str(answers))
    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    if mistakes:
        _stop(mistakes)


@click.command("change")
@click.argument("data", type=_FILE)
@click.option("--before", required=True, help="column with the scores before")
@click.option("--after", required=True, help="column with the scores after")
@click.option("--minimum", help="lowest possible score")
@click.option("--maximum", help="highest possible score")
@click.option(
    "--higher-is", type=click.Choice([each.value for each in HigherMeans]), default="better"
)
@click.option("--json", "_json", is_flag=True, help="JSON, as always")
def change_command(
    data: Path,
    before: str,
    after: str,
    minimum: str | None,
    maximum: str | None,
    higher_is: str,
    _json: bool,
) -> None:
    """The analysis of before and after in the CSV file DATA, as JSON."""
    try:
        result = change(
            _lines(data),
            before=before,
            after=after,
            minimum=minimum,
            maximum=maximum,
            higher_is=HigherMeans(higher_is),
            file=str(data),
        )
    except Broken as broken:
        _stop(broken.mistakes)
        return
    click.echo(json.dumps(result, ensure_ascii=False, indent=1))
