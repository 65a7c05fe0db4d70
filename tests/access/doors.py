"""Who may enter where: endpoint by endpoint, which of these rights lets somebody in."""

from edu.partners.roles import Right

#: Doors in front of which nobody is signed in yet.
OPEN = {"account.enter", "account.second", "account.first", "links.join", "links.reset"}

_ANYBODY = frozenset(Right)
_GROUPS = frozenset({Right.LEAD_GROUPS, Right.SEE_FIGURES})
_LEAD = frozenset({Right.LEAD_GROUPS})
_FIGURES = frozenset({Right.SEE_FIGURES})

DOORS = {
    "account.leave": _ANYBODY,
    "home.home": _ANYBODY,
    "own.account": _ANYBODY,
    "own.move": _ANYBODY,
    "own.password": _ANYBODY,
    "own.choose": _ANYBODY,
    "own.app": _ANYBODY,
    "own.codes": _ANYBODY,
    "own.email": _ANYBODY,
    "own.end_device": _ANYBODY,
    "groups.index": _GROUPS,
    "groups.new": _LEAD,
    "groups.group": _GROUPS,
    "groups.cards": _LEAD,
    "report.report": _FIGURES,
    "report.refresh": _FIGURES,
    "report.table": _FIGURES,
    "report.explained": _FIGURES,
}

#: Doors of whoever looks after the server, who reaches every house.
SERVER: set[str] = set()
