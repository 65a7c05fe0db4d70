"""What was sent with the form of a picture or film, let in through the gate or refused."""

from dataclasses import dataclass

from flask_wtf.file import FileField
from markupsafe import Markup

from edu.doors import let_go
from edu.gate.gate import admit, limit_for
from edu.gate.refused import Admitted, Refused
from edu.lessons.markdown import FILM
from edu.pages.reasons import reason, reasons
from edu.partner.media_forms import MediaForm

#: Which kind of the gate a picture or film comes in by.
GATES = {"picture": "photo", FILM: "clip"}
#: Bytes of everything else in the form.
MORE = 512 * 1024


@dataclass(frozen=True)
class Sent:
    """What came in, a film as it was sent, and the captions beside it; or every reason why not."""

    admitted: Admitted | None
    captions: bytes
    original: bytes = b""
    refused: tuple[Markup, ...] = ()


def sent_with(form: MediaForm, kind: str, *, with_file: bool) -> Sent:
    """Look at what was sent. Lets go of the database, for that takes a while."""
    refused: list[Markup] = []
    content = _read(form.file, limit_for(GATES[kind])) if with_file else b""
    words = _captions(form) if kind == FILM else b""
    let_go()
    captions = _admitted("captions", words, "captions.vtt", refused) if words else None
    found = None
    if with_file and not refused:
        found = _admitted(GATES[kind], content, kind, refused)
    told = captions.content if captions is not None else b""
    return Sent(found, told, content if kind == FILM else b"", tuple(refused))


def _read(field: FileField, most: int) -> bytes:
    content: bytes = field.data.stream.read(most + 1) if field.data else b""
    return content


def _captions(form: MediaForm) -> bytes:
    """A file goes before what is typed."""
    sent = _read(form.captions_file, limit_for("captions"))
    return sent or (form.captions.data or "").strip().encode()


def _admitted(kind: str, content: bytes, name: str, refused: list[Markup]) -> Admitted | None:
    try:
        return admit(kind, content, name)
    except Refused as failed:
        # Pictures have no lines, and the name of their file was left behind.
        found = failed.mistakes
        refused += reasons(found) if kind == "captions" else [reason(x.message) for x in found]
        return None
