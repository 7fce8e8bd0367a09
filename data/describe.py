"""The CSV contract as a page: written from the description that drives everything else.

python -m data.describe > docs/csv-contract.md
"""

from __future__ import annotations

import sys

from data.contract import TABLES, Column, Table

_TYPES = {
    "id": "reference",
    "date": "date",
    "time": "date with clock time, or date alone",
    "int": "whole number",
    "num": "number",
    "code": "one of",
    "codes": "any of, `;` between",
    "yn": "yes or no (y, 1, true read)",
    "text": "short text",
}

_INTRODUCTION = """# The CSV contract

One CSV file a table, named like the table (`incidents.csv`), headings in the first line. **Bold** columns are needed
when the table is sent; others may be empty or left out. Headings match without case, spaces, `_`, `/` or `?`.
Dates are written YYYY-MM-DD or DD/MM/YYYY, never month first; times are wall-clock times in the United Kingdom.
An empty optional code is read as *not recorded*: never as "none" and never as "no".

References of people, staff and answerers are turned into keyed codes before anything is stored. Columns of names,
NHS numbers, birth dates, telephone numbers, e-mail and postal addresses are recognised and never stored.

To start: beds (in `services`) or `stays`, and whichever of `incidents`, `falls`, `feedback` and `interventions` you
have.
"""


def contract_markdown() -> str:
    """The whole contract as Markdown."""
    return "\n".join([_INTRODUCTION, *(_table(table) for table in TABLES.values())])


def _table(table: Table) -> str:
    lines = [f"## {table.name}", "", f"{table.row_is.capitalize()}.", ""]
    if table.without_it:
        lines += [f"Without it: {table.without_it}", ""]
    lines += ["| column | what it holds | also seen as |", "|---|---|---|"]
    lines += [_column(column) for column in table.columns.values()]
    return "\n".join([*lines, ""])


def _column(column: Column) -> str:
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    holds = _TYPES[column.type]
    if column.codes and column.type != "yn":
        holds += " " + ", ".join(f"`{code}`" for code in column.codes)
    if column.low is not None and column.high is not None and column.high < 1e6:
        holds += f", {column.low:g} to {column.high:g}"
    if column.pseudonym:
        holds += "; stored as a keyed code"
    if column.free_text:
        holds += "; never stored"
    if column.about:
        holds += f"; {column.about}"
    return f"| {name} | {holds} | {', '.join(column.seen_as) or '–'} |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(contract_markdown())
