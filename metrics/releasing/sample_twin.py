"""A synthetic twin of a release: rows made up from how often the released classes come, for trying out code."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from data.releases.sample_model import SampleColumn

SYNTHETIC = "SYNTHETIC"


def twin_rows(
    columns: Sequence[SampleColumn], rows: Sequence[Sequence[str]], seed: int, *, k: int, least_words: int
) -> tuple[tuple[str, ...], ...]:
    """As many rows as the release has, about: classes drawn by their frequency, sensitive words by theirs in the whole.

    What somebody said is never drawn from their own class, so no row can carry it. A class that is drawn comes at least
    k times, with at least ``least_words`` words in each sensitive column; one that does not is left out.
    """
    chance = random.Random(seed)
    known = [place for place, column in enumerate(columns) if column.part == "known"]
    sensitive = [place for place, column in enumerate(columns) if column.part == "sensitive"]
    classes = Counter(tuple(row[place] for place in known) for row in rows)
    if not classes:
        return ()
    words = {place: [row[place] for row in rows] for place in sensitive}
    names = sorted(classes)
    drawn = Counter(chance.choices(names, [classes[name] for name in names], k=len(rows)))
    made: list[dict[int, str]] = []
    for name in sorted(drawn):
        size = max(k, drawn[name])
        told = {place: [chance.choice(words[place]) for _ in range(size)] for place in sensitive}
        if any(len(set(each)) < least_words for each in told.values()):
            continue
        for number in range(size):
            row = dict(zip(known, name, strict=True))
            made.append(row | {place: told[place][number] for place in sensitive})
    chance.shuffle(made)
    return tuple(
        tuple(f"{SYNTHETIC}{number:05d}" if column.part == "id" else row[place] for place, column in enumerate(columns))
        for number, row in enumerate(made, start=1)
    )
