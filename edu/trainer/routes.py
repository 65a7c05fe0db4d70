"""The staff's door.

Every form here is a FlaskForm and carries a token, which its view validates: a form with a
missing or outworn token is shown again with all that was typed in it.
"""

from flask import Flask

from edu.trainer import groups, report


def join(app: Flask) -> None:
    """Open the staff's door."""
    for blueprint in (groups.bp, report.bp):
        app.register_blueprint(blueprint)
