"""What the pages on pictures and films call things."""

from collections.abc import Sequence

from flask_babel import gettext as _

from edu.editions.sharing.licences import LICENCES
from edu.lessons.lesson import Block
from edu.lessons.placing import FIRST, LAST, read_piece, shown_in
from edu.media.consent import AGREED, NOBODY
from edu.media.models import Medium
from edu.partner.changes_wording import block_name
from edu.partner.recording_words import missing_words as missing_of_consent

#: What parts a block from a place in it, in the value of a choice.
BAR = "|"


def kind_name(kind: str) -> str:
    """What it is."""
    return _("Film") if kind == "film" else _("Picture")


def people_words() -> list[tuple[str, str]]:
    """Whether anybody can be recognised."""
    return [
        (NOBODY, _("Nobody: no face, no voice, no name, nothing that tells who it is.")),
        (AGREED, _("Yes. Each of them was asked and agreed; the answers are below.")),
    ]


def whose_words() -> list[tuple[str, str]]:
    """Whether somebody plays, or tells of her own life."""
    return [
        ("reads", _("They play or show something. It is not about their own life.")),
        ("own", _("They tell of their own life. Then the consent must have an end.")),
    ]


def use_words() -> list[tuple[str, str]]:
    """What people in a picture or film may agree to."""
    return [
        ("site", _("On the pages of this server (needed)")),
        ("servers", _("On other servers with these lessons, and on copies without a network")),
        ("radio", _("On posters, on television, over loudspeakers")),
        ("teaching", _("When a group meets")),
    ]


def licence_words() -> list[tuple[str, str]]:
    """Licences, as they are named everywhere."""
    return [
        (each, _("%(licence)s: anybody may use it, no name needed", licence=each))
        if each.startswith("CC0")
        else (each, _("%(licence)s: whoever uses it names who made it", licence=each))
        if each == "CC BY 4.0"
        else (each, each)
        for each in LICENCES
    ]


def place_words(blocks: Sequence[Block], kind: str) -> list[tuple[str, str]]:
    """Where in a lesson it can be put."""
    found: list[tuple[str, str]] = []
    for block in blocks:
        name = block_name(block.name)
        found.append((_at(block, FIRST), _("%(block)s: at the beginning", block=name)))
        found.append((_at(block, LAST), _("%(block)s: at the end", block=name)))
        for each in shown_in(block.markdown):
            piece = "".join(block.markdown.splitlines(keepends=True)[each.start : each.end])
            shows, _said = read_piece(piece)
            words = _("%(block)s: in the place of “%(shows)s”", block=name, shows=shows[:60])
            found.append((_at(block, each.name), words))
    return found


def _at(block: Block, where: str) -> str:
    return f"{block.name}{BAR}{where}"


def missing_words() -> dict[str, str]:
    """What is missing of a picture or film, at each field."""
    return {
        **missing_of_consent(),
        "speaker": _("Write the names that they chose. They need not be real ones."),
        "consent_on": _("Write the day on which they agreed. It cannot be a day to come."),
        "agreed": _("Without consent nothing is kept. Ask them first."),
        "licence": _("Choose under which licence it may be used."),
        "credit": _("Write who made it, or how they want to be called."),
        "people": _("Say whether anybody can be recognised."),
        "looked": _("Look at it once more with these rules beside you."),
    }


def state_words(medium: Medium) -> str:
    """How far a film is."""
    return {
        "waiting": _("It is being made small for phones. This takes a few minutes."),
        "failed": _("It could not be made small, so nobody can see it."),
        "ready": "",
    }[medium.state]
