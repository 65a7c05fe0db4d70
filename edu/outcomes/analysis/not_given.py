"""A figure that is not given, and why: in words, never as infinity, NaN or a false p."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NotGiven:
    """Stands where a figure would, and says why there is none."""

    why: str
