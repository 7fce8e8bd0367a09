"""What every kind can keep of one outcome in one scope, so that any two stretches of days can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from data.model import Period, Series
from metrics.model import Change


class Record(Protocol):
    """All that is recorded of one outcome in one scope."""

    @property
    def recorded(self) -> Period | None:
        """First to last day it speaks for."""
        ...

    def change(self, before: Period | None, after: Period | None) -> Change:
        """The two sides and the effect between them."""
        ...

    def series(self, periods: Sequence[Period]) -> Series:
        """Tallies of the given periods, as far as they are recorded."""
        ...
