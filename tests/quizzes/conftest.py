"""What an author is told of her file."""

import pytest

from edu.lessons.mistakes import Message
from edu.quizzes.load import load_instrument


@pytest.fixture
def mistakes(tmp_path):
    """What is wrong with a text: `(line, message)`, and advice with a question mark before it."""

    def found(text):
        path = tmp_path / "form.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        instrument, mistakes = load_instrument(path)
        assert (instrument is None) == any(mistake.blocks for mistake in mistakes)
        assert {mistake.file for mistake in mistakes} <= {str(path)}
        # What keeps a file out can be told in any language of the interface.
        assert [m for m in mistakes if m.blocks and not isinstance(m.message, Message)] == []
        return [(m.line, m.message if m.blocks else f"? {m.message}") for m in mistakes]

    return found
