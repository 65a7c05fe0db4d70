"""The board of planned and reached people, with its empty cells."""

from dataclasses import dataclass

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from edu.account.plans import WRITERS, may_write_plan, programme_to_plan
from edu.account.signed_in import staff
from edu.account.within_reach import has_one_of, own_programme
from edu.doors import address, db, offered, show
from edu.groups.programmes import groups_in
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.planner.following_forms import ReachForm
from edu.planner.following_words import cell_name, dimension_name, mode_name, role_name
from edu.planner.plans import OF_PROGRAMME, SEE, tell_of
from edu.programmes.following_models import CommunityRole, Dimension
from edu.programmes.reach import MODES, Board, boards, places_of, plan_reach

bp = Blueprint(
    "reach",
    __name__,
    url_prefix=f"{OF_PROGRAMME}/reach",
)


@dataclass(frozen=True)
class _Row:
    """A row of a board as the page shows it."""

    name: str
    language: str
    planned: int | None
    groups: int | None
    people: int | None
    percent: int | None
    empty: bool


@dataclass(frozen=True)
class _Table:
    """A board as the page shows it."""

    dimension: str
    name: str
    rows: list[_Row]
    planned: int
    people: int | None


@bp.get("")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Planned against reached, by place, language, role and mode."""
    programme = own_programme(by, programme_id, *SEE)
    coarse = not has_one_of(by, programme.id, Right.LEAD_GROUPS, Right.SEE_FIGURES)
    found = boards(db(), programme.id, groups_in(db(), programme), coarse=coarse)
    return show(
        "planner/reach.html",
        programme=programme,
        tables=[_table(each) for each in found],
        coarse=coarse,
        may_plan=may_write_plan(by, programme.id),
        here=f"/staff/programmes/{programme.id}/reach",
    )


def _table(board: Board) -> _Table:
    rows = [
        _Row(
            cell_name(board.dimension, each.cell),
            each.cell if board.dimension is Dimension.LANGUAGE else "",
            each.planned,
            each.groups,
            each.people,
            each.percent,
            each.is_empty,
        )
        for each in board.cells
    ]
    return _Table(
        board.dimension.value,
        dimension_name(board.dimension),
        rows,
        board.planned,
        board.people,
    )


def _form(dimension: Dimension) -> ReachForm:
    form = ReachForm()
    form.offer(
        dimension_name(dimension),
        {
            Dimension.PLACE: [],
            Dimension.LANGUAGE: [(each.tag, each.autonym) for each in offered()],
            Dimension.ROLE: [(each.value, role_name(each.value)) for each in CommunityRole],
            Dimension.MODE: [(each, mode_name(each)) for each in MODES],
        }[dimension],
    )
    return form


@bp.route("/<any(place, language, role, mode):dimension>", methods=["GET", "POST"])
@staff(*WRITERS)
def plan(by: Actor, programme_id: int, dimension: str) -> ResponseReturnValue:
    """Say how many people of one kind are to be reached; none takes that back."""
    programme = programme_to_plan(by, programme_id)
    form = _form(Dimension(dimension))
    if not form.validate_on_submit():
        page = show(
            "planner/reach_plan.html",
            programme=programme,
            name=dimension_name(Dimension(dimension)),
            form=form,
            places=places_of(groups_in(db(), programme)),
            here=f"/staff/programmes/{programme.id}/reach/{dimension}",
        )
        return page, 422 if form.errors else 200
    plan_reach(db(), programme.id, Dimension(dimension), form.named, form.people.data)
    tell_of(by, programme, "reach")
    return redirect(address("staff", "programmes", programme.id, "reach"), 303)
