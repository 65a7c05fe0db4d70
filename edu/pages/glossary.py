"""The words of a place, for learners to read and to hear."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.communities.concepts import CONCEPTS
from edu.communities.glossary import is_draft, words_for_learners
from edu.languages import SOURCE
from edu.pages.views import Text, Words, in_language
from edu.pages.voices import player
from edu.recordings.heard import Voice, voice_of_word

#: Where the page stands, below its language.
HERE = "/glossary/"


@dataclass(frozen=True)
class WordView:
    """One word; `player` is empty where nobody reads it aloud."""

    term: str
    example: str
    meaning: Text
    is_draft: bool
    player: Markup


def words_view(session: Session, tag: str, found: Sequence[Voice], words: Words) -> list[WordView]:
    """The words that learners of a tag may read, with the voices that read them."""
    views = []
    for row in words_for_learners(session, tag):
        voice = voice_of_word(found, row)
        views.append(
            WordView(
                term=row.fields["term"],
                example=row.fields.get("example", ""),
                meaning=_meaning(row.slug, tag, words),
                is_draft=is_draft(row),
                player=Markup(player(voice, words) if voice else ""),  # noqa: S704 (made by us)
            )
        )
    return views


def _meaning(concept: str, tag: str, words: Words) -> Text:
    """What every place means by a concept. What listeners of one place hear in its word is for
    those who look for a better one; a word of the place's own has its example alone."""
    english = CONCEPTS.get(concept, "")
    told = words(english) if english else ""
    return in_language(told, SOURCE if told == english else tag, tag)
