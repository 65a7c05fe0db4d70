"""How often something may be tried: enough for a classroom behind one address, not for a robot.

Three counts work together. *Who* is the name or the organisation that is tried for. *Address* is
where the tries come from; a school may stand behind it. *Whole* is the server: past it nothing is
closed, but each address has fewer tries left, so that an attack from many places is slow and yet
nobody's classroom is locked out by it.
"""

import ipaddress
from collections.abc import Mapping
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


#: 31 signs ** 8 for a join code, 10 ** 11 for a card: at these rates a guess that fits takes years.
BRAKES: Mapping[str, Brake] = {
    # A code that nobody has. Sixty people who type with cold fingers make a few mistakes.
    "wrong code": Brake(parse("60/10 minutes"), parse("600/10 minutes"), parse("10/10 minutes")),
    # A new card. *Who* is the organisation: a stranger with its code cannot fill it overnight.
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
    # A link of ours that is false: invitations, new passwords.
    "wrong link": Brake(parse("30/10 minutes"), parse("600/10 minutes"), parse("5/10 minutes")),
    # A letter with a link for a new password.
    "letter": Brake(parse("20/hour"), parse("200/hour"), parse("3/hour"), parse("3/hour")),
}


class Brakes:
    """Counts tries, and says when there were too many."""

    def __init__(self, storage: DatabaseStorage) -> None:
        self.storage = storage
        self._limiter = FixedWindowRateLimiter(storage)

    def is_open(self, kind: str, address: str, who: str = "") -> bool:
        """Whether one more try may be made. Reads only."""
        brake = BRAKES[kind]
        if who and brake.who and not self._limiter.test(brake.who, kind, "who", who):
            return False
        home = network(address)
        if not self._limiter.test(brake.address, kind, "address", home):
            return False
        if self._limiter.test(brake.whole, kind, "whole"):
            return True
        return self._limiter.test(brake.tight, kind, "tight", home)

    def count(self, kind: str, address: str, who: str = "") -> None:
        """One try was made. Writes; never call it while a request holds the write lock."""
        brake = BRAKES[kind]
        home = network(address)
        if who and brake.who:
            self._limiter.hit(brake.who, kind, "who", who)
        self._limiter.hit(brake.address, kind, "address", home)
        self._limiter.hit(brake.tight, kind, "tight", home)
        self._limiter.hit(brake.whole, kind, "whole")

    def minutes(self, kind: str) -> int:
        """After how many minutes at most a closed brake opens again."""
        return int(BRAKES[kind].address.get_expiry() // 60)


def network(address: str) -> str:
    """Whom an address stands for: itself, or with IPv6 its network, of which one home has all."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if known.version == 6:
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
