"""The bank of an organisation: our own instruments, and the licensed ones it may use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from edu.editions.releasing import current_release
from edu.instruments.licensing import complete_tags, held, key_of, words_in
from edu.quizzes.building import Source
from edu.quizzes.instrument import Instrument, Kind
from edu.quizzes.shell import Shell

#: Words as releases keep them: by place the text, its language and state.
Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Bank:
    """What an organisation may ask, by the id of its source; `shells` are the licensed ones."""

    organisation_id: int
    sources: Mapping[str, Source]
    shells: Mapping[str, Shell]

    def words(self, session: Session, source: str, tag: str) -> Words | None:
        """The words of a source for readers of a language; None where it cannot be asked."""
        if source in self.shells:
            return words_in(session, self.organisation_id, self.shells[source], tag)
        release = current_release(session, tag, "quizzes")
        if release is None:
            return None
        described = release.payload["instruments"].get(source)
        wanted = self.sources[source].instrument.version
        # A release may lag behind: other words would be another question.
        if described is None or described["version"] != wanted:
            return None
        words: Words = described["words"]
        return words


def bank_of(
    session: Session,
    organisation_id: int,
    ours: Sequence[Instrument],
    shells: Mapping[str, Shell],
    today: date,
) -> Bank:
    """The bank: `ours` are this server's instruments, `shells` all that it has."""
    sources = {
        each.id: Source(each) for each in ours if each.kind in (Kind.ATTITUDE, Kind.KNOWLEDGE)
    }
    licensed = {}
    for shell in shells.values():
        claimed = held(session, organisation_id, shell.id, today)
        usable = claimed is not None and (not shell.asks or claimed.key is not None)
        if usable and complete_tags(session, organisation_id, shell):
            licensed[shell.id] = shell
            form = shell.keyed(key_of(claimed))
            sources[shell.id] = Source(form, whole=True, alone=shell.vignette)
    return Bank(organisation_id, sources, licensed)
