"""What the commands share: exit codes, how a document and a sentence are put out."""

from __future__ import annotations

import json
from typing import Annotated

import typer

DONE, PROBLEMS, WRONG_USE = 0, 1, 2

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, and nothing else there.")]


def say(text: str) -> None:
    """A line for people on standard output."""
    typer.echo(text)


def print_json(document: object) -> None:
    """One strict JSON document on standard output."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
