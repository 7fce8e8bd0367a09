"""What a gap between groups says of the groups it sets side by side, and whether that gives a hidden one away.

The ratio of a shown group to all others says how many the others have: to half a step, where a sum of rounded figures would
leave more room. Days and rows under the groups are taken as known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from data.disclosure import Bound, Contradiction, Rules, exposed, known_of, rounded
from data.releases.earlier import LEFT_OUT
from data.releases.model import Gap
from metrics.releasing.figures import Figure

RATIO_STEP, POINTS_STEP = 0.05, 5.0


def safe_gaps(
    gaps: Sequence[Gap], figures: Sequence[Figure], known: Sequence[str], total: tuple[float, float], rules: Rules
) -> list[Gap]:
    """The gaps of one outcome of one setting; without any estimate where they narrow a hidden group down.

    ``figures``: of every group. ``known``: the groups that are set beside each other. ``total``: the least and the most that
    a reader can say of all of them together.
    """
    there = {
        each.members.unit.name: each for each in figures if each.found is not None and each.why != LEFT_OUT
    }  # fmt: skip
    number = {name: n for n, name in enumerate(there)}
    hidden = [(number[name],) for name, each in there.items() if each.why is not None]
    bounds = [Bound(tuple(number.values()), *total)]
    bounds += [
        known_of((number[name],), rounded(each.count, rules), rules) for name, each in there.items() if each.why is None
    ]
    for gap in gaps:
        others = [name for name in known if name in there and name != gap.word]
        if gap.estimate is not None and gap.word in there:
            bounds.append(_of_others(gap, there[gap.word], [there[name] for name in others], rules, number))
    try:
        told = exposed(len(number), bounds, [], hidden, rules)
    except Contradiction:  # a gap that is worked out otherwise: then nobody can say what it tells
        told = [0]
    if not told:
        return list(gaps)
    nothing = {"scale": None, "estimate": None, "low": None, "high": None, "reason": "too_few_to_show"}
    return [replace(gap, **nothing) for gap in gaps]  # type: ignore[arg-type]


def _of_others(gap: Gap, group: Figure, others: Sequence[Figure], rules: Rules, number: dict[str, int]) -> Bound:
    """The least and the most that all others have together, from the group's own figure and the gap."""
    assert group.found is not None and gap.estimate is not None
    own = known_of((), rounded(group.count, rules), rules)
    over = sum(each.found.denominator for each in others if each.found is not None) / group.found.denominator
    atoms = tuple(number[each.members.unit.name] for each in others)
    if gap.scale == "ratio":
        half = RATIO_STEP / 2
        if gap.estimate <= half or not own.high:
            return Bound(atoms, 0.0, math.inf)
        return Bound(atoms, own.low * over / (gap.estimate + half), own.high * over / (gap.estimate - half))
    rows, half = over * group.found.denominator, POINTS_STEP / 2
    low, high = (gap.estimate + sign * half for sign in (1, -1))
    return Bound(atoms, max(0.0, own.low * over - rows * low / 100), max(0.0, own.high * over - rows * high / 100))
