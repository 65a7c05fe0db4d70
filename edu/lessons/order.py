"""The one numbering of a file's pieces of text, shared by whoever marks or replaces them.

1. The translated values of the front matter (`fields.TRANSLATED`), as they stand in the file;
   empty values do not count.
2. Then, in the order of the parser's tokens: the title of each container that has one, and
   each inline token (paragraph, heading, list item, table cell, option) that is not empty.
   The `[x] ` before an option belongs to its piece; text outside every block counts, too.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from edu.lessons.fields import translated_front_matter

#: A BCP 47 tag and its direction, `ltr` or `rtl`.
Language = tuple[str, str]


def pieces(tokens: Iterable[Any]) -> list[Any]:
    """The tokens that carry text, in order: container openings with a title, and inlines."""
    return [
        token
        for token in tokens
        if (token.type == "inline" and token.content.strip())
        or (token.type == "container_block_open" and token.meta["title"])
    ]


def mark_languages(
    text: str, tokens: Sequence[Any], languages: Sequence[Language | None]
) -> list[Language | None]:
    """Note each piece's language in its token and return those of the front matter.

    `token.meta["language"]` is set on the pieces that stand in another language than the page.
    """
    heads = len(translated_front_matter(text))
    body = pieces(tokens)
    if len(languages) != heads + len(body):
        raise ValueError(
            f"{len(languages)} languages for {heads} values and {len(body)} pieces of text"
        )
    for token, language in zip(body, languages[heads:], strict=True):
        if language is not None:
            token.meta["language"] = language
    return list(languages[:heads])
