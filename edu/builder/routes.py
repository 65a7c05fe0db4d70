"""The door where questionnaires are put together."""

from flask import Flask

from edu.builder import bringing, building, instruments, licences


def join(app: Flask) -> None:
    """Open the door."""
    for blueprint in (instruments.bp, building.bp, licences.bp, bringing.bp):
        app.register_blueprint(blueprint)
