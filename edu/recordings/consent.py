"""What a speaker agreed to. A voice belongs to a person: without complete consent none is kept."""

from dataclasses import dataclass
from datetime import date

#: What a recording may be used for, each agreed to by itself.
SITE, SERVERS, RADIO, TEACHING = "site", "servers", "radio", "teaching"
USES = (SITE, SERVERS, RADIO, TEACHING)


class Incomplete(Exception):
    """Something is missing in a consent; `missing` names what."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Consent:
    """`speaker` is the name she chose. `own_story`: she tells of her own life, so her consent has
    an end. `agreed` says that she was asked in her own language and said yes."""

    speaker: str
    on: date | None
    uses: tuple[str, ...]
    ends: date | None
    own_story: bool
    agreed: bool

    def missing(self, today: date) -> list[str]:
        """The fields that are not complete."""
        found = []
        if not self.speaker.strip():
            found.append("speaker")
        if self.on is None or self.on > today:
            found.append("consent_on")
        if SITE not in self.uses or not set(self.uses) <= set(USES):
            found.append("uses")
        if (self.own_story and self.ends is None) or (self.ends is not None and self.ends < today):
            found.append("ends")
        if not self.agreed:
            found.append("agreed")
        return found
