"""What has moved under a translation since it was made, and the decision that it is still right."""

from sqlalchemy.orm import Session

from edu.editions.drift.catching_up import state_before
from edu.editions.drift.classing import Edit, classify
from edu.editions.models import Rendering
from edu.editions.working import Conflict, forget_unsaved, write_history
from edu.languages import SOURCE
from edu.segments.segment import fold


def drift_of(rendering: Rendering, *, safety: str = "") -> Edit | None:
    """How much the source has changed since a translation was made; None where it has not.

    `safety` is the mark of the block in which the source stands now.
    """
    if not rendering.follows:
        return None
    return classify(rendering.source, rendering.follows, safety=safety)


def base_drift(rendering: Rendering, ancestor_now: str, *, safety: str = "") -> Edit | None:
    """How much the ancestor's words have changed from which an adaptation was made; None where
    they have not, or it was made from none. A trivial change needs nobody."""
    if not rendering.base_text or fold(rendering.base_text) == fold(ancestor_now):
        return None
    tag = rendering.base_tag or SOURCE
    return classify(rendering.base_text, ancestor_now, safety=safety, tag=tag)


def still_right(
    session: Session,
    rendering: Rendering,
    *,
    version: int,
    member_id: int,
    base: tuple[str, str] | None = None,
) -> None:
    """Somebody says that words are right for the source as it stands now, and, where `base` is
    given, for the ancestor's words as they stand now (its tag and words). Raises Conflict.

    Who wrote the words stays as it was. Words that were reviewed stay so. The last release's
    words may be shown again only if they are the ones she looked at.
    """
    session.refresh(rendering, with_for_update=True)
    same_base = base is None or base == (rendering.base_tag, rendering.base_text)
    if not rendering.follows and same_base:
        return
    if rendering.version != version:
        raise Conflict(rendering)
    if rendering.follows:
        rendering.state = state_before(session, rendering)
        rendering.source, rendering.follows = rendering.follows, ""
        if rendering.released_text != rendering.text:
            rendering.released_text = rendering.released_state = rendering.released_change = ""
    if base is not None:
        rendering.base_tag, rendering.base_text = base
    rendering.from_files = False
    rendering.version += 1
    write_history(session, rendering, "still right", member_id)
    forget_unsaved(session, rendering, member_id)
    session.flush()
