"""Pictures and sounds put into the file itself, because a file that is carried loads nothing."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from edu.lessons.markup import PICTURES

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
}
#: In text our renderer writes every angle bracket and quotation mark as an entity, so these meet
#: real tags only.
_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
#: A player, and the line before it that says what can be heard.
_PLAYER = re.compile(
    r'(<p class="how">(?:(?!</p>).)*</p>\n)?(<(audio|video)\b[^>]*>.*?</\3>\n?)', re.DOTALL
)
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')

#: What is at an address of ours; None where there is nothing.
Fetch = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Media:
    """Where pictures and sounds come from, and whether sounds are wanted: they are heavy."""

    fetch: Fetch
    sounds: bool = False

    def put_in(self, html: str) -> str:
        """Blocks of a lesson with their media inside. A film is left out, and a sound that is not
        wanted: their words stand in the text."""
        html = _PLAYER.sub(self._told_player, html)
        return _PICTURE.sub(self._picture, html)

    def _picture(self, found: re.Match[str]) -> str:
        inside = self._data(found[1], PICTURES)
        if inside is None:
            told = _ALT.search(found[0])
            return f"<em>{told[1]}</em>" if told else ""
        return found[0].replace(f'src="{found[1]}"', f'src="{inside}"')

    def _told_player(self, found: re.Match[str]) -> str:
        player = self._player(found[2])
        return (found[1] or "") + player if player else ""

    def _player(self, html: str) -> str:
        """A player with its first sound; nothing without one."""
        source = _SOURCE.search(html)
        if source is None or not self.sounds or html.startswith("<video"):
            return ""
        inside = self._data(source[1], (".opus", ".ogg", ".mp3", ".m4a"))
        return f'<audio controls preload="none" src="{inside}"></audio>\n' if inside else ""

    def _data(self, address: str, endings: tuple[str, ...]) -> str | None:
        path = address.partition("?")[0]
        ending = Path(path).suffix.lower()
        body = self.fetch(path) if ending in endings and ending in _TYPES else None
        if body is None:
            return None
        return f"data:{_TYPES[ending]};base64,{base64.b64encode(body).decode()}"


def published(folder: Path) -> Fetch:
    """What is published under `media/` and `sound/`: clean already, and what was withdrawn is not
    there any more."""

    def fetch(address: str) -> bytes | None:
        if not re.fullmatch(r"/(media/[a-z0-9]+|sound)/[A-Za-z0-9][A-Za-z0-9._-]*", address):
            return None
        try:
            return (folder / address[1:]).read_bytes()
        except OSError:
            return None

    return fetch
