"""Commands for keeping a server alive: backups, the daily work, and the doctor."""

import json
from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from edu.backups import daily, folder, keys
from edu.backups.locks import alone, only_one
from edu.backups.making import make_backup
from edu.backups.opening import opened
from edu.backups.rehearsal import rehearse
from edu.backups.restoring import NotEmpty, Restored, restore
from edu.commands.saying import FILE
from edu.database import Database
from edu.health import clock, doctor, keeper, marks, secret
from edu.preparing import renew_pages
from edu.settings import Settings

_KEY = click.option("--key", type=FILE, help="file with the secret key of encrypted backups")


def _here() -> tuple[Database, Settings]:
    return current_app.extensions["database"], current_app.extensions["settings"]


@click.command("backup")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="write it there")
@click.option("--keep", type=click.IntRange(1), help="how many of the newest backups stay there")
@with_appcontext
def backup_command(into: Path | None, keep: int | None) -> None:
    """Back everything up while the server runs; encrypted where BACKUP_KEY is set."""
    database, settings = _here()
    target = into.resolve() if into else settings.backup_into or settings.instance / "backups"
    target = folder.ready(target, settings.instance)
    made = make_backup(database, settings, target)
    marks.put(settings.instance, "backup")
    gone = folder.thin_out(target, made.file, keep) if keep else []
    click.echo(
        f"{made.file}: {made.manifest.rows} rows" + (f", {len(gone)} old ones deleted" * bool(gone))
    )
    if not made.encrypted:
        click.echo(
            "It is not encrypted, and the secret is not in it. Keep a copy of secret.key elsewhere,"
            " or code cards will not work after a restore. To encrypt: flask backup-key",
            err=True,
        )


@click.command("backup-key")
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), help="write the secret key there"
)
def backup_key_command(into: Path | None) -> None:
    """Make the key pair for encrypted backups; the secret half belongs on paper, twice."""
    pair = keys.new_key_pair()
    if into is None:
        click.echo(keys.sheet(pair))
    elif into.exists():
        raise click.UsageError(f"{into} is there already; a key is never written over")
    else:
        marks.write_whole(into.resolve(), keys.sheet(pair).encode())
        click.echo(
            f"The secret key is in {into}. Print it or put it on a stick, then delete it here."
        )
    click.echo(f"Set BACKUP_KEY={pair.public}")


@click.command("restore")
@click.argument("file", type=FILE)
@_KEY
@click.option("--replace", is_flag=True, help="put it in the place of what is there")
@click.option("--rehearse", "only_rehearse", is_flag=True, help="only try it, and change nothing")
@with_appcontext
def restore_command(file: Path, key: Path | None, replace: bool, only_rehearse: bool) -> None:
    """Bring the backup FILE back into an empty instance, or only see whether it could be."""
    database, settings = _here()
    with opened(file, key, settings.instance) as backup:
        if only_rehearse:
            rehearse(backup, settings.instance)
            click.echo(f"It can be restored: {backup.manifest.rows} rows. Nothing was changed.")
            return
        with alone(settings.instance) as is_alone:
            if not is_alone:
                raise click.ClickException("The server is running. Stop it first, then restore.")
            try:
                done = restore(database, settings, backup, replace=replace)
            except NotEmpty:
                raise click.ClickException(
                    "There is work in this database already. Say --replace to put the backup in its"
                    " place; what is there is backed up first."
                ) from None
    _tell(done)


def _tell(done: Restored) -> None:
    made = done.manifest
    click.echo(f"Restored: {made.rows} rows of {made.made_at:%Y-%m-%d %H:%M} UTC.")
    if done.before is not None:
        click.echo(f"What was there before is in {done.before}. Delete it when all is well.")
    if not done.cards_work:
        click.echo(
            "The secret in force is not the one of this backup: CODE CARDS DO NOT WORK YET. Put"
            " your copy of secret.key into the instance folder, or the old SECRET_KEY into the"
            " settings.",
            err=True,
        )
    click.echo("Now start the server as always; it makes the pages first.")


@click.command("keep")
@click.option("--due", is_flag=True, help="only when a day has passed since the last time")
@with_appcontext
def keep_command(due: bool) -> None:
    """The work of every day: check the database, forget what is old, back up."""
    database, settings = _here()
    with only_one(settings.instance) as is_only:
        if not is_only:
            click.echo("The day's work is being done already.")
            return
        if due and not keeper.is_due(settings.instance):
            return
        done = daily.keep(database, settings, partial(renew_pages, current_app))
    for each in done:
        click.echo(f"{each.name}: {each.said}", err=not each.well)
    if not all(each.well for each in done):
        raise SystemExit(1)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="as JSON, for programs")
@click.option("--trust-clock", is_flag=True, help="the clock was looked at and is right")
@click.option("--accept-secret", is_flag=True, help="the old secret is lost; go on with this one")
@with_appcontext
def doctor_command(as_json: bool, trust_clock: bool, accept_secret: bool) -> None:
    """Say what is wrong with this server and what to do; ends with 0, 1 (do) or 2 (serious)."""
    database, settings = _here()
    if trust_clock:
        clock.trust(settings.instance)
    if accept_secret:
        secret.expect(settings.instance, secret.check_value(settings.secret_key))
    findings = doctor.examine(database, settings)
    if as_json:
        click.echo(json.dumps(doctor.as_data(findings), ensure_ascii=False, indent=1))
    else:
        click.echo(doctor.as_text(findings))
    raise SystemExit(int(doctor.worst(findings)))
