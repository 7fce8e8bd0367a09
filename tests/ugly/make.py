"""Writes the ugly files and what must come of them: ``python -m tests.ugly.make``.

Every file is made up: the homes, references and addresses belong to nobody. Each holds the damage its name says, in
the shape of a home's export of a table of the contract, unless it is about shape alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.ugly import shapes, values
from tests.ugly.sheet import Sheet

HERE = Path(__file__).parent


def all_sheets() -> tuple[Sheet, ...]:
    """Every ugly file."""
    return tuple(make() for make in (*shapes.MAKERS, *values.MAKERS))


def main(folder: Path = HERE) -> None:
    """Write every file and its expectations into a folder."""
    for sheet in all_sheets():
        (folder / sheet.name).write_bytes(sheet.content())
        (folder / sheet.name).with_suffix(".toml").write_bytes(sheet.expectation().encode("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
