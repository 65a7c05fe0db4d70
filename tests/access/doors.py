"""Who may enter where: endpoint by endpoint, which of these rights lets somebody in."""

from edu.partners.roles import Right

#: Doors in front of which nobody is signed in yet.
OPEN = {
    "account.enter",
    "account.second",
    "account.first",
    "forgotten.ask",
    "forgotten.sent",
    "links.join",
    "links.reset",
}

_ANYBODY = frozenset(Right)
_GROUPS = frozenset({Right.LEAD_GROUPS, Right.SEE_FIGURES})
_LEAD = frozenset({Right.LEAD_GROUPS})
_FIGURES = frozenset({Right.SEE_FIGURES})
_PROGRAMMES = frozenset({Right.SEE_TOTALS, Right.PLAN_PROGRAMMES})
_PLAN = frozenset({Right.PLAN_PROGRAMMES})
_MEMBERS = frozenset({Right.LOOK_AFTER_MEMBERS})
_KEEP = frozenset({Right.LOOK_AFTER_SERVER})

#: Doors of whoever looks after the server, who reaches every house.
SERVER = {
    "server.overview",
    "server.health",
    "accounts.account",
    "accounts.reset",
    "accounts.take",
    "accounts.second_step",
    "announcements.index",
    "announcements.new",
    "announcements.change",
    "announcements.delete",
    "backup.index",
    "backup.make",
    "backup.download",
    "content.index",
    "content.release",
    "content.changed",
    "jobs.job",
    "languages.index",
    "languages.change",
    "organisations.index",
    "organisations.new",
    "organisations.organisation",
    "organisations.close",
    "organisations.ask",
    "organisations.rename",
    "organisations.reopen",
    "policies.retention",
    "policies.settings",
    "trail.server",
}

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
    "programmes.index": _PROGRAMMES,
    "programmes.programme": _PROGRAMMES,
    "programmes.new": _PLAN,
    "programmes.put_in": _PLAN,
    "programmes.take_out": _PLAN,
    "programmes.rename": _PLAN,
    "members.index": _MEMBERS,
    "members.ask": _MEMBERS,
    "members.withdraw": _MEMBERS,
    "member.member": _MEMBERS,
    "member.give": _MEMBERS,
    "member.take": _MEMBERS,
    "member.remove": _MEMBERS,
    "member.reset": _MEMBERS,
    "member.second_step": _MEMBERS,
    "trail.organisation": frozenset({Right.READ_TRAIL}),
    "rights.rights": _ANYBODY,
    **dict.fromkeys(SERVER, _KEEP),
}
