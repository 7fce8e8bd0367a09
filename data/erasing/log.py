"""The log of who looked, without the code of somebody erased."""

from __future__ import annotations

import os
from pathlib import Path


def forget_in_log(database: Path, code: str) -> int:
    """Put "erased" in the place of a person's code in the log of who looked; how many lines named them."""
    return sum(_forget_in(file, code) for file in sorted(database.with_name(f"{database.stem}.audit").glob("*.jsonl")))


def _forget_in(file: Path, code: str) -> int:
    """One file of the log, replaced at once; begun again when a line was added meanwhile."""
    while True:
        before = file.read_bytes()
        lines = before.decode("utf-8").splitlines(keepends=True)
        named = sum(code in line for line in lines)
        if not named:
            return 0
        copy = file.with_name(file.name + ".new")
        handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.writelines(line.replace(code, "erased") if code in line else line for line in lines)
            out.flush()
            os.fsync(out.fileno())
        if file.read_bytes() == before:
            copy.replace(file)
            return named
