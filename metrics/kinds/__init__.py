"""The five kinds of outcome, one module each: how a change in it is worked out, how it runs over time.

A kind is a module with ``change(facts, outcome, scope, comparison) -> Change`` and
``series(facts, outcome, scope, periods) -> Series``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from data.facts import Facts
from data.model import Period, Scope, Series
from metrics.kinds import day_share, rate, score, share, stay
from metrics.model import Change, Comparison, Kind, Outcome


class KindModule(Protocol):
    """What every kind can do."""

    def change(self, facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change: ...

    def series(self, facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series: ...


BUILT: dict[Kind, KindModule] = {"rate": rate, "day_share": day_share, "share": share, "score": score, "stay": stay}


def module_for(kind: Kind) -> KindModule:
    """The module of a kind."""
    return BUILT[kind]
