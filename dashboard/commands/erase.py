"""``outcomes erase``: one person's record out of the file, and what the person who did it has to do elsewhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from dashboard.commands.common import AsJson, Database, database, print_json, say
from data.erasing import Erased, allow_again, erase
from data.ingest import WrongUse

STILL_TO_DO = (
    "Restart the dashboard if it is running: it may hold earlier answers in memory.",
    "Take the person out of the exports named above, or delete those files.",
    "Delete or replace every backup made before today: docs/deployment.md says how.",
    "Releases for commissioners hold no person. A release for researchers holds rows that cannot be traced to anybody; "
    "make the next one from this database, and withdraw earlier ones where that was promised.",
)


def erase_command(
    person: Annotated[
        str,
        typer.Argument(help="The person's reference as in the exports, or code:XXXXXXXX; - to be asked for it."),
    ],
    db: Database = None,
    word: Annotated[
        list[str] | None,
        typer.Option(help="A name that stands in titles or labels of other rows, to be taken out; may be repeated."),
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--allow-again", help="Let exports bring an erased person back: they are supported here again."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    json_: AsJson = False,
) -> None:
    """Erase one person: every row about them, in every version. It cannot be taken back."""
    if person == "-":
        person = typer.prompt("Reference", hide_input=True, err=True)
    if not person.strip():
        raise WrongUse("Say whom: the person's reference as in the exports.")
    if again:
        _tell_let_back(allow_again(database(db), person), json_)
        return
    if not yes:
        _ask()
    done = _Done(erase(database(db), person, today=date.today(), words=word or ()), date.today())
    if json_:
        print_json(done.as_json())
    else:
        done.tell()


def _ask() -> None:
    if not sys.stdin.isatty():
        raise WrongUse("Erasing cannot be taken back. Add --yes if you are sure.")
    typer.confirm("Every row about this person will be erased. This cannot be taken back. Go on?", abort=True, err=True)


def _tell_let_back(were: bool, json_: bool) -> None:
    if json_:
        print_json({"allowed_again": were})
    elif were:
        say("Exports may bring this person back. Load the exports that hold them.")
    else:
        say("Nobody with this reference was erased from this database.")


@dataclass(frozen=True)
class _Done:
    erased: Erased
    day: date

    def as_json(self) -> dict[str, Any]:
        return {
            "erased_on": self.day.isoformat(),
            "rows": self.erased.rows,
            "forgotten_cells": self.erased.forgotten_cells,
            "log_lines": self.erased.log_lines,
            "held_by": [
                {"load_id": each.load_id, "loaded_at": each.loaded_at.isoformat(), "files": list(each.files)}
                for each in self.erased.held_by
            ],
            "still_to_do": list(STILL_TO_DO),
        }

    def tell(self) -> None:
        rows = (
            "1 row about this person is"
            if self.erased.rows == 1
            else f"{self.erased.rows:,} rows about this person are"
        )
        say(f"{rows} erased, and the file is written anew without them.")
        if self.erased.forgotten_cells:
            say(
                f"What stood in {self.erased.forgotten_cells:,} refused cells is forgotten too: "
                "nothing says whose rows they were."
            )
        if self.erased.log_lines:
            say(f"{self.erased.log_lines:,} lines of the log of who looked no longer name them.")
        say("These loads brought rows about this person. Their export files still hold them:")
        for each in self.erased.held_by:
            say(f"  load {each.load_id}, {each.loaded_at:%d/%m/%Y}: {', '.join(each.files)}")
        for line in STILL_TO_DO:
            say(f"- {line}")
