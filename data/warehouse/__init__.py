"""The facts, answered by DuckDB: nothing above the schema but this folder knows SQL.

Every question is a sum, a count or a list over views; values are bound, names come from the contract. Each file answers
one kind of question and stands on the one before it: connected, register, exposure, events, shares, days, living,
every_service, ledger, people, contributed, sampling.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.schema import open_for_reading
from data.warehouse.sampling import ForSamples


class Warehouse(ForSamples):
    """``data.facts.ManagersFacts`` and ``FactsForSamples`` over one connection. Small answers that never change are asked once."""


@contextmanager
def open_facts(path: Path, *, longest: float | None = None) -> Iterator[Warehouse]:
    """The facts in a database file, read-only, for as long as the block lasts. Raises DatabaseUnavailable.

    ``longest`` are the seconds one question may take; None sets no limit.
    """
    with open_for_reading(path, longest=longest) as con:
        yield Warehouse(con)
