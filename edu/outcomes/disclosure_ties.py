"""Which batches must go together when one of them is no longer whole.

A person is in a batch for each scale and wave, with other people in each. When she withdraws, all
of them are broken: whoever has the rows of before and after that sees which people lost one scale,
which another, and who lost both. So whatever shares a person with a broken batch goes too, and
whatever shares one with that: people leave the rows whole, and never fewer than a batch.
"""

from collections.abc import Collection, Iterable, Mapping

#: By batch: who is in it.
Members = Mapping[int, Collection[str]]


def units_of(members: Members) -> dict[str, str]:
    """By person: one name for all who are tied to one another. Where they are counted together on
    the next scale too, ties stay few, and little goes when somebody withdraws."""
    found: dict[str, str] = {}
    batches = _by_person(members)
    for person in sorted(batches):
        ahead = [] if person in found else [person]
        while ahead:
            each = ahead.pop()
            if each not in found:
                found[each] = person
                ahead += [other for batch in batches[each] for other in members[batch]]
    return found


def tied(members: Members, broken: Iterable[int]) -> set[int]:
    """The broken batches, and all that are tied to them by somebody; `members` by batch."""
    batches = _by_person(members)
    gone: set[int] = set()
    ahead = list(broken)
    while ahead:
        batch = ahead.pop()
        if batch in gone:
            continue
        gone.add(batch)
        for person in members.get(batch, ()):
            ahead += batches[person] - gone
    return gone


def _by_person(members: Members) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for batch, people in members.items():
        for person in people:
            found.setdefault(person, set()).add(batch)
    return found
