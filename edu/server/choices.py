"""What may be decided for the whole server, what holds until it is, and what is decided."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.languages import SOURCE
from edu.server.models import ServerChoice


class SecondStep(StrEnum):
    """Who must take a second step when signing in."""

    EVERYBODY = "everybody"
    ADMINISTRATORS = "administrators"
    NOBODY = "nobody"


class Offer(StrEnum):
    """How a language is offered."""

    EVERYBODY = "everybody"
    BEGUN = "begun"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Choices:
    """Everything that is decided for the server."""

    #: Who needs a second step.
    second_step: SecondStep = SecondStep.EVERYBODY
    #: Languages that nobody can newly choose; whoever has begun in one goes on in it.
    withheld: frozenset[str] = frozenset()
    #: Languages that are gone: their pages are not made, and their addresses lead elsewhere.
    gone: frozenset[str] = frozenset()
    #: After how many months without an answer a learner is deleted; 24 at most.
    kept_months: int = 24

    def offer_of(self, tag: str) -> Offer:
        """How this language is offered."""
        if tag in self.gone:
            return Offer.NOBODY
        return Offer.BEGUN if tag in self.withheld else Offer.EVERYBODY


#: The least and the most months for which answers may be kept.
FEWEST_MONTHS, MOST_MONTHS = 4, 24


def choices(session: Session) -> Choices:
    """What is decided; what nobody decided is as the program suggests."""
    found = {row.name: row.value for row in session.scalars(select(ServerChoice))}
    plain = Choices()
    return Choices(
        second_step=SecondStep(found.get("second_step", plain.second_step)),
        withheld=frozenset(found.get("withheld", plain.withheld)) - {SOURCE},
        gone=frozenset(found.get("gone", plain.gone)) - {SOURCE},
        kept_months=int(found.get("kept_months", plain.kept_months)),
    )


def choose(session: Session, name: str, value: Any) -> None:
    """Decide one thing. Raises ValueError for a name that is nothing to decide."""
    if name not in Choices.__dataclass_fields__:
        raise ValueError(f"{name} is nothing to decide")
    row = session.get(ServerChoice, name)
    if row is None:
        session.add(ServerChoice(name=name, value=value))
    else:
        row.value = value
    session.flush()


def offer(session: Session, tag: str, wanted: Offer) -> None:
    """Decide how a language is offered. Raises ValueError for English: every chain ends there,
    so somebody would be left without any words."""
    if tag == SOURCE:
        raise ValueError("English is always on offer")
    now = choices(session)
    withheld, gone = now.withheld - {tag}, now.gone - {tag}
    choose(session, "withheld", sorted(withheld | ({tag} if wanted is Offer.BEGUN else set())))
    choose(session, "gone", sorted(gone | ({tag} if wanted is Offer.NOBODY else set())))
