"""``outcomes calibrate``: the verdicts scored against planted truth."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.commands.common import AsJson, print_json
from data import __version__
from metrics.calibrating.report import as_document, words
from metrics.calibrating.scoring import score_all
from metrics.calibrating.worlds import SCENARIOS
from metrics.catalogue import load_catalogue
from metrics.words import counted

COLUMNS = ("What is true", "better", "held steady", "worse", "cannot tell yet", "limits hold", "asked", "met")


def calibrate_command(
    worlds: Annotated[int, typer.Option(help="Made-up worlds for each scenario.", min=1, max=100_000)] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same worlds.", min=0)] = 2026,
    as_json: AsJson = False,
) -> None:
    """Score the verdicts against planted truth: how often each word is said, and how often rightly."""
    catalogue = load_catalogue()
    total, done = len(SCENARIOS), 0

    def progress(name: str) -> None:
        nonlocal done
        done += 1
        typer.echo(f"{done} of {total}: {name}", err=True)

    scores = score_all(catalogue, worlds, seed, progress=progress)
    if as_json:
        print_json(as_document(scores, version=__version__, seed=seed))
    else:
        table = Table(
            *COLUMNS,
            title=f"{counted(worlds, 'world', 'worlds')} a scenario, seed {seed}, version {__version__}; shares in 100",
        )
        for row in words(scores):
            table.add_row(*row)
        Console(width=160).print(table)
