"""The page with the form of a picture or film."""

from edu.communities.lookup import along_chain
from edu.doors import db, show
from edu.editions.models import Change
from edu.editions.parts import Part
from edu.gate.gate import limit_for
from edu.media.consent import AGREED
from edu.partner import changes_wording as wording
from edu.partner.media_forms import OF_THE_FILE, MediaForm
from edu.partner.media_sending import GATES
from edu.partner.media_words import kind_name
from edu.partner.places import Desk


def form_page(
    desk: Desk,
    part: Part,
    form: MediaForm,
    kind: str,
    *,
    change: Change | None = None,
    theirs: Change | None = None,
    refused: tuple[str, ...] = (),
) -> str:
    """The form; with `change` of one that is there, with `theirs` after somebody else has saved
    it meanwhile."""
    asked_apart = {"file", "shows", "said", "captions", "captions_file", "place", *OF_THE_FILE}
    return show(
        "partner/media_form.html",
        desk=desk,
        part=part,
        form=form,
        kind=kind,
        name=kind_name(kind),
        change=change,
        theirs=theirs,
        refused=refused,
        largest=limit_for(GATES[kind]) // 1024**2,
        rules=_rules(desk.tag),
        agreed=AGREED,
        folded=not set(form.errors) - asked_apart - {"why", "why_tag", "dimensions"},
        wording=wording,
    )


def _rules(tag: str) -> list[str]:
    """What the community of a place says of pictures of people."""
    return [
        str(entry.fields.get("text") or "")
        for entry in along_chain(db(), tag, "custom")
        if entry.fields.get("kind") == "pictures" and not entry.gone
    ]
