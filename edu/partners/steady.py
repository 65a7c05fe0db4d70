"""Time that does not jump: seconds since the machine was switched on, and which run it is.

A small box without a battery starts in the past and is put right later. Counting by the clock
would then sign everybody out, or keep them signed in for years.
"""

import functools
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Moment:
    """Now, told in both ways."""

    at: datetime  # UTC, without a zone, as the database keeps it
    boot: str  # empty where the machine does not say
    second: int


@functools.cache
def _boot() -> str:
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


def moment() -> Moment:
    """This moment."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return Moment(now, _boot(), int(time.clock_gettime(clock)))


def seconds_between(earlier: Moment, now: Moment) -> int:
    """How many seconds passed; never less than none. In one run of the machine the steady
    seconds count, whatever happened to the clock; across runs only the clock can tell."""
    if earlier.boot and earlier.boot == now.boot:
        return max(0, now.second - earlier.second)
    return max(0, int((now.at - earlier.at) / timedelta(seconds=1)))
