"""Whether a request has arrived whole, judged from its first bytes alone.

Nothing is taken from a request here but its length. What it says is for gunicorn's parser, which
gets every byte as it came; where the two could differ, the request is refused.
"""

from dataclasses import dataclass

#: Bytes of a request line and its header fields. Browsers send about 1,000.
LONGEST_HEAD = 16 * 1024
#: Bytes of a body that are gathered before a thread is spent on it. A form has about 1,000.
GATHERED_BODY = 64 * 1024
#: Bytes of the longest body there is: a pack with its recordings.
LONGEST_BODY = 64 * 1024 * 1024

_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Arrival:
    """What is known of a request by now."""

    #: The head is here, up to the empty line.
    head: bool = False
    #: Bytes, head and body together, after which a thread takes the request over.
    enough: int = LONGEST_HEAD
    #: The body ends with these bytes; a longer one is read by the thread, and not drained.
    whole: bool = True
    #: The browser waits for a word before it sends the body.
    asks_first: bool = False
    #: The status with which it is refused unread.
    refused: int | None = None

    def is_here(self, received: int) -> bool:
        """Whether so many bytes are enough for a thread."""
        return self.head and received >= self.enough


def look(received: bytes | bytearray) -> Arrival:
    """Judge what was received, from the first byte of a request on.

    A body must say its length (411): browsers always do, and a length said in two ways is how
    requests are smuggled past a proxy. Several lengths, or one that is no number, are left to
    gunicorn, which answers 400.
    """
    end = received.find(_END, 0, LONGEST_HEAD)
    if end < 0:
        return Arrival(refused=431 if len(received) >= LONGEST_HEAD else None)
    start = end + len(_END)
    lengths, asks_first = [], False
    for line in bytes(received[:end]).split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        name = name.strip().lower()
        if name == b"transfer-encoding":
            return Arrival(head=True, refused=411)
        if name == b"content-length":
            lengths.append(value.strip())
        elif name == b"expect":
            asks_first = value.strip().lower() == b"100-continue"
    if not lengths or len(lengths) > 1 or not lengths[0].isdigit() or len(lengths[0]) > 15:
        return Arrival(head=True, enough=start)
    length = int(lengths[0])
    if length > LONGEST_BODY:
        return Arrival(head=True, refused=413)
    return Arrival(
        head=True,
        enough=start + min(length, GATHERED_BODY),
        whole=length <= GATHERED_BODY,
        asks_first=asks_first and len(received) < start + length,
    )
