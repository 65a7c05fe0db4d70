"""A programme's report for evaluators: read, downloaded, and asked for anew."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_programme
from edu.doors import address, afterwards, day_in_words, db, show, today
from edu.editions.releasing import released_modules
from edu.groups.models import Programme
from edu.groups.programmes import groups_in
from edu.learning.courses import course_in
from edu.learning.instruments import titles_in
from edu.learning.kept_words import chosen_by
from edu.learning.pairs import KNOWLEDGE
from edu.outcomes.evaluation_models import EvaluationPlan, ProgrammeReport
from edu.outcomes.evaluation_queue import ask, newest_report
from edu.outcomes.evaluation_table import tables_csv
from edu.outcomes.exporting import export_of
from edu.outcomes.plans import Plan, deviations_of, plan_of
from edu.outcomes.statistics_files import FORMATS, can_write, written
from edu.outcomes.tidier import re_aim
from edu.outcomes.voices import joint_display
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.programmes.research import use_of
from edu.server.jobs import Jobs, UnderWay, Work
from edu.trainer.evaluation_forest import names_of
from edu.trainer.evaluation_scale import ScaleShown, scale_shown
from edu.trainer.evaluation_wording import deviation_words, verdict_words
from edu.trainer.plan_words import arm_name
from edu.trainer.report_wording import wave_words
from edu.trainer.wording import ScaleWords, scale_words

bp = Blueprint(
    "evaluation",
    __name__,
    url_prefix="/<tag>/staff/programmes/<int(max=2147483647):programme_id>/evaluation",
)


@bp.get("")
@staff(Right.SEE_FIGURES)
def report(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The report as it was last worked out."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    newest = newest_report(db(), programme.id)
    done = newest_report(db(), programme.id, "done")
    kept = plan_of(db(), programme.id)
    words = titles_of(programme)
    content = done.content if done is not None else {}
    return show(
        "trainer/evaluation.html",
        programme=programme,
        report=done,
        made_on=day_in_words(done.made_on) if done and done.made_on else "",
        waits=newest is not None and newest.state == "asked",
        failed=newest is not None and newest.state == "failed",
        content=content,
        arm_name=arm_name,
        scales=_scales(content, words, programme),
        begun_on=_begun(content),
        wave_words=wave_words,
        deviations=_deviations(content, kept, words),
        plan=Plan.from_json(kept.content) if kept is not None else None,
        kept=kept,
        frozen_on=day_in_words(kept.frozen_on) if kept and kept.frozen_on else "",
        tidier=content.get("tidier", ""),
        re_aim=re_aim(content) if content else [],
        joint=_joint(programme, content, words),
        can_write=can_write(),
        may_plan=by.reach(Right.PLAN_PROGRAMMES).covers(programme.id),
        form=ConfirmForm(),
        here=f"/staff/programmes/{programme.id}/evaluation",
    )


def _begun(content: Mapping[str, Any]) -> str:
    """The day on which the first group was made."""
    begun = content.get("design", {}).get("begun")
    return day_in_words(date.fromisoformat(begun)) if begun else ""


def titles_of(programme: Programme) -> Mapping[tuple[str, str], ScaleWords]:
    """The names of all scales that are asked about in a programme; as long as it has no group, of
    all that a group could be asked about."""
    if not groups_in(db(), programme):
        modules = [release.module for release in released_modules(db(), spoken())]
        return scale_words(course_in(db(), spoken(), modules).questionnaires, spoken())
    found: dict[tuple[str, str], ScaleWords] = {}
    for group in groups_in(db(), programme):
        course = course_in(db(), spoken(), group.modules, chosen=chosen_by(group))
        found |= scale_words(course.questionnaires, spoken())
    return found


def title_of(words: Mapping[tuple[str, str], ScaleWords], name: str) -> Text:
    """A scale's name, from `instrument/scale`; also of one that no group was asked about."""
    instrument, _, scale = name.partition("/")
    found = words.get((instrument, scale))
    if found is not None:
        return found.title
    place = f"{instrument}|title" if scale == KNOWLEDGE else f"{instrument}|scale|{scale}|title"
    return titles_in(db(), spoken()).get(place, Text(scale)) if scale else Text("")


def _scales(
    content: Mapping[str, Any], words: Mapping[tuple[str, str], ScaleWords], programme: Programme
) -> list[ScaleShown]:
    names = names_of(groups_in(db(), programme))
    return [
        scale_shown(title_of(words, f"{each['instrument']}/{each['scale']}"), each, names)
        for each in content.get("scales", ())
    ]


def _deviations(
    content: Mapping[str, Any],
    kept: EvaluationPlan | None,
    words: Mapping[tuple[str, str], ScaleWords],
) -> list[Markup]:
    """What the figures say against the plan, and what somebody wrote down."""
    found = [
        deviation_words(each, title_of(words, each.get("scale", "")))
        for each in content.get("deviations", ())
    ]
    if kept is not None:
        found += [
            Markup("{}: <bdi>{}</bdi>").format(day_in_words(each.made_on), each.text)
            for each in deviations_of(db(), kept)
        ]
    return found


def _joint(
    programme: Programme, content: Mapping[str, Any], words: Mapping[tuple[str, str], ScaleWords]
) -> list[dict[str, Any]]:
    return [
        {
            "title": title_of(words, each.scale) if each.scale else None,
            "verdict": verdict_words(each.figures.get("verdict")) if each.figures else "",
            "themes": each.themes,
        }
        for each in joint_display(db(), programme.id, content.get("scales", ()))
        if each.themes
    ]


@bp.post("")
@staff(Right.SEE_FIGURES)
def work_out(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Ask for a new report: a process of its own works it out."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    ask(db(), programme.id, today())
    write_down(db(), by.organisation_id, by.login, Deed.WORKED_OUT, Kind.REPORT, programme.name)
    jobs: Jobs = current_app.extensions["jobs"]
    try:
        _number, begin = jobs.start(db(), Work.EVALUATE)
    except UnderWay:
        # The process that works takes this one next.
        pass
    else:
        afterwards(lambda _session: begin())
    return redirect(address("staff", "programmes", programme.id, "evaluation"), 303)


def _done(by: Actor, programme_id: int) -> ProgrammeReport:
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    found = newest_report(db(), programme.id, "done")
    if found is None:
        abort(404)
    return found


@bp.get("/tables.csv")
@staff(Right.SEE_FIGURES)
def tables(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Every figure for a spreadsheet."""
    found = _done(by, programme_id)
    return _file(tables_csv(found.content["scales"]).encode(), f"programme-{programme_id}.csv")


@bp.get("/tidier.txt")
@staff(Right.SEE_FIGURES)
def sheet(by: Actor, programme_id: int) -> ResponseReturnValue:
    """What the course was, item by item."""
    text = _done(by, programme_id).content["tidier"]
    return _file(text.encode(), f"programme-{programme_id}-tidier.txt", "text/plain")


@bp.get("/codebook.csv")
@staff(Right.SEE_FIGURES)
def codebook(by: Actor, programme_id: int) -> ResponseReturnValue:
    """What the columns of the rows mean."""
    export = export_of(db(), _done(by, programme_id))
    if export is None:
        return _none_may_leave(programme_id)
    use = use_of(db(), programme_id, export.journeys, today())
    return _file(export.codebook(use).encode(), f"programme-{programme_id}-codebook.csv")


@bp.get("/rows.<any(csv,sav,dta):form>")
@staff(Right.SEE_FIGURES)
def rows(by: Actor, programme_id: int, form: str) -> ResponseReturnValue:
    """Anonymous rows: as CSV, or for SPSS and Stata where the extra is installed."""
    export = export_of(db(), _done(by, programme_id))
    if export is None:
        return _none_may_leave(programme_id)
    name = f"programme-{programme_id}-rows.{form}"
    if form in FORMATS:
        if not can_write():
            return show("trainer/evaluation_extra.html", programme_id=programme_id), 404
        return _file(written(export, form), name, "application/octet-stream")
    return _file(export.csv().encode(), name)


def _none_may_leave(programme_id: int) -> ResponseReturnValue:
    """Why there is no file: an address that only gave nothing would look broken."""
    return show("trainer/evaluation_no_rows.html", programme_id=programme_id), 404


def _file(content: bytes, name: str, kind: str = "text/csv") -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return Response(content, content_type=kind + charset, headers=headers)
