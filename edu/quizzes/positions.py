"""Where in a TOML file each table and key stands, so that a mistake can name its line.

`tomllib` gives values without lines. The file has been parsed already, so this map may take
valid TOML for granted and needs to know only headers and keys.
"""

import re

#: The way to a value: `("items", 2, "options", 0, "code")`.
Path = tuple[str | int, ...]

# Strings and comments may hold anything, also what looks like a header or a key.
_HIDDEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*[.=]")


class Positions:
    """The lines of one file. Anything unknown gets the line of what it stands in."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        self._scan(_HIDDEN.sub(lambda hidden: "\n" * hidden[0].count("\n"), text))

    def line(self, path: Path) -> int:
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _scan(self, bare: str) -> None:
        table: Path = ()
        depth = 0  # of brackets: inside an array, `[[1]]` is no header
        for number, line in enumerate(bare.split("\n"), start=1):
            if depth == 0 and (header := _HEADER.match(line)):
                table = self._table(header[2], array=header[1] == "[[")
                for path in (table[:-1], table):
                    self._lines.setdefault(path, number)
                continue
            if key := _KEY.match(line):
                self._lines.setdefault((*table, key[1]), number)
            depth += sum(map(line.count, "[{")) - sum(map(line.count, "]}"))

    def _table(self, dotted: str, *, array: bool) -> Path:
        """The path of a header: `items.options` belongs to the last item so far."""
        path: Path = ()
        *parents, last = (part.strip() for part in dotted.split("."))
        for name in parents:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        path = (*path, last)
        if array:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
        return path
