"""What a trainer reads: one finding for each scale, worded from the interval, not its middle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from edu.languages import language
from edu.learning.courses import Questionnaire
from edu.learning.pairs import KNOWLEDGE
from edu.outcomes.disclosure import shown
from edu.outcomes.figures import ScaleFigures
from edu.outcomes.paired import Counts, PairedChange, Verdict
from edu.outcomes.pictures import strip
from edu.pages.speaking import spoken
from edu.pages.views import Text


@dataclass(frozen=True)
class ScaleWords:
    """What a scale is called, and what moving up or down on it means."""

    title: Text
    more: Text
    less: Text


@dataclass(frozen=True)
class Finding:
    """One scale of a report in words, and its numbers as the page shows them."""

    title: Text
    verdict: str
    headline: str
    sentences: Sequence[str]
    towards: Text
    numbers: Mapping[str, str]
    counts: Counts | None
    strip: Markup


def scale_words(
    questionnaires: Sequence[Questionnaire], page: str
) -> dict[tuple[str, str], ScaleWords]:
    """The words of every scale, by instrument and scale."""
    words: dict[tuple[str, str], ScaleWords] = {}
    for each in questionnaires:
        for scale in each.instrument.scales:
            words[each.instrument.id, scale.id] = ScaleWords(
                *[
                    each.text("scale", scale.id, part, page=page)
                    for part in ("title", "more", "less")
                ]
            )
        words[each.instrument.id, KNOWLEDGE] = ScaleWords(
            each.text("title", page=page),
            Text(_("more right answers")),
            Text(_("fewer right answers")),
        )
    return words


def withheld(words: ScaleWords | None, scale: str) -> Finding:
    """A scale that is not shown, without the reason: that alone can tell what people answered."""
    return Finding(
        title=words.title if words else Text(scale),
        verdict="withheld",
        headline=_("Not shown"),
        sentences=[_("This is not shown, because it could tell what each person answered.")],
        towards=Text(""),
        numbers={},
        counts=None,
        strip=Markup(""),
    )


def finding(figures: ScaleFigures, words: ScaleWords | None) -> Finding:
    """One scale in words. Only for figures that may be shown."""
    change = figures.change
    counts = change.counts if shown(change).counts is None else None
    words = words or ScaleWords(Text(figures.scale), Text(""), Text(""))
    return Finding(
        title=words.title,
        verdict=change.verdict.value,
        headline=_headline(change.verdict),
        sentences=_sentences(change, counts),
        towards=words.less if (change.mean_change or 0) < 0 else words.more,
        numbers=_numbers(change),
        counts=counts,
        strip=_strip(counts) if counts else Markup(""),
    )


def _strip(counts: Counts) -> Markup:
    """The strip in the order in which the table beside it is read."""
    mirrored = language(spoken()).direction == "rtl"
    return strip(counts.improved, counts.same, counts.worsened, mirrored=mirrored)


def _headline(verdict: Verdict) -> str:
    return {
        Verdict.CLEAR_IMPROVEMENT: _("Clear improvement"),
        Verdict.UNCLEAR: _("Not clear"),
        Verdict.POSSIBLE_BACKFIRE: _("Possible harm: look into this"),
        Verdict.TOO_FEW: _("Too few people to tell"),
        Verdict.NOT_ESTIMABLE: _("This cannot be judged"),
    }[verdict]


def _sentences(change: PairedChange, counts: Counts | None) -> list[str]:
    said = [
        ngettext("%(num)d person could be compared.", "%(num)d people could be compared.", change.n)
    ]
    if change.mean_change is not None:
        said.append(
            _with_numbers(_("Average change: %(points)s points."), points=change.mean_change)
        )
    if change.interval is not None:
        said.append(
            _with_numbers(
                _("The true average change is likely between %(low)s and %(high)s points."),
                low=change.interval.low,
                high=change.interval.high,
            )
        )
    if counts is None:
        said.append(_("How many moved which way is not shown, to protect each person."))
    return said


def _with_numbers(sentence: str, **changes: float) -> Markup:
    """A sentence with changes in it, each kept together with its sign where the text runs from
    the right."""
    isolated = Markup('<bdi dir="ltr">{}</bdi>')
    return escape(sentence) % {
        name: isolated.format(_signed(value)) for name, value in changes.items()
    }


def _numbers(change: PairedChange) -> dict[str, str]:
    return {
        "n": str(change.n),
        "before": _plain(change.mean_before),
        "after": _plain(change.mean_after),
        "change": _signed(change.mean_change) if change.mean_change is not None else "",
        "low": _signed(change.interval.low) if change.interval else "",
        "high": _signed(change.interval.high) if change.interval else "",
    }


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return format_decimal(round(value, 2), format="0.00", locale=language(spoken()).formatting)


def _signed(value: float) -> str:
    """A change with its sign, also for plus; a change that rounds to nothing has none."""
    rounded = round(value, 2)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return sign + _plain(abs(rounded))
