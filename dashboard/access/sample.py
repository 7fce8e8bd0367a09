"""A researcher's release: the folder this server was started on, and nothing beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import NoData, database_path, released_key, require
from data.releases.sample_file import FILES, SampleUnavailable, read_sample, sample_path
from data.releases.sample_model import SampleRelease

LARGEST_BYTES = 50_000_000
"""No file of a release is larger; a server is not made to read one that is."""


@dataclass(frozen=True)
class ReleasedFile:
    """A file of the release that can be downloaded."""

    name: str
    size_bytes: int


def sample_release() -> SampleRelease:
    """The release this server was started on. Raises NoData with what to do, and Denied for any other reader."""
    require("researcher")
    return _release(released_key())


def sample_files() -> tuple[ReleasedFile, ...]:
    """The files of the release that are there, in the order in which they are offered."""
    path = _path()
    found = [path.with_name(name) for name in FILES]
    return tuple(ReleasedFile(each.name, each.stat().st_size) for each in found if _may_be_read(each))


def sample_file(name: str) -> bytes:
    """One file of the release. Raises NoData for any name that is not one of its files."""
    path = _path()
    wanted = path.with_name(name) if name in FILES else None
    if wanted is None or not _may_be_read(wanted):
        raise NoData("This file is not in the release.", "Ask for the whole release again from whoever made it.")
    return wanted.read_bytes()


def _path() -> Path:
    """The database of the release. Raises Denied for any other reader."""
    require("researcher")
    return sample_path(database_path())


def _may_be_read(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_BYTES


@cached(at_most=5)
def _release(key: Key) -> SampleRelease:
    try:
        return read_sample(Path(key.path))
    except SampleUnavailable as error:
        reason, _, step = str(error).partition(". ")
        raise NoData(reason + ".", step) from None
