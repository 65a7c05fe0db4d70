"""The same checks on a whole catalogue of translations, for `flask check`."""

from collections.abc import Iterable

from edu.checks.pair import Pair, Rules, check_pair
from edu.lessons.mistakes import Mistake
from edu.segments.catalogue import Catalogue
from edu.segments.segment import Segment, fold


def check_catalogue(
    catalogue: Catalogue,
    tag: str,
    file: str,
    segments: Iterable[Segment],
    rules: Rules | None = None,
) -> list[Mistake]:
    """What may be wrong with each translated entry whose source still stands; `segments` are
    those of the sources."""
    said = {(segment.context, fold(segment.text)): segment for segment in segments}
    mistakes: list[Mistake] = []
    for entry in catalogue.entries:
        segment = said.get(entry.key)
        if segment is None or not entry.target or entry.state != "translated":
            continue
        pair = Pair(
            tag,
            entry.source,
            entry.target,
            _kind(segment),
            segment.safety,
            segment.block,
            adapted=bool(entry.adaptation),
        )
        mistakes += [
            Mistake(file, entry.line, f"{finding.message} ({finding.check})", finding.blocks)
            for finding in check_pair(pair, rules or Rules())
        ]
    return mistakes


def _kind(segment: Segment) -> str:
    """Answers to choose from are shown, not said, wherever they stand."""
    return "option" if "option" in segment.kind else segment.kind
