"""The door of those who translate, adapt, review and release.

Every form here is a FlaskForm and carries a token, which its view validates. Everything is looked
up by the language of an edition, and is not there for whoever has nothing to do with it.
"""

from flask import Flask

from edu.partner import (
    asking,
    changes,
    desk,
    exchange,
    exchange_terms,
    keystrokes,
    meaning,
    media,
    media_list,
    preview,
    profile_entries,
    profiles,
    reading,
    recording,
    recordings,
    releases,
    reviews,
    segment,
    sharing,
    taking,
)


def join(app: Flask) -> None:
    """Open the door of the desk."""
    for module in (
        desk,
        segment,
        keystrokes,
        preview,
        recordings,
        recording,
        profiles,
        profile_entries,
        asking,
        changes,
        meaning,
        media,
        media_list,
        reading,
        releases,
        reviews,
        exchange,
        exchange_terms,
        sharing,
        taking,
    ):
        app.register_blueprint(module.bp)
