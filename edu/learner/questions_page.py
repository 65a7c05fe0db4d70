"""The page of a questionnaire: for a learner now, or as a copy that her phone keeps."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from wtforms import Form

from edu.doors import address, show, wave_name
from edu.learner.questions import item_views, make_form
from edu.learning.courses import Questionnaire
from edu.learning.waves import LOOKING_BACK
from edu.pages.speaking import spoken


@dataclass(frozen=True)
class Place:
    """Where a questionnaire stands among those of its wave, and whose way it is on. A copy is on
    nobody's: the phone that keeps it writes the way and a key into each form that it sends."""

    part: int
    parts: int
    way: str = ""


def blank_copy(found: Questionnaire, wave: str, place: Place) -> str:
    """The questions as a phone keeps them: no key, no sign of a person, nothing answered."""
    return questions_page(found, wave, make_form(found, None, {}), place, (), shown=False)


def questions_page(
    found: Questionnaire,
    wave: str,
    form: Form,
    place: Place,
    kept: Collection[str],
    *,
    shown: bool,
) -> str:
    """`kept` are the items that she has answered and does not see again."""
    page = spoken()
    return show(
        "learner/questions.html",
        wave_name=wave_name(wave),
        back=wave == LOOKING_BACK,
        part=place.part,
        parts=place.parts,
        kind=found.instrument.kind.value,
        validated=found.instrument.validated,
        state=found.state,
        complete=found.is_complete(page),
        title=found.text("title", page=page),
        introduction=found.text("introduction", page=page),
        items=item_views(found, form, page, kept),
        shown=shown,
        way=place.way,
        release=found.release_id,
        key=secrets.token_urlsafe(24) if place.way else "",
        sent_to="" if place.way else address("questions", wave, found.instrument.id),
    )
