"""What of staff's traces is deleted when it is over."""

from sqlalchemy.orm import Session

from edu.partners.links import delete_old_links
from edu.partners.passkeys import forget_old_challenges
from edu.partners.sessions import end_old_sessions


def tidy(session: Session) -> None:
    """Delete sessions, links and half-finished sign-ins that are over, and what the trail need
    not keep any longer."""
    end_old_sessions(session)
    delete_old_links(session)
    forget_old_challenges(session)
