"""Small pictures of change as inline SVG: nothing to fetch, readable in print, without colour."""

from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT, _EDGE = 320, 64, 16


def two_marks(
    before: float, after: float, *, before_label: str, after_label: str, mirrored: bool = False
) -> Markup:
    """A line with two marks, both places from 0 (low) to 1 (high), for readers from the left;
    `mirrored` for readers from the right.

    The mark before is hollow and its label stands above; the one after is filled, with its
    label below. The words beside the picture say the same, so it is hidden from readers aloud.
    """
    if mirrored:
        before, after = 1 - before, 1 - after
    x0, x1 = (_EDGE + place * (_WIDTH - 2 * _EDGE) for place in (before, after))
    return Markup(
        '<svg class="marks" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        '<path d="M{edge} 32H{end}" class="rule"/>'
        '<path d="M{x0:.1f} 32H{x1:.1f}" class="move"/>'
        '<circle cx="{x0:.1f}" cy="32" r="7" class="then"/>'
        '<circle cx="{x1:.1f}" cy="32" r="7" class="now"/>'
        '<text x="{t0:.1f}" y="16" text-anchor="middle">{before}</text>'
        '<text x="{t1:.1f}" y="60" text-anchor="middle">{after}</text></svg>'
    ).format(
        width=_WIDTH,
        height=_HEIGHT,
        edge=_EDGE,
        end=_WIDTH - _EDGE,
        x0=x0,
        x1=x1,
        t0=_inside(x0),
        t1=_inside(x1),
        before=before_label,
        after=after_label,
    )


def _inside(x: float) -> float:
    """A label's middle, kept far enough from the edges for a word."""
    return min(max(x, 40.0), _WIDTH - 40.0)


def strip(parts: Sequence[tuple[str, int]], *, mirrored: bool = False) -> Markup:
    """Lengths side by side, in the order given: `up` improved, `same` stayed, `down` worsened,
    `rest` those of whom no more may be said.

    Told apart by pattern and order, not by colour alone; the table beside it has the numbers.
    """
    whole = sum(count for _, count in parts)
    drawn = []
    start = 0.0
    for name, count in reversed(parts) if mirrored else parts:
        width = _WIDTH * count / whole
        drawn.append(
            Markup('<rect class="{}" x="{:.1f}" y="0" width="{:.1f}" height="20"/>').format(
                name, start, width
            )
        )
        start += width
    return Markup(
        '<svg class="strip" viewBox="0 0 {} 20" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false">{}</svg>'
    ).format(_WIDTH, Markup("").join(drawn))


def likely_range(
    low: float, middle: float, high: float, *, worse: str, better: str, mirrored: bool = False
) -> Markup:
    """Where the true average change is likely to be: a bar about a line at nothing.

    All three are changes towards the better side, in any unit. The words at both ends say which
    way is which; where readers read from the right, better is at the left.
    """
    reach = max(abs(low), abs(high))
    x0, x1, x2 = (_across(value, reach, mirrored) for value in (low, middle, high))
    left, right = (better, worse) if mirrored else (worse, better)
    return Markup(
        '<svg class="range" viewBox="0 0 {width} 52" aria-hidden="true" focusable="false">'
        '<path d="M{edge} 18H{end}" class="rule"/><path d="M{mid} 4V32" class="zero"/>'
        '<path d="M{x0:.1f} 18H{x2:.1f}" class="likely"/>'
        '<circle cx="{x1:.1f}" cy="18" r="6" class="now"/>'
        '<text x="{edge}" y="48" text-anchor="{start}">{left}</text>'
        '<text x="{end}" y="48" text-anchor="{finish}">{right}</text></svg>'
    ).format(
        width=_WIDTH,
        edge=_EDGE,
        end=_WIDTH - _EDGE,
        mid=_WIDTH // 2,
        x0=x0,
        x1=x1,
        x2=x2,
        # An anchor follows the direction of writing, not the sides of the picture.
        start="end" if mirrored else "start",
        finish="start" if mirrored else "end",
        left=left,
        right=right,
    )


def forest_group(
    low: float, middle: float, high: float, *, reach: float, weight: float, mirrored: bool = False
) -> Markup:
    """A group's row of a forest plot: its average as a square, the likely range as a line.

    `reach` is how far the furthest of all rows goes from no change, so that they share one scale;
    the square is the larger the more the group weighs, from 0 to 1. `mirrored`: less stands at the
    right, for readers from the right or where less is better.
    """
    x0, x1, x2 = (_across(value, reach, mirrored) for value in (low, middle, high))
    side = 8 + 10 * weight**0.5
    return _forest_row(
        Markup(
            '<path d="M{:.1f} 14H{:.1f}" class="line"/>'
            '<rect class="now" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
        ).format(x0, x2, x1 - side / 2, 14 - side / 2, side, side)
    )


def forest_together(
    low: float, middle: float, high: float, *, reach: float, mirrored: bool = False
) -> Markup:
    """All groups together: a diamond as wide as the likely range."""
    x0, x1, x2 = (_across(value, reach, mirrored) for value in (low, middle, high))
    return _forest_row(
        Markup('<path class="whole" d="M{0:.1f} 14L{1:.1f} 4L{2:.1f} 14L{1:.1f} 24Z"/>').format(
            x0, x1, x2
        )
    )


def forest_next(low: float, high: float, *, reach: float, mirrored: bool = False) -> Markup:
    """Where one more such group is likely to be: a broken line with ends."""
    x0, x1 = (_across(value, reach, mirrored) for value in (low, high))
    return _forest_row(
        Markup(
            '<path class="next" d="M{0:.1f} 14H{1:.1f}"/>'
            '<path class="line" d="M{0:.1f} 8V20M{1:.1f} 8V20"/>'
        ).format(x0, x1)
    )


def _across(value: float, reach: float, mirrored: bool) -> float:
    """Where a change stands on a line about nothing."""
    place = value / max(reach, 1e-9) * (-1 if mirrored else 1)
    return _WIDTH / 2 + place * (_WIDTH / 2 - _EDGE)


def _forest_row(marks: Markup) -> Markup:
    """A row of a forest plot: the line at nothing runs through all of them."""
    return Markup(
        '<svg viewBox="0 0 {} 28" aria-hidden="true" focusable="false">'
        '<path d="M{} 0V28" class="zero"/>{}</svg>'
    ).format(_WIDTH, _WIDTH // 2, marks)
