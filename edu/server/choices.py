"""What may be decided for the whole server, what holds until it is, and what is decided."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.server.models import ServerChoice


class SecondStep(StrEnum):
    """Who must take a second step when signing in."""

    EVERYBODY = "everybody"
    ADMINISTRATORS = "administrators"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Choices:
    """Everything that is decided for the server."""

    #: Who needs a second step.
    second_step: SecondStep = SecondStep.EVERYBODY
    #: Languages that are not on offer although there is something in them.
    withheld: frozenset[str] = frozenset()
    #: After how many months without an answer a learner is deleted; 24 at most.
    kept_months: int = 24


#: The least and the most months for which answers may be kept.
FEWEST_MONTHS, MOST_MONTHS = 4, 24


def choices(session: Session) -> Choices:
    """What is decided; what nobody decided is as the program suggests."""
    found = {row.name: row.value for row in session.scalars(select(ServerChoice))}
    plain = Choices()
    return Choices(
        second_step=SecondStep(found.get("second_step", plain.second_step)),
        withheld=frozenset(found.get("withheld", plain.withheld)),
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
