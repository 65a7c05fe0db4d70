"""Commands for where there is no network: a module as one file, a memory card, checking a file."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from edu.carried.book import House, Wanted, book, file_name
from edu.carried.checking import Mark, Use, Verdict, verdict
from edu.carried.memory_card import CARD, card
from edu.commands.content import export_group
from edu.commands.saying import FILE, stop
from edu.doors import today
from edu.editions.models import Release
from edu.editions.releasing import current_release, offered_tags, released_modules
from edu.gate.gate import admit_path
from edu.lessons.mistakes import Broken

_INTO = click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="folder to write it to",
)
_SOUND = click.option("--sound", is_flag=True, help="with recordings, where there are any")


def _house() -> House:
    found = current_app.extensions
    return House(current_app.jinja_env, found["interface"], found["settings"])


@export_group.command("module")
@click.argument("tag")
@click.argument("module")
@_SOUND
@_INTO
@with_appcontext
def export_module_command(tag: str, module: str, sound: bool, into: Path) -> None:
    """MODULE in the language TAG as one file that opens in any browser without a network."""
    with current_app.extensions["database"].session(reading=True) as session:
        wanted = Wanted(tag, [_released(session, tag, module)], sound)
        body = book(session, _house(), wanted, today())
    _write(into, file_name(wanted), body)


def _released(session: Session, tag: str, module: str) -> Release:
    release = current_release(session, tag, module)
    if release is None or "lessons" not in release.payload:
        raise click.UsageError(f"there is no release of {module} for {tag}; prepare first")
    return release


@export_group.command("memory-card")
@click.argument("tags", nargs=-1)
@_SOUND
@_INTO
@with_appcontext
def export_card_command(tags: tuple[str, ...], sound: bool, into: Path) -> None:
    """Everything in the languages TAGS (all, if none is named) as a zip for a memory card."""
    with current_app.extensions["database"].session(reading=True) as session:
        offered = offered_tags(session)
        for tag in tags:
            if tag not in offered:
                raise click.UsageError(
                    f"{tag} is not on offer here; there are {', '.join(offered)}"
                )
        chosen = [tag for tag in offered if tag in tags or not tags]
        wanted = [(tag, released_modules(session, tag)) for tag in chosen]
        body = card(session, _house(), wanted, today(), sounds=sound)
    _write(into, CARD, body)


def _write(into: Path, name: str, body: bytes) -> None:
    into.mkdir(parents=True, exist_ok=True)
    (into / name).write_bytes(body)
    click.echo(f"{into / name}: {len(body)} bytes")


@click.command("check-carried")
@click.argument("file", type=FILE)
@with_appcontext
def check_carried_command(file: Path) -> None:
    """Say whether FILE, a file of lessons, is ours, whole and still to be used; if not, ends with
    1."""
    try:
        admitted = admit_path("carried", file)
    except Broken as refused:
        stop(refused.mistakes)
        raise SystemExit(1) from refused
    with current_app.extensions["database"].session(reading=True) as session:
        secret = current_app.extensions["settings"].secret_key
        found = verdict(session, admitted, secret, today())
    click.echo(f"{file}: {_told(found)}")
    raise SystemExit(int(found.use not in (Use.CURRENT, Use.NEWER)))


def _told(found: Verdict) -> str:
    if found.mark is not Mark.GENUINE or found.use is None:
        return found.mark.value
    parts = ", ".join(f"{each.tag}/{each.module}/{each.number}" for each in found.parts)
    why = ", ".join(found.withdrawn or found.newer)
    use = f"{found.use.value}: {why}" if why else found.use.value
    return f"{found.mark.value}, {parts}, made on {found.made_on}; {use}"
