"""Read scoring shells from `quizzes/shells/<id>.toml`, with every mistake and its line."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.checks import findings
from edu.quizzes.instrument import Instrument, Item, Kind
from edu.quizzes.keys import (
    INSTRUMENT,
    MAYBE_FLAG,
    MAYBE_TEXT,
    OPTION,
    POSITIONS,
    POSITIVE,
    TABLES,
    TEXT,
    Key,
    Opened,
    is_list_of,
    is_positive,
    is_text,
    missing_key,
    must_be,
)
from edu.quizzes.load import head_of, misnamed, options_of, reversed_positions, scales_of
from edu.quizzes.positions import Path
from edu.quizzes.shell import REVERSE, SCALES, Shell, empty_items
from edu.quizzes.toml_file import open_toml

#: Where shells lie, in the folder of instruments.
FOLDER = "shells"

_SENTENCES = Key(Message(N_("a list of sentences")), is_list_of(is_text))
#: A shell's option has no label: that is wording. `means` says in our words what it stands for.
_OPTION = {name: key for name, key in OPTION.items() if name != "label"} | {"means": MAYBE_TEXT}
_PART = {
    "positions": replace(POSITIONS, required=True),
    "options": TABLES,
    "not_applicable": MAYBE_FLAG,
}
_SHELL = {name: key for name, key in INSTRUMENT.items() if name not in ("items", "modules")} | {
    "name": TEXT,
    "count": Key(POSITIVE, is_positive),
    "asks": Key(
        Message(N_('a list of "reverse" and "scales"')),
        is_list_of(lambda v: v in (REVERSE, SCALES)),
        False,
    ),
    "owner": TEXT,
    "licence_note": TEXT,
    "link": TEXT,
    "certain": _SENTENCES,
    "not_certain": _SENTENCES,
    "vignette": MAYBE_FLAG,
    "parts": TABLES,
}


def load_shell(path: FilePath) -> tuple[Shell | None, list[Mistake]]:
    """The shell in a file, or None when any mistake blocks; and all mistakes, in order."""
    found = open_toml(path)
    if isinstance(found, list):
        return None, found
    table, opened = found
    shell = _shell(table, opened)
    mistakes = sorted(opened.mistakes)
    return (None if any(mistake.blocks for mistake in mistakes) else shell), mistakes


def load_shells(path: FilePath) -> tuple[dict[str, Shell], list[Mistake]]:
    """Every sound shell of a folder of instruments by its id, and all mistakes of all files."""
    shells: dict[str, Shell] = {}
    mistakes: list[Mistake] = []
    for file in sorted((path / FOLDER).glob("*.toml")):
        shell, found = load_shell(file)
        mistakes += found
        if shell is not None and shell.id != file.stem:
            mistakes.append(misnamed(file, shell.id))
        elif shell is not None:
            shells[shell.id] = shell
    return shells, mistakes


def _shell(table: Mapping[str, Any], opened: Opened) -> Shell:
    positions = _scale_positions(table, opened)
    sound = opened.sound(_without_items(table), _SHELL, ())
    asks = tuple(sound.get("asks", ()))
    kind = Kind(sound.get("kind", Kind.ATTITUDE))
    if kind is not Kind.ATTITUDE:
        opened.add(("kind",), "a shell is of the kind attitude")
    if "higher_means" not in table:
        opened.add((), missing_key("higher_means"))
    parts = _parts(sound, opened)
    instrument = Instrument(
        **head_of(sound, Kind.ATTITUDE),
        scales=scales_of(sound, opened),
        options=options_of(sound, opened, (), _OPTION),
        items=_items(sound, opened, positions, parts),
    )
    _check_asks(sound, asks, positions, opened)
    for place, message, blocks in findings(_complete(instrument, asks), ours=False):
        if blocks:
            opened.add(place, message)
    return Shell(
        name=sound.get("name", ""),
        instrument=instrument,
        asks=asks,
        owner=sound.get("owner", ""),
        licence_note=sound.get("licence_note", ""),
        link=sound.get("link", ""),
        certain=tuple(sound.get("certain", ())),
        not_certain=tuple(sound.get("not_certain", ())),
        means=_means(sound, instrument.id),
        vignette=sound.get("vignette", False),
    )


def _complete(instrument: Instrument, asks: tuple[str, ...]) -> Instrument:
    """The instrument with some items in every scale, so that its rules can be looked at before
    anybody has entered the owner's key."""
    if SCALES not in asks:
        return instrument
    own = [scale.id for scale in instrument.scales if not scale.of]
    names = [own[number % len(own)] if own else None for number in range(len(instrument.items))]
    items = zip(instrument.items, names, strict=True)
    return replace(instrument, items=tuple(replace(item, scale=name) for item, name in items))


def _without_items(table: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the positions of scales, which no other file has."""
    scales = table.get("scales")
    if not isinstance(scales, list) or not all(isinstance(each, dict) for each in scales):
        return dict(table)
    plain = [{key: value for key, value in each.items() if key != "items"} for each in scales]
    return {**table, "scales": plain}


def _scale_positions(table: Mapping[str, Any], opened: Opened) -> dict[int, str]:
    """In which scale each position is."""
    found: dict[int, str] = {}
    count = table.get("count", 0)
    scales = table.get("scales")
    for number, scale in enumerate(scales if isinstance(scales, list) else ()):
        if not isinstance(scale, dict) or "items" not in scale:
            continue
        path: Path = ("scales", number, "items")
        if not POSITIONS.test(scale["items"]):
            opened.add(path, must_be("items", POSITIONS))
            continue
        for position in scale["items"]:
            if position in found:
                opened.add(path, f"the item {position} is in two scales")
            elif is_positive(count) and position > count:
                opened.add(path, f"there is no item {position}; there are {count}")
            found[position] = str(scale.get("id", ""))
    return found


def _parts(sound: Mapping[str, Any], opened: Opened) -> dict[int, dict[str, Any]]:
    """What is different for some positions."""
    found: dict[int, dict[str, Any]] = {}
    for number, table in enumerate(sound.get("parts", ())):
        path: Path = ("parts", number)
        part = opened.sound(table, _PART, path)
        own = {
            "options": options_of(part, opened, path, _OPTION),
            "not_applicable": part.get("not_applicable", False),
        }
        for position in part.get("positions", ()):
            if position in found or position > sound.get("count", 0):
                opened.add((*path, "positions"), f"there is no item {position} left for this part")
            found[position] = own
    return found


def _items(
    sound: Mapping[str, Any],
    opened: Opened,
    positions: Mapping[int, str],
    parts: Mapping[int, dict[str, Any]],
) -> tuple[Item, ...]:
    count = sound.get("count", 0)
    turned = reversed_positions(sound, count, opened)
    return tuple(
        replace(
            item,
            scale=positions.get(number),
            reverse=number in turned,
            **parts.get(number, {}),
        )
        for number, item in enumerate(empty_items(sound.get("id", ""), count), start=1)
    )


def _means(sound: Mapping[str, Any], id: str) -> dict[str, str]:
    """What stands behind the codes, by place: `option|1`, `<item>|yes`."""
    found = _meanings("option", sound)
    for part in sound.get("parts", ()):
        for position in part.get("positions", ()):
            found |= _meanings(f"{id}-{position}", part)
    return found


def _meanings(group: str, table: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{group}|{option.get('code', '')}": str(option["means"])
        for option in table.get("options", ())
        if "means" in option
    }


def _check_asks(
    sound: Mapping[str, Any],
    asks: tuple[str, ...],
    positions: Mapping[int, str],
    opened: Opened,
) -> None:
    """What the owner's key says is not said here too, and what it does not say is."""
    if REVERSE in asks and "reverse" in sound:
        opened.add(("reverse",), "the owner's key says which items are reversed: remove `reverse`")
    if REVERSE not in asks and "reverse" not in sound:
        opened.add((), 'missing key "reverse": the positions, [] for none; or ask for the key')
    if SCALES in asks and positions:
        opened.add(("asks",), "the owner's key says which items make each scale: remove `items`")
    if asks and not sound.get("not_certain"):
        opened.add(("not_certain",), "say what is not certain, and why the key is asked for")
