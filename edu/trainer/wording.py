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
from edu.outcomes.advice import at_the_end
from edu.outcomes.disclosure_counts import Pattern, Statement
from edu.outcomes.paired import PairedChange, Verdict
from edu.outcomes.pictures import likely_range, strip
from edu.outcomes.scale_figures import ScaleFigures
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.quizzes.instrument import HigherMeans


@dataclass(frozen=True)
class ScaleWords:
    """What a scale is called, and what moving up or down on it means."""

    title: Text
    more: Text
    less: Text


@dataclass(frozen=True)
class Part:
    """One length of the strip: how it is drawn, what it is, how many people."""

    kind: str
    name: str
    people: int


@dataclass(frozen=True)
class Finding:
    """One scale of a report in words, and its numbers as the page shows them."""

    title: Text
    verdict: str
    #: Many single people worsened beyond error: said as loudly as a verdict.
    alert: bool
    headline: str
    sentences: Sequence[str]
    towards: Text
    numbers: Mapping[str, str]
    #: What is said of how many moved which way; None where nothing is.
    moved: Statement | None
    #: The parts of the strip, in its order.
    parts: Sequence["Part"]
    strip: Markup
    range: Markup


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
        alert=False,
        headline=_("Not shown"),
        sentences=[_("This is not shown, because it could tell what each person answered.")],
        towards=Text(""),
        numbers={},
        moved=None,
        parts=(),
        strip=Markup(""),
        range=Markup(""),
    )


def finding(figures: ScaleFigures, words: ScaleWords | None) -> Finding:
    """One scale in words. Only for figures that may be shown."""
    change, moved = figures.change, figures.moved
    parts = _parts(moved)
    words = words or ScaleWords(Text(figures.scale), Text(""), Text(""))
    return Finding(
        title=words.title,
        verdict=change.verdict.value,
        alert=figures.alert,
        headline=headline(change.verdict),
        sentences=_sentences(figures),
        towards=words.less if (change.mean_change or 0) < 0 else words.more,
        numbers=_numbers(figures),
        moved=moved if moved.pattern is not Pattern.NONE else None,
        parts=parts,
        strip=_strip(parts),
        range=_range(change),
    )


def _mirrored() -> bool:
    return bool(language(spoken()).direction == "rtl")


def _parts(moved: Statement) -> list[Part]:
    """What the strip shows, in the order in which the table beside it is read."""
    up, same, down, rest = (
        Part(kind, name, people or 0)
        for kind, name, people in (
            ("up", _("Improved"), moved.improved),
            ("same", _("The same"), moved.same),
            ("down", _("Worsened"), moved.worsened),
            ("rest", _("All others"), moved.others),
        )
    )
    return {
        Pattern.ALL: [up, same, down],
        Pattern.IMPROVED: [up, rest],
        Pattern.WORSENED: [rest, down],
    }.get(moved.pattern, [])


def _strip(parts: Sequence[Part]) -> Markup:
    if not parts:
        return Markup("")
    return strip([(each.kind, each.people) for each in parts], mirrored=_mirrored())


def _range(change: PairedChange) -> Markup:
    """The likely range as a picture, better at the end of the line of reading."""
    if change.interval is None or change.mean_change is None:
        return Markup("")
    low, middle, high = change.interval.low, change.mean_change, change.interval.high
    if change.higher_means is HigherMeans.WORSE:
        low, middle, high = -high, -middle, -low
    return likely_range(
        low, middle, high, worse=_("Worse"), better=_("Better"), mirrored=_mirrored()
    )


def headline(verdict: Verdict) -> str:
    """A verdict in a few words."""
    return {
        Verdict.CLEAR_IMPROVEMENT: _("Clear improvement"),
        Verdict.UNCLEAR: _("Not clear"),
        Verdict.POSSIBLE_BACKFIRE: _("Possible harm: look into this"),
        Verdict.TOO_FEW: _("Too few people to tell"),
        Verdict.NOT_ESTIMABLE: _("This cannot be judged"),
    }[verdict]


def _sentences(figures: ScaleFigures) -> list[str]:
    change = figures.change
    said = [
        ngettext("%(num)d person could be compared.", "%(num)d people could be compared.", change.n)
    ]
    if change.mean_change is not None:
        said.append(
            with_numbers(_("Average change: %(points)s points."), points=change.mean_change)
        )
    if change.interval is not None:
        said.append(
            with_numbers(
                _("The true average change is likely between %(low)s and %(high)s points."),
                low=change.interval.low,
                high=change.interval.high,
            )
        )
    if figures.low is not None and figures.high is not None:
        said.append(
            _(
                "The scale goes from %(low)s to %(high)s points.",
                low=_whole(figures.low),
                high=_whole(figures.high),
            )
        )
    return said + _more(figures)


def _more(figures: ScaleFigures) -> list[str]:
    """What must be said with a result so that nobody takes it for more than it is."""
    change, moved = figures.change, figures.moved
    said = []
    if change.verdict is Verdict.UNCLEAR:
        said.append(
            _("It may have become better or worse, or stayed: all of this is in the range.")
        )
    if figures.alert:
        said.append(
            _(
                "More than 5 in 100 people moved further to the worse side than these questions"
                " err. Look into this."
            )
        )
    if change.verdict is Verdict.POSSIBLE_BACKFIRE:
        said.append(_("The whole range is on the worse side."))
    share = at_the_end(figures)
    if share is not None:
        said.append(
            _(
                "About %(share)s in 100 began at the best end. They could not improve, so the real"
                " change may be larger than the questions can show.",
                share=share,
            )
        )
    if moved.pattern in (Pattern.IMPROVED, Pattern.FEW_WORSENED) and moved.few[2]:
        said.append(_("Fewer than five people moved to the worse side."))
    if moved.pattern is not Pattern.ALL:
        said.append(
            _("How many moved which way is not shown in full, to protect each person.")
            if moved.pattern is not Pattern.NONE
            else _("How many moved which way is not shown, to protect each person.")
        )
    return said


def _whole(value: float) -> str:
    return str(format_decimal(value, locale=language(spoken()).formatting))


def with_numbers(sentence: str, **changes: float) -> Markup:
    """A sentence with changes in it, each kept together with its sign where the text runs from
    the right."""
    isolated = Markup('<bdi dir="ltr">{}</bdi>')
    return escape(sentence) % {
        name: isolated.format(signed(value)) for name, value in changes.items()
    }


def _numbers(figures: ScaleFigures) -> dict[str, str]:
    change, whole = figures.change, not figures.change_only
    return {
        "n": str(change.n),
        "before": _plain(change.mean_before if whole else None),
        "after": _plain(change.mean_after if whole else None),
        "change": signed(change.mean_change) if change.mean_change is not None else "",
        "low": signed(change.interval.low) if change.interval else "",
        "high": signed(change.interval.high) if change.interval else "",
    }


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return format_decimal(round(value, 2), format="0.00", locale=language(spoken()).formatting)


def signed(value: float) -> str:
    """A change with its sign, also for plus; a change that rounds to nothing has none."""
    rounded = round(value, 2)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return sign + _plain(abs(rounded))
