"""What the fields and choices of an adaptation's record are called."""

from collections.abc import Iterable

from flask_babel import gettext as _

from edu.editions.models import Change
from edu.editions.records import read_reasons
from edu.languages import SOURCE
from edu.lessons.mistakes import Mistake
from edu.lessons.words import BLOCK_TITLES
from edu.pages.reasons import in_words
from edu.pages.speaking import spoken
from edu.pages.views import Text, foreign, in_language


def operation_name(operation: str) -> str:
    """What was done."""
    return {
        "adapt": _("Other words"),
        "replace": _("Another block in its place"),
        "add": _("A new block"),
        "omit": _("A block left out"),
        "reorder": _("A block moved"),
        "picture": _("A picture"),
        "film": _("A film"),
    }.get(operation, operation)


def reason_of(change: Change) -> Text:
    """Why something was changed, marked with the language it was written in."""
    return in_language(change.why, _tag_of_reason(change), spoken())


def marks_of_reason(change: Change) -> dict[str, str]:
    """The same marks, for a field that is made elsewhere; none where the page speaks so."""
    found = foreign(_tag_of_reason(change), spoken())
    return {} if found is None else {"lang": found[0], "dir": found[1]}


def _tag_of_reason(change: Change) -> str:
    return read_reasons(change.reasons or {}).why_tag or SOURCE


def page_tag() -> str:
    """The language of the page, as a record names the one that its reason is written in."""
    return "" if spoken() == SOURCE else spoken()


def block_name(block: str) -> str:
    """What a block is called on the page."""
    return _(BLOCK_TITLES[block]) if block in BLOCK_TITLES else block


def faults_in_words(found: Iterable[Mistake]) -> list[str]:
    """What is wrong with a block, each with its line."""
    return [_fault_in_words(each) for each in found]


def _fault_in_words(mistake: Mistake) -> str:
    said = in_words(mistake.message)
    if not mistake.line:
        return said
    return _("Line %(line)d: %(fault)s", line=mistake.line, fault=said)


def dimension_name(dimension: str) -> str:
    """What an adaptation is about."""
    return {
        "language": _("Language: words people here use"),
        "persons": _("People: names, pictures, who is shown"),
        "metaphors": _("Sayings and symbols"),
        "content": _("Content: customs, values, examples"),
        "concepts": _("How people here understand distress"),
        "goals": _("What people here want to reach"),
        "methods": _("How the lesson is taught"),
        "context": _("Place: work, money, services, law"),
    }[dimension]


def choice_name(value: str) -> str:
    """A choice in the long part of the form."""
    known = _goals() | _how() | _roles() | _evidence()
    return known.get(value, value)


def _goals() -> dict[str, str]:
    return {
        "address culture": _("To fit the culture"),
        "improve fit": _("To fit the people it is for"),
        "reach": _("To reach more people"),
        "retention": _("So that people stay to the end"),
        "feasibility": _("So that it can be done here"),
        "effectiveness": _("So that it works better"),
        "cost": _("To cost less"),
        "satisfaction": _("So that people like it more"),
        "society": _("Society: law, politics, history"),
        "setting": _("The place where it is taught"),
        "provider": _("Whoever teaches it"),
        "recipient": _("Whoever learns"),
    }


def _how() -> dict[str, str]:
    return {
        "surface": _("On the surface: words, names, pictures"),
        "deep": _("Deep: what is meant"),
        "concepts of distress": _("How distress is understood"),
        "components": _("What the lesson consists of"),
        "delivery": _("How it is brought to people"),
        "consistent": _("The message still holds"),
        "inconsistent": _("The message changes"),
        "unknown": _("Not known yet"),
        "planning": _("While planning"),
        "implementation": _("While it was being used"),
        "scale-up": _("While reaching more places"),
        "maintenance": _("In long use"),
        "planned proactive": _("Planned ahead"),
        "planned reactive": _("Planned, after something came up"),
        "unplanned reactive": _("Not planned, something came up"),
        "target group": _("Everybody it is for"),
        "subgroup": _("Some of them"),
        "cohort": _("One group of learners"),
        "site": _("One place"),
        "organisation": _("One organisation"),
        "network": _("Several organisations"),
    }


def _roles() -> dict[str, str]:
    return {
        "person with lived experience": _("Person with lived experience"),
        "community member": _("Member of the community"),
        "recipient": _("Learner"),
        "family member": _("Family member"),
        "translator": _("Translator"),
        "reviewer": _("Reviewer"),
        "facilitator": _("Leader of a group"),
        "health worker": _("Health worker"),
        "religious or traditional leader": _("Religious or traditional leader"),
        "programme leader": _("Leader of the programme"),
        "researcher": _("Researcher"),
        "administrator": _("Administrator"),
        "funder": _("Funder"),
        "political leader": _("Political leader"),
        "machine draft": _("Draft by a machine"),
    }


def _evidence() -> dict[str, str]:
    return {
        "none": _("None yet"),
        "interview": _("Interviews"),
        "focus group": _("Group talk"),
        "cognitive interview": _("Interviews about each question"),
        "community review": _("The community read it"),
        "expert": _("Somebody who knows the field"),
        "pilot data": _("It was tried"),
        "literature": _("It was written about"),
    }
