"""Why the system did not do what it was asked, in words that can be said in other languages."""

import errno

from edu.lessons.mistakes import Message
from edu.lessons.words import N_

_WORDS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("this user's share of the disk is full"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EIO: N_("the disk does not do its work"),
    errno.EACCES: N_("this user may not do it"),
    errno.EPERM: N_("this user may not do it"),
    errno.ENOENT: N_("the folder is not there"),
    errno.EADDRINUSE: N_("another program has it"),
    errno.EADDRNOTAVAIL: N_("this machine has no such address"),
}


def why(error: OSError) -> str:
    """The reason; what is seldom is told in the system's own words."""
    known = _WORDS.get(error.errno or 0)
    return Message(known) if known else error.strerror or type(error).__name__
