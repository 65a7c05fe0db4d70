"""A simulated programme, so that every page has something to show. Marked as such everywhere.

The answers come from a fixed seed and go through the same functions as real ones do.
"""

import random
import secrets
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.releasing import current_release
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Group, Programme
from edu.groups.programmes import make_programme
from edu.learning.courses import Course, Questionnaire, course_in
from edu.learning.journeys import finish_lesson, start_journey
from edu.learning.learners import make_learner
from edu.learning.models import Journey, Learner
from edu.learning.sittings import submit
from edu.outcomes.evaluation_queue import ask, work_all
from edu.outcomes.figures import take_snapshot
from edu.outcomes.plans import Plan, freeze, keep_plan
from edu.partners.members import give_role, make_member, make_organisation, new_password
from edu.partners.models import Member
from edu.partners.roles import Role
from edu.programmes.assessing import STEPS, Said, finish, save_step
from edu.programmes.planning import Details, Shares, add_seat, keep_details, keep_support
from edu.programmes.planning_models import Setting
from edu.programmes.starting import open_group
from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import Instrument, Item, Kind
from edu.server.choices import SecondStep, choose
from edu.settings import Settings

LOGIN = "demo"
_ORGANISATION = "Simulated organisation"
_PROGRAMME = "Simulated programme"
_MODULES = ("m0", "m1", "m2")
#: Name, place, language in which its people read, how many there are, how much they moved.
_GROUPS = (
    ("Simulated: evening circle", "en", 26, 0.55),
    ("Simulated: market group", "sw-KE", 18, 0.35),
    ("Simulated: new group", "en", 6, 0.5),
)


class NotForDemonstration(Exception):
    """Raised rather than mixing simulated people with real ones."""


def make_demo(app: Flask, today: date) -> str:
    """Make the simulated programme if it is not there; returns a fresh password for `demo`."""
    settings: Settings = app.extensions["settings"]
    database: Database = app.extensions["database"]
    if not settings.demo:
        raise NotForDemonstration("set DARAJA_DEMO=1, or use `make demo`")
    password = secrets.token_urlsafe(12)
    with database.work() as session:
        member = session.scalar(select(Member).where(Member.login == LOGIN))
        if member is None:
            member = _make_programme(session, settings, password, today)
        new_password(session, member, password)
    work_all(database, settings.root, today)
    return password


def _make_programme(session: Session, settings: Settings, password: str, today: date) -> Member:
    if session.scalar(select(func.count()).select_from(Learner)):
        raise NotForDemonstration("this database holds learners who are not simulated")
    home = make_organisation(session, _ORGANISATION)
    member = make_member(session, login=LOGIN, password=password)
    give_role(session, member, home, Role.KEEPER)
    give_role(session, member, home, Role.ADMINISTRATOR)
    # Whoever tries a demonstration gets a password each time; a second step would be in the way.
    choose(session, "second_step", SecondStep.NOBODY.value)
    chance = random.Random(2026)  # noqa: S311 (made to be the same each time, not to be secret)
    programme = make_programme(session, home.id, _PROGRAMME, today - timedelta(days=60))
    _plan(session, programme, member, today)
    for name, tag, size, gain in _GROUPS:
        plan = GroupPlan(name, "", (tag,), _MODULES, programme_id=programme.id)
        group = make_group(session, home.id, plan, today - timedelta(days=40))
        if open_group(session, group, today - timedelta(days=40)):
            raise RuntimeError("the simulated programme lacks something; see starting.py")
        course = course_in(session, tag, _MODULES)
        for _ in range(size):
            _live_through(session, settings, group, course, gain, chance, today)
        take_snapshot(session, group.id, "after", today)
    ask(session, programme.id, today)
    return member


def _plan(session: Session, programme: Programme, member: Member, today: date) -> None:
    """Everything that a programme says of itself before a group of it may start."""
    begun, frozen = today - timedelta(days=60), today - timedelta(days=50)
    wants = Details(
        "Simulated: nobody here is alone with a heavy mind",
        "Simulated: a place to meet, open to everybody, every week",
        Shares(promotion=50, prevention=30, care=20),
        Setting.TOWN.value,
    )
    keep_details(session, programme.id, wants, member.id, begun)
    role = "Simulated: member of a users' group"
    add_seat(session, programme.id, role, votes=True, lived=True, paid=True)
    keep_support(session, programme.id, "Simulated: nurse", "Simulated: at the clinic", frozen)
    for step in STEPS:
        text = "Simulated: elder\nSimulated: carer" if step.asks_members else "Simulated"
        said = Said(dict.fromkeys(step.parts, text))
        assessment = save_step(session, programme.id, step, said, member.id, begun)
    finish(session, assessment, frozen)
    plan = Plan(
        primary=tuple(f"attitudes/{name}" for name in ("contact", "help")),
        waves=("before", "after"),
        owner="Simulated: coordinator",
        reader="Simulated: university",
        words=("interview",),
        kept_until=today + timedelta(days=365),
    )
    freeze(session, keep_plan(session, programme.id, plan, begun), frozen)


def _live_through(
    session: Session,
    settings: Settings,
    group: Group,
    course: Course,
    gain: float,
    chance: random.Random,
    today: date,
) -> None:
    """One simulated learner's journey; some stop on the way, as people do."""
    start = today - timedelta(days=chance.randint(10, 35))
    card = make_learner(
        session,
        secret=settings.secret_key,
        start_key=secrets.token_urlsafe(24),
        group_id=group.id,
        today=start,
    )
    pages = current_release(session, group.tags[0], "pages")
    if pages is None:
        raise LookupError(f"no pages are released in {group.tags[0]}")
    journey = start_journey(
        session,
        card.learner,
        tag=group.tags[0],
        modules=list(_MODULES),
        group=group,
        consent_release_id=pages.id,
        today=start,
    )
    temper = chance.gauss(0, 0.7)
    _answer(session, journey, course, "before", temper, chance, start)
    for release in course.modules:
        for lesson in release.payload["lessons"]:
            if chance.random() < 0.01:
                return
            finish_lesson(session, journey, lesson["id"], release.id)
    after = start + timedelta(days=chance.randint(2, 9))
    _answer(session, journey, course, "after", temper + chance.gauss(gain, 0.5), chance, after)


def _answer(
    session: Session,
    journey: Journey,
    course: Course,
    wave: str,
    temper: float,
    chance: random.Random,
    day: date,
) -> None:
    for questionnaire in course.asked_in(wave):
        submit(
            session,
            journey,
            questionnaire.reading(wave),
            _answers(questionnaire, temper, chance),
            key=secrets.token_urlsafe(24),
            today=day,
        )


def _answers(
    questionnaire: Questionnaire, temper: float, chance: random.Random
) -> dict[str, Answer]:
    instrument = questionnaire.instrument
    return {item.id: _one_answer(instrument, item, temper, chance) for item in instrument.items}


def _one_answer(instrument: Instrument, item: Item, temper: float, chance: random.Random) -> Answer:
    if chance.random() < 0.03:
        return Answer(chance.choice([State.SKIPPED, State.DONT_KNOW, State.PREFER_NOT]))
    options = instrument.options_of(item)
    if instrument.kind is Kind.KNOWLEDGE:
        knows = chance.random() < min(0.95, 0.55 + 0.25 * temper)
        fitting = [option for option in options if bool(option.correct) == knows]
        return Answer.chosen(chance.choice(fitting).code)
    middle = (len(options) - 1) / 2
    leaning = -temper if item.reverse else temper
    place = round(middle + 0.4 + leaning + chance.gauss(0, 0.6))
    return Answer.chosen(options[min(max(place, 0), len(options) - 1)].code)
