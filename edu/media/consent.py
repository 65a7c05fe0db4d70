"""What must be known of a picture or film before it is kept: who made it, who is seen, and that
they agreed. A face belongs to a person: without complete consent none is kept."""

from dataclasses import dataclass
from datetime import date

from edu.editions.sharing.licences import LICENCES
from edu.recordings.consent import Consent

#: The answers to whether anybody can be recognised.
NOBODY, AGREED = "nobody", "agreed"


@dataclass(frozen=True)
class Origin:
    """Who made it, and under which licence it may be used. `consent` is empty where nobody can be
    recognised; `looked` says that the rules for pictures were kept."""

    licence: str
    credit: str
    people: str
    consent: Consent | None
    looked: bool

    def missing(self, today: date) -> list[str]:
        """The fields that are not complete."""
        found = []
        if self.licence not in LICENCES:
            found.append("licence")
        if not self.credit.strip():
            found.append("credit")
        if self.people not in (NOBODY, AGREED):
            found.append("people")
        if self.people == AGREED:
            found += self.consent.missing(today) if self.consent is not None else ["agreed"]
        if not self.looked:
            found.append("looked")
        return found
