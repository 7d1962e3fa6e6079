"""The best labelling of all lines at once: Viterbi over the state machine, and how clear the choice is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from feedpub.parse import machine
from feedpub.parse.bits import BITS, STEPS
from feedpub.parse.source import Claim
from feedpub.parse.weights import LINE, ROLES, STEP

NAMES = tuple(machine.STATES)
INDEX = {name: place for place, name in enumerate(NAMES)}
NEVER = -1e9
BEAM = 5.0  # points; what was farther behind the best at some line caught up in no case that was clear
NARROW = 4.0  # for very many lines, whose habit is plain long before the end

Rows = Mapping[str, tuple[str, tuple[float, ...]]]
Steps = Mapping[str, tuple[str, Mapping[str, float]]]
Scores = dict[int, float]
Origins = dict[int, int]
Ways = tuple[tuple[tuple[int, float], ...], ...]


@dataclass(slots=True)
class Labelling:
    """The states of all lines, and what would have been chosen instead."""

    path: list[int]
    total: float
    margins: list[float]  # by how much the best other reading of each line falls behind
    rivals: list[int]  # the state of each line in that other reading
    probability: float | None = None  # of the whole, where several readings were judged


class Reader:
    """The machine and the tables, ready to read."""

    def __init__(
        self,
        *,
        line: Rows = LINE,
        step: Steps = STEP,
        arcs: Mapping[str, Mapping[str, float]] = machine.ARCS,
        start: Mapping[str, float] = machine.START,
        final: Mapping[str, float] = machine.FINAL,
    ) -> None:
        self._roles = tuple(ROLES.index(role) for role in machine.STATES.values())
        self.final = tuple(final.get(name, 0.0) for name in NAMES)
        self._start = {INDEX[name]: price for name, price in start.items()}
        self._line = [(BITS[name], row) for name, (_, row) in line.items()]
        self._step = [(STEPS[name], row) for name, (_, row) in step.items()]
        self._arcs = [
            [(INDEX[to], price, machine.kind(source, to)) for to, price in arcs.get(source, {}).items()]
            for source in NAMES
        ]
        self.emission = lru_cache(maxsize=16_384)(self._emission)
        self.ways = lru_cache(maxsize=2_048)(self._ways)
        self.origins = lru_cache(maxsize=2_048)(self._reversed)

    def _emission(self, mask: int) -> tuple[float, ...]:
        """Sum what a line's observations add to each state."""
        rows = [row for bit, row in self._line if mask & bit]
        totals = [sum(column) for column in zip(*rows, strict=True)]
        return tuple([totals[role] for role in self._roles])

    def _ways(self, step: int) -> Ways:
        """Return where one may go from each state, and at what price, given what the step looks like."""
        rows = [row for bit, row in self._step if step & bit]
        extra = {kind: sum(row.get(kind, 0.0) for row in rows) for kind in machine.KINDS}
        return tuple(tuple((to, price + extra[kind]) for to, price, kind in arcs) for arcs in self._arcs)

    def _reversed(self, step: int) -> Ways:
        """Return from where one may come to each state, and at what price."""
        origins: list[list[tuple[int, float]]] = [[] for _ in NAMES]
        for source, ways in enumerate(self.ways(step)):
            for target, price in ways:
                origins[target].append((source, price))
        return tuple(tuple(each) for each in origins)

    def label(
        self,
        masks: Sequence[int],
        steps: Sequence[int],
        *,
        allowed: Sequence[frozenset[int]] | None = None,
        beam: float = BEAM,
    ) -> tuple[list[int], float]:
        """Return the best state of every line and the total; `allowed` bounds the states of each line."""
        fronts, origins = self.forward(masks, steps, allowed, beam)
        return self._trace(fronts, origins)

    def read(
        self, masks: Sequence[int], steps: Sequence[int], *, allowed: Sequence[frozenset[int]] | None = None
    ) -> Labelling:
        """Label the lines and tell how clear each choice is; bounds that no path can keep are not kept."""
        fronts, origins = self.forward(masks, steps, allowed, 1e9 if allowed else BEAM)
        if not fronts[-1]:
            fronts, origins = self.forward(masks, steps, None, BEAM)
        path, total = self._trace(fronts, origins)
        margins, rivals = self._rivals(fronts, path, total, masks, steps)
        return Labelling(path, total, margins, rivals)

    def skim(self, masks: Sequence[int], steps: Sequence[int], first: int) -> Labelling:
        """Label very many lines; only the first ones tell how clear the choice is."""
        path, total = self.label(masks, steps, beam=NARROW)
        sample = self.read(masks[:first], steps[:first])
        margins = sample.margins + [min(sample.margins)] * (len(path) - first)
        return Labelling(path, total, margins, sample.rivals + path[first:])

    def forward(
        self,
        masks: Sequence[int],
        steps: Sequence[int],
        allowed: Sequence[frozenset[int]] | None,
        beam: float,
    ) -> tuple[list[Scores], list[Origins]]:
        """Walk down the lines, keeping the best score of each state that is still in the running."""
        first = self.emission(masks[0])
        front = {state: price + first[state] for state, price in self._start.items()}
        if allowed:
            front = {state: value for state, value in front.items() if state in allowed[0]}
        fronts: list[Scores] = [front]
        origins: list[Origins] = [{}]
        for place in range(1, len(masks)):
            added = self.emission(masks[place])
            ways = self.ways(steps[place])
            new: Scores = {}
            get = new.get
            came: Origins = {}
            for state, score in front.items():
                for to, price in ways[state]:
                    value = score + price
                    if value > get(to, NEVER):
                        new[to] = value
                        came[to] = state
            bounds = allowed[place] if allowed else new
            new = {state: value + added[state] for state, value in new.items() if state in bounds}
            least = max(new.values(), default=0.0) - beam
            front = {state: value for state, value in new.items() if value >= least}
            fronts.append(front)
            origins.append(came)
        return fronts, origins

    def _trace(self, fronts: list[Scores], origins: list[Origins]) -> tuple[list[int], float]:
        """Walk back up from the best end."""
        ends = {state: score + self.final[state] for state, score in fronts[-1].items()}
        if not ends:
            return [], -1e9
        state = max(ends, key=ends.__getitem__)
        total = ends[state]
        path = [state]
        for came in reversed(origins[1:]):
            state = came[state]
            path.append(state)
        path.reverse()
        return path, total

    def _rivals(
        self, fronts: list[Scores], path: list[int], total: float, masks: Sequence[int], steps: Sequence[int]
    ) -> tuple[list[float], list[int]]:
        """Walk back up with all survivors: the best whole reading in which a line is something else."""
        onward = {state: self.final[state] for state in fronts[-1]}
        margins = [0.0] * len(path)
        rivals = list(path)
        for place in range(len(path) - 1, -1, -1):
            front, meaning = fronts[place], MEANINGS[path[place]]
            best, rival = total - BEAM, path[place]
            for state, rest in onward.items():
                value = front[state] + rest
                if value > best and MEANINGS[state] != meaning:
                    best, rival = value, state
            margins[place], rivals[place] = total - best, rival
            if place:
                onward = self._backward(
                    fronts[place - 1], onward, self.emission(masks[place]), self.ways(steps[place])
                )
        return margins, rivals

    @staticmethod
    def _backward(front: Scores, onward: Scores, added: tuple[float, ...], ways: Ways) -> Scores:
        ahead = {to: rest + added[to] for to, rest in onward.items()}
        new: Scores = {}
        for state in front:
            best = NEVER
            for to, price in ways[state]:
                if to in ahead and price + ahead[to] > best:
                    best = price + ahead[to]
            if best > NEVER:
                new[state] = best
        return new


def _meaning(name: str) -> str:
    """Return what a state makes of a line in the parsed bulletin."""
    if name in {"headline", "opening", "multi_item"}:
        return name
    if name in {"deck", "paragraph", "last", "subhead"}:
        return "lead text"
    if name in {"preface", "aside"} or name.endswith(("_section", "_trailer", "_mid")):
        return "nothing"
    return "title" if name == "inset" or name.endswith("_title") else "text"


# What a line of text may be in marked-up formats; their furniture was left out before.
_TEXTS = frozenset({"deck", "paragraph", "early_text", "pair_text", "multi_text"})


def bounds(claims: Sequence[Claim | None]) -> list[frozenset[int]]:
    """Return the states that what markup says leaves to each line."""
    led = Claim.LEAD in claims
    by_claim = {
        claim: frozenset(INDEX[name] for name in NAMES if _fits(name, claim, led=led)) for claim in Claim
    }
    return [by_claim[claim] if claim else frozenset(range(len(NAMES))) for claim in claims]


def _fits(name: str, claim: Claim, *, led: bool) -> bool:
    titled = name.endswith("_title")
    if claim is Claim.LEAD:
        return name == "headline"
    if claim is Claim.TITLE:
        return titled or (name == "headline" and not led)
    return name in _TEXTS or (name == "opening" and not led)


MEANINGS = tuple(_meaning(name) for name in NAMES)
READER = Reader()
