"""A database that is for some services alone: rows of any other are refused, whoever uploads them.

Which services these are stands in the database itself, so that it holds on the page as on the command line. Tables
without a column of services (people, declarations) cannot be told apart by it.
"""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

KEPT_AS = "only_services"


def own_services(con: duckdb.DuckDBPyConnection) -> frozenset[str] | None:
    """The services a database is for; None where it is for any."""
    row = con.execute("SELECT value FROM store.meta WHERE key = ?", [KEPT_AS]).fetchone()
    return frozenset(row[0].split("\n")) if row is not None else None


def others_there(con: duckdb.DuckDBPyConnection, only: Collection[str]) -> bool:
    """Whether the database already holds anything of another service."""
    found = con.execute("SELECT service_id FROM services UNION SELECT service_id FROM store.coverage").fetchall()
    return not {service for (service,) in found} <= set(only)


def keep_own_services(con: duckdb.DuckDBPyConnection, only: Collection[str]) -> None:
    """Write down, in place of what stood there, which services a database is for."""
    con.execute("DELETE FROM store.meta WHERE key = ?", [KEPT_AS])
    con.execute("INSERT INTO store.meta VALUES (?, ?)", [KEPT_AS, "\n".join(sorted(only))])


def elsewhere(services: pa.Array, only: frozenset[str]) -> NDArray[np.bool_]:
    """Which rows name a service the database is not for. A row that names none is not among them."""
    inside = pc.is_in(services.cast(pa.string()), pa.array(sorted(only), pa.string()))
    outside = pc.and_(pc.invert(inside), services.is_valid())
    found: NDArray[np.bool_] = pc.fill_null(outside, False).to_numpy(zero_copy_only=False).astype(bool)
    return found


def why_refused(only: frozenset[str]) -> str:
    """The next move for a row of another service."""
    named = ", ".join(sorted(only))
    return f"This database is only for {named}: rows of other services are not loaded into it."
