"""Finished pages made anew, in the background, after what learners meet has changed."""

from flask import current_app

from edu.doors import afterwards, db
from edu.server.jobs import Jobs, UnderWay, Work


def pages_soon() -> None:
    """Begin once this request is committed; work that is under way looks once more at its end."""
    jobs: Jobs = current_app.extensions["jobs"]
    try:
        _number, begin = jobs.start(db(), Work.PUBLISH)
    except UnderWay:
        return
    afterwards(lambda _session: begin())
