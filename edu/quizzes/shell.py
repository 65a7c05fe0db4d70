"""A scoring shell: everything of a licensed scale but its wording.

We may not pass the words of such a scale on. A shell holds what scores it (positions, codes,
rules), whose it is and how to get leave to use it. A partner who holds the licence enters the
words; where the list of reversed items or of the scales' items could not be confirmed, also the
owner's key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from edu.quizzes.instrument import Instrument, Item, Option

#: What a shell may ask of the owner's key.
REVERSE, SCALES = "reverse", "scales"


@dataclass(frozen=True)
class OwnersKey:
    """What the owner's own key says: which positions are reversed, and which make each scale."""

    reverse: tuple[int, ...] = ()
    scales: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A text that somebody must enter: where it stands, its position (0: none), what it is for,
    and our own English where the text is ours and not the owner's."""

    context: str
    position: int = 0
    code: str = ""
    hint: str = ""
    ours: str = ""


@dataclass(frozen=True)
class Shell:
    """`instrument` has a text neither in its items nor in its options. `asks` is what the
    owner's key must say first; `means` tells what stands behind an option's code, by place."""

    name: str
    instrument: Instrument
    asks: tuple[str, ...]
    owner: str
    licence_note: str
    link: str
    certain: tuple[str, ...]
    not_certain: tuple[str, ...]
    means: Mapping[str, str]
    vignette: bool = False

    @property
    def id(self) -> str:
        return self.instrument.id

    @property
    def count(self) -> int:
        """How many items it has."""
        return len(self.instrument.items)

    def keyed(self, key: OwnersKey | None) -> Instrument:
        """The instrument as the owner's key completes it. Raises ValueError without a key where
        one is asked for, and with one that cannot be right."""
        if not self.asks:
            return self.instrument
        if key is None:
            raise ValueError(f"{self.id} needs its owner's key")
        wrong = key_mistakes(self, key)
        if wrong:
            raise ValueError(f"{self.id}: {wrong[0].position} cannot be")
        of = {position: scale for scale, listed in key.scales.items() for position in listed}
        return replace(
            self.instrument,
            items=tuple(
                replace(
                    item,
                    scale=of.get(number) if SCALES in self.asks else item.scale,
                    reverse=number in key.reverse if REVERSE in self.asks else item.reverse,
                )
                for number, item in enumerate(self.instrument.items, start=1)
            ),
        )

    def places(self) -> Iterator[Place]:
        """Every text to enter, in the order of the form."""
        form = self.instrument
        for name, ours in (
            ("title", form.title),
            ("introduction", form.introduction),
            ("closing", form.closing),
        ):
            yield Place(f"{form.id}|{name}", ours=ours)
        for scale in form.scales:
            for name, ours in (("title", scale.title), ("more", scale.more), ("less", scale.less)):
                yield Place(f"{form.id}|scale|{scale.id}|{name}", ours=ours)
        for option in form.options:
            yield self._option("option", option)
        for number, item in enumerate(form.items, start=1):
            yield Place(f"{form.id}|{item.id}", position=number)
            for option in item.options:
                yield self._option(item.id, option)

    def _option(self, group: str, option: Option) -> Place:
        context = f"{group}|{option.code}"
        hint = self.means.get(context, "")
        return Place(f"{self.id}|{context}", code=option.code, hint=hint)


@dataclass(frozen=True)
class KeyMistake:
    """A position of a key that cannot be: `why` is "no such item", "twice", "no scale" (of a
    reversed item) or "nothing" (a scale without items; position 0)."""

    why: str
    position: int
    scale: str = ""


def key_mistakes(shell: Shell, key: OwnersKey) -> list[KeyMistake]:
    """What cannot be right in a key, whatever the owner says."""
    found = []
    own = [scale for scale in shell.instrument.scales if not scale.of]
    listed = [position for scale in own for position in key.scales.get(scale.id, ())]
    for position in sorted({*listed, *key.reverse}):
        if not 1 <= position <= shell.count:
            found.append(KeyMistake("no such item", position))
    if SCALES in shell.asks:
        found += [KeyMistake("nothing", 0, each.id) for each in own if not key.scales.get(each.id)]
        found += [KeyMistake("twice", each) for each in sorted(set(listed)) if _twice(each, listed)]
        loose = sorted(set(key.reverse) - set(listed))
        found += [KeyMistake("no scale", each) for each in loose if each <= shell.count]
    return found


def _twice(position: int, listed: list[int]) -> bool:
    return listed.count(position) > 1


def empty_items(id: str, count: int) -> tuple[Item, ...]:
    """So many items without words, called by their positions."""
    return tuple(Item(f"{id}-{number}", "") for number in range(1, count + 1))
