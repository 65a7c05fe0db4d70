"""What states of releases and kinds of differences are called."""

from flask_babel import gettext as _

from edu.editions.drift.differences import Sort


def state_name(state: str) -> str:
    """How far the words of a release had come."""
    return {
        "original": _("English original"),
        "draft": _("with drafts in it"),
        "reviewed": _("checked by readers"),
    }[state]


def sort_name(sort: Sort) -> str:
    """How a block differs."""
    return {
        Sort.ADDED: _("New"),
        Sort.REMOVED: _("Taken out"),
        Sort.CHANGED: _("Changed"),
    }[sort]
