"""The door of those who stand in a room with people."""

from flask import Flask

from edu.facilitator import disclosure, files, hands, incidents, meetings, printing, room
from edu.facilitator.finished import Shelf


def join(app: Flask) -> None:
    """Open the facilitators' door."""
    app.extensions["printed"] = Shelf()
    for blueprint in (
        printing.bp,
        files.bp,
        room.bp,
        meetings.bp,
        hands.bp,
        incidents.bp,
        disclosure.bp,
    ):
        app.register_blueprint(blueprint)
