"""What the pages on recordings call things."""

from flask_babel import gettext as _

from edu.lessons.words import BLOCK_TITLES
from edu.recordings.consent import RADIO, SERVERS, SITE, TEACHING
from edu.recordings.keeping import State
from edu.recordings.places import GLOSSARY, Place


def use_words() -> list[tuple[str, str]]:
    """What a speaker may agree to."""
    return [
        (SITE, _("On the pages of this server (needed)")),
        (SERVERS, _("On other servers with these lessons, and on copies without a network")),
        (RADIO, _("On the radio, and over loudspeakers")),
        (TEACHING, _("When a group meets")),
    ]


def whose_words() -> list[tuple[str, str]]:
    """Whether the speaker reads, or tells of herself."""
    return [
        ("reads", _("The speaker reads this text for others. It is not about the speaker.")),
        ("own", _("The speaker tells of their own life. Then the consent must have an end.")),
    ]


def missing_words() -> dict[str, str]:
    """What is missing in a consent, at each field."""
    return {
        "speaker": _("Write the name that the speaker chose. It need not be a real one."),
        "consent_on": _("Write the day on which the speaker agreed. It cannot be a day to come."),
        "uses": _("Without consent to these pages nothing can be kept."),
        "ends": _("Write a day that is still to come."),
        "agreed": _("Without consent nothing is kept. Ask the speaker first."),
    }


def state_words(state: State, part: str = "") -> str:
    """How far the recording of a text has come."""
    if state is State.HEARD and part == GLOSSARY:
        return _("Whoever translates can hear it")
    return {
        State.MISSING: _("No recording"),
        State.STALE: _("The text has changed: record it again"),
        State.WAITING: _("Waits for somebody else to listen and release it"),
        State.HEARD: _("Learners can hear it"),
    }[state]


def place_words(place: Place) -> str:
    """What a text is called."""
    if place.part == GLOSSARY:
        return place.title
    usual = _(BLOCK_TITLES.get(place.name, place.name))
    return f"{usual}: {place.title}" if place.title else usual
