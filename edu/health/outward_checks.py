"""What the doctor asks of the two ways out of this machine: letters, and another house."""

from urllib.parse import urlsplit

from edu.health.case import Case
from edu.health.finding import Finding, do, fine
from edu.lessons.mistakes import Value
from edu.lessons.words import N_


def letters_can_go(case: Case) -> Finding:
    """Whether letters for lost passwords can name this server."""
    here = case.settings
    if not here.smtp_url:
        return fine(
            "letters", N_("No mail server is set; administrators help with lost passwords.")
        )
    if not here.knows_its_address:
        return do(
            "letters",
            N_(
                "Letters for lost passwords are not sent: the server does not know its own address."
            ),
            N_(
                "Set PUBLIC_URL (or TRUSTED_HOSTS). Otherwise somebody could make a letter whose"
                " link leads to another site."
            ),
        )
    return _encrypted(case, "letters", N_("Letters for lost passwords can be sent."))


def other_house_fits(case: Case) -> Finding:
    """Whether people who sign in at another house find the way back."""
    here = case.settings
    if not here.oidc_issuer:
        return fine("other house", N_("Nobody signs in with an account of another house."))
    if not here.public_url:
        return do(
            "other house",
            N_("The other house does not know where to send people back to."),
            N_("Set PUBLIC_URL, and give the other house this address followed by /oidc/callback."),
        )
    return _encrypted(
        case, "other house", N_("Accounts of %(house)s may sign in."), house=here.oidc_issuer
    )


def _encrypted(case: Case, about: str, well: str, **values: Value) -> Finding:
    parts = urlsplit(case.settings.public_url)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return do(
            about,
            N_("PUBLIC_URL is not encrypted, so others in the network can read one-time links."),
            N_(
                "Set up encryption as docs/deploying.md says, and let PUBLIC_URL begin with"
                " https://."
            ),
        )
    return fine(about, well, **values)
