"""What a job says, as data that wait in the database until a page says it in its reader's
language: a message keeps its template and what stands in it."""

from collections.abc import Mapping
from typing import Any

from edu.lessons.mistakes import Message, Mistake, Value


def message_as_data(said: str) -> Any:
    """A message as JSON takes it; words without a template stay as they are."""
    if not isinstance(said, Message):
        return said
    values = {name: _value_as_data(value) for name, value in said.values.items()}
    return {"template": said.template, "values": values}


def mistake_as_data(mistake: Mistake) -> Any:
    """A mistake in a file, with its place."""
    place = f"{mistake.file}:{mistake.line}"
    return {"place": place, "message": message_as_data(mistake.message)}


def message_of_data(data: Any) -> str:
    """The message that was put away. What an older program put away was words alone."""
    if not isinstance(data, Mapping):
        return str(data)
    values = {name: _value_of_data(value) for name, value in data["values"].items()}
    return Message(data["template"], **values)


def _value_as_data(value: Value) -> Any:
    if isinstance(value, int):
        return int(value)
    return message_as_data(value) if isinstance(value, str) else str(value)


def _value_of_data(data: Any) -> Value:
    return data if isinstance(data, int) else message_of_data(data)
