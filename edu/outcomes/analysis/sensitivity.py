""" "I don't know" can be scored in more than one way: does it matter for what is said?

The instrument's own rule makes the headline. The same answers are scored once more with "don't
know" as missing, and both are reported where they say something else.
"""

from dataclasses import dataclass

from edu.outcomes.paired import PairedChange


@dataclass(frozen=True)
class Sensitivity:
    """`headline` by the instrument's rule; `as_missing` with every "don't know" left out."""

    headline: PairedChange
    as_missing: PairedChange

    @property
    def lost(self) -> int:
        """How many people have no score any more when "don't know" is missing."""
        return self.headline.n - self.as_missing.n

    @property
    def differs(self) -> bool:
        """Whether the two say something else, so that both must be told."""
        return self.headline.verdict is not self.as_missing.verdict

    @property
    def moved(self) -> float | None:
        """By how many points the mean change differs."""
        if self.headline.mean_change is None or self.as_missing.mean_change is None:
            return None
        return self.as_missing.mean_change - self.headline.mean_change
