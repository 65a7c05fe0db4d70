"""The parts of the JSON of `flask change` that are there when they are asked for."""

from typing import Any

from edu.outcomes.analysis.effects import effect_sizes
from edu.outcomes.analysis.looking_back import looking_back
from edu.outcomes.analysis.mcnemar import mcnemar
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.reliable import Reliability, reliable_change
from edu.outcomes.analysis.waves import Contrast, contrasts, wave_model
from edu.outcomes.change_fields import blank
from edu.outcomes.change_parts import Part, ends_of, none_of, plain
from edu.outcomes.change_scores import Scores
from edu.outcomes.columns import Columns, Table
from edu.outcomes.paired import PairedChange


def later_waves(scores: Scores, columns: Columns) -> Part:
    """Each comparison of waves on those who are in both, and all answers in one model."""
    if not columns.later:
        return Part()
    found = contrasts(scores.waves, scores.change.higher_means, scores.units, scores.noise)
    model = wave_model(
        [[None if x is None else scores.points(x) for x in wave] for wave in scores.waves]
    )
    section: dict[str, Any] = {"waves": [_wave(each, columns.waves) for each in found]}
    if isinstance(model, NotGiven):
        return Part(section | {"wave_model": []}, {"wave_model": model.why})
    named = zip(columns.waves[1:], model, strict=True)
    return Part(section | {"wave_model": [{"wave": name} | plain(each) for name, each in named]})


def _wave(contrast: Contrast, names: tuple[str, ...]) -> dict[str, Any]:
    found, effect = contrast.change, effect_sizes(contrast.change)
    moved, why = found.counts, found.why_no_means or found.why_no_interval
    return {
        "earlier": names[contrast.earlier],
        "later": names[contrast.later],
        "matched": found.n,
        "improved": moved.improved if moved else 0,
        "same": moved.same if moved else 0,
        "worsened": moved.worsened if moved else 0,
        "mean": found.mean_change,
        "sd": found.sd_change,
        "standard_error": found.standard_error,
        "interval": ends_of(found.interval),
        "g_av": None if effect is None else effect.g_av,
        "verdict": str(found.verdict),
        "why": None if why is None else str(why),
    }


def looked_back(scores: Scores, columns: Columns) -> Part:
    """The extra line of those who afterwards said where they had stood."""
    if columns.looking_back is None:
        return Part()
    rows = [
        (wave[0], then, wave[1])
        for wave, then in zip(scores.waves, scores.looking_back, strict=True)
    ]
    found = looking_back(rows, scores.change.higher_means, scores.units, scores.noise)
    section = {
        "matched": found.change.n,
        "mean": found.change.mean_change,
        "interval": ends_of(found.change.interval),
        "shift": found.shift.mean_change,
        "shift_interval": ends_of(found.shift.interval),
    }
    why = _first_reason(found.change, found.shift)
    return Part({"looking_back": section}, {"looking_back": why} if why else {})


def _first_reason(*found: PairedChange) -> str | None:
    reasons = [each.why_no_means or each.why_no_interval for each in found]
    return next((str(why) for why in reasons if why is not None), None)


def beyond_error(scores: Scores, reliability: Reliability | None) -> Part:
    """Who changed by more than the scale's own error."""
    if reliability is None:
        return Part()
    found = reliable_change(
        [scores.points(each) for each in scores.changes],
        scores.change.sd_before or 0.0,
        reliability,
        scores.change.higher_means,
    )
    if isinstance(found, NotGiven):
        return none_of("reliable", found.why)
    section = {
        "reliability": found.reliability.value,
        "source": found.reliability.source,
        "sem": found.error.sem,
        "mdc95": found.error.mdc95,
        "improved": found.counts.improved,
        "unchanged": found.counts.same,
        "worsened": found.counts.worsened,
        "alert": found.alert,
    }
    return Part({"reliable": section})


def question(scores: Scores, table: Table) -> Part:
    """McNemar's test, where every value is 0 or 1 and the scale has no others."""
    pairs = [(scores.points(x), scores.points(y)) for _, x, y in scores.matched]
    values = {value for pair in pairs for value in pair}
    limits = {float(limit) for limit in table.limits}
    if values - {0, 1} or limits - {0, 1} or not (values and values | limits == {0, 1}):
        return Part()
    found = mcnemar((bool(x), bool(y)) for x, y in pairs)
    if isinstance(found, NotGiven):
        return none_of("knowledge", found.why)
    section = {name: getattr(found, name) for name in blank("knowledge")}
    return Part({"knowledge": section | {"interval": ends_of(found.interval)}})
