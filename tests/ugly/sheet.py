"""A damaged export being written, with what a reader and a load must make of it noted as each line is written.

The expectations come from the hand that writes the damage, never from the reader that is tested with them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """One file. ``end`` closes each line, ``quoted`` puts every cell between quotation marks."""

    name: str
    about: str
    delimiter: str = ","
    end: str = "\r\n"
    encoding: str = "utf-8"
    reported_encoding: str = "utf-8"
    quoted: bool = False
    table: str | None = None
    as_of: str = "2025-06-30"
    after: str | None = None
    headings: list[str] = field(default_factory=list)
    heading_line: int = 0
    rows: int = 0
    accepted: int = 0
    duplicates: int = 0
    set_aside: list[tuple[int, int, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    cells: list[tuple[int, str, str]] = field(default_factory=list)
    stored: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_a_table: str | None = None
    raw: bytes | None = None
    _text: list[str] = field(default_factory=list)
    _line: int = 1

    def head(self, *cells: str, named: Sequence[str] | None = None, raw: str | None = None, lines: int = 1) -> Sheet:
        """The line of headings; ``named`` where the reader tidies them."""
        self.headings, self.heading_line = list(named or cells), self._line
        self._write(raw if raw is not None else self._joined(cells), lines)
        return self

    def row(
        self,
        *cells: str,
        raw: str | None = None,
        lines: int = 1,
        refused: Mapping[str, str] | None = None,
        stored: Mapping[str, str] | None = None,
        duplicate: bool = False,
        read: Mapping[str, str] | None = None,
    ) -> Sheet:
        """A record whose shape is right: ``read`` and ``stored`` are cells to be found, ``refused`` column to reason."""
        for column, reason in (refused or {}).items():
            self.refused.append((self._line, column, reason))
        self.stored += [(self._line, column, value) for column, value in (stored or {}).items()]
        self.cells += [(self._line, heading, text) for heading, text in (read or {}).items()]
        self.rows += 1
        self.duplicates += duplicate
        self.accepted += not duplicate and not refused
        self._write(raw if raw is not None else self._joined(cells), lines)
        return self

    def bad(self, raw: str, reason: str, lines: int = 1) -> Sheet:
        """A record whose shape is wrong."""
        self.problems.append((self._line, reason))
        self._write(raw, lines)
        return self

    def aside(self, raw: str, why: str, lines: int = 1) -> Sheet:
        """Lines that are no record."""
        last = self._line + lines - 1
        if self.set_aside and self.set_aside[-1][2] == why and self.set_aside[-1][1] + 1 == self._line:
            self.set_aside[-1] = (self.set_aside[-1][0], last, why)
        else:
            self.set_aside.append((self._line, last, why))
        self._write(raw, lines)
        return self

    def noted(self, *words: str) -> Sheet:
        """Words that must stand in the notes."""
        self.notes += words
        return self

    def cut(self, letters: int) -> Sheet:
        """Leave off the last letters, line end included."""
        self._text = ["".join(self._text)[:-letters]]
        return self

    def content(self) -> bytes:
        """The bytes of the file."""
        return self.raw if self.raw is not None else "".join(self._text).encode(self.encoding)

    def expectation(self) -> str:
        """What must come of it, as TOML."""
        said = [f"about = {_toml(self.about)}"]
        if self.not_a_table is not None:
            return "\n".join([*said, f"refused = {_toml(self.not_a_table)}"]) + "\n"
        said += [
            f"encoding = {_toml(self.reported_encoding)}",
            f"delimiter = {_toml(self.delimiter)}",
            f"heading_line = {self.heading_line}",
            f"headings = {_toml(self.headings)}",
            f"rows = {self.rows}",
            f"notes = {_toml(self.notes)}",
            f"cells = {_rows(self.cells)}",
            f"problems = {_rows(self.problems)}",
            f"set_aside = {_rows(self.set_aside)}",
        ]
        if self.table is not None:
            both = [(line, "", reason) for line, reason in self.problems] + self.refused
            said += [
                "",
                "[ingest]",
                f"table = {_toml(self.table)}",
                f"as_of = {_toml(self.as_of)}",
                *([f"after = {_toml(self.after)}"] if self.after else []),
                f"accepted = {self.accepted}",
                f"duplicates = {self.duplicates}",
                f"rejected = {len({line for line, *_ in both})}",
                f"ignored = {sum(last - first + 1 for first, last, _ in self.set_aside)}",
                f"problems = {_rows(sorted(both))}",
                f"cells = {_rows(self.stored)}",
            ]
        return "\n".join(said) + "\n"

    def _joined(self, cells: Sequence[str]) -> str:
        def written(cell: str) -> str:
            if self.quoted or any(letter in cell for letter in (self.delimiter, '"', "\n", "\r")):
                return '"' + cell.replace('"', '""') + '"'
            return cell

        return self.delimiter.join(map(written, cells))

    def _write(self, text: str, lines: int) -> None:
        self._text.append(text + self.end)
        self._line += lines


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return "[]"
    return "[\n" + "".join(f"    {_toml(list(row))},\n" for row in rows) + "]"
