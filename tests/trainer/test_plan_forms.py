"""A group's plan as it is typed: what would link strangers, or nobody at all, is refused."""

from flask import Flask
from werkzeug.datastructures import MultiDict

from edu.trainer.plan_forms import PlanForm


def _refused(house: Flask, **typed: str) -> list[str]:
    said = {"arm": "intervention", "allocation": "otherwise", "later": "12", "linking": "elements"}
    with house.test_request_context("/en/staff"):
        form = PlanForm(MultiDict(said | typed), meta={"csrf": False})
        form.offer(["en"], [])
        form.validate()
        return [str(message) for messages in form.errors.values() for message in messages]


def test_how_many_of_the_usual_questions_must_agree_is_held_to_their_number(home: Flask) -> None:
    wrong = ["Choose 5 to 7."]
    assert [_refused(home, needed=needed) for needed in ("", "1", "4", "5", "7", "8", "99")] == [
        *([], wrong, wrong),
        *([], [], wrong, wrong),
    ]
    assert _refused(home, needed="1", linking="card") == []
