"""The door of those who carry lessons to where there is no network, and answers back."""

from flask import Flask

from edu.carried import along, group_files
from edu.facilitator.finished import Shelf


def join(app: Flask) -> None:
    """Open it."""
    app.extensions[along.LIGHT] = Shelf(48)
    app.extensions[along.HEAVY] = Shelf(2)
    app.register_blueprint(along.bp)
    app.register_blueprint(group_files.bp)
