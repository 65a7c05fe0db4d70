"""A small site in which two languages have only just begun, and three organisations plan."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from edu.partners.roles import Role
from tests.conftest import TINY
from tests.live import living_house
from tests.people import make_staff

_HEAD = 'msgid ""\nmsgstr "Language: {tag}\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
#: All that is there of two languages: one title each. Everything else comes along the chain.
_BEGUN = {"ha-NG": "Sannu", "en-GB-scotland": "Fàilte"}


@contextmanager
def living_town(root: Path, instance: Path) -> Iterator[tuple[Flask, str]]:
    """The town, served."""
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    for tag, title in _BEGUN.items():
        _begin(root, tag, title)
    with living_house(instance, root) as living:
        with living[0].extensions["database"].work() as session:
            # Alone: nobody administers her organisation.
            make_staff(session, "halima", "Lamp Society", Role.TRAINER)
            make_staff(session, "isla", "Bridge Society", Role.ADMINISTRATOR)
            make_staff(session, "tendai", "Early Society", Role.ADMINISTRATOR)
        yield living


def _begin(root: Path, tag: str, title: str) -> None:
    folder = root / "translations" / tag / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = f'\nmsgctxt "m0.1|title"\nmsgid "Hello"\nmsgstr "{title}"\n'
    (folder / "m0.po").write_text(_HEAD.format(tag=tag) + words)
