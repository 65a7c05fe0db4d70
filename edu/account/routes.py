"""The door to one's account.

Every form here is a FlaskForm and carries a token, which its view validates: a form with a
missing or outworn token is shown again with all that was typed in it.
"""

from flask import Flask

from edu.account import elsewhere, enter, forgotten, home, links, own, passkey_entering, passkeys
from edu.account.once import new_key
from edu.account.waiting import join_waiting
from edu.partners.later import Later
from edu.settings import Settings


def join(app: Flask) -> None:
    """Open the door."""
    settings: Settings = app.extensions["settings"]
    app.extensions["later"] = Later()
    app.jinja_env.globals["new_key"] = new_key
    join_waiting(app)
    for door in (home, enter, passkey_entering, links, own, passkeys, forgotten):
        app.register_blueprint(door.bp)
    if settings.oidc_issuer:
        elsewhere.join_elsewhere(app, settings)
