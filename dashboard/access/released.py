"""The release a commissioner's pages stand on: the only place that opens its file.

The file is named by ``OUTCOMES_DB``: a release's folder, or the file in it. It holds no person; what is hidden in it was
hidden before it was written.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import ASK_FOR_RELEASE, NoData, catalogue, released_key, require
from data.guarded import DatabaseUnavailable
from data.releases.cube_file import open_cube
from data.releases.model import CommissionerRelease
from metrics.across.released import Book, book_of

NOT_ONE = "The file this server was started on is not a release for commissioners."


def released() -> CommissionerRelease:
    """Everything the release holds. Raises NoData, Denied."""
    return book().release


def book() -> Book:
    """The release with its charts, worked out once. Raises NoData, Denied."""
    require("commissioner")
    return _book(released_key())


@cached(at_most=4)
def _book(key: Key) -> Book:
    return book_of(opened_release(Path(key.path)), catalogue())


def opened_release(path: Path) -> CommissionerRelease:
    """The release read from its file. Raises NoData, which names no path, when it cannot be used."""
    try:
        return open_cube(path)
    except DatabaseUnavailable:
        raise NoData(
            "The file this server was started on is not a release for commissioners.",
            ASK_FOR_RELEASE.format(reader="commissioner"),
        ) from None
