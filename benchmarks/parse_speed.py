"""How long the parser needs for one plain-text bulletin of 2.4 KB and 19 lines, on one core.

    python benchmarks/parse_speed.py

Writes 200 different bulletins, parses each several times, and prints the quickest and the median time.
"""

from __future__ import annotations

import random
import statistics
import time

from feedpub.model import Hints
from feedpub.parse import parse

BULLETINS, ROUNDS = 200, 7
NOUNS = (
    "harbour",
    "bridge",
    "council",
    "ferry",
    "library",
    "school",
    "orchard",
    "tunnel",
    "museum",
    "market",
)
VERBS = ("opens", "closes", "moves", "doubles", "repairs", "paints", "sells", "counts", "praises", "borrows")
REST = (
    "after eleven months of repairs which the engineer had called simple",
    "with the help of forty volunteers",
    "although the committee wanted to wait until the spring", "for the first time since the winter of 1987",
    "because the old one had been lent to a neighbouring town", "as the mayor promised before the election",
)  # fmt: skip


def sentence(dice: random.Random, *, stop: str) -> str:
    """Write one sentence of about 130 characters."""
    first, second = dice.sample(NOUNS, 2)
    return f"The {first} {dice.choice(VERBS)} the {second} {dice.choice(REST)}, {dice.choice(REST)}{stop}"


def title(dice: random.Random) -> str:
    """Write a headline of about 40 characters."""
    subject, thing, place = dice.sample(NOUNS, 3)
    return f"{subject} {dice.choice(VERBS)} {thing} near the {place}".title()


def bulletin(number: int) -> bytes:
    """Write a date line with headline, four paragraphs and seven teasers."""
    dice = random.Random(number)
    lines = [f" date 2024-10-21 {title(dice)}"]
    lines += [f"{sentence(dice, stop='.')} {sentence(dice, stop='.')}" for _ in range(4)]
    for _ in range(7):
        lines += [title(dice), sentence(dice, stop="")]
    return "\n".join(lines).encode()


def main() -> None:
    """Measure and print."""
    hints = Hints(name="bulletin.txt", language="en")
    corpus = [bulletin(number) for number in range(BULLETINS)]
    spent: list[float] = []
    for _ in range(ROUNDS):
        for raw in corpus:
            begun = time.process_time()
            parse(raw, hints)
            spent.append(time.process_time() - begun)
    size = sum(map(len, corpus)) / len(corpus)
    lines = corpus[0].count(b"\n") + 1
    print(f"{len(corpus)} bulletins of {size:,.0f} bytes and {lines} lines")
    print(f"quickest {min(spent) * 1000:.3f} ms, median {statistics.median(spent) * 1000:.3f} ms")


if __name__ == "__main__":
    main()
