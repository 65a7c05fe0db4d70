"""Roles and what each may do: the one table of rights of this server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from edu.languages import SOURCE, language, normalise, same_words


class Right(StrEnum):
    """Something that a member may or may not do."""

    LEAD_GROUPS = "lead groups"
    """Make groups, give out their codes and cards, see how far they are."""
    SEE_FIGURES = "see figures"
    """Read and download the report of a group."""
    SEE_TOTALS = "see totals"
    """See how many people a programme has reached, without any group of its own."""
    PLAN_PROGRAMMES = "plan programmes"
    """Make programmes and put groups into them."""
    BEGIN_PROGRAMMES = "begin programmes"
    """Make a programme, and write its plan for as long as it is not in use."""
    TRANSLATE = "translate"
    """Write and adapt texts in an edition."""
    REVIEW = "review"
    """Sign for texts that somebody else wrote."""
    PUBLISH = "publish"
    """Release an edition that others have signed, and take a release back."""
    SAY_STILL_RIGHT = "say still right"
    """Decide that a translation still fits although its source was changed."""
    WAIVE_READERS = "waive readers"
    """Decide that in a small language fewer readers must sign; it shows on the page."""
    CONFIRM_SERVICES = "confirm services"
    """Write down that a helpline or a service was called and answered."""
    LOOK_AFTER_MEMBERS = "look after members"
    """Invite people, give and take roles, help somebody back in."""
    READ_TRAIL = "read trail"
    """Read who did what in the organisation."""
    LOOK_AFTER_SERVER = "look after the server"
    """Organisations, settings, languages, storage, health, content, announcements."""


class Role(StrEnum):
    """What somebody is in an organisation."""

    KEEPER = "keeper"
    ADMINISTRATOR = "administrator"
    TRAINER = "trainer"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    EVALUATOR = "evaluator"
    AUTHORITY = "authority"


#: Who may do what. docs/security/rights.md shows it, and a test holds the two together.
RIGHTS: Mapping[Role, frozenset[Right]] = {
    # Looks after the whole server, and by that alone sees nothing of any group.
    Role.KEEPER: frozenset({Right.LOOK_AFTER_SERVER}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.LEAD_GROUPS,
            Right.SEE_FIGURES,
            Right.SEE_TOTALS,
            Right.PLAN_PROGRAMMES,
            Right.BEGIN_PROGRAMMES,
            Right.LOOK_AFTER_MEMBERS,
            Right.READ_TRAIL,
            Right.WAIVE_READERS,
            Right.CONFIRM_SERVICES,
        }
    ),
    Role.TRAINER: frozenset(
        {Right.LEAD_GROUPS, Right.SEE_FIGURES, Right.SEE_TOTALS, Right.BEGIN_PROGRAMMES}
    ),
    Role.TRANSLATOR: frozenset({Right.TRANSLATE, Right.CONFIRM_SERVICES}),
    Role.REVIEWER: frozenset({Right.REVIEW, Right.SAY_STILL_RIGHT}),
    Role.PUBLISHER: frozenset({Right.PUBLISH, Right.SAY_STILL_RIGHT}),
    Role.EVALUATOR: frozenset({Right.SEE_FIGURES, Right.SEE_TOTALS}),
    Role.AUTHORITY: frozenset({Right.SEE_TOTALS}),
}

#: Which roles may be held for one language, and which for one programme only.
BY_LANGUAGE = frozenset({Role.TRANSLATOR, Role.REVIEWER, Role.PUBLISHER})
BY_PROGRAMME = frozenset({Role.TRAINER, Role.EVALUATOR, Role.AUTHORITY})


class Held(Protocol):
    """A role somebody holds; language "" and programme None mean: all of them."""

    @property
    def role(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def programme_id(self) -> int | None: ...


@dataclass(frozen=True)
class Reach:
    """For which programmes a right is held: all of an organisation's, or only some."""

    everything: bool
    programmes: frozenset[int]

    def covers(self, programme_id: int | None) -> bool:
        """Whether this programme is within reach; None stands for what belongs to none."""
        return self.everything or programme_id in self.programmes


def reach(grants: Iterable[Held], right: Right) -> Reach:
    """Over which programmes these grants give a right."""
    giving = [each for each in grants if right in RIGHTS[Role(each.role)]]
    return Reach(
        any(each.programme_id is None for each in giving),
        frozenset(each.programme_id for each in giving if each.programme_id is not None),
    )


def holds(grants: Iterable[Held], right: Right, *, tag: str = "") -> bool:
    """Whether these grants give a right: at all, or, with a tag, for that language.

    Whoever holds a language holds its places too: `sw` covers `sw-KE`, never the other way.
    """
    return any(right in RIGHTS[Role(each.role)] and _speaks(each.language, tag) for each in grants)


def _speaks(held: str, tag: str) -> bool:
    if not held or not tag:
        return True
    known = normalise(tag)
    if known is None:
        return False
    chain = language(known).chain
    # Every chain ends in English; whoever holds English holds its places, not every language.
    return held in (chain if same_words(known, SOURCE) else chain[:-1])


def may_give(giver: Iterable[Held], role: Role) -> bool:
    """Whether somebody with these grants may give this role: a keeper is made by keepers only,
    everybody else by whoever looks after an organisation's members, or by a keeper."""
    grants = list(giver)
    keeper = holds(grants, Right.LOOK_AFTER_SERVER)
    return keeper if role is Role.KEEPER else keeper or holds(grants, Right.LOOK_AFTER_MEMBERS)
