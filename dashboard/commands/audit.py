"""``outcomes audit``: who opened what is recorded about one person."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.commands.common import DONE, AsJson, Database, database, print_json, say
from data.ingest import WrongUse
from data.viewing import views


def audit_command(
    db: Database = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD, in UTC.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD, in UTC.")] = None,
    json_: AsJson = False,
) -> None:
    """List who opened what is recorded about one person, oldest first. People stand in it as codes."""
    path = database(db)
    if not path.exists():
        raise WrongUse("There is no database of that name. Check the name given with --db.")
    first, last = _day(from_), _day(to)
    if first is not None and last is not None and last < first:
        raise WrongUse("The last day is before the first. Turn --from and --to round.")
    rows = [asdict(each) for each in views(path, first, last)]
    if json_:
        print_json(rows)
    elif not rows:
        say("Nobody has opened the record of one person in that time.")
    else:
        table = Table("time (UTC)", "reader", "who", "page", "person", "data", box=None, pad_edge=False)
        for row in rows:
            table.add_row(*row.values())
        Console(highlight=False, markup=False, width=240).print(table)
    raise typer.Exit(DONE)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f'"{text}" is not a date. Write it as YYYY-MM-DD.') from None
