"""What sections, choices, gaps and faults of a profile are called, in the language of the page."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from edu.communities.completeness import Gap, Lack
from edu.communities.models import ProfileEntry
from edu.communities.services import Freshness, Heard
from edu.doors import day_in_words
from edu.partner.profile_labels import in_a_row
from edu.partner.profile_terms import concept_name


def section_title(section: str) -> str:
    """What a section is called."""
    return {
        "community": _("About this place"),
        "term": _("Words to use"),
        "avoid": _("Words to avoid"),
        "idiom": _("How people say that they suffer"),
        "matters": _("What matters most"),
        "explanation": _("How people explain it"),
        "messenger": _("Whom people listen to"),
        "swaps": _("Names and things for examples"),
        "promotion": _("Promotion: what it means here"),
        "prevention": _("Prevention: what it means here"),
        "law": _("What the law says"),
        "service": _("Helplines and services"),
        "custom": _("Feasts, pictures, women and men"),
        "sign_off": _("Who has read this profile"),
    }[section]


def section_help(section: str) -> str:
    """What belongs there and why; also what an empty section teaches."""
    return {
        "community": _("Who lives here, and which language they speak. Two or three sentences."),
        "term": _(
            "Agree on these words before you translate the first lesson. Ask several people:"
            " somebody who grew up with the language, somebody with experience of mental ill"
            " health, a health worker. Say each word in a sentence."
        ),
        "avoid": _(
            "Words that hurt people here. Whoever translates is warned when one of them is typed,"
            " and is shown what to say instead."
        ),
        "idiom": _(
            "What people say when life is too much, such as “I think too much”. It opens doors in"
            " a talk. It is not the name of an illness."
        ),
        "matters": _(
            "Stigma hurts most where it touches what people live for. Put the most important"
            " first. Stories and examples can then speak of it."
        ),
        "explanation": _(
            "What people here believe brings mental ill health. Write it without contempt, and"
            " write an answer that leaves both doors open: the family's own way and the health"
            " worker's."
        ),
        "messenger": _(
            "Whose word counts here, and who should rather not carry this message, with the reason."
        ),
        "swaps": _(
            "Lessons can say {people.1} or {food.1}. A release for this place puts your words in."
        ),
        "promotion": _(
            "Making strong what keeps people well. The word is easily mixed up with prevention, so"
            " say what people here take it to mean."
        ),
        "prevention": _(
            "Keeping trouble from beginning or growing. Say what people here take the word to mean."
        ),
        "law": _(
            "What the law of this country says, with the day of which that is true. If you do not"
            " know, say that it is unknown: that is better than a guess. Lessons that speak of"
            " suicide cannot be released before there is an agreed note on suicide."
        ),
        "service": _(
            "Learners see a number only after one of you called it and it answered, and for 180"
            " days. Numbers of another country are never shown here."
        ),
        "custom": _(
            "Feasts that examples may speak of, whether pictures of people are welcome, and whether"
            " women and men sit in one group."
        ),
        "sign_off": _(
            "Three people read the whole profile: one who grew up with the language, one who has"
            " lived with mental ill health, one who works in health. A pseudonym is enough."
        ),
    }[section]


def choice(name: str, value: str) -> str:
    """What may be chosen in a field is called."""
    return _choices().get((name, value)) or _choices().get(("", value)) or value


def _choices() -> Mapping[tuple[str, str], str]:
    return {
        ("meanings", "community_control"): _("The community decides and acts itself"),
        ("meanings", "public_awareness"): _("Everybody gets to know about it"),
        ("meanings", "personal_choice"): _("Each person chooses how to live"),
        ("meanings", "medical_action"): _("Health workers do something"),
        ("trust", "trusted"): _("People trust them"),
        ("trust", "risky"): _("Better not"),
        ("topic", "suicide"): _("Suicide"),
        ("topic", "mental_health"): _("Mental health care"),
        ("topic", "discrimination"): _("Discrimination"),
        ("topic", "consent_age"): _("At which age one may decide alone"),
        ("topic", "data"): _("Data about people"),
        ("known", "known"): _("We know what it says"),
        ("known", "unknown"): _("Unknown: nobody has looked it up yet"),
        ("attempt", "crime"): _("Yes, whoever tries can be punished"),
        ("attempt", "not_crime"): _("No"),
        ("attempt", "unclear"): _("It is not clear, or it is changing"),
        ("by", "call"): _("Call"),
        ("by", "text"): _("Text message"),
        ("by", "whatsapp"): "WhatsApp",
        ("by", "visit"): _("Go there"),
        ("doubt", "one_source"): _("Only one source says so"),
        ("doubt", "sources_disagree"): _("Sources say different things"),
        ("doubt", "dated"): _("The source is old"),
        ("doubt", "not_checked"): _("Nobody has checked it"),
        ("kind", "emergency"): _("Emergency"),
        ("kind", "helpline"): _("Helpline"),
        ("kind", "child_helpline"): _("Helpline for children and young people"),
        ("kind", "health_facility"): _("Health facility"),
        ("kind", "community"): _("Community group"),
        ("kind", "users_group"): _("Group of people with experience of their own"),
        ("kind", "women"): _("For women"),
        ("kind", "faith"): _("Faith community"),
        ("kind", "social"): _("Social service"),
        ("kind", "legal"): _("Help with the law"),
        ("kind", "school"): _("School"),
        ("kind", "other"): _("Something else"),
        ("kind", "festival"): _("A feast"),
        ("kind", "pictures"): _("Pictures of people"),
        ("kind", "mixing"): _("Women and men in one group"),
        ("kind", "voices"): _("Voices: who may be heard"),
        ("", "yes"): _("Yes"),
        ("", "no"): _("No"),
        ("", "depends"): _("It depends"),
        ("reader", "native"): _("Grew up with the language"),
        ("reader", "lived"): _("Has lived with mental ill health"),
        ("reader", "health"): _("Works in health"),
    }


def key_name(section: str, slug: str) -> str:
    """What an entry is called whose name is fixed."""
    if section == "term":
        return concept_name(slug)
    if section == "matters":
        return _matters().get(slug, slug)
    return _swaps().get(slug, slug)


def _matters() -> Mapping[str, str]:
    return {
        "work": _("Work and earning"),
        "marriage": _("Marriage"),
        "lineage": _("Children and the family's line"),
        "land": _("Land"),
        "faith": _("Standing before God and in the faith"),
        "school": _("School"),
        "hospitality": _("Receiving guests well"),
        "respectability": _("A good name"),
        "independence": _("Standing on one's own feet"),
    }


def _swaps() -> Mapping[str, str]:
    return {
        "people": _("First names"),
        "work": _("Work"),
        "food": _("Food"),
        "drink": _("Drink"),
        "transport": _("How people travel"),
        "place_of_talk": _("Where people sit and talk"),
        "institution": _("Where people go for health"),
        "home_place": _("The kind of place they live in"),
        "savings_group": _("How people save together"),
        "celebration": _("A feast or gathering"),
        "proverb": _("A proverb about standing together"),
    }


def entry_title(entry: ProfileEntry) -> tuple[str, bool]:
    """What an entry is called, and whether these are words of the place."""
    fields, section = entry.fields, entry.section
    if section in ("matters", "swaps"):
        return key_name(section, entry.slug), False
    if section in ("law", "custom", "sign_off"):
        name = {"law": "topic", "custom": "kind", "sign_off": "reader"}[section]
        return choice(name, str(fields.get(name, ""))), False
    for name, of_place in (("term", True), ("word", True), ("words", True), ("held", False)):
        if fields.get(name) and section in ("term", "avoid", "idiom", "explanation"):
            return str(fields[name]), of_place
    if section == "term":
        return concept_name(entry.slug), False
    return str(fields.get("who") or fields.get("name") or section_title(section)), False


def entry_gist(entry: ProfileEntry) -> tuple[str, bool]:
    """The second line: what an entry says, and whether these are words of the place."""
    fields = entry.fields
    if entry.section == "swaps":
        return " · ".join(fields.get("values", ())), True
    if entry.section == "law" and fields.get("known") != "known":
        return choice("known", "unknown"), False
    names = {
        "term": ("meaning", False),
        "avoid": ("instead", True),
        "idiom": ("meaning", False),
        "matters": ("note", False),
        "explanation": ("answer", False),
        "messenger": ("why", False),
        "law": ("text", False),
        "custom": ("text", False),
        "sign_off": ("pseudonym", False),
    }
    name, of_place = names.get(entry.section, ("note", False))
    return str(fields.get(name, "")), of_place


def gap_words(gap: Gap) -> str:
    """What is missing."""
    number = gap.number
    return {
        Lack.EMPTY: lambda: _("Nothing here yet."),
        Lack.TERMS: lambda: ngettext(
            "%(num)s concept has no word yet.", "%(num)s concepts have no word yet.", number
        ),
        Lack.DRAFTS: lambda: ngettext(
            "%(num)s draft waits for somebody to agree.",
            "%(num)s drafts wait for somebody to agree.",
            number,
        ),
        Lack.MEANING: lambda: _("Nobody has chosen what it means here."),
        Lack.BACK: lambda: _("The back-translation is missing."),
        Lack.SUICIDE_LAW: lambda: _("There is no agreed, dated note on suicide and the law."),
        Lack.TOPICS: lambda: (
            _("Not looked up yet:") + " " + in_a_row(choice("topic", each) for each in gap.names)
        ),
        Lack.NOTHING_TO_CALL: lambda: _("Learners see no number: none was called lately."),
        Lack.CALL: lambda: _("Call again:") + " " + in_a_row(gap.names),
        Lack.PLACES: lambda: (
            _("No entry yet for:") + " " + in_a_row(choice("kind", each) for each in gap.names)
        ),
        Lack.READERS: lambda: (
            _("Not read yet by:") + " " + in_a_row(choice("reader", each) for each in gap.names)
        ),
        Lack.CHANGED: lambda: _("Something was changed after it was read."),
    }[gap.lack]()


def freshness_words(state: Freshness, last: date | None) -> str:
    """How a service stands, with the day that counts."""
    day = day_in_words(last) if last is not None else ""
    return {
        Freshness.NEVER: _("Not shown: nobody has called yet."),
        Freshness.FRESH: _("Shown to learners until %(day)s.", day=day),
        Freshness.AGEING: _("Call again: it vanishes after %(day)s.", day=day),
        Freshness.OVER: _("Not shown any more since %(day)s: call again.", day=day),
    }[state]


def heard_words(heard: Heard) -> str:
    """What came of a call."""
    return {
        Heard.ANSWERED: _("Yes, and it is what we thought"),
        Heard.NOBODY: _("No, nobody answered; I will try again"),
        Heard.WRONG: _("The number is wrong or closed"),
    }[heard]


def not_her_language() -> str:
    """Why somebody cannot begin a profile."""
    return _("You do not translate or review this language, so somebody else has to begin it.")


def fault_words(kind: str) -> str:
    """What is wrong with what was typed, and what to do."""
    return {
        "missing": _("Please fill this in."),
        "known": _("What is known needs this. If you do not know it, choose “unknown” above."),
        "phone": _("This looks like a telephone number. Only a service holds one, so take it out."),
        "number": _("A number to dial, please: digits, spaces, and perhaps a plus."),
        "tag": _("Language tags such as sn or sw-KE, please, with commas between them."),
        "long": _("This is too long."),
        "markup": _("Plain words only, please, without stars, colons or brackets."),
        "country": _("Two capital letters, please, such as KE."),
    }.get(kind, _("This cannot be kept as it is."))
