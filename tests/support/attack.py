"""Somebody who knows much about everybody, and looks for them in a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.anonymising import WITHHELD, Ladder

LARGEST = {"0": 0, "1 to 4": 4, "5 to 19": 19}
"""The most events a band can stand for; the others have no end."""


def words_of(true: str, column: str, ladders: Sequence[Ladder]) -> set[str]:
    """Every word under which somebody with this true word may stand in a release."""
    found = {true, WITHHELD}
    for ladder in ladders:
        if column in ladder.columns:
            for step in ladder.steps:
                found |= {step.get(word, word) for word in found}
    return found


def could_be(
    row: Mapping[str, str],
    true: Mapping[str, str],
    known_events: Mapping[str, int],
    ladders: Sequence[Ladder],
) -> bool:
    """Whether a released row may be the person: what is known of them fits, and it has room for the events known."""
    for column, word in row.items():
        if column in known_events:
            if LARGEST.get(word, 10**9) < known_events[column]:
                return False
        elif column in true and word not in words_of(true[column], column, ladders):
            return False
    return True


def singled_out(
    released: Sequence[Mapping[str, str]],
    people: Sequence[tuple[Mapping[str, str], Mapping[str, int]]],
    ladders: Sequence[Ladder],
) -> int:
    """How many people have exactly one row left that could be theirs."""
    alike: dict[tuple[tuple[str, str], ...], int] = {}
    for row in released:
        key = tuple(sorted(row.items()))
        alike[key] = alike.get(key, 0) + 1
    return sum(
        sum(count for row, count in alike.items() if could_be(dict(row), true, events, ladders)) == 1
        for true, events in people
    )
