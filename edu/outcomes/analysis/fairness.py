"""Does an attitude item mean the same in two languages, for people whose attitude is the same?

Differential item functioning by ordinal logistic regression: Zumbo (1999), A Handbook on the Theory
and Methods of Differential Item Functioning. Three models: the scale's score; and the language;
and both times one another. The language alone (uniform) and the product (non-uniform) are tested
by chi-square, and how much they explain is the change of Nagelkerke's R squared: below .035 small,
to .07 moderate, above it large: Jodoin & Gierl (2001), Applied Measurement in Education 14(4),
329-349.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from edu.outcomes.analysis.mantel_haenszel import FROM
from edu.outcomes.analysis.moments import mean, sd
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.ordinal import fit_ordinal
from edu.outcomes.analysis.tails import chi_square_sf

MODERATE, LARGE = 0.035, 0.07


@dataclass(frozen=True)
class Fairness:
    """`p` is for both kinds together; `slope` above 0: agreed with more in the first language."""

    uniform_p: float
    non_uniform_p: float
    p: float
    r_squared_change: float
    slope: float

    @property
    def size(self) -> str:
        """small, moderate or large, by how much the language explains."""
        if self.r_squared_change < MODERATE:
            return "small"
        return "moderate" if self.r_squared_change <= LARGE else "large"


def fairness(
    answers: Sequence[float], scores: Sequence[float], first_language: Sequence[bool]
) -> Fairness | NotGiven:
    """One item: its answers, the scale's scores of the same people, and who read which language.

    The items of a scale are tests of one family: adjust `p` over them with Holm.
    """
    if min(sum(first_language), len(answers) - sum(first_language)) < FROM:
        return NotGiven(f"fewer than {FROM} people answered in one of the languages")
    middle, spread = mean(scores), sd(scores)
    if not spread:
        return NotGiven("everybody had the same score, so there is no spread to judge by")
    score = [(each - middle) / spread for each in scores]
    language = [float(each) for each in first_language]
    product = [x * y for x, y in zip(score, language, strict=True)]
    models = [
        fit_ordinal(answers, columns)
        for columns in ([score], [score, language], [score, language, product])
    ]
    values: list[float] = []
    slopes: list[float] = []
    for model in models:
        if isinstance(model, NotGiven):
            return model
        values.append(model.log_likelihood)
        slopes.append(model.slopes[-1])
    shares = [_explained(value, answers) for value in values]
    return Fairness(
        uniform_p=chi_square_sf(2 * (values[1] - values[0]), 1),
        non_uniform_p=chi_square_sf(2 * (values[2] - values[1]), 1),
        p=chi_square_sf(2 * (values[2] - values[0]), 2),
        r_squared_change=shares[2] - shares[0],
        slope=slopes[1],
    )


def _explained(log_likelihood: float, answers: Sequence[float]) -> float:
    """Nagelkerke (1991), Biometrika 78, 691-692."""
    n = len(answers)
    counts = [answers.count(option) for option in set(answers)]
    nothing = fsum(count * log(count / n) for count in counts)
    return (1 - exp(2 * (nothing - log_likelihood) / n)) / (1 - exp(2 * nothing / n))
