"""What the pages on recordings call things."""

from flask_babel import gettext as _
from markupsafe import Markup

from edu.doors import settings
from edu.editions.parts import parts_of
from edu.languages import SOURCE
from edu.lessons.words import BLOCK_TITLES
from edu.pages.speaking import spoken
from edu.pages.views import Text, in_language
from edu.partner.desk_wording import module_name
from edu.partner.shelves import titles
from edu.recordings.consent import RADIO, SERVERS, SITE, TEACHING
from edu.recordings.keeping import State
from edu.recordings.places import GLOSSARY, SECTION, Place

#: The plain pages, as an edition is called.
PAGES = "pages"


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
        return _("Whoever translates can hear it, and learners as soon as the word is agreed on")
    return {
        State.MISSING: _("No recording"),
        State.STALE: _("The text has changed: record it again"),
        State.WAITING: _("Waits for somebody else to listen and release it"),
        State.HEARD: _("Learners can hear it"),
    }[state]


def part_words(part: str) -> str:
    """What stands before a text's own name: the number of its lesson, or its page's title in
    English; nothing for a word of the glossary."""
    if part == GLOSSARY:
        return ""
    page = parts_of(settings().root, PAGES).get(part) if part.startswith(f"{PAGES}.") else None
    return page.segments()[0].text if page else part.upper()


def group_words(module: str) -> Text:
    """What a list of texts is called: as its authors named the module, in English."""
    if module == GLOSSARY:
        return Text(_("Words of the glossary"))
    title = titles()[module]
    return in_language(title.text, SOURCE, spoken()) if title else Text(module_name(module))


def place_words(place: Place) -> str:
    """What a text is called."""
    if place.part == GLOSSARY:
        return place.title
    if place.name == SECTION:
        return place.title or _("How the page begins")
    usual = _(BLOCK_TITLES.get(place.name, place.name))
    return f"{usual}: {place.title}" if place.title else usual


def heading_marks(place: Place) -> Markup:
    """What a section's name needs: it is its heading, often in another language than the page."""
    own = place.name == SECTION and place.title and len(place.tags) == 1
    return in_language("", next(iter(place.tags)), spoken()).marks if own else Markup("")
