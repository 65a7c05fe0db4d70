"""What the pages on shared work call things."""

from flask_babel import gettext as _

from edu.editions.sharing.licences import BY, BY_NC_SA, BY_SA, CC0


def licence_words(licence: str) -> str:
    """A licence and what it asks, in one line."""
    asks = {
        CC0: _("everybody may use it for anything; nobody need be named"),
        BY: _("everybody may use it and change it, and names you"),
        BY_SA: _("the same, and what others make of it stays under this licence"),
        BY_NC_SA: _("the same, and nobody may sell it"),
    }.get(licence)
    return f"{licence}: {asks}" if asks else licence
