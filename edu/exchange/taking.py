"""A file as somebody sent it: through the gate, and read as a parcel. Nothing is changed."""

from pathlib import Path

from edu.editions.parts import parts_of
from edu.exchange.formats import FORMATS, format_of
from edu.exchange.unit import Parcel
from edu.exchange.whole_lesson import parcel_of_lesson
from edu.gate.gate import admit, limit_for
from edu.gate.names import shown
from edu.gate.refused import refuse
from edu.lessons.words import N_

#: The most bytes of any file that may come in here.
LARGEST = max(map(limit_for, (*FORMATS, "markdown")))


def parcel_from(
    root: Path, tag: str, module: str, name: str, content: bytes, part: str = ""
) -> tuple[Parcel, str]:
    """What a file says, and which format it is. Raises Refused with every reason.

    `part` is the lesson that a Markdown file is a translation of; other files say it themselves.
    """
    if name.lower().endswith(".md"):
        parts = parts_of(root, module)
        if part not in parts or not parts[part].file.name.endswith(".md"):
            raise refuse(shown(name), N_("Say which lesson this file is a translation of."))
        admitted = admit("markdown", content, name)
        return parcel_of_lesson(tag, parts[part], admitted.content.decode("utf-8-sig")), "markdown"
    format = format_of(name)
    if format is None:
        endings = ", ".join(
            f".{each}" for each in (*(one.ending for one in FORMATS.values()), "md")
        )
        raise refuse(shown(name), N_("The name must end in %(endings)s."), endings=endings)
    return format.read(admit(format.name, content, name)), format.name
