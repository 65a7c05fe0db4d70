"""Read instruments from `quizzes/<id>.toml`, with every mistake and its line."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.checks import findings
from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option, Scale
from edu.quizzes.keys import (
    INSTRUMENT,
    ITEM,
    OPTION,
    RELIABILITY,
    SCALE,
    Key,
    Opened,
    missing_key,
)
from edu.quizzes.positions import Path, Positions
from edu.quizzes.toml_file import open_toml

_MISNAMED = N_('the id "%(id)s" must be the name of the file, "%(file)s"')
_NO_DONT_KNOW = N_('only an attitude instrument has a rule for "I don\'t know"')
_NO_ITEM = N_("there is no item %(number)s to reverse; there are %(count)s")
_TWICE = N_("a position stands twice in the list of reversed items")


def load_instrument(path: FilePath) -> tuple[Instrument | None, list[Mistake]]:
    """The instrument in a file, or None when any mistake blocks; and all mistakes, in order."""
    found = open_toml(path)
    if isinstance(found, list):
        return None, found
    table, opened = found
    instrument = _instrument(table, opened)
    mistakes = sorted(opened.mistakes)
    return (None if any(mistake.blocks for mistake in mistakes) else instrument), mistakes


def load_folder(path: FilePath) -> tuple[dict[str, Instrument], list[Mistake]]:
    """Every sound instrument in a folder by its id, and all mistakes of all files.

    A file is called as its instrument, which also makes ids unique.
    """
    if not path.is_dir():
        return {}, [Mistake(str(path), 1, Message(N_("there is no such folder")))]
    instruments: dict[str, Instrument] = {}
    mistakes: list[Mistake] = []
    for file in sorted(path.glob("*.toml")):
        instrument, found = load_instrument(file)
        mistakes += found
        if instrument is not None and instrument.id != file.stem:
            mistakes.append(misnamed(file, instrument.id))
        elif instrument is not None:
            instruments[instrument.id] = instrument
    return instruments, mistakes


def misnamed(file: FilePath, id: str) -> Mistake:
    """An instrument in a file of another name."""
    line = Positions(file.read_text("utf-8-sig")).line(("id",))
    message = Message(_MISNAMED, id=id, file=file.stem)
    return Mistake(str(file), line, message)


def _instrument(table: Mapping[str, Any], opened: Opened) -> Instrument:
    """The instrument as far as it can be read; what is missing is already a mistake."""
    sound = opened.sound(table, INSTRUMENT, ())
    kind_is_known = "kind" in sound
    kind = Kind(sound.get("kind", Kind.ATTITUDE))
    if kind_is_known and kind is Kind.ATTITUDE and "higher_means" not in table:
        # No default: a wrong guess here turns every improvement into harm.
        opened.add((), missing_key("higher_means"))
    instrument = Instrument(
        **head_of(sound, kind),
        scales=scales_of(sound, opened),
        options=options_of(sound, opened, ()),
        items=_items(sound, opened),
    )
    for path, message, blocks in findings(instrument, kind_is_known=kind_is_known):
        opened.add(path, message, blocks)
    if kind is not Kind.ATTITUDE and "dont_know" in table:
        opened.add(("dont_know",), Message(_NO_DONT_KNOW))
    return instrument


def head_of(sound: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """All fields of an instrument but its scales, options and items."""
    return {
        "id": sound.get("id", ""),
        "version": sound.get("version", 1),
        "variant": sound.get("variant", ""),
        "kind": kind,
        "title": sound.get("title", ""),
        "introduction": sound.get("introduction", ""),
        "closing": sound.get("closing", ""),
        "validated": sound.get("validated", False),
        "licence": sound.get("licence", ""),
        "source": sound.get("source", ""),
        "modules": tuple(sound.get("modules", ())),
        "on": sound.get("on", True),
        "higher_means": HigherMeans(sound.get("higher_means", HigherMeans.BETTER)),
        "minimum_answered": float(sound.get("minimum_answered", 0.8)),
    }


def scales_of(sound: Mapping[str, Any], opened: Opened) -> tuple[Scale, ...]:
    """The scales of a file; the file's rule for "I don't know" is that of each scale without
    one of its own."""
    return tuple(
        _scale({"dont_know": sound.get("dont_know", "missing")} | table, opened, ("scales", number))
        for number, table in enumerate(sound.get("scales", ()))
    )


def _scale(table: Mapping[str, Any], opened: Opened, path: Path) -> Scale:
    sound = opened.sound(table, SCALE, path)
    fields = {"id": "", "title": "", "more": "", "less": ""} | sound
    if fields.get("dont_know") == "missing":
        fields["dont_know"] = None
    given = fields.pop("table", {})
    # repr gives the shortest decimal that is the number the author wrote.
    points = ((int(total), str(value)) for total, value in given.items())
    fields["reliability"] = [
        {"coefficient": 0.0, "kind": "alpha", "population": "", "source": ""}
        | opened.sound(each, RELIABILITY, (*path, "reliability", number))
        for number, each in enumerate(sound.get("reliability", ()))
    ]
    return Scale.stored(fields | {"table": sorted(points)})


def _items(sound: Mapping[str, Any], opened: Opened) -> tuple[Item, ...]:
    tables = sound.get("items", ())
    turned = reversed_positions(sound, len(tables), opened)
    return tuple(
        _item(item, opened, ("items", number), number + 1 in turned)
        for number, item in enumerate(tables)
    )


def reversed_positions(sound: Mapping[str, Any], count: int, opened: Opened) -> frozenset[int]:
    """The positions that the file lists as reversed, counted from 1."""
    listed = sound.get("reverse", ())
    for position in sorted({each for each in listed if each > count}):
        opened.add(("reverse",), Message(_NO_ITEM, number=position, count=count))
    if len(set(listed)) < len(listed):
        opened.add(("reverse",), Message(_TWICE))
    return frozenset(listed)


def _item(table: Mapping[str, Any], opened: Opened, path: Path, reverse: bool) -> Item:
    sound = opened.sound(table, ITEM, path)
    own = {"options": options_of(sound, opened, path)}
    turned = {"reverse": True} if reverse else {}
    return Item(**{"id": "", "text": ""} | sound | own | turned)


def options_of(
    sound: Mapping[str, Any], opened: Opened, path: Path, keys: Mapping[str, Key] = OPTION
) -> tuple[Option, ...]:
    """The options that stand at a path; what a shell says of their meaning is not in them."""
    read = (
        opened.sound(option, keys, (*path, "options", n))
        for n, option in enumerate(sound.get("options", ()))
    )
    return tuple(
        Option(
            code=each.get("code", ""),
            label=each.get("label", ""),
            score=each.get("score"),
            correct=each.get("correct"),
        )
        for each in read
    )
