"""What the pages of a programme share: where they lie, who reads its plan, and the trail."""

from edu.account.telling import tell
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

#: Where the pages of one programme lie.
OF_PROGRAMME = "/<tag>/staff/programmes/<int(max=2147483647):programme_id>"
#: An authority reads the plan, too.
SEE = (Right.SEE_TOTALS, Right.PLAN_PROGRAMMES)


def tell_of(by: Actor, programme: Programme, detail: str = "", deed: Deed = Deed.SET) -> None:
    """Into the trail: what was done to a programme."""
    tell(by, deed, Kind.PROGRAMME, programme.name, detail)
