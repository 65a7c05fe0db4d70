"""How the tests of the gate ask it."""

from edu.gate.gate import admit
from edu.gate.refused import Refused


def reasons(kind: str, content: bytes, name: str) -> list[str]:
    """Why a file was refused, as `file:line: message`; an empty list when it was let in."""
    try:
        admit(kind, content, name)
    except Refused as refused:
        return [str(mistake) for mistake in refused.mistakes]
    return []
