"""How a translator's words are written into Markdown so that they stay words.

A sentence may start with `1.`, a dash or three colons; written as it is, it would become
a list or close a block. A backslash before the mark keeps the look and loses the meaning.
"""

import re

_STARTS_A_BLOCK = re.compile(
    r"#{1,6}(?=[ \t]|$)"  # heading
    r"|>"  # quotation
    r"|[-+*](?=[ \t]|$)"  # bullet
    r"|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$"  # rule
    r"|-{3}"  # front matter
    r"|=+[ \t]*$"  # underline of a heading
    r"|:{3}"  # block of a lesson, or its end
)
_GOES_ON_AS_A_BLOCK = re.compile(r"[-:|][-:| \t]*$")  # underline of a heading or of a table's head
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_FENCE = re.compile(r"(`{3,})(?=[^`]*$)|(~{3,})")
_DEFINITION = re.compile(r"\[(?:[^\\\[\]]|\\.)*\](?=:)")
_CLOSING_HASHES = re.compile(r"(?:(?<=[ \t])|^)(#+)$")


def line_start(line: str, *, first: bool) -> str:
    """A line at which a block could start; `first` when it opens its paragraph."""
    if _STARTS_A_BLOCK.match(line) or (not first and _GOES_ON_AS_A_BLOCK.match(line)):
        return "\\" + line
    if fence := _FENCE.match(line):
        return "".join("\\" + mark for mark in fence.group()) + line[fence.end() :]
    if number := _NUMBER.match(line):
        return f"{number.group(1)}\\{line[number.end(1) :]}"
    if first and (definition := _DEFINITION.match(line)):
        return f"{definition.group()}\\{line[definition.end() :]}"
    return line


def one_line(text: str) -> str:
    """Hard breaks as spaces, where the form has room for one line only."""
    return text.replace("\\\n", " ")


def paragraph(text: str, prefix: str, newline: str, *, inside_line: bool = False) -> str:
    """Words for a paragraph; `prefix` opens each line after a hard break.

    `inside_line`: something that is not ours to translate stands before the words.
    """
    lines = text.split("\n")
    written = [
        line if number == 0 and inside_line else line_start(line, first=number == 0)
        for number, line in enumerate(lines)
    ]
    return (newline + prefix).join(written)


def is_like_a_table_rule(line: str) -> bool:
    """Whether the line above, if it held a pipe, could become the head of a table."""
    return _GOES_ON_AS_A_BLOCK.match(line.lstrip(" \t>")) is not None


def without_pipes(text: str) -> str:
    """The last line's pipes as entities; a backslash would not stop them from making a table."""
    before, hard, last = text.rpartition("\n")
    return before + hard + last.replace("\\|", "|").replace("|", "&#124;")


def heading(text: str) -> str:
    """Words after `##`; hashes at the end would be taken for the closing ones."""
    return _CLOSING_HASHES.sub(r"\\\1", one_line(text))


def cell(text: str, following: str, *, opens_line: bool) -> str:
    """Words for a table cell; `following` is what stands right after it in the source."""
    words = one_line(text).replace("|", "\\|")
    if opens_line:
        words = line_start(words, first=True)
    # A backslash at the end would take away the meaning of the pipe that closes the cell.
    return words + " " if words.endswith("\\") and following.startswith("|") else words
