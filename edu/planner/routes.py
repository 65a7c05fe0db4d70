"""The door of those who plan programmes, join allies and follow through."""

from flask import Flask

from edu.planner import (
    actions,
    assessment,
    bodies,
    brief,
    carrying,
    channels,
    collaborative,
    dates,
    details,
    directory,
    follow_up,
    governing,
    group_sheet,
    hours,
    links,
    observing,
    reach,
    referrals,
    safety,
    services,
)


def join(app: Flask) -> None:
    """Open the door."""
    for blueprint in (
        details.bp,
        carrying.bp,
        governing.bp,
        safety.bp,
        assessment.bp,
        collaborative.bp,
        channels.bp,
        bodies.bp,
        links.bp,
        referrals.bp,
        directory.bp,
        services.bp,
        brief.bp,
        actions.bp,
        dates.bp,
        follow_up.bp,
        group_sheet.bp,
        hours.bp,
        observing.bp,
        reach.bp,
    ):
        app.register_blueprint(blueprint)
