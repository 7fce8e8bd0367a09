"""When the disk is full, or the file that is written to is damaged: a sentence, and nothing half-written left behind."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data.guarded import DAMAGED, OF_DAMAGE, DatabaseUnavailable

NO_ROOM = (
    "There is no room left on the disk, so nothing was saved and everything is as it was. Make room, then try again."
)
_NUMBERS = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_WORDS = ("No space left on device", "File too large", "quota exceeded", "not enough space")


@contextmanager
def told_when_full() -> Iterator[None]:
    """Says in words that the disk is full or the file damaged, where a write fails for that. Raises DatabaseUnavailable."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NUMBERS:
            raise
        raise DatabaseUnavailable(NO_ROOM) from None
    except duckdb.Error as error:  # while writing, at the commit, at the checkpoint: of several classes
        if any(words.casefold() in str(error).casefold() for words in _WORDS):
            raise DatabaseUnavailable(NO_ROOM) from None
        if (
            isinstance(error, OF_DAMAGE) or type(error) is duckdb.Error
        ):  # a damaged block is found when it is read, not when the file is opened
            raise DatabaseUnavailable(DAMAGED) from None
        raise
