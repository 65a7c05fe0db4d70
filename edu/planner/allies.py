"""What the pages about allies share: who may read, who may write, and the trail."""

from edu.account.within_reach import has_one_of, own_programme
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right

#: An authority sees totals only, so it is not among those who read here.
SEE = (Right.LEAD_GROUPS, Right.SEE_FIGURES, Right.PLAN_PROGRAMMES)
WRITE = (Right.LEAD_GROUPS, Right.PLAN_PROGRAMMES)


def seen(by: Actor, programme_id: int) -> Programme:
    """A programme whose allies she may read about."""
    return own_programme(by, programme_id, *SEE)


def written(by: Actor, programme_id: int) -> Programme:
    """A programme whose allies she may write about."""
    return own_programme(by, programme_id, *WRITE)


def may_write(by: Actor, programme: Programme) -> bool:
    """Whether she may write there."""
    return has_one_of(by, programme.id, *WRITE)
