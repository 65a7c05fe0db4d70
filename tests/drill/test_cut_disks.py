"""The disk that forgets: what was flushed is there after a cut, and of the rest any pieces."""

import random

from tests.drill.cut_disks import CutDisk, Operation


def write(place: int, data: bytes) -> Operation:
    return Operation("write", "file", place, data)


FLUSH = Operation("flush", "file")


def rests(disk: CutDisk) -> set[bytes]:
    """Everything that may be found after a cut."""
    return {disk.after_a_cut(random.Random(seed)).get("file", b"") for seed in range(400)}


def test_what_was_flushed_is_there_after_every_cut() -> None:
    disk = CutDisk({})
    for operation in (write(0, b"a" * 512), FLUSH, write(0, b"b" * 512)):
        disk.do(operation)
    assert rests(disk) == {b"a" * 512, b"b" * 512}


def test_pieces_of_512_bytes_arrive_in_any_order() -> None:
    disk = CutDisk({"file": bytearray(1024)})
    disk.do(write(0, b"x" * 1024))
    old, new = bytes(512), b"x" * 512
    assert rests(disk) == {old + old, old + new, new + old, new + new}


def test_a_file_that_was_never_flushed_may_be_missing() -> None:
    disk = CutDisk({})
    disk.do(write(0, b"x"))
    assert rests(disk) == {b"", b"x"}


def test_a_truncation_is_certain_only_when_flushed() -> None:
    disk = CutDisk({"file": bytearray(b"abc")})
    disk.do(Operation("truncate", "file", 1))
    assert rests(disk) == {b"abc", b"a"}
    disk.do(FLUSH)
    assert rests(disk) == {b"a"}
