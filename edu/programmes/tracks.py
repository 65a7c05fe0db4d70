"""Tracks: which lessons whom, in which order and time. What a server has not released is named.

A group takes whole modules; a track that needs only some lessons of a module says which.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A module of a track; `lessons`: only these of it, by number. None: all of it."""

    module: str
    lessons: tuple[int, ...] = ()
    #: Steps with the same mark are chosen from, as the place needs.
    either: bool = False


@dataclass(frozen=True)
class Track:
    """A way through the curriculum. `minutes` are planned, from and to."""

    id: str
    steps: tuple[Step, ...]
    minutes: tuple[int, int]
    #: How often a group meets for it, as a first thought.
    meetings: int
    #: What its people are asked, where that is less than what everybody is asked.
    instruments: tuple[str, ...] = ()

    @property
    def modules(self) -> tuple[str, ...]:
        """Its modules in order, each once."""
        return tuple(dict.fromkeys(step.module for step in self.steps))


@dataclass(frozen=True)
class Offer:
    """What this server has of a track."""

    track: Track
    modules: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def only(self) -> tuple[tuple[str, int], ...]:
        """The lessons, as module and number, where the track needs only some of a module here."""
        return tuple(
            (step.module, number)
            for step in self.track.steps
            if step.module in self.modules
            for number in step.lessons
        )


def _steps(*names: str) -> tuple[Step, ...]:
    """Steps from short names: `m1`, `m3.1.4` for lessons 1 and 4, `m6?` for one that is chosen."""
    found = []
    for name in names:
        module, *lessons = name.removesuffix("?").split(".")
        found.append(Step(module, tuple(int(each) for each in lessons), name.endswith("?")))
    return tuple(found)


_COMMUNITY = _steps("m0", "m1", "m2", "m3.1.4", "m4", "m5", "m6?", "m7?")
_AGAIN = _steps("m10")

COMMUNITY = Track("t1", _COMMUNITY + _AGAIN, (150, 180), 5)
SHORT = Track("t1-short", _steps("m0", "m1.3", "m2.1", "m4.1", "m5.2") + _AGAIN, (60, 60), 1)
TRAINERS = Track("t2", _COMMUNITY + _steps("m9") + _AGAIN, (420, 480), 8)
HEALTH = Track(
    "t3", _steps("m0", "m1.3.4", "m2", "m4", "m5.3", "m6.3", "m8") + _AGAIN, (300, 360), 2
)
AROUND = Track("t4", _steps("m0", "m1.3", "m2.1", "m4.2", "m5.1.2", "m6") + _AGAIN, (75, 90), 2)
#: For the first days after a disaster or a flight: works offline, no address, three questions.
EMERGENCY = Track("emergency", _steps("m0", "m7.5", "m5.2.3", "m7.3"), (45, 45), 1, ("first-days",))

TRACKS = (COMMUNITY, SHORT, TRAINERS, HEALTH, AROUND, EMERGENCY)


def track_named(id: str) -> Track | None:
    """The track of this name, however it was typed."""
    wanted = "-".join(id.casefold().split())
    return next((each for each in TRACKS if each.id == wanted), None)


def offer(track: Track, released: Collection[str]) -> Offer:
    """What a server with these modules can give of a track. Of steps to choose from, those that
    are not there are missing only when none of them is."""
    there = tuple(each for each in track.modules if each in released)
    choices = {step.module for step in track.steps if step.either}
    lacking = [each for each in track.modules if each not in released]
    if choices & set(there):
        lacking = [each for each in lacking if each not in choices]
    return Offer(track, there, tuple(lacking))


def offers(released: Collection[str], *, first: Track | None = None) -> list[Offer]:
    """All tracks of which anything is there, `first` before the others."""
    found = [offer(each, released) for each in TRACKS]
    return sorted(
        (each for each in found if each.modules), key=lambda each: each.track is not first
    )


def modules_taken(track: Track | None, ticked: Collection[str], released: list[str]) -> list[str]:
    """The modules of a new group. With a track and nothing ticked, or all still ticked as the
    page had it, the track's; otherwise what was ticked."""
    if track is None or (ticked and set(ticked) != set(released)):
        return [each for each in released if each in ticked]
    return list(offer(track, released).modules)
