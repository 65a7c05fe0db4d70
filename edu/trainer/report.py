"""A group's first report: what changed, in plain words, with nobody's answer in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import address, day_in_words, db, show, today, wave_name
from edu.learning.courses import Questionnaire, course_in
from edu.learning.models import WAVES
from edu.outcomes.disclosure import MINIMUM_GROUP, shown
from edu.outcomes.figures import (
    ScaleFigures,
    figures_of,
    group_reach,
    newest_snapshot,
    refreshed,
    take_snapshot,
)
from edu.outcomes.table import COLUMNS, codebook, csv_of, rows_of
from edu.outcomes.words import may_release_words, release_words, words_said
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.trainer.groups import own_group
from edu.trainer.wording import Finding, ScaleWords, finding, scale_words, withheld

bp = Blueprint(
    "report", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/report"
)


@dataclass(frozen=True)
class _Asked:
    """Which report somebody wants."""

    wave: str
    drafts: bool

    @property
    def query(self) -> str:
        return f"?wave={self.wave}" + ("&drafts=1" if self.drafts else "")


def _asked() -> _Asked:
    wave = request.args.get("wave", "after")
    if wave not in WAVES[1:]:
        abort(404)
    return _Asked(wave, request.args.get("drafts") == "1")


@bp.get("")
@staff(Right.SEE_FIGURES)
def report(by: Actor, group_id: int) -> ResponseReturnValue:
    """The report as it was last worked out."""
    group, asked = own_group(by, group_id, Right.SEE_FIGURES), _asked()
    snapshot = newest_snapshot(db(), group.id, asked.wave)
    figures = figures_of(snapshot)
    chosen = figures.shown(drafts=asked.drafts)
    course = course_in(db(), spoken(), group.modules)
    lessons = [lesson["id"] for lesson in course.lessons]
    anew = refreshed(db(), group.id, asked.wave)
    return show(
        "trainer/report.html",
        group=group,
        asked=asked,
        wave_name=wave_name(asked.wave),
        waves=[(wave, wave_name(wave)) for wave in WAVES[1:]],
        reach=group_reach(db(), group.id, lessons, asked.wave),
        findings=_findings(chosen, course.questionnaires),
        made_on=day_in_words(snapshot.made_on) if snapshot else "",
        may_refresh=anew != figures or may_release_words(db(), group.id),
        validated=bool(chosen) and all(each.validated for each in chosen),
        on_drafts=not asked.drafts and bool(figures.everybody),
        minimum=MINIMUM_GROUP,
        words=words_said(db(), group.id),
        form=ConfirmForm(),
        here=f"/staff/groups/{group_id}/report{asked.query}",
    )


@bp.post("")
@staff(Right.SEE_FIGURES)
def refresh(by: Actor, group_id: int) -> ResponseReturnValue:
    """Work the report out anew, where enough people have come."""
    group, asked = own_group(by, group_id, Right.SEE_FIGURES), _asked()
    if not ConfirmForm().validate_on_submit():
        abort(400)
    take_snapshot(db(), group.id, asked.wave, today())
    release_words(db(), group.id)
    return redirect(address("staff", "groups", group_id, "report") + asked.query, 303)


@bp.get("/table.csv")
@staff(Right.SEE_FIGURES)
def table(by: Actor, group_id: int) -> ResponseReturnValue:
    """The same figures for a spreadsheet."""
    group, asked = own_group(by, group_id, Right.SEE_FIGURES), _asked()
    figures = figures_of(newest_snapshot(db(), group.id, asked.wave))
    rows = rows_of(figures.shown(drafts=asked.drafts), asked.wave, drafts=asked.drafts)
    return _download(csv_of(rows, COLUMNS), f"group-{group.id}-{asked.wave}.csv")


@bp.get("/codebook.csv")
@staff(Right.SEE_FIGURES)
def explained(by: Actor, group_id: int) -> ResponseReturnValue:
    """What each column of the table means."""
    own_group(by, group_id, Right.SEE_FIGURES)
    return _download(codebook(), "codebook.csv")


def _download(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)


def _findings(
    figures: Sequence[ScaleFigures], questionnaires: Sequence[Questionnaire]
) -> list[Finding]:
    words = scale_words(questionnaires, spoken())
    return [_finding(each, words.get((each.instrument, each.scale))) for each in figures]


def _finding(figures: ScaleFigures, words: ScaleWords | None) -> Finding:
    if shown(figures.change).figures is None:
        return finding(figures, words)
    return withheld(words, figures.scale)
