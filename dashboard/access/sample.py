"""A researcher's release: the folder this server was started on, and nothing beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard import roles
from dashboard.access.opened import NoData, database_path
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
    """The release this server was started on. Raises NoData with what to do."""
    role, path = _reader()
    try:
        found = path.stat()
    except OSError:
        return _release(role, str(path), 0, 0)
    return _release(role, str(path), found.st_mtime_ns, found.st_size)


def sample_files() -> tuple[ReleasedFile, ...]:
    """The files of the release that are there, in the order in which they are offered."""
    _, path = _reader()
    found = [path.with_name(name) for name in FILES]
    return tuple(ReleasedFile(each.name, each.stat().st_size) for each in found if _may_be_read(each))


def sample_file(name: str) -> bytes:
    """One file of the release. Raises NoData for any name that is not one of its files."""
    _, path = _reader()
    wanted = path.with_name(name) if name in FILES else None
    if wanted is None or not _may_be_read(wanted):
        raise NoData("This file is not in the release.", "Ask for the whole release again from whoever made it.")
    return wanted.read_bytes()


def _reader() -> tuple[str, Path]:
    """Who reads, and the database of the release. Raises NoData for any other reader."""
    role = roles.role_served()
    if role != "researcher":
        raise NoData(
            "This page is for researchers.", "Start the dashboard for researchers: outcomes serve --role researcher."
        )
    return role, sample_path(database_path())


def _may_be_read(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_BYTES


@st.cache_resource(show_spinner=False, max_entries=5)
def _release(role: str, path: str, changed: int, size: int) -> SampleRelease:  # noqa: ARG001 - part of the key
    try:
        return read_sample(Path(path))
    except SampleUnavailable as error:
        reason, _, step = str(error).partition(". ")
        raise NoData(reason + ".", step) from None
