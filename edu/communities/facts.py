"""All that finished pages tell of places: where it changes, they are made anew."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.communities.glossary import words_of_place
from edu.communities.lookup import law_note, services_on_pages
from edu.communities.models import Profile


def facts_on_pages(session: Session, today: date) -> list[object]:
    """What is told of every place on a day."""
    tags = session.scalars(select(Profile.tag).order_by(Profile.tag)).all()
    return [(tag, facts_of_place(session, tag, today)) for tag in tags]


def facts_of_place(session: Session, tag: str, today: date) -> tuple[object, ...]:
    """The same of one place: its services, its law on suicide, its words."""
    return (
        services_on_pages(session, tag, today),
        law_note(session, tag),
        words_of_place(session, tag),
    )
