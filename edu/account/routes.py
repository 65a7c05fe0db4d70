"""The door to one's account.

Every form here is a FlaskForm and carries a token, which its view validates: a form with a
missing or outworn token is shown again with all that was typed in it.
"""

from flask import Flask

from edu.account import enter, home, links, own


def join(app: Flask) -> None:
    """Open the door."""
    for blueprint in (home.bp, enter.bp, links.bp, own.bp):
        app.register_blueprint(blueprint)
