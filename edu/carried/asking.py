"""The questions of a group within its file: what its template shows and what its script needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from edu.carried.keys import sealing_public
from edu.carried.lessons import within
from edu.doors import wave_name
from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.groups.models import Group
from edu.learner.questions import ItemView, item_views, make_form
from edu.learning.courses import Course, Questionnaire
from edu.learning.kept_words import course_of_group
from edu.learning.waves import BEFORE, BEFORE_2, in_order, schedule_of
from edu.pages.speaking import spoken
from edu.pages.views import PageView, Text, page_view

CONSENT = "consent"


@dataclass(frozen=True)
class FormView:
    """One questionnaire in the file; `note` says whether its words are a draft."""

    id: str
    title: Text
    introduction: Text
    validated: bool
    items: Sequence[ItemView]
    state: str
    complete: bool


@dataclass(frozen=True)
class Questions:
    """What a file asks: its course, its questionnaires in the order of the waves, and the page on
    which people agree."""

    course: Course
    waves: Sequence[str]
    forms: Sequence[Questionnaire]
    consent: PageView
    consent_release: Release

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Which questionnaires these are, to be read back when answers come."""
        return [
            {
                "name": each.instrument.id,
                "version": each.instrument.version,
                "release": each.release_id,
                "tag": each.tag,
                "draft": each.draft,
                "waves": [wave for wave in self.waves if each in self.course.asked_in(wave)],
            }
            for each in self.forms
        ]

    @property
    def lessons(self) -> dict[str, int]:
        """Which lessons are in the file, in the words of which release."""
        return {
            lesson["id"]: release.id
            for release in self.course.modules
            for lesson in release.payload["lessons"]
        }


def questions_for(
    session: Session, group: Group, waves: Sequence[str], today: date
) -> Questions | None:
    """What a group is asked in these waves, in the language spoken; None where nobody could agree
    in it, or nothing is asked."""
    course = course_of_group(session, group, spoken(), today)
    release = current_release(session, spoken(), "pages")
    stored = release.payload["pages"] if release is not None else []
    consent = next((each for each in stored if each["slug"] == CONSENT), None)
    known = [wave for wave in in_order(waves) if wave in schedule_of(group).waves]
    forms: list[Questionnaire] = []
    for wave in known:
        forms += [each for each in course.asked_in(wave) if each not in forms]
    if release is None or consent is None or not forms:
        return None
    return Questions(course, known, forms, page_view(consent, spoken(), _), release)


def in_the_file(found: Questions, file: str, until: date, secret: str) -> Mapping[str, Any]:
    """What the template of a file needs to ask."""
    waves = [
        {
            "name": wave,
            "title": wave_name(wave),
            "first": wave in (BEFORE, BEFORE_2),
            "forms": [each.instrument.id for each in found.course.asked_in(wave)],
        }
        for wave in found.waves
    ]
    words = {
        "count": _("Sealed answers that wait on this phone: %(count)s", count="%(count)s"),
        "part": _("Part %(number)s of %(count)s", number="%(number)s", count="%(count)s"),
        "piece": _("Picture %(number)s of %(count)s", number="%(number)s", count="%(count)s"),
    }
    return {
        "asking": {
            "file": file,
            "key": sealing_public(secret).hex(),
            "until": until.isoformat(),
            "waves": waves,
            "words": words,
        },
        "forms": [_form(each) for each in found.forms],
        "consent_page": found.consent,
        "consent_html": within(CONSENT, found.consent.html),
    }


def _form(questionnaire: Questionnaire) -> FormView:
    form, page = make_form(questionnaire, None, {}), spoken()
    return FormView(
        id=questionnaire.instrument.id,
        title=questionnaire.text("title", page=page),
        introduction=questionnaire.text("introduction", page=page),
        validated=questionnaire.instrument.validated,
        items=item_views(questionnaire, form, page, frozenset()),
        state=questionnaire.state,
        complete=questionnaire.is_complete(page),
    )
