"""The loop of those who are sent on, as inline SVG: sent, arrived, and the word that comes back."""

from collections.abc import Sequence

from markupsafe import Markup

from edu.programmes.boxes import WIDTH, Box, arrow, drawn

_WHOLE, _EDGE = 460, 4


def loop_picture(steps: Sequence[Box], *, mirrored: bool = False) -> Markup:
    """Three boxes with an arrow from each to the next, and from the last back to the first;
    `mirrored` for readers from the right. The table beside it says the same."""
    height = max(each.height for each in steps)
    near, far = (_WHOLE - _EDGE - WIDTH, _EDGE) if mirrored else (_EDGE, _WHOLE - _EDGE - WIDTH)
    low = height + 40
    middle = (_WHOLE - WIDTH) / 2
    places = ((near, 0.0), (far, 0.0), (middle, low))
    boxes = [
        drawn(box, x, y + 2, height, "body") for box, (x, y) in zip(steps, places, strict=True)
    ]
    return Markup(
        '<svg class="loop" viewBox="0 0 {} {:.0f}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(_WHOLE, low + height + 4, Markup("").join([*_ways(height, low, mirrored), *boxes]))


def _ways(height: float, low: float, mirrored: bool) -> list[Markup]:
    """As for readers from the left, turned over where they read from the right."""

    def turned(x: float) -> float:
        return _WHOLE - x if mirrored else x

    left, right = _EDGE + WIDTH, _WHOLE - _EDGE - WIDTH
    bottom = low + height / 2 + 2
    inner, outer = (_WHOLE - WIDTH) / 2, (_WHOLE + WIDTH) / 2
    top = height / 2 + 2
    runs = (
        ((left, top), (right, top), (left + 30, right - 30)),
        ((_WHOLE - _EDGE - 20, height), (outer, bottom), (_WHOLE - _EDGE - 20, outer + 60)),
        ((inner, bottom), (left, top + 16), (left + 20, left + 60)),
    )
    return [
        arrow((turned(a), b), (turned(c), d), [turned(x) for x in bends])
        for (a, b), (c, d), bends in runs
    ]
