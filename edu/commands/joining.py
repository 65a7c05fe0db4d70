"""The command line; each command calls one function of the house."""

from flask import Flask

from edu.commands.carried import check_carried_command
from edu.commands.checking import check_pairs_command
from edu.commands.content import (
    catalogue_command,
    check_command,
    render_command,
    segments_command,
    weave_command,
)
from edu.commands.coverage import coverage_command
from edu.commands.developing import revision_command
from edu.commands.exchange import export_group, import_group
from edu.commands.jobs import job_command
from edu.commands.keeping import (
    backup_command,
    backup_key_command,
    doctor_command,
    keep_command,
    restore_command,
)
from edu.commands.measuring import change_command, score_command
from edu.commands.running import demo_command, password_command, prepare_command
from edu.commands.troubles import plainly


def join(app: Flask) -> None:
    """Hang the commands onto `flask`."""
    for command in (
        prepare_command,
        check_command,
        check_pairs_command,
        check_carried_command,
        segments_command,
        weave_command,
        render_command,
        score_command,
        change_command,
        demo_command,
        catalogue_command,
        coverage_command,
        export_group,
        import_group,
        revision_command,
        password_command,
        backup_command,
        backup_key_command,
        restore_command,
        keep_command,
        doctor_command,
        job_command,
    ):
        app.cli.add_command(plainly(command))
