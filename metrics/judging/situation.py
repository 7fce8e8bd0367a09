"""Everything a gate, a caution or a guard may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.model import ContextEvent, Intervention, Period, Rows, Tally
from metrics.kinds.record import Record
from metrics.model import Change, Comparison, Declared, Outcome


@dataclass(frozen=True)
class Situation:
    """One comparison with what surrounds it.

    ``record``: all that is recorded of the outcome here, where the kind keeps it. ``rate_of``: the same two periods
    for any other rows of events, where events are what is judged. ``people_of``: the same outcome person by person,
    where a whole service is judged.
    """

    intervention: Intervention
    outcome: Outcome
    comparison: Comparison
    change: Change
    declared: Declared
    context: Sequence[ContextEvent]
    record: Record | None = None
    rate_of: Callable[[Rows], Change] | None = None
    people_of: Callable[[Period], Mapping[str, Tally]] | None = None
