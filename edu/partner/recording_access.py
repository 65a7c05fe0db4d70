"""Who may work on a language's recordings, and the texts and recordings that addresses name."""

from flask import abort

from edu.doors import db, settings
from edu.editions.releasing import edition_tags
from edu.editions.workplace.dashboard import begun_tags
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.recordings.keeping import recording_of
from edu.recordings.models import Recording
from edu.recordings.places import Place, place_of

WORK = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)


def may_speak(by: Actor, edition: str) -> bool:
    """Whether she has to do with a language that somebody has begun."""
    begun = begun_tags(db()).union(edition_tags(db()))
    return edition in begun and any(by.may(each, tag=edition) for each in WORK)


def must_speak(by: Actor, edition: str) -> None:
    """404 where she has nothing to do with a language, or nobody has begun it."""
    if not may_speak(by, edition):
        abort(404)


def may_release(by: Actor, edition: str) -> bool:
    """Whether she may let learners hear what others recorded."""
    return by.may(Right.REVIEW, tag=edition) or by.may(Right.PUBLISH, tag=edition)


def place_found(edition: str, part: str, spot: str) -> Place:
    """A text to read; 404 where there is none such."""
    found = place_of(db(), settings().root, edition, part, spot)
    if found is None:
        abort(404)
    return found


def place_read(edition: str, recording: Recording) -> Place | None:
    """The text of a recording as it stands now; None where it is gone."""
    part, _bar, spot = recording.place.partition("|")
    return place_of(db(), settings().root, edition, part, spot)


def recording_found(edition: str, number: int) -> Recording:
    """A recording of a language; 404 where there is none such."""
    found = recording_of(db(), edition, number)
    if found is None:
        abort(404)
    return found


def tell(by: Actor, deed: Deed, recording: Recording) -> None:
    """Into the trail: which text, never who is heard."""
    name = f"{recording.tag} {recording.place}"
    write_down(db(), by.organisation_id, by.login, deed, Kind.RECORDING, name, str(recording.id))
