"""What was adapted in the lessons of a programme: the tables of its editions, for evaluators.

A door of its own beside the desk, where only those who work on a language come in: whoever reads
a programme's figures reads what its lessons were, and nothing else of the desk.
"""

from collections.abc import Sequence

from flask import Blueprint, abort, make_response
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.account.within_reach import own_programme
from edu.doors import db, settings, show
from edu.editions.models import Edition
from edu.editions.review.adapted import adapted_editions, table_of
from edu.groups.models import Programme
from edu.groups.programmes import groups_in
from edu.languages import language
from edu.partners.actors import Actor
from edu.partners.roles import Right

bp = Blueprint(
    "adaptations",
    __name__,
    url_prefix="/<tag>/staff/programmes/<int(max=2147483647):programme_id>/evaluation/adaptations",
)


@bp.get("")
@staff(Right.SEE_FIGURES)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The editions that people of this programme learn with and that somebody adapted."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    return show(
        "trainer/evaluation_adaptations.html",
        programme=programme,
        editions=[(each, language(each.tag)) for each in _editions(programme)],
        here=f"/staff/programmes/{programme.id}/evaluation/adaptations",
    )


@bp.get("/<edition>/<name:module>/<any('frame.csv', 'dimensions.csv', 'tidier.txt'):file>")
@staff(Right.SEE_FIGURES)
def table(
    by: Actor, programme_id: int, edition: str, module: str, file: str
) -> ResponseReturnValue:
    """One of their tables, as a file."""
    found = _editions(own_programme(by, programme_id, Right.SEE_FIGURES))
    wanted = next((each for each in found if (each.tag, each.module) == (edition, module)), None)
    if wanted is None:
        abort(404)
    answer = make_response(table_of(db(), settings().root, wanted, file))
    answer.mimetype = "text/csv" if file.endswith(".csv") else "text/plain"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{module}-{edition}-{file}")
    return answer


def _editions(programme: Programme) -> Sequence[Edition]:
    groups = groups_in(db(), programme)
    tags = {tag for group in groups for tag in group.tags}
    return adapted_editions(db(), tags, {name for group in groups for name in group.modules})
