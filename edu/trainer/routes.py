"""The staff's door.

Every form here is a FlaskForm and carries a token, which its view validates: a form with a
missing or outworn token is shown again with all that was typed in it.
"""

from flask import Flask

from edu.trainer import (
    adaptations,
    evaluation,
    evaluation_plan,
    groups,
    into_programme,
    joint,
    linking,
    module_order,
    opening,
    paper,
    plan,
    report,
    second_entry,
    typing,
    voices,
)


def join(app: Flask) -> None:
    """Open the staff's door."""
    for blueprint in (
        groups.bp,
        opening.bp,
        into_programme.bp,
        joint.bp,
        module_order.bp,
        plan.bp,
        paper.bp,
        typing.bp,
        second_entry.bp,
        linking.bp,
        report.bp,
        evaluation.bp,
        adaptations.bp,
        evaluation_plan.bp,
        voices.bp,
    ):
        app.register_blueprint(blueprint)
