"""What the commands share: exit codes, how a document and a sentence are put out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

APP = "lived-experience-outcomes"
DONE, PROBLEMS, WRONG_USE = 0, 1, 2

Database = Annotated[
    Path | None,
    typer.Option("--db", help="The database file. Otherwise $OUTCOMES_DB, else a file in your user data folder."),
]
OwnOutcomes = Annotated[
    Path | None,
    typer.Option("--outcomes", help="A folder with your own outcome files, beside the shipped ones."),
]

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, and nothing else there.")]


def say(text: str) -> None:
    """A line for people on standard output."""
    typer.echo(text)


def print_json(document: object) -> None:
    """One strict JSON document on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def database(named: Path | None) -> Path:
    """The database a command works on."""
    if named is not None:
        return named
    if from_environment := os.environ.get("OUTCOMES_DB"):
        return Path(from_environment)
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "outcomes.duckdb"
