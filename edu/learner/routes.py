"""The learner's door: every page a learner meets that is not finished beforehand."""

from flask import Flask, redirect
from flask.typing import ResponseReturnValue

from edu.doors import nearest_tag
from edu.learner import arrive, course, leave, mine, offline, research, result, upset


def join(app: Flask) -> None:
    """Open the learner's door."""
    for blueprint in (
        arrive.bp,
        course.bp,
        mine.bp,
        upset.bp,
        result.bp,
        research.bp,
        leave.bp,
        leave.out,
        offline.bp,
    ):
        app.register_blueprint(blueprint)
    app.add_url_rule("/", "first", _first)


def _first() -> ResponseReturnValue:
    """The only answer that depends on what the browser asks for: the way to a language."""
    response = redirect(f"/{nearest_tag()}/", 302)
    response.headers["Vary"] = "Accept-Language"
    return response
