"""A group's report: two pages in plain words, with nobody's answer in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_group
from edu.doors import address, day_in_words, db, show, today, wave_name
from edu.groups.models import Group
from edu.learning.courses import Course, course_in
from edu.learning.kept_words import chosen_by
from edu.learning.upset import upset_said
from edu.learning.waves import AFTER, BEFORE, BEFORE_2, is_wave, schedule_of
from edu.outcomes.advice import Seen, advice
from edu.outcomes.beside import beside
from edu.outcomes.figures import figures_of, may_take_snapshot, newest_snapshot, take_snapshot
from edu.outcomes.flow import group_flow
from edu.outcomes.plans import minimum_of
from edu.outcomes.scale_figures import ScaleFigures
from edu.outcomes.table import COLUMNS, codebook, csv_of, may_be_shown, rows_of
from edu.outcomes.words import may_release_words, release_words, words_said
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.trainer.report_wording import (
    advice_words,
    beside_sentence,
    glossary,
    later_sentence,
    wave_words,
)
from edu.trainer.wording import Finding, ScaleWords, finding, scale_words, withheld

bp = Blueprint(
    "report", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/report"
)

Words = Mapping[tuple[str, str], ScaleWords]


@dataclass(frozen=True)
class _Asked:
    """Which report somebody wants."""

    wave: str
    drafts: bool

    @property
    def query(self) -> str:
        return f"?wave={self.wave}" + ("&drafts=1" if self.drafts else "")


@dataclass(frozen=True)
class _Line:
    """A scale's name and a sentence about it."""

    title: Text
    sentence: Markup


def _asked() -> _Asked:
    wave = request.args.get("wave", AFTER)
    if not is_wave(wave) or wave == BEFORE:
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
    course = course_in(db(), spoken(), group.modules, chosen=chosen_by(group))
    words = scale_words(course.questionnaires, spoken())
    lessons = [lesson["id"] for lesson in course.lessons]
    flow = group_flow(db(), group.id, lessons, asked.wave)
    comparison, others = _beside(group, asked)
    waves = schedule_of(group).waves[1:]
    minimum = minimum_of(db(), group.programme_id)
    waiting = may_take_snapshot(db(), group.id, asked.wave, minimum)
    on_drafts = not asked.drafts and bool(figures.everybody)
    enough = flow.matched >= minimum and not waiting and not on_drafts
    seen = Seen(
        chosen,
        began=flow.before,
        came_back=flow.matched,
        has_comparison=bool(others),
        asks_later=asked.wave == AFTER and any(each.startswith("later") for each in waves),
    )
    return show(
        "trainer/report.html",
        group=group,
        asked=asked,
        wave_name=wave_name(asked.wave),
        waves=[(wave, wave_words(wave)) for wave in waves],
        flow=flow,
        many_lost=seen.many_lost,
        findings=[_finding(each, words.get((each.instrument, each.scale))) for each in chosen],
        missing=_missing(course, chosen) if chosen or enough else [],
        beside=[_Line(words[key].title, line) for key, line in comparison if key in words],
        has_comparison=bool(others),
        while_waiting=asked.wave == BEFORE_2,
        later=_later(group, asked, waves, words),
        made_on=day_in_words(snapshot.made_on) if snapshot else "",
        may_refresh=waiting or may_release_words(db(), group.id),
        validated=bool(chosen) and all(each.validated for each in chosen),
        on_drafts=on_drafts,
        minimum=minimum,
        words=words_said(db(), group.id),
        upset=upset_said(db(), group.id, minimum),
        advice=_advice(asked, seen),
        glossary=glossary() if chosen else [],
        form=ConfirmForm(),
        here=f"/staff/groups/{group_id}/report{asked.query}",
    )


def _advice(asked: _Asked, seen: Seen) -> list[str]:
    """What to try next; nothing before there were lessons to try something with."""
    if not seen.figures or asked.wave == BEFORE_2:
        return []
    return [advice_words(each) for each in advice(seen)]


def _beside(
    group: Group, asked: _Asked
) -> tuple[list[tuple[tuple[str, str], Markup]], set[tuple[str, int, str]]]:
    """The groups of the same programme that wait or have no lessons, in a sentence a scale."""
    if group.programme_id is None or asked.wave != AFTER:
        return [], set()
    found, others = beside(db(), group.programme_id, drafts=asked.drafts)
    lines = [((key[0], key[2]), beside_sentence(each)) for key, each in sorted(found.items())]
    return lines, others


def _missing(course: Course, chosen: Sequence[ScaleFigures]) -> list[Text]:
    """The scales that were asked about and of which nothing is shown."""
    known = {(each.instrument, each.scale) for each in chosen}
    return [
        each.text("scale", scale.id, "title", page=spoken())
        for each in course.questionnaires
        for scale in each.instrument.scales
        if (each.instrument.id, scale.id) not in known
    ]


def _later(
    group: Group, asked: _Asked, waves: Sequence[str], words: Words
) -> list[tuple[str, list[_Line]]]:
    """What other waves showed, in a line for each scale."""
    found = []
    for wave in waves:
        if wave == asked.wave or asked.wave != AFTER:
            continue
        figures = figures_of(newest_snapshot(db(), group.id, wave)).shown(drafts=asked.drafts)
        lines = [
            _Line(words[each.instrument, each.scale].title, later_sentence(each))
            for each in figures
            if (each.instrument, each.scale) in words
        ]
        if lines:
            found.append((wave_words(wave), lines))
    return found


@bp.post("")
@staff(Right.SEE_FIGURES)
def refresh(by: Actor, group_id: int) -> ResponseReturnValue:
    """Work the report out anew, where enough people have come."""
    group, asked = own_group(by, group_id, Right.SEE_FIGURES), _asked()
    if not ConfirmForm().validate_on_submit():
        abort(400)
    minimum = minimum_of(db(), group.programme_id)
    take_snapshot(db(), group.id, asked.wave, today(), minimum)
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


def _finding(figures: ScaleFigures, words: ScaleWords | None) -> Finding:
    if may_be_shown(figures):
        return finding(figures, words)
    return withheld(words, figures.scale)
