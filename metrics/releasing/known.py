"""What readers know of a release's counts from the releases before it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from data.disclosure import Rules, known_of
from data.releases.earlier import Earlier
from metrics.model import Outcome
from metrics.releasing.figures import is_additive
from metrics.releasing.protecting import YEAR, Known
from metrics.releasing.quarters import QUARTERS_IN_A_YEAR, Periods


def known_before(earlier: Earlier, outcomes: Iterable[Outcome], periods: Periods, rules: Rules) -> list[Known]:
    """Every figure ever shown, as a bound on the counts of this release; each by the settings of its own day.

    A figure of quarters that are no longer in the table says nothing of those that are.
    """
    add_up = {outcome.code: is_additive(outcome) for outcome in outcomes}
    number = {quarter: n for n, quarter in enumerate(periods.quarters)}
    told: list[Known] = []
    for entry in earlier.entries:
        then = replace(rules, rounding=entry.rounding, fewest_events=entry.fewest_events)
        for given in entry.given:
            code, _, length, period = given.place
            if given.status != "shown" or given.numerator is None or code not in add_up:
                continue
            numbers = tuple(n for quarter, n in number.items() if period.covers(quarter))
            said = known_of((), given.numerator, then)
            if length == "quarter" or add_up[code]:
                if len(numbers) == (1 if length == "quarter" else QUARTERS_IN_A_YEAR):
                    told.append(Known(code, given.services, numbers, said.low, said.high))
            elif period == periods.year:
                told.append(Known(code, given.services, (YEAR,), said.low, said.high))
            else:
                told += _of_another_year(code, given.services, numbers, said.low, said.high)
    return told


def _of_another_year(
    code: str, services: tuple[str, ...], numbers: Sequence[int], low: float, high: float
) -> Iterator[Known]:
    """People of a year that is no longer the last: none of its quarters has more, all of them together no fewer."""
    for n in numbers:
        yield Known(code, services, (n,), 0, high, shown=False)
    if len(numbers) == QUARTERS_IN_A_YEAR:
        yield Known(code, services, tuple(numbers), low, math.inf, shown=False)
