"""The formats in which editions travel: how each is called, written and read."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from edu.exchange import po, sheet, tmx, xliff
from edu.exchange.unit import Parcel
from edu.gate.refused import Admitted


@dataclass(frozen=True)
class Format:
    """`name` is also the gate's word for the kind of file; `ending` without its full stop."""

    name: str
    ending: str
    mimetype: str
    write: Callable[[Parcel], bytes]
    read: Callable[[Admitted], Parcel]


def _text(reader: Callable[[bytes, str], Parcel]) -> Callable[[Admitted], Parcel]:
    return lambda admitted: reader(admitted.content, admitted.name)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = (
    Format("po", "po", "text/x-gettext-translation", po.write, _text(po.read)),
    Format("xliff", "xlf", "application/xliff+xml", xliff.write, _text(xliff.read)),
    Format("tmx", "tmx", "application/x-tmx+xml", tmx.write, _text(tmx.read)),
    Format("xlsx", "xlsx", _XLSX, sheet.write, lambda found: sheet.read(found.tables, found.name)),
)
FORMATS = MappingProxyType({each.name: each for each in _ALL})


def format_of(file_name: str) -> Format | None:
    """The format that the ending of a file's name promises."""
    _stem, stop, ending = file_name.lower().rpartition(".")
    ending = "xlf" if ending == "xliff" else ending
    return next((each for each in _ALL if stop and each.ending == ending), None)
