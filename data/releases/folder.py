"""A folder that holds a whole release or nothing: put together beside its place, then moved there at once."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.schema import DatabaseUnavailable


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into; it takes the place of ``target`` when the block ends well, and is gone when it does not.

    Raises DatabaseUnavailable when something is there already, or the place cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DatabaseUnavailable("The folder for the release is not empty. Name a new one: releases are never mixed.")
    before = os.umask(0o077)  # whoever is to read it is let in on purpose, not by accident
    draft = target.parent / f".{target.name}.{secrets.token_hex(4)}.making"
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.mkdir()
        except OSError as error:
            raise DatabaseUnavailable(f"The folder for the release cannot be made ({error.strerror}).") from None
        yield draft
        if target.exists():
            target.rmdir()
        draft.rename(target)
    except OSError as error:
        raise DatabaseUnavailable(
            f"The release cannot be written ({error.strerror or 'the disk refused'}). Nothing was released. Make room, or "
            "choose another place with --out."
        ) from None
    finally:
        os.umask(before)
        shutil.rmtree(draft, ignore_errors=True)


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder, by name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}
