"""The door of administration.

Every form here is a FlaskForm and carries a token, which its view validates. Every object is looked
up through the organisation for which somebody works; only pages under `/staff/server` look further,
and only a keeper enters them.
"""

from flask import Flask

from edu.admin import (
    accounts,
    announcements,
    backup,
    content,
    jobs,
    languages,
    member,
    members,
    organisations,
    policies,
    programmes,
    rights,
    server,
    trail,
)


def join(app: Flask) -> None:
    """Open the door."""
    for module in (
        members,
        member,
        programmes,
        trail,
        rights,
        server,
        organisations,
        accounts,
        policies,
        languages,
        announcements,
        content,
        jobs,
        backup,
    ):
        app.register_blueprint(module.bp)
