"""`python -m tests.slow --sockets 1000 --url http://127.0.0.1:8000/`: how slow phones are borne.

Ends with 1 when a check was not answered in time.
"""

import argparse
import asyncio
import sys

from tests.slow.phones import aim_at, crowd


def main() -> int:
    """Print what the sockets met and how each check went."""
    parser = argparse.ArgumentParser(prog="python -m tests.slow", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000/")
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--checks", type=int, default=10, help="for each path")
    parser.add_argument("--path", action="append", help="a page to check; may be given again")
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between two bytes")
    parser.add_argument("--within", type=float, default=0.5, help="seconds for a check")
    given = parser.parse_args()
    paths = given.path or ["/health", "/en/", "/en/return"]
    seen = asyncio.run(
        crowd(
            aim_at(given.url),
            sockets=given.sockets,
            paths=paths,
            checks=given.checks * len(paths),
            pause=given.pause,
        )
    )
    print("sockets:", ", ".join(f"{count} {what}" for what, count in sorted(seen.sockets.items())))
    for path in paths:
        mine = [(status, took) for asked, status, took in seen.checks if asked == path]
        good = sum(status == 200 and took < given.within for status, took in mine)
        worst = max(took for _, took in mine)
        print(f"{path}: {good} of {len(mine)} within {given.within} s, worst {worst * 1000:.0f} ms")
    good = seen.good(given.within)
    print(f"together: {good} of {len(seen.checks)}")
    return 0 if good == len(seen.checks) else 1


if __name__ == "__main__":
    sys.exit(main())
