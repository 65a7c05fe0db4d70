"""Read instruments from `quizzes/<id>.toml`, with every mistake and its line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from edu.lessons.mistakes import Mistake
from edu.quizzes.answers import CODE
from edu.quizzes.checks import IDENTIFIER, findings
from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option, Scale
from edu.quizzes.positions import Path, Positions


@dataclass(frozen=True)
class _Key:
    """What may stand under one key: a test, the words for it, and whether it must be there."""

    words: str
    test: Callable[[Any], bool]
    required: bool = True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: Any) -> bool:
    return (_is_whole(value) or isinstance(value, float)) and 0 < value <= 1


def _is_list_of(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(test, value))


def _one_of(values: type[Kind] | type[HigherMeans], *, required: bool) -> _Key:
    known = [value.value for value in values]
    return _Key(" or ".join(f'"{name}"' for name in known), lambda v: v in known, required)


_TEXT = _Key("text", _is_text)
_MAYBE_TEXT = _Key("text", _is_text, required=False)
_MAYBE_FLAG = _Key("true or false", lambda v: isinstance(v, bool), required=False)
_IDENTIFIER = _Key(
    "small letters, digits and hyphens",
    lambda v: isinstance(v, str) and IDENTIFIER.fullmatch(v) is not None,
)
_TABLES = _Key("a list of tables", _is_list_of(lambda v: isinstance(v, dict)), required=False)

_OPTION = {
    "code": _Key(
        "letters and digits", lambda v: isinstance(v, str) and CODE.fullmatch(v) is not None
    ),
    "label": _TEXT,
    "score": _Key("a whole number", _is_whole, required=False),
    "correct": _MAYBE_FLAG,
}
_SCALE = {"id": _IDENTIFIER, "title": _TEXT, "more": _TEXT, "less": _TEXT}
_ITEM = {
    "id": _IDENTIFIER,
    "text": _TEXT,
    "scale": _MAYBE_TEXT,
    "reverse": _MAYBE_FLAG,
    "several": _MAYBE_FLAG,
    "lesson": _MAYBE_TEXT,
    "options": _TABLES,
}
_INSTRUMENT = {
    "id": _IDENTIFIER,
    "version": _Key("a positive whole number", lambda v: _is_whole(v) and v > 0),
    "kind": _one_of(Kind, required=True),
    "title": _TEXT,
    "introduction": _TEXT,
    "closing": _TEXT,
    "validated": _Key("true or false", lambda v: isinstance(v, bool)),
    "licence": _TEXT,
    "source": _TEXT,
    "modules": _Key("a list of module ids", _is_list_of(_is_text), required=False),
    "on": _MAYBE_FLAG,
    "higher_means": _one_of(HigherMeans, required=False),
    "minimum_answered": _Key("a number above 0 and up to 1", _is_share, required=False),
    "scales": _TABLES,
    "options": _TABLES,
    "items": _Key("a list of tables", lambda v: _TABLES.test(v) and len(v) > 0),
}


class _Reading:
    """One file being read: its lines, and the mistakes found so far."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.positions = Positions(text)
        self.mistakes: list[Mistake] = []

    def add(self, path: Path, message: str, blocks: bool = True) -> None:
        self.mistakes.append(Mistake(self.file, self.positions.line(path), message, blocks))

    def sound(self, table: Mapping[str, Any], keys: Mapping[str, _Key], path: Path) -> Any:
        """The values that are as they should be: later checks can go on without the rest."""
        for name in table.keys() - keys.keys():
            self.add((*path, name), f'unknown key "{name}"')
        for name in keys.keys() - table.keys():
            if keys[name].required:
                self.add(path, f'missing key "{name}"')
        sound = {}
        for name in table.keys() & keys.keys():
            if keys[name].test(table[name]):
                sound[name] = table[name]
            else:
                self.add((*path, name), f'"{name}" must be {keys[name].words}')
        return sound


def load_instrument(path: FilePath) -> tuple[Instrument | None, list[Mistake]]:
    """The instrument in a file, or None when any mistake blocks; and all mistakes, in order."""
    file = str(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Mistake(file, line, "the file is not UTF-8 text")]
    text = text.replace("\r\n", "\n")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax_mistake(file, text, error)]
    reading = _Reading(file, text)
    instrument = _instrument(table, reading)
    mistakes = sorted(reading.mistakes)
    return (None if any(mistake.blocks for mistake in mistakes) else instrument), mistakes


def load_folder(path: FilePath) -> tuple[dict[str, Instrument], list[Mistake]]:
    """Every sound instrument in a folder by its id, and all mistakes of all files.

    A file is called as its instrument, which also makes ids unique.
    """
    if not path.is_dir():
        return {}, [Mistake(str(path), 1, "there is no such folder")]
    instruments: dict[str, Instrument] = {}
    mistakes: list[Mistake] = []
    for file in sorted(path.glob("*.toml")):
        instrument, found = load_instrument(file)
        mistakes += found
        if instrument is not None and instrument.id != file.stem:
            line = Positions(file.read_text("utf-8-sig")).line(("id",))
            message = f'the id "{instrument.id}" must be the name of the file, "{file.stem}"'
            mistakes.append(Mistake(str(file), line, message))
        elif instrument is not None:
            instruments[instrument.id] = instrument
    return instruments, mistakes


def _syntax_mistake(file: str, text: str, error: tomllib.TOMLDecodeError) -> Mistake:
    message = str(error)
    place = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$", message)
    if place is None:
        return Mistake(file, 1, message)
    line = int(place[1]) if place[1] else max(1, len(text.splitlines()))
    return Mistake(file, line, f"not valid TOML: {message[: place.start()]}")


def _instrument(table: Mapping[str, Any], reading: _Reading) -> Instrument:
    """The instrument as far as it can be read; what is missing is already a mistake."""
    sound = reading.sound(table, _INSTRUMENT, ())
    kind_is_known = "kind" in sound
    kind = Kind(sound.get("kind", Kind.ATTITUDE))
    if kind_is_known and kind is Kind.ATTITUDE and "higher_means" not in table:
        # No default: a wrong guess here turns every improvement into harm.
        reading.add((), 'missing key "higher_means"')
    instrument = Instrument(
        id=sound.get("id", ""),
        version=sound.get("version", 1),
        kind=kind,
        title=sound.get("title", ""),
        introduction=sound.get("introduction", ""),
        closing=sound.get("closing", ""),
        validated=sound.get("validated", False),
        licence=sound.get("licence", ""),
        source=sound.get("source", ""),
        modules=tuple(sound.get("modules", ())),
        on=sound.get("on", True),
        higher_means=HigherMeans(sound.get("higher_means", HigherMeans.BETTER)),
        minimum_answered=float(sound.get("minimum_answered", 0.8)),
        scales=tuple(
            _scale(scale, reading, ("scales", number))
            for number, scale in enumerate(sound.get("scales", ()))
        ),
        options=_options(sound, reading, ()),
        items=tuple(
            _item(item, reading, ("items", number))
            for number, item in enumerate(sound.get("items", ()))
        ),
    )
    for path, message, blocks in findings(instrument, kind_is_known=kind_is_known):
        reading.add(path, message, blocks)
    return instrument


def _scale(table: Mapping[str, Any], reading: _Reading, path: Path) -> Scale:
    sound = reading.sound(table, _SCALE, path)
    return Scale(**{name: sound.get(name, "") for name in _SCALE})


def _item(table: Mapping[str, Any], reading: _Reading, path: Path) -> Item:
    sound = reading.sound(table, _ITEM, path)
    return Item(**{"id": "", "text": ""} | sound | {"options": _options(sound, reading, path)})


def _options(sound: Mapping[str, Any], reading: _Reading, path: Path) -> tuple[Option, ...]:
    return tuple(
        Option(**{"code": "", "label": ""} | reading.sound(option, _OPTION, (*path, "options", n)))
        for n, option in enumerate(sound.get("options", ()))
    )
