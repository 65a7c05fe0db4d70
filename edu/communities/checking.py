"""Every mistake in profiles and placeholders, for `flask check` and the start."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from edu.communities.files import read_profiles
from edu.communities.placeholders import PLACEHOLDER, unknown
from edu.communities.profile import Profile
from edu.languages import SOURCE
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

#: Where placeholders may stand. The interface's own words have another kind of them.
_TEXTS = ("content/*/*.md", "content/*/module.toml", "translations/*/*.toml")
_WORDS = ("translations/*/LC_MESSAGES/*.po",)
_MEASURES = ("quizzes/*.toml",)


def check_communities(root: Path) -> list[Mistake]:
    """Every mistake in `content/communities/`, and every placeholder that nothing would fill."""
    profiles, mistakes = read_profiles(root)
    return sorted({*mistakes, *_placeholders(root, _english(profiles)), *_measures(root)})


def _english(profiles: Sequence[Profile]) -> dict[str, Sequence[str]]:
    """The values that every placeholder falls back to."""
    return {
        entry.slug: entry.fields.get("values", ())
        for profile in profiles
        if profile.tag == SOURCE
        for entry in profile.of("swaps")
    }


def _placeholders(root: Path, swaps: dict[str, Sequence[str]]) -> Iterator[Mistake]:
    for file, number, line in _lines(root, (*_TEXTS, *_WORDS)):
        for name in unknown(line, swaps):
            message = Message(
                N_("%(name)s has no value in content/communities/%(tag)s.toml"),
                name=name,
                tag=SOURCE,
            )
            yield Mistake(file, number, message)


def _measures(root: Path) -> Iterator[Mistake]:
    """A question has to be the same everywhere, or its answers cannot be compared."""
    for file, number, line in _lines(root, _MEASURES):
        for match in PLACEHOLDER.finditer(line):
            yield Mistake(
                file,
                number,
                Message(N_("a questionnaire holds no placeholder, but %(word)s"), word=match[0]),
            )


def _lines(root: Path, patterns: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if path.name == "messages.po":
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            if PLACEHOLDER.search(text):
                for number, line in enumerate(text.split("\n"), start=1):
                    yield path.relative_to(root).as_posix(), number, line
