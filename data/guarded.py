"""A connection that can read one file, do nothing else, and is cut short when it takes too long.

DuckDB keeps one set of settings for a file in a process, so every reader of any kind of file gets the same ones; and it
has no time limit of its own, so a thread looks after what is running.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb

READ_MEMORY = "512MB"
"""What DuckDB may hold for one file that is read. Nothing is spilled to disk, where it would lie in plain text."""
LONGEST_QUERY = 9.5
"""Seconds a question of a page may take: so that no page waits ten."""
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": READ_MEMORY,
    "threads": "1",  # the questions are small: more threads only wait for each other
    "temp_directory": "",
}
# With access off DuckDB takes no temp_directory, so access goes off after it; the lock goes on last.
_SETTLE = (
    "SET enable_progress_bar = false",  # it would write over what a program reads on standard output
    "SET GLOBAL TimeZone = 'Europe/London'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
CLOSED_TO_US = "This user of the computer may not open the database. Ask the person who set it up."
_LOOK = 0.25
"""Seconds between two looks at what is running."""
DAMAGED = (
    "The database file cannot be read: it is damaged or not a database. "
    "Put back a copy, or load your exports into a new file."
)
OF_DAMAGE = (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException, duckdb.InternalException)
_T = TypeVar("_T")


class DatabaseUnavailable(Exception):
    """The database cannot be opened; the message says why and what to do, and holds no path."""


class TookTooLong(DatabaseUnavailable):
    """A question was cut short, so that everybody else is served."""


class _Watch:
    """One thread for all connections of the process. A question costs it two short locks, no timer and no wake-up."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._running: dict[int, tuple[float, duckdb.DuckDBPyConnection]] = {}
        self._open = 0
        self._over = False
        self._thread: threading.Thread | None = None

    def opened(self) -> None:
        """A connection was opened: from now on somebody looks."""
        with self._change:
            self._open += 1
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="longest-query", daemon=True)
                self._thread.start()
            elif self._open == 1:
                self._change.notify()

    def closed(self) -> None:
        """A connection was closed."""
        with self._change:
            self._open -= 1

    def began(self, con: duckdb.DuckDBPyConnection, until: float) -> None:
        """A question is running on a connection; ``until`` by the monotonic clock."""
        with self._change:
            self._running[id(con)] = (until, con)

    def ended(self, con: duckdb.DuckDBPyConnection) -> None:
        """It has ended: after this it is not interrupted any more."""
        with self._change:
            self._running.pop(id(con), None)

    def stop(self) -> None:
        """The program ends: a thread that is still there then would hold on to the engine."""
        with self._change:
            self._over = True
            self._change.notify()
        if self._thread is not None:
            self._thread.join(timeout=1)

    def _look(self) -> None:
        with self._change:
            while not self._over:
                if not self._open:
                    self._change.wait()
                    continue
                now = time.monotonic()
                for until, con in list(self._running.values()):
                    if until <= now:
                        del self._running[id(con)]
                        con.interrupt()
                soonest = min((until for until, _ in self._running.values()), default=now + _LOOK)
                self._change.wait(timeout=min(_LOOK, max(soonest - now, 0.001)))


_watch = _Watch()
atexit.register(_watch.stop)
_opening = threading.Lock()


class Reading:
    """What the questions use of a connection: ``execute`` and the fetches, each under the watch."""

    def __init__(self, con: duckdb.DuckDBPyConnection, longest: float | None) -> None:
        self._con, self._longest, self._until = con, longest, 0.0
        if longest is not None:
            _watch.opened()

    def execute(self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None = None) -> Reading:
        """Ask; the clock of this question starts now. Raises TookTooLong, DatabaseUnavailable."""
        if self._longest is not None:
            self._until = time.monotonic() + self._longest
        self._watched(lambda: self._con.execute(sql, values))
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows of the last question."""
        return self._watched(self._con.fetchall)

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row of the last question."""
        return self._watched(self._con.fetchone)

    @property
    def description(self) -> list[tuple[Any, ...]]:
        """The columns of the last question."""
        return list(self._con.description or ())

    def fetchnumpy(self) -> dict[str, Any]:
        """All rows of the last question, an array a column."""
        return self._watched(self._con.fetchnumpy)

    def close(self) -> None:
        """Let go of the file."""
        self._con.close()
        if self._longest is not None:
            self._longest = None
            _watch.closed()

    def _watched(self, step: Callable[[], _T]) -> _T:
        if self._longest is not None:
            _watch.began(self._con, self._until)
        try:
            return step()
        except duckdb.InterruptException:
            raise TookTooLong(
                "This took too long and was stopped. Choose a shorter time or fewer things at once, and try again."
            ) from None
        except duckdb.OutOfMemoryException:
            raise TookTooLong(
                "This needs more memory than one question may use. Choose a shorter time or fewer things at once."
            ) from None
        except duckdb.Error as error:
            if isinstance(error, OF_DAMAGE) or type(error) is duckdb.Error:  # a wrong checksum has no class of its own
                raise DatabaseUnavailable(DAMAGED) from None
            raise
        finally:
            if self._longest is not None:
                _watch.ended(self._con)


def read_only(path: Path, *, longest: float | None = None) -> Reading:
    """The hardened connection to a file; ``longest`` are the seconds one question may take, None for no limit.

    Raises DatabaseUnavailable.
    """
    try:
        with _opening:  # a second reader shares the first one's settings: it must not come in between
            con = duckdb.connect(str(path), read_only=True, config=dict(CONFIG))
            row = con.execute("SELECT current_setting('lock_configuration')").fetchone()
            if row is None or not row[0]:
                for setting in _SETTLE:
                    con.execute(setting)
    except duckdb.Error as error:
        raise unavailable(error) from None
    return Reading(con, longest)


def unavailable(error: duckdb.Error) -> DatabaseUnavailable:
    """Why a file cannot be opened, in words without its path."""
    if isinstance(error, duckdb.IOException):
        if "permission denied" in str(error).lower():
            return DatabaseUnavailable(CLOSED_TO_US)
        if "lock" in str(error).lower():
            return DatabaseUnavailable(
                "Another program has the database open. Close it (or stop the dashboard), then try again."
            )
        return DatabaseUnavailable(DAMAGED)
    return DatabaseUnavailable(
        "The database file cannot be opened. Put back a copy, or load your exports into a new file."
    )
