"""Under which licences shared work may go on: what is made from a text obeys the text's licence.

Pure. Sources: the legal codes of CC0 1.0, CC BY 4.0, CC BY-SA 4.0 (section 3(b)) and
CC BY-NC-SA 4.0 (section 3(b)); share-alike means: under the same licence, and no other.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

CC0, BY, BY_SA, BY_NC_SA = "CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC-SA 4.0"
#: Those that can be chosen, the freest first.
LICENCES = (CC0, BY, BY_SA, BY_NC_SA)

_GOES_ON_AS: Mapping[str, frozenset[str]] = {
    CC0: frozenset(LICENCES),
    BY: frozenset({BY, BY_SA, BY_NC_SA}),
    BY_SA: frozenset({BY_SA}),
    BY_NC_SA: frozenset({BY_NC_SA}),
}


def may_go_on_as(licences: Iterable[str]) -> tuple[str, ...]:
    """The licences under which work made from texts of all these may be shared; none where two
    of them exclude each other. One that is not known here goes on as itself alone."""
    met = set(licences)
    possible = [_GOES_ON_AS.get(each, frozenset({each})) for each in met]
    listed = [*LICENCES, *sorted(met - set(LICENCES))]
    return tuple(each for each in listed if all(each in some for some in possible))


def licences_of(root: Path, module: str) -> set[str]:
    """What the authors of a module, or of the questionnaires, wrote. Plain pages have no licence
    of their own."""
    if module == "quizzes":
        files = sorted((root / "quizzes").glob("*.toml"))
    else:
        files = sorted((root / "content" / module).glob("module.toml"))
    found = (tomllib.loads(file.read_text(encoding="utf-8")).get("licence") for file in files)
    return {str(each) for each in found if each}
