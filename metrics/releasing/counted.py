"""What outcomes count, and what one count says of another: one is a part of the other, or they exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from metrics.model import Outcome
from metrics.releasing.figures import is_additive

Where = frozenset[tuple[str, frozenset[str]]]
Key = tuple[str, str, Where]
"""What is counted: the manner (rows, on time, due, people, moves), the table, the filter."""


def keys_of(outcome: Outcome) -> tuple[Key, Key | None]:
    """(what its numerator counts, what its denominator counts); None where the denominator is days or people."""
    own = _where(outcome.counts.where)
    if outcome.kind == "score":
        return ("rows", outcome.table, own | _where({"answer": ("score",)})), None
    if outcome.kind == "share" and outcome.over is not None and is_additive(outcome):
        over = _where(outcome.over.where)
        narrower = _where({**outcome.over.where, **outcome.counts.where})
        if outcome.share_of == "on_time":
            return ("on time", outcome.table, narrower), ("due", outcome.table, over)
        return ("rows", outcome.table, narrower), ("rows", outcome.table, over)
    return (outcome.kind if outcome.kind != "rate" else "rows", outcome.table, own), None


def families(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """Outcomes whose counts say something of each other: one is part of the other, or one is what the other is out of."""
    keys = {outcome.code: [key for key in keys_of(outcome) if key is not None] for outcome in outcomes}
    groups: list[list[Outcome]] = []
    for outcome in outcomes:
        touching = [
            group
            for group in groups
            if any(
                _related(one, other)
                for each in group
                for one in keys[each.code]
                for other in keys[outcome.code]
            )
        ]  # fmt: skip
        merged = [each for group in touching for each in group] + [outcome]
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def parts(whole: Key, keys: Iterable[Key]) -> list[tuple[Key, ...]]:
    """The parts of a count, put together where they exclude each other."""
    inside = sorted((key for key in keys if _within(key, whole)), key=repr)
    apart: list[list[Key]] = []
    for key in inside:
        fitting = next((group for group in apart if all(_apart(key, each) for each in group)), None)
        if fitting is None:
            apart.append([key])
        else:
            fitting.append(key)
    return [tuple(group) for group in apart]


def _within(part: Key, whole: Key) -> bool:
    """Whether every row of the one is a row of the other."""
    if part == whole or part[1] != whole[1] or not (part[0] == whole[0] or (part[0], whole[0]) == ("on time", "due")):
        return False
    narrow = dict(part[2])
    return all(column in narrow and narrow[column] <= words for column, words in whole[2])


def _apart(one: Key, other: Key) -> bool:
    """Whether no row can be in both."""
    mine, theirs = dict(one[2]), dict(other[2])
    return any(column in theirs and not (words & theirs[column]) for column, words in mine.items())


def _related(one: Key, other: Key) -> bool:
    return one == other or _within(one, other) or _within(other, one)


def _where(where: Mapping[str, Sequence[str]]) -> Where:
    return frozenset((column, frozenset(word.lower() for word in words)) for column, words in where.items())
