"""A phone without a network, as far as a server meets it: it has a group's file, and seals."""

import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from stdnum import damm
from werkzeug.test import TestResponse

from edu.carried.pieces import cut
from edu.carried.sealing import NONCE, VERSION, key_of
from tests.people import OURS, StaffPerson, fields_of


def seal(text: bytes, public: bytes) -> bytes:
    """A text sealed to a key, as the script in a file does it."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    mine = ec.generate_private_key(ec.SECP256R1())
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    head = bytes([VERSION]) + sha256(public).digest()[:4] + point
    key = key_of(mine.exchange(ec.ECDH(), theirs), point, public)
    padded = text + b" " * (-len(text) % 64)
    return head + AESGCM(key).encrypt(NONCE, padded, head)


def new_number() -> str:
    """A number as a file makes one."""
    body = f"{secrets.randbelow(10**11):011d}"
    return body + damm.calc_check_digit(body)


@dataclass
class Phone:
    """A phone with a group's file on it."""

    page: str
    about: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        found = re.search(
            r'<script type="application/json" id="q-asking">(.*?)</script>', self.page
        )
        assert found is not None
        self.about = json.loads(found[1])

    @property
    def day(self) -> str:
        """The day on which the file was made, 60 days before its last."""
        return str(date.fromisoformat(self.about["until"]) - timedelta(days=60))

    def slip(self, wave: str, code: str, **changes: Any) -> dict[str, Any]:
        """What somebody answers; `changes` are what another phone would have put in."""
        asked = next(each for each in self.about["waves"] if each["name"] == wave)
        rows = {"feelings": "1:3,?,-,2", "facts": "1:b,-", "openly": "1:-"}
        usual = {
            **{"f": self.about["file"], "p": secrets.token_hex(16), "c": code, "m": 0, "w": wave},
            **{"d": self.day, "l": 0 if asked["first"] else 1, "r": 0, "t": {}},
            "a": {name: rows[name] for name in asked["forms"]},
        }
        return usual | changes

    def lines(self, slip: dict[str, Any]) -> list[str]:
        """A slip, sealed and cut."""
        text = json.dumps(slip, separators=(",", ":")).encode()
        return cut(seal(text, bytes.fromhex(self.about["key"])))


def makes_file(trainer: StaffPerson, group: int, **changes: object) -> Phone:
    """A trainer makes a file for her group and copies it to a phone."""
    address = f"/en/staff/groups/{group}/carried"
    values = {"language": "en", "waves": ["before", "after"], "until": "2099-01-01"}
    form = fields_of(trainer.opens(address))
    found = re.search(r'name="until"[^>]*value="([^"]+)"', trainer.opens(address).text)
    assert found is not None
    values["until"] = found[1]
    sent = values | changes
    made = trainer.sends(address, csrf_token=form.hidden["csrf_token"], **sent)
    assert made.status_code == 200, made.text
    return Phone(made.text)


def takes_in(
    trainer: StaffPerson, group: int, *heaps: list[str], pasted: str = "", as_files: bool = False
) -> TestResponse:
    """A trainer takes in what came back: pasted, or as files."""
    address = f"/en/staff/groups/{group}/carried/answers"
    token = fields_of(trainer.opens(address)).hidden["csrf_token"]
    texts = ["\n".join(lines) for lines in heaps]
    sent = [(BytesIO(text.encode()), f"notes-{n}.txt") for n, text in enumerate(texts) if as_files]
    pieces = pasted if as_files else "\n".join([pasted, *texts])
    values = {"csrf_token": token, "pieces": pieces, "files": sent}
    return trainer.browser.post(
        address, data=values, headers=OURS, content_type="multipart/form-data"
    )


def told(page: TestResponse) -> list[str]:
    """What came of it, line by line."""
    status = page.text.partition('<div role="status">')[2].partition("<form")[0]
    lines = re.findall(r"<li>(.*?)</li>|<p class=\"(?:error|note)\">(.*?)</p>", status)
    return [re.sub(r"<[^>]+>", "", first or second) for first, second in lines]
