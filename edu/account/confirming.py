"""The page that asks once more, before something that cannot simply be undone."""

from collections.abc import Sequence

from edu.account.forms import ConfirmForm
from edu.doors import show


def confirm_page(
    heading: str, name: str, sentences: Sequence[str], *, action: str, back: str
) -> str:
    """What is about to be done to what, with what follows; `action` does it, `back` leads away."""
    return show(
        "admin/confirm.html",
        heading=heading,
        name=name,
        sentences=sentences,
        action=action,
        back=back,
        form=ConfirmForm(),
    )
