"""``outcomes read``: what the reader makes of any file, shown before anything is matched or loaded."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from dashboard.commands.common import DONE, PROBLEMS, WRONG_USE, AsJson, print_json, say
from data.loading.remedies import REASONS
from data.reading import Chunk, NotATable, RawTable, open_table
from data.source import Source

WHY = {
    "separator_line": "names the delimiter",
    "preamble": "above the headings",
    "second_heading": "second line of headings",
    "repeated_heading": "headings repeated",
    "totals": "totals",
    "footer": "the report's own words",
    "blank": "empty",
    "second_table": "second table",
}
"""Why lines were set aside, in words."""

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright bar", "": "none, a workbook"}

MOST_SHOWN = 20
"""Faulty rows named in the summary for people; the JSON names all."""


def read_command(
    file: Annotated[Path, typer.Argument(help="Any delimited file, whatever system it comes from.")],
    csv_: Annotated[
        Path | None,
        typer.Option(
            "--csv", help="Write the clean table here: UTF-8, comma, good rows only; cells as they are, formulas too."
        ),
    ] = None,
    json_: AsJson = False,
) -> None:
    """Show how a file is read: encoding, delimiter, headings, rows, and the lines set aside with the reason."""
    try:
        table = _read(file, csv_)
    except NotATable as error:
        if json_:
            print_json({"file": file.name, "refused": str(error)})
        else:
            typer.echo(f"{file.name}: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    if json_:
        print_json(as_document(file.name, table))
    else:
        _tell(file.name, table, csv_)
    raise typer.Exit(PROBLEMS if table.bad else DONE)


def _read(file: Path, clean: Path | None) -> RawTable:
    """The table, taken to its end. Raises NotATable, also where the clean table cannot be written."""
    if file.is_dir():
        raise NotATable("This is a folder. Name one file in it.")
    if not file.exists():
        raise NotATable("There is no such file. Check the name.")
    if clean is not None and clean.exists() and clean.samefile(file):
        raise NotATable("--csv would write over the file itself. Name another file.")
    table = open_table(Source.at(file))
    if clean is None:
        for _ in table.chunks():
            pass
        return table
    try:
        with _written_whole(clean) as out:
            write_clean(table, out)
    except OSError as error:
        raise NotATable(f"{clean.name} could not be written ({error.strerror}).") from None
    return table


@contextlib.contextmanager
def _written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there when all of it is written, and not before."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_clean(table: RawTable, out: IO[bytes]) -> None:
    """Write the good rows as CSV: UTF-8, comma, CRLF, quotation marks only where they are needed."""
    _write_rows([list(table.headings)], out)
    for chunk in table.chunks():
        if len(chunk):
            _write_chunk(chunk, out)


def _write_chunk(chunk: Chunk, out: IO[bytes]) -> None:
    step = 20_000
    for start in range(0, len(chunk), step):
        columns = [column.slice(start, step).to_pylist() for column in chunk.cells]
        _write_rows(zip(*columns, strict=True), out)


def _write_rows(rows: Iterable[Sequence[str]], out: IO[bytes]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    out.write(text.getvalue().encode("utf-8"))


def as_document(name: str, table: RawTable) -> dict[str, Any]:
    """What became of every line, as the JSON of the command line's contract. The table has been taken to its end."""
    return {
        "file": name,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "heading_line": table.heading_line,
        "headings": list(table.headings),
        "rows": table.rows,
        "lines": table.lines,
        "ignored": table.ignored,
        "set_aside": [{"from": each.first_line, "to": each.last_line, "why": each.why} for each in table.set_aside],
        "problems": [
            {
                "line": bad.problem.line,
                "column": bad.problem.column,
                "value": bad.problem.value,
                "reason": bad.problem.reason,
                "remedy": bad.problem.remedy,
            }
            for bad in table.bad
        ],
        "notes": list(table.notes),
        "reconciled": table.reconciled,
    }


def _tell(name: str, table: RawTable, clean: Path | None) -> None:
    parted = DELIMITERS.get(table.delimiter, f'"{table.delimiter}"')
    rows = "1 row" if table.rows == 1 else f"{table.rows:,} rows"
    say(f"{name}: {rows} under {len(table.headings)} headings. Encoding {table.encoding}, delimiter {parted}.")
    say(f"  Headings (line {table.heading_line:,}): {', '.join(table.headings)}")
    for each in table.set_aside:
        where = f"line {each.first_line:,}" if each.lines == 1 else f"lines {each.first_line:,} to {each.last_line:,}"
        say(f"  Set aside, {where}: {WHY[each.why]}")
    for note in table.notes:
        say(f"  {note}")
    for bad in table.bad[:MOST_SHOWN]:
        say(f"  {name}, line {bad.problem.line:,}: {REASONS[bad.problem.reason]}. {bad.problem.remedy}")
    if len(table.bad) > MOST_SHOWN:
        say(f"  … and {len(table.bad) - MOST_SHOWN:,} more rows; --json names them all.")
    say(f"  {_account(table)}")
    if clean is not None:
        say(f"  The clean table is in {clean.name}.")


def _account(table: RawTable) -> str:
    bad = sum(each.lines for each in table.bad)
    account = (
        f"{table.lines:,} lines = {table.heading_lines:,} headings + {table.record_lines:,} in good rows "
        f"+ {bad:,} in faulty rows + {table.ignored:,} set aside"
    )
    return f"Every line is accounted for: {account}." if table.reconciled else f"Lines do not add up: {account}."
