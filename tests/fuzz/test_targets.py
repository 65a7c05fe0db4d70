"""The fuzzer's targets hold for what they begin with, and for what they once found."""

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

#: Inputs that once led to an exception or to something untrue, by the target that found them.
FOUND = {
    "toml": [
        # A reversed item of a scale, and no options at all.
        b'id = "feelings"\nversion = 1\nkind = "attitude"\ntitle = "a"\nintroduction = "b"\n'
        b'closing = "c"\nlicence = "d"\nsource = "e"\nmodules = []\nhigher_means = "better"\n'
        b'[[scales]]\nid = "hope"\ntitle = "f"\nmore = "g"\nless = "h"\n'
        b'[[items]]\nid = "hope-1"\nscale = "hope"\nreverse = true\ntext = "i"\n',
    ],
    "po": [
        # A line of the header without a name, which one reader adds to the line before.
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n."\n',
    ],
}


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_what_it_begins_with_and_for_what_it_found(name: str) -> None:
    for data in [*SEEDS[name], *FOUND.get(name, []), b"", b"\0", b"\xff"]:
        TARGETS[name](data)


def test_every_target_begins_with_something() -> None:
    assert {name for name in TARGETS if not SEEDS.get(name)} == set()
