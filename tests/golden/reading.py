"""From a reference file to cases; nothing about a case is taken for granted."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.golden.expected import expected_of

NO_FIGURES = ("formula", "expected", "tolerance", "family", "note", "notes", "source", "compare", "recommended")
"""What a model says about itself beside its figures."""


class Unreadable(Exception):
    """The file cannot be used at all: said to whoever typed the command."""


class NotAnswered(Exception):
    """This version has no answer to the case, and says why."""


@dataclass(frozen=True)
class Case:
    """One entry of a reference file. ``asks`` is its question or chart in small letters, or empty."""

    name: str
    asks: str
    entry: Mapping[str, Any]
    folder: Path
    tolerance: object = None

    @property
    def input(self) -> Mapping[str, Any]:
        """The named inputs; NotAnswered when the entry has none."""
        given = self.entry.get("input")
        if not isinstance(given, Mapping):
            raise NotAnswered("its input is not a set of named values")
        return given

    @property
    def options(self) -> Mapping[str, Any]:
        given = self.entry.get("options")
        return given if isinstance(given, Mapping) else {}

    @property
    def models(self) -> Mapping[str, Mapping[str, Any]]:
        """The models of an entry that fits several to the same rows, by name; empty for most entries."""
        found = self.entry.get("models")
        if not isinstance(found, Mapping):
            return {}
        return {str(name): body for name, body in found.items() if isinstance(body, Mapping)}

    @property
    def expected(self) -> Mapping[str, Any]:
        """The figures to meet, by name; those of an entry's models stand under the name of their model.

        A model keeps its figures under ``expected``, or bare beside its formula. NotAnswered when there are none.
        """
        own = expected_of(self.entry)
        found = dict(own or {})
        for name, body in self.models.items():
            told = body.get("expected")
            bare = {key: value for key, value in body.items() if key not in NO_FIGURES}
            found[name] = {**bare, **told} if isinstance(told, Mapping) else bare
        if not found and own is None:
            raise NotAnswered("it states no expected figures by name")
        return found

    def given(self, name: str) -> Any:
        """One named input; NotAnswered when it is missing."""
        if self.input.get(name) is None:
            raise NotAnswered(f"its input names no {name}")
        return self.input[name]

    def has(self, *names: str) -> bool:
        given = self.entry.get("input")
        return isinstance(given, Mapping) and all(name in given for name in names)

    def table(self, path: object = None) -> list[dict[str, str]]:
        """The rows of the CSV the input names, relative to the reference file."""
        file = self.folder / str(self.given("csv") if path is None else path)
        if not file.is_file():
            raise NotAnswered(f"there is no file {file.name} beside it")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))


def cases_in(path: Path) -> list[Case]:
    """Every entry of the file; none when it holds no list of them. Raises Unreadable for what is no JSON."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise Unreadable(f"{path}: there is no such file to read.") from None
    except ValueError as problem:
        raise Unreadable(f"{path}: this is not JSON ({problem}).") from None
    heading: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
    entries = content if isinstance(content, list) else heading.get("cases", heading.get("anchors"))
    return list(_cases(entries, heading, path)) if isinstance(entries, list) else []


def _cases(entries: list[Any], heading: Mapping[str, Any], path: Path) -> Iterable[Case]:
    for number, raw in enumerate(entries, start=1):
        entry: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        chart, question = entry.get("chart"), entry.get("question", heading.get("question"))
        yield Case(
            name=str(entry.get("name") or f"{path.stem} case {number}"),
            asks=f"chart {chart}".lower() if chart else str(question or "").strip().lower(),
            entry=entry,
            folder=path.parent,
            tolerance=entry.get("tolerance", heading.get("tolerance")),
        )
