"""What became of a load, file by file: the counts always add up, and every problem is named."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.model import Problem


@dataclass
class FileReport:
    """What became of one file. ``refused`` says why the whole file could not be used.

    ``rows_in = accepted + duplicates + rejected``; ``ignored`` counts lines that hold no row (titles, totals, page
    heads), ``not_answered`` empty cells of sheets with a column a month or a question. ``superseded`` and
    ``retired`` count earlier versions that were closed.
    """

    file: str
    table: str | None = None
    profile: str | None = None
    rows_in: int = 0
    accepted: int = 0
    duplicates: int = 0
    superseded: int = 0
    retired: int = 0
    rejected: int = 0
    ignored: int = 0
    not_answered: int = 0
    already_loaded: bool = False
    refused: str | None = None
    dropped_columns: tuple[str, ...] = ()
    personal_columns: int = 0
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def balance(self) -> None:
        """Put the problems in order and see that every row read is accounted for; raises AssertionError otherwise."""
        self.problems.sort(key=lambda problem: (problem.line, problem.column or ""))
        if self.rows_in != self.accepted + self.duplicates + self.rejected:
            raise AssertionError(f"{self.table}: rows read do not equal rows accounted for.")


@dataclass
class IngestReport:
    """What became of one load. ``load_id`` is None when nothing new was written."""

    files: list[FileReport]
    load_id: int | None

    def total(self, count: str) -> int:
        """One of the counts, over all files."""
        return sum(getattr(file, count) for file in self.files)

    @property
    def needs_attention(self) -> bool:
        """Whether anybody should look: a row or a whole file was refused."""
        return any(file.rejected or file.refused for file in self.files)
