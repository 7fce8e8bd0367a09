"""Groups of people beside all others, in all services of one setting over the last four quarters.

The groups are the same for every outcome of a setting: groups of too few people are put together first, by how many people
there are, never by what was counted. What is hidden of one group cannot be found from the others and the total.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.disclosure import Rules, why_hidden
from data.releases.earlier import LEFT_OUT, Earlier
from data.releases.model import Cell, Gap, Unit
from metrics.estimators.clustered_rates import ENOUGH_PEOPLE, clustered_rate_ratio
from metrics.estimators.shares import clustered_share_difference
from metrics.model import Outcome
from metrics.releasing.figures import Counted, Figure, as_before, behind_it, is_additive, is_sensitive
from metrics.releasing.others import POINTS_STEP, RATIO_STEP
from metrics.releasing.people import NOBODY, Contributed, together
from metrics.releasing.protecting import CannotBeProtected, Known, protect
from metrics.releasing.quarters import Periods
from metrics.releasing.spoken import shown
from metrics.releasing.units import Members
from metrics.splits.gaps import ETHNIC_GROUPS, ETHNICITY, can_compare

OTHERS, UNKNOWN, OTHERS_OR_UNKNOWN = "others", "not_recorded", "others_or_not_recorded"


@dataclass(frozen=True)
class Groups:
    """How the people of a setting are told apart: the name of each group and the words it is made of, largest first."""

    words: Mapping[str, tuple[str, ...]]

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(name for name in self.words if name not in (UNKNOWN, OTHERS_OR_UNKNOWN))


def groups_of(people: Mapping[str, str], present: Sequence[str], rules: Rules) -> Groups:
    """Groups of enough people; the others together, and with those of whom nothing is known when they are still too few."""
    counts = Counter(
        word if (word := people.get(who, UNKNOWN)) in ETHNIC_GROUPS else UNKNOWN for who in present if who != NOBODY
    )
    unknown = tuple({*(word for word in people.values() if word not in ETHNIC_GROUPS), UNKNOWN})
    large = [word for word in ETHNIC_GROUPS if counts[word] >= rules.fewest_under]
    large.sort(key=lambda word: (-counts[word], word))
    small = tuple(word for word in ETHNIC_GROUPS if 0 < counts[word] < rules.fewest_under)
    told = {word: (word,) for word in large}
    if small and sum(counts[word] for word in small) >= rules.fewest_under:
        return Groups({**told, OTHERS: small, UNKNOWN: unknown})
    if small:
        return Groups({**told, OTHERS_OR_UNKNOWN: (*small, *unknown)})
    return Groups({**told, UNKNOWN: unknown})


def gaps(
    total: Figure,
    counted: Counted,
    people: Mapping[str, str],
    groups: Groups,
    periods: Periods,
    rules: Rules,
    earlier: Earlier,
) -> list[Figure]:
    """One figure for each group, as if each group were a service of its own; ``protect`` looks at them beside the total."""
    told = []
    parts = {service: _of_year(total.outcome, service, counted, periods) for service in total.by_person}
    for name, words in groups.words.items():
        narrowed = {service: part.of(people, words) for service, part in parts.items()}
        whole = together(list(narrowed.values())) if narrowed else None
        unit = Unit(f"{total.members.unit.code}|{name}", name, "service", total.members.unit.setting, "", 1)
        figure = Figure(total.outcome, Members(unit, (name,)), "quarter", total.period, (0,), (name,), whole)
        if whole is None or not whole.denominator:
            figure.found = None
        else:
            found = behind_it(total.outcome, whole, [part.count for part in narrowed.values()])
            figure.why = why_hidden(found, rules, group=True, sensitive=is_sensitive(total.outcome))
            as_before(figure, earlier)
        told.append(figure)
    return told


def protected(parts: Mapping[str, list[Figure]], known: Mapping[str, tuple[float, float]], rules: Rules) -> int:
    """Hides more groups of a family's outcomes until none that is hidden can be worked out. Returns how many were added.

    ``known``: the least and the most that a reader can say of each outcome's total.
    """
    for code, figures in parts.items():
        if known.get(code, (0.0, 1.0))[1] == 0:  # none at all: there is nothing to set side by side
            _left_out(figures)
    totals = [
        Known(code, tuple(each.members.unit.name for each in figures if each.found is not None), (0,), *known[code])
        for code, figures in parts.items()
        if code in known and known[code][1] > 0
    ]
    try:
        return protect([figure for each in parts.values() for figure in each], [], totals, rules).added
    except CannotBeProtected:  # what is known of the totals leaves no room: then nothing is said of the groups
        for figures in parts.values():
            _left_out(figures)
        return 0


def _left_out(figures: Iterable[Figure]) -> None:
    for figure in figures:
        if figure.found is not None:
            figure.why = LEFT_OUT


def cells(total: Figure, parts: Sequence[Figure], rules: Rules) -> list[Cell]:
    """The groups' figures as they are released, under the unit of the whole setting."""
    told = []
    for figure in parts:
        if figure.why == LEFT_OUT:
            continue
        word, unit = figure.members.unit.name, total.members.unit.code
        if figure.why is None and figure.found is not None:
            own = Figure(
                total.outcome, total.members, "year", total.period, total.quarters, total.by_person, figure.found
            )
            told.append(shown(total.outcome, figure.found, rules, unit=unit, figure=own, column=ETHNICITY, word=word))
        else:
            told.append(
                Cell(
                    total.outcome.code, unit, "year", total.period, figure.status, services=len(total.by_person),
                    column=ETHNICITY, word=word,
                )
            )  # fmt: skip
    return told


def gap_of(total: Figure, figure: Figure, parts: Sequence[Figure], groups: Groups, rules: Rules) -> Gap:
    """A group beside the other known groups, where both may be shown."""
    word, unit, outcome = figure.members.unit.name, total.members.unit.code, total.outcome
    nothing = Gap(outcome.code, unit, total.period, ETHNICITY, word, None, None, None, None, "too_few_to_show")
    rest = [
        each.found for each in parts if each is not figure and each.members.unit.name in groups.known and each.found
    ]
    if figure.why is not None or figure.found is None or not rest or total.why is not None:
        return nothing
    others = together(rest)
    found = behind_it(outcome, others, [])
    if why_hidden(found, rules, group=False, sensitive=is_sensitive(outcome)) is not None:
        return nothing
    effect = _effect(outcome, others, figure.found)
    if effect is None:
        return Gap(outcome.code, unit, total.period, ETHNICITY, word, None, None, None, None, "no_range")
    scale, estimate, low, high = effect
    step = RATIO_STEP if scale == "ratio" else POINTS_STEP
    return Gap(
        outcome.code,
        unit,
        total.period,
        ETHNICITY,
        word,
        scale,
        to_step(estimate, step),
        down(low, step),
        up(high, step),
    )


def down(figure: float, step: float) -> float:
    """To the next step below: an interval is only ever made wider."""
    return round(math.floor(figure / step + 1e-9) * step, 4)


def up(figure: float, step: float) -> float:
    """To the next step above."""
    return round(math.ceil(figure / step - 1e-9) * step, 4)


def to_step(figure: float, step: float) -> float:
    """To the nearest step."""
    return round(math.floor(figure / step + 0.5) * step, 4)


def of_interest(outcome: Outcome) -> bool:
    """Whether groups are set side by side for it."""
    return outcome.kind in ("rate", "share") and can_compare(outcome)


def _of_year(outcome: Outcome, service: str, counted: Counted, periods: Periods) -> Contributed:
    if not is_additive(outcome):
        return counted.year.get(service, Contributed({}, 0.0, 0))
    parts = [counted.quarters[service, n] for n in periods.of_year if (service, n) in counted.quarters]
    return together(parts) if parts else Contributed({}, 0.0, 0)


def _effect(outcome: Outcome, rest: Contributed, group: Contributed) -> tuple[str, float, float, float] | None:
    """(scale, estimate, low, high) of the group beside the rest; people are the clusters."""
    sides = [[tally for tally in each.tallies.values() if tally.denominator > 0] for each in (rest, group)]
    if min(len(side) for side in sides) < ENOUGH_PEOPLE:
        return None
    if outcome.kind == "rate":
        one, two = ([(tally.numerator, tally.denominator) for tally in side] for side in sides)
        ratio = clustered_rate_ratio(one, two)
        low, high = ratio.interval.low, ratio.interval.high
        return (
            None if None in (ratio.estimate, low, high) else ("ratio", ratio.estimate or 0.0, low or 0.0, high or 0.0)
        )
    shares = [
        {f"{name} {n}": (float(tally.numerator), tally.denominator) for n, tally in enumerate(side)}
        for name, side in zip(("rest", "group"), sides, strict=True)
    ]
    found = clustered_share_difference(shares[0], shares[1])
    if found.interval.low is None or found.interval.high is None:
        return None
    return "points", found.estimate * 100, found.interval.low * 100, found.interval.high * 100


__all__ = [
    "POINTS_STEP", "RATIO_STEP", "Groups", "cells", "down", "gap_of", "gaps", "groups_of", "of_interest", "protected",
    "to_step", "up",
]  # fmt: skip
