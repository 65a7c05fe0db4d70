"""The page that asks once more, before something that cannot simply be undone."""

from collections.abc import Sequence

from edu.account.forms import ConfirmForm
from edu.doors import show


def confirm_page(
    heading: str,
    name: str,
    sentences: Sequence[str],
    *,
    action: str,
    back: str,
    here: str | None = None,
) -> str:
    """What is about to be done to what, with what follows; `action` does it, `back` leads away.
    With `here`, its address, it can be read in another language."""
    return show(
        "admin/confirm.html",
        heading=heading,
        name=name,
        sentences=sentences,
        action=action,
        back=back,
        form=ConfirmForm(),
        here=here,
    )
