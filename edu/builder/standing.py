"""How far an organisation is with a licensed scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from edu.doors import db, today
from edu.instruments import licensing
from edu.instruments.models import LicenceClaim, LicensedWording
from edu.languages import Language, language
from edu.partners.actors import Actor
from edu.quizzes.shell import OwnersKey, Shell


@dataclass(frozen=True)
class Standing:
    """How far an organisation is with a scale: its licence, the key, the words in each language
    with how many are missing."""

    held: LicenceClaim | None
    said: Sequence[LicenceClaim]
    wordings: Sequence[tuple[Language, LicensedWording, int]]
    key: OwnersKey | None
    waits_for_key: bool
    ready: bool


def standing_of(by: Actor, shell: Shell) -> Standing:
    """How far her organisation is with a scale."""
    held = licensing.held(db(), by.organisation_id, shell.id, today())
    entered = licensing.wordings(db(), by.organisation_id, shell.id)
    left = {tag: len(licensing.missing(shell, row.words)) for tag, row in entered.items()}
    waits = held is not None and bool(shell.asks) and held.key is None
    return Standing(
        held,
        licensing.claims(db(), by.organisation_id, shell.id),
        [(language(tag), entered[tag], left[tag]) for tag in sorted(entered)],
        licensing.key_of(held),
        waits,
        held is not None and not waits and 0 in left.values(),
    )
