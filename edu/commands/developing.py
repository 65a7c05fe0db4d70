"""Commands for developers."""

import click
from flask import current_app
from flask.cli import with_appcontext

from edu.schema import make_revision


@click.command("revision")
@click.argument("number")
@click.argument("message")
@with_appcontext
def revision_command(number: str, message: str) -> None:
    """For developers: write migration NUMBER (such as 0002) from the models as they are now."""
    make_revision(current_app.extensions["database"].engine, message, number)
