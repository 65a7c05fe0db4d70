"""Terms from a file as they travel between looking at them and saying yes."""

import json
from collections.abc import Iterable, Mapping

from edu.exchange.tbx import WORD_OF, Term

#: Signs of the longest list of terms that a page carries; a glossary has some sixty.
LONGEST = 200_000


def carried(terms: Iterable[Term]) -> str:
    """Terms as one text for a form."""
    listed = [
        [term.section, term.slug, dict(term.fields), term.state, term.left_with] for term in terms
    ]
    return json.dumps(listed, ensure_ascii=False)


def uncarried(text: str) -> list[Term]:
    """The same read back; nothing for what no page of ours wrote. Whether an entry may stand in a
    profile is looked at anew."""
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [
        Term(each[0], each[1], dict(each[2]), each[3], each[4])
        for each in (listed if isinstance(listed, list) else [])
        if _is_term(each)
    ]


def _is_term(each: object) -> bool:
    return (
        isinstance(each, list)
        and len(each) == 5
        and isinstance(each[2], Mapping)
        and all(isinstance(each[at], str) for at in (0, 1, 3, 4))
        and each[0] in WORD_OF
    )
