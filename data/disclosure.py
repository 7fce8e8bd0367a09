"""What may be shown of figures that are about people: thresholds, rounding, dominance, and proof that nothing hidden can be worked out.

People are counted, never rows: 80 events of one person are one person. Every figure that is shown is rounded, the same
way every time. A figure that is hidden must still be able to be any number from one to the threshold, given everything
that is shown beside it and was shown before; where it is not, more is hidden.

Sources: NHS England, method for HES and ECDS (2018: 1 to 7 hidden, the rest to the nearest 5); OpenSAFELY, statistical
disclosure control (7 or fewer people, nearest 5); SACRO (dominance: two largest 90 %); ONS, threshold of 10. See
docs/data-protection.md. The settings can be made stricter; below the floors in this file they cannot be brought.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, csr_matrix, hstack, vstack

RULES_VERSION = "1"
NEARLY = 1e-6

Why = Literal[
    "too_few_people", "too_few_events", "too_few_under", "one_person", "two_people", "too_few_services", "one_service",
    "none_or_all", "people_unknown",
]  # fmt: skip
"""Why a figure is hidden by itself; ``complementary`` and ``hidden_before`` come from what stands around it."""


class BelowFloor(ValueError):
    """A setting would hide less than the product allows; the message names all of them."""


class Contradiction(ValueError):
    """What was shown cannot all be true at once: figures of an earlier release no longer fit the record."""


@dataclass(frozen=True)
class Rules:
    """The settings of a release to commissioners. Raises BelowFloor, naming every setting that hides too little."""

    fewest_people: int = 8
    """Different people who contribute to a count."""
    fewest_events: int = 8
    """The count itself; a nought is shown."""
    fewest_under: int = 10
    """People under a figure: those living there, asked or looked at. Means and shares need as many."""
    rounding: int = 5
    """Counts and denominators are rounded to the nearest of these."""
    most_of_one_person: float = 0.5
    most_of_two_people: float = 0.9
    """The part of a count that one person, and the two with most, may make up."""
    fewest_services: int = 3
    most_of_one_service: float = 0.7
    """How many services a group or total has, and the part of its count that one of them may make up."""
    sensitive_under: int = 20
    """Below this many people, none and all are hidden where the outcome is sensitive."""

    def __post_init__(self) -> None:
        low = [name for name, floor in FLOORS.items() if not getattr(self, name) >= floor]
        wide = self.rounding > 2 * self.fewest_events  # a figure that is shown would be rounded to nought
        high = [name for name, ceiling in CEILINGS.items() if not getattr(self, name) <= ceiling]
        if low or high or wide:
            told = [f"{name} must be {FLOORS[name]} or more" for name in low]
            told += [f"{name} must be {CEILINGS[name]} or less" for name in high]
            told += ["rounding must be at most twice fewest_events"] if wide else []
            raise BelowFloor("These settings would hide too little: " + "; ".join(told) + ".")

    @property
    def reach(self) -> int:
        """A hidden figure must be able to be anything from one to this."""
        return self.fewest_events - 1


FLOORS: Mapping[str, float] = {
    "fewest_people": 5, "fewest_events": 5, "fewest_under": 5, "rounding": 5, "fewest_services": 3, "sensitive_under": 10,
}  # fmt: skip
CEILINGS: Mapping[str, float] = {
    "most_of_one_person": 0.7, "most_of_two_people": 0.9, "most_of_one_service": 0.7, "rounding": 100,
}  # fmt: skip


def rules_from(settings: Mapping[str, object]) -> Rules:
    """Rules from a settings file. Raises BelowFloor for what is too low, not known or no number."""
    known = {each.name: each.type for each in fields(Rules)}
    unknown = [name for name in settings if name not in known]
    odd = [
        name
        for name, value in settings.items()
        if name in known
        and (isinstance(value, bool) or not isinstance(value, int if known[name] == "int" else (int, float)))
    ]
    if unknown or odd:
        told = [f'there is no setting "{name}"' for name in unknown] + [f"{name} must be a number" for name in odd]
        raise BelowFloor("The settings cannot be used: " + "; ".join(told) + f". Known settings: {', '.join(known)}.")
    return Rules(**settings)  # type: ignore[arg-type]


def as_settings(rules: Rules) -> dict[str, float | int]:
    """The settings by name, as a release states them."""
    return asdict(rules)


@dataclass(frozen=True)
class Behind:
    """Who stands behind a figure.

    ``count``: what is counted. ``people``: different people who contribute to it. ``under``: people the figure is
    about, None where nobody knows. ``largest`` and ``second``: the most that one person and the next contribute.
    ``by_service``: what each of the services in it contributes. ``out_of``: what the count is a share of, if it is one.
    """

    count: int
    people: int
    under: int | None
    largest: int = 0
    second: int = 0
    by_service: tuple[int, ...] = ()
    out_of: float | None = None


def behind(
    counts: Mapping[str, int], under: int | None, by_service: Sequence[int], out_of: float | None = None
) -> Behind:
    """From what each person contributes. Rows that name no person stand under the empty code: all of them may be of one
    person, and of one of those who are named, so they count as one for what one person makes up and as nobody new.
    """
    ordered = sorted((count for count in counts.values() if count > 0), reverse=True)
    largest, second = (*ordered, 0, 0)[:2]
    named = sum(1 for who, count in counts.items() if who and count > 0)
    return Behind(sum(ordered), named, under, largest, second, tuple(by_service), out_of)


def why_hidden(figure: Behind, rules: Rules, *, group: bool, sensitive: bool) -> Why | None:
    """Why a figure may not be shown; None when it may. A ``group`` is more than one service shown as one."""
    if figure.under is None:
        return "people_unknown"
    if figure.under < rules.fewest_under:
        return "too_few_under"
    if group and len(figure.by_service) < rules.fewest_services:
        return "too_few_services"
    if sensitive and figure.under < rules.sensitive_under and figure.count in (0, figure.under, figure.out_of):
        return "none_or_all"
    if figure.count == 0:
        return None
    if figure.people < rules.fewest_people:
        return "too_few_people"
    if figure.count < rules.fewest_events:
        return "too_few_events"
    if figure.largest > rules.most_of_one_person * figure.count:
        return "one_person"
    if figure.largest + figure.second > rules.most_of_two_people * figure.count:
        return "two_people"
    if group and max(figure.by_service) > rules.most_of_one_service * figure.count:
        return "one_service"
    return None


def rounded(count: float, rules: Rules) -> int:
    """To the nearest multiple, halves upwards: the same figure gives the same answer for ever."""
    return math.floor(count / rules.rounding + 0.5) * rules.rounding


@dataclass(frozen=True)
class Bound:
    """What a reader knows of a sum: it lies between two numbers. ``atoms`` are the numbers of its unknown parts."""

    atoms: tuple[int, ...]
    low: float
    high: float


def known_of(atoms: Sequence[int], shown: int, rules: Rules) -> Bound:
    """What a shown, rounded count says of the whole numbers behind it; a nought is exact."""
    if shown == 0:
        return Bound(tuple(atoms), 0, 0)
    low = max(shown - rules.rounding // 2, rules.fewest_events)
    return Bound(tuple(atoms), low, shown + (rules.rounding - 1) // 2)


def exposed(
    size: int, bounds: Sequence[Bound], at_most: Sequence[tuple[Sequence[int], Sequence[int]]],
    hidden: Sequence[Sequence[int]], rules: Rules,
) -> list[int]:  # fmt: skip
    """Which of the hidden sums a reader can narrow down: not able to be one or less, or not able to reach the threshold.

    The reader knows that each of ``size`` parts is a count from nought up, the ``bounds``, and that the first sum of each
    pair ``at_most`` is no larger than the second. Solved as linear programmes; what is feasible forms one convex set, so
    a point where a sum is low and another where it is high prove all in between. Raises Contradiction.
    """
    if not hidden:
        return []
    system = _System(size, bounds, at_most)
    low = system.cannot_reach(hidden, rules.reach)
    high = system.cannot_fall(hidden, 1.0)
    return sorted(low | high)


def interval(
    size: int, bounds: Sequence[Bound], at_most: Sequence[tuple[Sequence[int], Sequence[int]]], atoms: Sequence[int]
) -> tuple[float, float]:
    """The least and the most that a sum can be, given what a reader knows; infinity where there is no end."""
    system = _System(size, bounds, at_most)
    return system.least(atoms), system.most(atoms)


class _System:
    """Everything a reader knows, as rows of a linear programme."""

    def __init__(
        self, size: int, bounds: Sequence[Bound], at_most: Sequence[tuple[Sequence[int], Sequence[int]]]
    ) -> None:
        self.size = size
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        limits: list[float] = []
        for bound in bounds:
            for sign, limit in ((1.0, bound.high), (-1.0, -bound.low)):
                if math.isinf(limit):
                    continue
                rows += [len(limits)] * len(bound.atoms)
                columns += list(bound.atoms)
                values += [sign] * len(bound.atoms)
                limits.append(limit)
        for smaller, larger in at_most:
            rows += [len(limits)] * (len(smaller) + len(larger))
            columns += [*smaller, *larger]
            values += [1.0] * len(smaller) + [-1.0] * len(larger)
            limits.append(0.0)
        self.known = csr_matrix(coo_matrix((values, (rows, columns)), shape=(len(limits), size)))
        self.limits = np.array(limits)

    def cannot_reach(self, hidden: Sequence[Sequence[int]], height: float) -> set[int]:
        """Sums that are below ``height`` wherever everything known holds."""
        return self._not_proved(hidden, height, upwards=True)

    def cannot_fall(self, hidden: Sequence[Sequence[int]], height: float) -> set[int]:
        """Sums that are above ``height`` wherever everything known holds."""
        return self._not_proved(hidden, height, upwards=False)

    def least(self, atoms: Sequence[int]) -> float:
        return self._solve(_weights(self.size, [atoms], 1.0))[0]

    def most(self, atoms: Sequence[int]) -> float:
        return -self._solve(_weights(self.size, [atoms], -1.0))[0]

    def _not_proved(self, hidden: Sequence[Sequence[int]], height: float, *, upwards: bool) -> set[int]:
        """Many at once: push all of them, each no further than it has to go; then one by one what is left."""
        sums = csr_matrix(_incidence(hidden, self.size))
        left = list(range(len(hidden)))
        while left:
            point = self._push(sums[left], height, upwards=upwards)
            at = sums @ point
            done = {n for n in left if (at[n] >= height - NEARLY if upwards else at[n] <= height + NEARLY)}
            if not done:
                break
            left = [n for n in left if n not in done]
        return {
            n
            for n in left
            if (self.most(hidden[n]) < height - NEARLY if upwards else self.least(hidden[n]) > height + NEARLY)
        }

    def _push(self, sums: csr_matrix, height: float, *, upwards: bool) -> np.ndarray:
        """A point where the sums together are as high (or low) as they get, counting none beyond ``height``."""
        count = sums.shape[0]
        sign = 1.0 if upwards else -1.0
        helpers = csr_matrix(coo_matrix((np.ones(count), (range(count), range(count))), shape=(count, count)))
        above = hstack([self.known, csr_matrix((self.known.shape[0], count))])
        tied = hstack([-sign * sums, sign * helpers])  # a helper is no higher (no lower) than its sum
        weights = np.concatenate([np.zeros(self.size), np.full(count, -sign)])
        held = [(0.0, None)] * self.size + [(None, height) if upwards else (height, None)] * count
        rows = csr_matrix(vstack([above, tied]))
        found = linprog(
            weights, A_ub=rows, b_ub=np.concatenate([self.limits, np.zeros(count)]), bounds=held, method="highs"
        )
        if found.x is None:
            raise Contradiction("What was shown cannot all be true at once.")
        return np.asarray(found.x[: self.size])

    def _solve(self, weights: np.ndarray) -> tuple[float, np.ndarray | None]:
        found = linprog(weights, A_ub=self.known, b_ub=self.limits, bounds=(0, None), method="highs")
        if found.status == 3:  # there is no end to it
            return -math.inf, None
        if found.x is None:
            raise Contradiction("What was shown cannot all be true at once.")
        return float(found.fun), np.asarray(found.x)


def _incidence(sums: Sequence[Sequence[int]], size: int) -> coo_matrix:
    rows = [n for n, atoms in enumerate(sums) for _ in atoms]
    columns = [atom for atoms in sums for atom in atoms]
    return coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sums), size))


def _weights(size: int, sums: Iterable[Sequence[int]], weight: float) -> np.ndarray:
    told = np.zeros(size)
    for atoms in sums:
        np.add.at(told, list(atoms), weight)
    return told
