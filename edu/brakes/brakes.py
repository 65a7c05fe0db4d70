"""How often something may be tried: enough for a classroom behind one address, not for a robot.

Three counts work together. *Who* is the name or the organisation that is tried for. *Address* is
where the tries come from; a school may stand behind it. *Whole* is the server: past it nothing is
closed, but each address has fewer tries left, so that an attack from many places is slow and yet
nobody's classroom is locked out by it.
"""

import ipaddress
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from edu.brakes.storage import DatabaseStorage


@dataclass(frozen=True)
class Brake:
    """The limits of one kind of try."""

    address: RateLimitItem
    whole: RateLimitItem
    #: For each address, once the whole server has seen too many.
    tight: RateLimitItem
    who: RateLimitItem | None = None


#: A join code is one of 31 ** 8, a card one of 10 ** 11. Once the whole server is under attack each
#: address has ten tries in ten minutes: a thousand addresses need about a week for the first of
#: ten thousand cards, and a card shows no answer.
BRAKES: Mapping[str, Brake] = {
    # A code that nobody has. Sixty people who type with cold fingers make a few mistakes.
    "wrong code": Brake(parse("60/10 minutes"), parse("600/10 minutes"), parse("10/10 minutes")),
    # A new card. *Who* is the group: a stranger with its code cannot fill it overnight, and does
    # not keep the next group from joining.
    "new card": Brake(
        parse("240/10 minutes"), parse("6000/hour"), parse("90/10 minutes"), parse("1200/hour")
    ),
    # *Who* is the name to sign in with, apart for devices that were signed in before.
    "wrong password": Brake(
        parse("60/15 minutes"),
        parse("600/15 minutes"),
        parse("6/15 minutes"),
        parse("10/15 minutes"),
    ),
    "wrong second step": Brake(
        parse("60/15 minutes"),
        parse("600/15 minutes"),
        parse("6/15 minutes"),
        parse("10/15 minutes"),
    ),
    # A passkey that was asked for and not shown. Nobody guesses one; each asking is kept in a row.
    "wrong passkey": Brake(parse("60/15 minutes"), parse("600/15 minutes"), parse("6/15 minutes")),
    # A link of ours that is false: invitations, new passwords.
    "wrong link": Brake(parse("30/10 minutes"), parse("600/10 minutes"), parse("5/10 minutes")),
    # What a community says of a draft. *Who* is the link: a village may stand behind one address.
    "reading": Brake(
        parse("60/10 minutes"), parse("1200/hour"), parse("20/10 minutes"), parse("300/hour")
    ),
    # A letter with a link for a new password.
    "letter": Brake(parse("20/hour"), parse("200/hour"), parse("3/hour"), parse("3/hour")),
}


class Brakes:
    """Counts tries, and says when there were too many."""

    def __init__(self, storage: DatabaseStorage) -> None:
        self.storage = storage
        self._limiter = FixedWindowRateLimiter(storage)

    def seconds_closed(self, kind: str, address: str, who: str = "") -> int:
        """For how many seconds no further try may be made; 0 when one may. Reads only."""
        return _closed_for(
            {
                name: self._seconds_left(limit, keys)
                for name, limit, keys in _counts(kind, address, who)
                if not self._limiter.test(limit, *keys)
            }
        )

    def _seconds_left(self, limit: RateLimitItem, keys: tuple[str, ...]) -> int:
        ends_at = self._limiter.get_window_stats(limit, *keys).reset_time
        return max(1, math.ceil(ends_at - time.time()))

    def count(self, kind: str, address: str, who: str = "", amount: int = 1) -> None:
        """So many tries were made; -1 gives one back that was counted beforehand and was right.
        Writes; never call it while a request holds the write lock."""
        for _name, limit, keys in _counts(kind, address, who):
            self._limiter.hit(limit, *keys, cost=amount)

    def take(self, kind: str, address: str, who: str = "") -> int:
        """Count one try before it is made; returns for how many seconds it may not be made, or 0.
        However many come in one moment, only as many as the limit allows are told 0. Writes."""
        return _closed_for(
            {
                name: self._seconds_left(limit, keys)
                for name, limit, keys in _counts(kind, address, who)
                if not self._limiter.hit(limit, *keys)
            }
        )


def _closed_for(full: dict[str, int]) -> int:
    """The longest of what is full, in seconds. The whole server and this address's few tries
    close only together: it has seen too many, and this address has used up its few."""
    apart = {name: left for name, left in full.items() if name not in ("whole", "tight")}
    both = full if {"whole", "tight"} <= full.keys() else apart
    return max(both.values(), default=0)


def _counts(
    kind: str, address: str, who: str
) -> Iterator[tuple[str, RateLimitItem, tuple[str, ...]]]:
    """What is counted for one try: a name, the limit, and under which key."""
    brake, home = BRAKES[kind], network(address)
    # A provider gives one customer up to 65,536 networks: in an attack they are one.
    many = network(address, wide=True)
    if who and brake.who:
        yield "who", brake.who, (kind, "who", who)
    yield "address", brake.address, (kind, "address", home)
    yield "tight", brake.tight, (kind, "tight", many)
    yield "whole", brake.whole, (kind, "whole")


def network(address: str, *, wide: bool = False) -> str:
    """Whom an address stands for: itself, or with IPv6 its network, of which one home has all;
    `wide`: all networks that one customer of a provider may have."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if known.version == 6:
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 48 if wide else 64), strict=False))
    return str(known)
