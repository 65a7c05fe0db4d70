"""The labels and hints of the fields of a profile: short words, and an example where it helps."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from edu.languages import language
from edu.pages.speaking import spoken

Label = tuple[str, str]


def label(section: str, name: str) -> Label:
    """A field's label and its hint; a field that means the same everywhere has one pair."""
    return _of_section().get((section, name)) or _usual().get(name, (name, ""))


def _usual() -> Mapping[str, Label]:
    one_each = _("One on each line.")
    return {
        "note": (_("Note for others who work here"), ""),
        "forms": (
            _("How it looks inside sentences"),
            _("With its endings and beginnings, as people write it. One on each line."),
        ),
        "starts": (_("Longer words that begin like this count too"), ""),
        "prefixes": (
            _("What may stand directly before it"),
            _("Such as ma or wa in Bantu languages. One on each line."),
        ),
        "meaning": (_("What a listener here understands"), _("In plain words.")),
        "example": (_("A sentence with it"), ""),
        "back_translation": (
            _("Word for word, in English"),
            _("What the words say, not what they mean."),
        ),
        "values": (_("Words"), one_each),
        "term": (_("The word in your language"), ""),
        "source": (_("Where did you find this?"), _("A law, a paper, an organisation's page.")),
    }


def _of_section() -> Mapping[tuple[str, str], Label]:
    return {**_of_words(), **_of_people(), **_of_prevention(), **_of_law(), **_of_services()}


def _of_words() -> Mapping[tuple[str, str], Label]:
    return {
        ("avoid", "word"): (_("The word that hurts"), ""),
        ("avoid", "reason"): (_("Why does it hurt?"), ""),
        ("avoid", "instead"): (_("What to say instead"), _("In your language.")),
        ("avoid", "instead_back"): (_("The same in English"), ""),
        ("avoid", "offends"): (_("Whom does it hurt?"), ""),
        ("idiom", "words"): (_("What people say"), _("In your language.")),
        ("idiom", "meaning"): (_("What they mean by it"), ""),
        ("idiom", "not_a_diagnosis"): (
            _("Why it is not the name of an illness"),
            _("Such as: it can mean worry, grief, hunger or love."),
        ),
        ("swaps", "values"): (
            _("Words"),
            _(
                "One on each line, the usual one first. For names: a woman's, then a man's, and so"
                " on, four in all."
            ),
        ),
    }


def _of_people() -> Mapping[tuple[str, str], Label]:
    return {
        ("community", "country"): (
            _("Country"),
            _("Two capital letters, such as KE. Leave it empty if it is more than one country."),
        ),
        ("community", "name"): (_("Who is it?"), _("Such as: Shona speakers in Zimbabwe.")),
        ("community", "place"): (_("Where and how do they live?"), _("Two or three sentences.")),
        ("community", "drafted_by"): (_("Who began it"), ""),
        ("matters", "note"): (_("What exactly is at stake?"), _("Such as: respect of in-laws.")),
        ("explanation", "held"): (_("What people believe"), _("In words they would agree with.")),
        ("explanation", "answer"): (
            _("An answer that leaves both doors open"),
            _("Nobody is laughed at, and nobody is harmed."),
        ),
        ("messenger", "who"): (_("Who is it?"), _("A kind of person, not a name.")),
        ("messenger", "trust"): (_("Do people trust them with this?"), ""),
        ("messenger", "why"): (_("Why?"), ""),
        ("custom", "kind"): (_("What is it about?"), ""),
        ("custom", "answer"): (_("Is it all right here?"), ""),
        ("custom", "text"): (_("What should others know?"), ""),
        ("sign_off", "reader"): (_("Who read it?"), ""),
        ("sign_off", "pseudonym"): (_("Name or pseudonym"), ""),
        ("sign_off", "date"): (_("On which day?"), ""),
    }


def _of_prevention() -> Mapping[tuple[str, str], Label]:
    pairs = {
        "meanings": (_("What do people take it to mean?"), _("Choose one or more.")),
        "sentence": (_("Its meaning in one sentence"), _("In your language.")),
        "sentence_back": (_("The same sentence in English"), ""),
        "who": (_("Who does it here?"), _("Such as: neighbours, a clinic, the state.")),
        "reviewer": (_("Who has checked it?"), _("A pseudonym is enough.")),
    }
    sections = ("promotion", "prevention")
    return {(section, name): pair for section in sections for name, pair in pairs.items()}


def _of_law() -> Mapping[tuple[str, str], Label]:
    return {
        ("law", "topic"): (_("What is it about?"), ""),
        ("law", "known"): (_("Do you know what the law says?"), ""),
        ("law", "attempt"): (
            _("Only for suicide: can somebody be punished for trying?"),
            _("If so, learners are told how to find help without the police."),
        ),
        ("law", "text"): (_("What does it say?"), _("Two or three plain sentences in English.")),
        ("law", "words"): (_("The same for learners"), _("In your language.")),
        ("law", "dated"): (_("On which day was this true?"), _("The day of your source.")),
    }


def _of_services() -> Mapping[tuple[str, str], Label]:
    return {
        ("service", "name"): (_("Name"), _("As people here know it.")),
        ("service", "number"): (
            _("Number"),
            _("As one dials it here. Leave it empty for a place."),
        ),
        ("service", "by"): (_("How does one reach it?"), ""),
        ("service", "hours"): (_("When is it open?"), _("Such as: day and night.")),
        ("service", "languages"): (
            _("Which languages do they speak?"),
            _("Tags with commas between them, such as: sn, nd, en."),
        ),
        ("service", "cost"): (_("What does it cost?"), _("Such as: free.")),
        ("service", "region"): (_("For which region?"), _("Leave it empty for the whole country.")),
        ("service", "kind"): (_("What kind of help is it?"), ""),
        ("service", "place"): (_("Where is it?"), _("Only for a place to go to.")),
        ("service", "source_date"): (_("Of which day is that source?"), ""),
        ("service", "doubt"): (_("Is there a doubt?"), ""),
    }


def in_a_row(names: Iterable[str]) -> str:
    """Names one after the other, with the comma of the language that the page speaks."""
    return ("، " if language(spoken()).direction == "rtl" else ", ").join(names)
