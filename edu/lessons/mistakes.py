"""What is wrong with a file, and where: the one shape in which every check reports."""

from dataclasses import dataclass
from datetime import date

#: What may stand in a message: words, a number, a day, or another message.
Value = str | int | date


class Message(str):
    """English words made from a template, so that a page can say them in another language:
    `gettext(template) % values`."""

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, **values: Value) -> "Message":
        made = super().__new__(cls, template % values)
        made.template, made.values = template, values
        return made


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in an author's or translator's file; line 1 is the first line.

    `blocks` says whether it must be mended before anything is served (True) or is
    advice that a person may overrule (False).
    """

    file: str
    line: int
    message: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Broken(Exception):
    """Raised with every mistake found, so that an author mends them in one go."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))
