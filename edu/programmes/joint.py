"""Clinical and community learners who sit in one group, and the report that compares them.

They are two groups with a code each that meet as one. Which one she belongs to, each person says
herself when she joins; nothing else of her is asked or kept. So each side is counted in batches of
its own as any group is, and what is set side by side here has been shown of each group already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Learner
from edu.outcomes.figures import figures_of, newest_snapshot
from edu.outcomes.scale_figures import Key, ScaleFigures
from edu.outcomes.table import may_be_shown
from edu.programmes.joint_models import JointGroup
from edu.programmes.keeping import Taken, added


@dataclass(frozen=True)
class Sides:
    """The two groups that meet as one."""

    joint: JointGroup
    clinical: Group
    community: Group


@dataclass(frozen=True)
class Beside:
    """One scale on both sides; None where a side has nothing that may be shown."""

    key: Key
    clinical: ScaleFigures | None
    community: ScaleFigures | None

    @property
    def difference(self) -> float | None:
        """How much further the clinical side moved, in points. Two sides are described, and nothing
        is inferred of others."""
        if self.clinical is None or self.community is None:
            return None
        one, two = self.clinical.change.mean_change, self.community.change.mean_change
        return None if one is None or two is None else one - two


def sides_of(session: Session, group_id: int) -> Sides | None:
    """Both sides, whichever of them this is; None for a group that meets alone."""
    joint = session.scalar(select(JointGroup).where(_is_in(group_id)))
    if joint is None:
        return None
    return Sides(
        joint,
        session.get_one(Group, joint.clinical_id),
        session.get_one(Group, joint.community_id),
    )


def _is_in(group_id: int) -> ColumnElement[bool]:
    return or_(JointGroup.clinical_id == group_id, JointGroup.community_id == group_id)


def chosen_side(sides: Sides, learner: Learner | None) -> Group | None:
    """The side on which somebody is already: with one card nobody counts on both."""
    hers = {journey.group_id for journey in learner.journeys} if learner is not None else set()
    return next((each for each in (sides.clinical, sides.community) if each.id in hers), None)


def others_for(session: Session, group: Group) -> Sequence[Group]:
    """The groups that could meet as one with this one: of the same programme, in the same arm, with
    the same modules, and not together with any other."""
    if group.programme_id is None:
        return []
    taken = select(JointGroup.clinical_id).union(select(JointGroup.community_id))
    found = session.scalars(
        select(Group)
        .where(
            Group.organisation_id == group.organisation_id,
            Group.programme_id == group.programme_id,
            Group.arm == group.arm,
            Group.id != group.id,
            Group.id.not_in(taken),
        )
        .order_by(Group.name, Group.id)
    )
    return [each for each in found if sorted(each.modules) == sorted(group.modules)]


def bring_together(
    session: Session, clinical: Group, community: Group, member_id: int, today: date
) -> JointGroup:
    """Let two groups meet as one. Raises Taken where they cannot, or one of them does already."""
    ids = sorted((clinical.id, community.id))
    # Both are held, so that nobody brings one of them together with a third in this moment.
    session.scalars(
        select(Group.id).where(Group.id.in_(ids)).order_by(Group.id).with_for_update()
    ).all()
    made = JointGroup(
        clinical_id=clinical.id, community_id=community.id, made_on=today, member_id=member_id
    )
    fits = community.id in [each.id for each in others_for(session, clinical)]
    if not fits or sides_of(session, clinical.id) is not None or not added(session, made):
        raise Taken(community.name)
    return made


def part(session: Session, sides: Sides) -> None:
    """They meet alone again. Nobody changes sides, and no figure changes."""
    session.delete(sides.joint)
    session.flush()


def compared(session: Session, sides: Sides, wave: str) -> list[Beside]:
    """What the newest reports of both sides say, scale by scale. Nothing is worked out here."""
    one, two = (_shown(session, group, wave) for group in (sides.clinical, sides.community))
    return [Beside(key, one.get(key), two.get(key)) for key in sorted({*one, *two})]


def _shown(session: Session, group: Group, wave: str) -> dict[Key, ScaleFigures]:
    figures = figures_of(newest_snapshot(session, group.id, wave)).shown(drafts=False)
    return {each.key: each for each in figures if may_be_shown(each)}
