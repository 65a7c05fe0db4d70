"""Which papers are one person's: k of n elements agree, inside one group, in different waves.

Pure. A pair is taken for one person's only where nothing else could be meant. Where two papers of
one wave could both belong, or where so much agreement is to be expected between strangers of this
group, the pair is *ambiguous* and a person decides. A wrong link makes a change that nobody had,
so a missed one is the smaller harm.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import prod

#: So many strangers in a group may be expected to agree with a paper as much as its own person.
STRANGERS = 0.01


class State(StrEnum):
    """What is known of a paper: its person's first, or how it fits to an earlier one."""

    FIRST = "first"
    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"


@dataclass(frozen=True)
class Paper:
    """One person's papers of one wave; `wave` is its place in time, `marks` one for each element
    that was answered."""

    id: str
    wave: int
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Candidate:
    """Two papers of different waves that could be one person's, and in how much they agree."""

    one: str
    other: str
    agree: int
    compared: int


@dataclass
class Linked:
    """Papers by person, the state of each, and what a person has to decide."""

    people: list[list[str]] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    open: list[Candidate] = field(default_factory=list)


Rulings = Mapping[tuple[str, str], bool]


def link(papers: Iterable[Paper], needed: int, rulings: Rulings | None = None) -> Linked:
    """Put papers together by person. `needed` elements must agree; `rulings` say of two papers, the
    earlier first, whether a person held them to be one person's. The order of papers is nothing."""
    by_wave: dict[int, list[Paper]] = defaultdict(list)
    for paper in sorted(papers, key=lambda each: each.id):
        by_wave[paper.wave].append(paper)
    told = _Rules(needed, rulings or {}, _likeness(by_wave))
    linked = Linked()
    people: list[list[Paper]] = []
    for number in sorted(by_wave):
        people = _one_wave(people, by_wave[number], told, linked)
    linked.people = [[paper.id for paper in person] for person in people]
    return linked


@dataclass(frozen=True)
class _Rules:
    needed: int
    rulings: Rulings
    #: How likely two strangers of this group give the same answer to an element.
    likeness: Mapping[str, float]

    def expected(self, agreeing: Iterable[str], strangers: int) -> float:
        """How many of so many strangers would agree in all of these."""
        return strangers * prod(self.likeness.get(element, 1.0) for element in agreeing)


def _likeness(by_wave: Mapping[int, Sequence[Paper]]) -> dict[str, float]:
    """Counted within a wave, where each paper is another person's; with one pair more than there
    is, so that nothing is held to be impossible."""
    same: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for papers in by_wave.values():
        for element in {name for paper in papers for name in paper.marks}:
            counts = Counter(paper.marks[element] for paper in papers if element in paper.marks)
            total = counts.total()
            same[element] += sum(count * (count - 1) // 2 for count in counts.values())
            pairs[element] += total * (total - 1) // 2
    return {element: (same[element] + 1) / (pairs[element] + 1) for element in pairs}


def _one_wave(
    people: list[list[Paper]], papers: Sequence[Paper], told: _Rules, linked: Linked
) -> list[list[Paper]]:
    """Add the papers of the next wave to the people of those before."""
    found = _candidates(people, papers, told)
    chosen, doubtful = _choose(found, len(people), told)
    grown = [list(person) for person in people]
    for paper in papers:
        if paper.id in chosen:
            grown[chosen[paper.id]].append(paper)
            linked.states[paper.id] = State.MATCHED
            continue
        mine = [each for each in doubtful if each.candidate.other == paper.id]
        linked.open += [each.candidate for each in mine]
        alone = State.UNMATCHED if people else State.FIRST
        linked.states[paper.id] = State.AMBIGUOUS if mine else alone
        grown.append([paper])
    return grown


@dataclass(frozen=True)
class _Fit:
    person: int
    candidate: Candidate
    agreeing: frozenset[str]
    ruled: bool


def _candidates(
    people: Sequence[Sequence[Paper]], papers: Sequence[Paper], told: _Rules
) -> list[_Fit]:
    """Each person and paper that agree enough, by the best of the person's papers. Only papers that
    share an answer are looked at."""
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, person in enumerate(people):
        for each in person:
            for mark in each.marks.items():
                holders[mark].add(number)
    found = []
    for paper in papers:
        near = set().union(*(holders[mark] for mark in paper.marks.items() if mark in holders))
        near |= {
            number
            for number, person in enumerate(people)
            if any(told.rulings.get((each.id, paper.id)) for each in person)
        }
        found += [fit for number in sorted(near) if (fit := _fit(number, people, paper, told))]
    return found


def _fit(number: int, people: Sequence[Sequence[Paper]], paper: Paper, told: _Rules) -> _Fit | None:
    ruled = [told.rulings.get((each.id, paper.id)) for each in people[number]]
    if False in ruled:
        return None
    best = max(people[number], key=lambda each: (len(_agreeing(each, paper)), each.id))
    agreeing = _agreeing(best, paper)
    if True not in ruled and len(agreeing) < told.needed:
        return None
    compared = len(best.marks.keys() & paper.marks.keys())
    candidate = Candidate(best.id, paper.id, len(agreeing), compared)
    return _Fit(number, candidate, agreeing, True in ruled)


def _agreeing(one: Paper, other: Paper) -> frozenset[str]:
    return frozenset(name for name, mark in one.marks.items() if other.marks.get(name) == mark)


def _choose(
    found: Sequence[_Fit], strangers: int, told: _Rules
) -> tuple[dict[str, int], list[_Fit]]:
    """Which fits are certain, and which a person must look at."""
    ruled = [fit for fit in found if fit.ruled]
    chosen = {fit.candidate.other: fit.person for fit in ruled}
    left = [
        fit
        for fit in found
        if fit.candidate.other not in chosen and fit.person not in chosen.values()
    ]
    certain = [fit for fit in left if _is_certain(fit, left, strangers, told)]
    taken = {fit.person for fit in certain}
    chosen |= {fit.candidate.other: fit.person for fit in certain}
    doubtful = [
        fit for fit in left if fit.candidate.other not in chosen and fit.person not in taken
    ]
    return chosen, doubtful


def _is_certain(fit: _Fit, found: Sequence[_Fit], strangers: int, told: _Rules) -> bool:
    """Whether nothing else could be meant: no rival, or one that agrees in less while these agree
    in everything; and no stranger who agrees as much is to be expected."""
    rivals = [
        each
        for each in found
        if each is not fit
        and (each.person == fit.person or each.candidate.other == fit.candidate.other)
    ]
    whole = fit.candidate.agree == fit.candidate.compared
    if rivals and not (whole and all(each.agreeing < fit.agreeing for each in rivals)):
        return False
    return told.expected(fit.agreeing, max(strangers, 1)) <= STRANGERS
