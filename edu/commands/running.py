"""Commands for whoever runs a server."""

import secrets
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from edu.commands.saying import stop
from edu.demo import LOGIN, NotForDemonstration, make_demo
from edu.lessons.mistakes import Broken
from edu.partners.members import member_named, new_password
from edu.preparing import get_ready
from edu.settings import Settings


@click.command("prepare")
@with_appcontext
def prepare_command() -> None:
    """Bring database, content and finished pages up to date, and say where the site is."""
    settings: Settings = current_app.extensions["settings"]
    try:
        done = get_ready(current_app)
    except Broken as broken:
        click.echo("Nothing was started, because of these mistakes:", err=True)
        stop(broken.mistakes)
    for warning in done.warnings:
        click.echo(f"WARNING: {warning}", err=True)
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
        new_password(session, member, password)
    click.echo(password)
