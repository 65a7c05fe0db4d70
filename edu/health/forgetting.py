"""What is deleted by age, everywhere, in one place: only by a clock that can be believed."""

from pathlib import Path

from sqlalchemy.orm import Session

from edu.brakes.storage import delete_old_counts
from edu.editions.workplace.claims import end_old_claims
from edu.editions.workplace.unsaved import drop_old_words
from edu.exchange.waiting import drop_old_files
from edu.health import clock
from edu.learning.carried.models import forget_numbers
from edu.learning.linking.keys import destroy_ended
from edu.learning.paper.rows import drop_old_rows
from edu.learning.retention import delete_old
from edu.media.keeping import withdraw_ended as withdraw_media
from edu.media.using import drop_unused
from edu.partners.sent_forms import forget_sent
from edu.partners.tidying import tidy
from edu.recordings.keeping import withdraw_ended
from edu.server.announcements import delete_old_announcements
from edu.server.choices import choices
from edu.server.jobs import delete_old_jobs


def forget_old(session: Session, instance: Path) -> tuple[int, clock.Clock]:
    """Delete what is past its time, and note that the server was awake; by a clock that may be
    wrong, nothing. Returns how many learners were forgotten, and what is thought of the clock."""
    seen = clock.look(instance, clock.newest_day(session))
    if not seen.trusted:
        return 0, seen
    today = seen.now.date()
    forgotten = delete_old(session, today, choices(session).kept_months)
    destroy_ended(session, today)
    drop_old_rows(session, today)
    forget_numbers(session, today)
    tidy(session)
    forget_sent(session, today)
    delete_old_counts(session)
    delete_old_announcements(session, today)
    delete_old_jobs(session, today)
    end_old_claims(session)
    drop_old_words(session)
    drop_old_files(session)
    withdraw_ended(session, today, instance / "published")
    withdraw_media(session, today, instance / "published")
    drop_unused(session, today, instance / "published")
    clock.note(instance, seen)
    return forgotten, seen
