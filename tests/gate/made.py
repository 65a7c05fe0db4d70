"""Files of every kind, made by code: good ones, and the pieces that hostile ones are made of."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

#: Somewhere that a picture or recording should never tell about.
PLACE = "-1.2921+036.8219"
WHO = "Amina Otieno"

PO_HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
XLIFF = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file>'
    "<body><trans-unit id='a'><source>Hello</source><target>Habari</target></trans-unit>"
    "</body></file></xliff>\n"
)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A picture with a red half and a blue one."""
    painted = Image.new("RGB", size, "red")
    painted.paste("blue", (0, 0, size[0] // 2, size[1]))
    made = io.BytesIO()
    painted.save(made, kind, **more)
    return made.getvalue()


def told_picture(kind: str = "JPEG", turned: int = 6) -> bytes:
    """A picture that says where, when, with what and by whom it was taken, and how it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Telephone", WHO, turned
    exif.get_ifd(0x8825).update({1: "S", 2: (1.0, 17.0, 31.0), 3: "E", 4: (36.0, 49.0, 18.0)})
    more: dict[str, object] = {"exif": exif.tobytes()}
    if kind in ("JPEG", "WEBP"):
        more["xmp"] = f"<x>{PLACE}</x>".encode()
    if kind == "JPEG":
        more["comment"] = WHO
    return picture(kind, **more)


def _ogg_sum(page: bytes) -> int:
    """The checksum of RFC 3533, bit by bit."""
    rest = 0
    for byte in page:
        rest ^= byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
    return rest


def _laced(packets: list[bytes]) -> bytes:
    return b"".join(b"\xff" * (len(each) // 255) + bytes([len(each) % 255]) for each in packets)


def ogg_page(number: int, packets: list[bytes], marks: int = 0, serial: int = 7) -> bytes:
    return _page(number, _laced(packets), b"".join(packets), marks, serial)


def _page(number: int, lacing: bytes, body: bytes, marks: int = 0, serial: int = 7) -> bytes:
    time = number * 960
    head = struct.pack("<4sBBqLLLB", b"OggS", 0, marks, time, serial, number, 0, len(lacing))
    page = head + lacing + body
    return page[:22] + struct.pack("<L", _ogg_sum(page)) + page[26:]


def _pages(number: int, packet: bytes) -> list[bytes]:
    """A packet on as many pages as it needs."""
    lacing, made = _laced([packet]), []
    for start in range(0, len(lacing), 255):
        pieces = lacing[start : start + 255]
        body, packet = packet[: sum(pieces)], packet[sum(pieces) :]
        made.append(_page(number + len(made), pieces, body, marks=bool(start)))
    return made


def _comments(*comments: str) -> bytes:
    parts = [struct.pack("<L", 5), b"maker", struct.pack("<L", len(comments))]
    for comment in comments:
        parts += [struct.pack("<L", len(comment.encode())), comment.encode()]
    return b"".join(parts)


def opus(*comments: str, sound: int = 3) -> bytes:
    """An Ogg file with an Opus head, comments, and pages of something like sound."""
    head = b"OpusHead" + struct.pack("<BBHLHB", 1, 1, 312, 48000, 0, 0)
    pages = [ogg_page(0, [head], 2), *_pages(1, b"OpusTags" + _comments(*comments))]
    pages += [ogg_page(len(pages) + at, [bytes([at + 1]) * 300]) for at in range(sound)]
    return b"".join(pages)


def vorbis(*comments: str) -> bytes:
    """The same with Vorbis: comments and setup share pages."""
    head = b"\x01vorbis" + bytes(23)
    pages = [
        ogg_page(0, [head], 2),
        ogg_page(1, [b"\x03vorbis" + _comments(*comments) + b"\x01", b"\x05vorbis" + b"s" * 3000]),
        ogg_page(2, [b"\x07" * 300]),
    ]
    return b"".join(pages)


def mp3(before: bytes = b"", behind: bytes = b"", frames: int = 5) -> bytes:
    """Frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes each."""
    return before + (b"\xff\xfb\x90\x00" + bytes(413)) * frames + behind


def id3(text: str) -> bytes:
    frame = b"TPE1" + struct.pack(">L", len(text) + 1) + b"\0\0\0" + text.encode()
    return b"ID3\x04\0\0\0\0" + struct.pack(">H", len(frame)) + frame


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">L", 8 + len(content)) + kind + content


def mp4(handler: bytes = b"soun", brand: bytes = b"M4A ", tags: bytes = b"") -> bytes:
    """An MP4 file with one track; `tags` go where telephones write them."""
    named = box(b"hdlr", bytes(8) + handler + bytes(12) + b"Telephone\0")
    media = box(b"mdia", box(b"mdhd", b"\0\0\0\0" + b"\xd1" * 8 + bytes(12)) + named)
    track = box(b"trak", box(b"tkhd", b"\0\0\0\0" + b"\xd1" * 8 + bytes(76)) + media)
    moov = box(b"mvhd", b"\0\0\0\0" + b"\xd1" * 8 + bytes(92)) + track + tags
    return box(b"ftyp", brand + bytes(4) + b"isom") + box(b"moov", moov) + box(b"mdat", b"s" * 64)


def place_of_mp4() -> bytes:
    return box(b"udta", box(b"\xa9xyz", PLACE.encode()))


def element(id: int, content: bytes, *, unknown: bool = False) -> bytes:
    named = id.to_bytes((id.bit_length() + 7) // 8, "big")
    size = b"\x01" + b"\xff" * 7 if unknown else (1 << 56 | len(content)).to_bytes(8, "big")
    return named + size + content


def webm(*more: bytes, codec: bytes = b"V_VP9", streamed: bool = False) -> bytes:
    """A WebM file with one track of pictures; `more` are further elements of its segment."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    info = element(0x1549A966, element(0x7BA9, WHO.encode()) + element(0x4461, b"\1" * 8))
    track = element(0xAE, element(0x83, b"\1") + element(0x86, codec) + element(0x536E, b"Phone"))
    cluster = element(0x1F43B675, element(0xE7, b"\0") + element(0xA3, b"s" * 64), unknown=streamed)
    inside = info + element(0x1654AE6B, track) + b"".join(more) + cluster
    return head + element(0x18538067, inside, unknown=streamed)


def pack(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as opened:
        for name, content in files.items():
            opened.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()


def deflated(content: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(
    rows: str = "", strings: str = "", relations: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """A workbook with one sheet; `rows` and `strings` are the XML inside, `more` other parts."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"/>',
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            '<sheets><sheet name="Words" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{relations}'
            "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        **(more or {}),
    }
    return pack({name: text.encode() for name, text in parts.items()})
