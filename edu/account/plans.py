"""Who writes a programme's plan. Whoever plans programmes may at any time. Whoever begins them may
until the plan is in use: from then on people rely on it, and it is the organisation's."""

from flask import abort

from edu.account.within_reach import has_one_of, own_programme
from edu.doors import db
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.programmes.starting import is_in_use

#: With one of these somebody may come to write; `may_write_plan` decides.
WRITERS = (Right.BEGIN_PROGRAMMES, Right.PLAN_PROGRAMMES)


def may_write_plan(by: Actor, programme_id: int) -> bool:
    """Whether she may write in this programme's plan now."""
    if has_one_of(by, programme_id, Right.PLAN_PROGRAMMES):
        return True
    begins = has_one_of(by, programme_id, Right.BEGIN_PROGRAMMES)
    return begins and not is_in_use(db(), programme_id)


def programme_to_plan(by: Actor, programme_id: int) -> Programme:
    """A programme in whose plan she may write now."""
    found = own_programme(by, programme_id, *WRITERS)
    if not may_write_plan(by, found.id):
        abort(403)
    return found
