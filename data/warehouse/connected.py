"""One connection, and how a filter becomes SQL in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from data import asking
from data.model import (
    Rows,
    Scope,
)


class Connected:
    """One connection, and how a filter becomes SQL in it."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._with_left_out: frozenset[str] | None = None

    def _matching(self, rows: Rows, scope: Scope, *, besides: str | None = None) -> tuple[str, str, dict[str, Any]]:
        return asking.matching(rows, scope, any_left_out=scope.service_id in self._services_left_out(), besides=besides)

    def _services_left_out(self) -> frozenset[str]:
        if self._with_left_out is None:
            found = self._rows("SELECT DISTINCT service_id FROM store.left_out")
            self._with_left_out = frozenset(service for (service,) in found)
        return self._with_left_out

    def _any_left_out(self) -> bool:
        return bool(self._services_left_out())

    def _rows(self, sql: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._con.execute(sql, values or None).fetchall()
