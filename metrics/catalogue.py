"""The outcomes there are: the shipped files and the user's own, read once and checked.

One file adds an outcome. Catalogue page, CLI listing, selectors and tests follow from the files.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, get_args

from data.contract import TABLES
from data.model import ClockWindow, Impossible, Rows
from metrics.model import Good, Judged, Kind, Outcome, ShareOf

SHIPPED = Path(__file__).with_name("outcomes")
DATED_TABLES = ("incidents", "falls", "feedback", "checks", "views", "decisions", "interventions", "stays")
MADE_COLUMNS = {
    "views": ("ticks", "by_main_recorder"),
    "decisions": ("complete",),
    "interventions": ("declared",),
    "incidents": ("lag",),
    "falls": ("lag",),
}
MATTERS_COLUMNS = (
    "person_heard", "family_heard", "staff_heard", "all_three", "family_only", "kept_apart",
    "life_history", "traced", "person_family", "followed", "class", "risk", "domain",
)  # fmt: skip
JOINED = {"person": "people", "service": "services", "intervention": "interventions"}
KEYS = {
    "code", "name", "kind", "table", "good", "judged", "size", "why", "starred", "beside", "splits",
    "counts", "over", "observed", "window", "share_of", "per", "survives_recording_change", "words", "unit",
    "fewest",
    "for_one_person",
    "comparison",
}  # fmt: skip
WORDS = {"one_thing", "many_things", "one_of", "many_of", "tells"}


class OutcomeFileError(ValueError):
    """An outcome file that cannot be used: every fault, each with its file and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Catalogue:
    """All outcomes by code, in reading order."""

    outcomes: Mapping[str, Outcome]

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.outcomes.values())

    def __len__(self) -> int:
        return len(self.outcomes)

    def get(self, code: str) -> Outcome | None:
        return self.outcomes.get(code.upper())


def load_catalogue(own: Path | None = None) -> Catalogue:
    """Read the shipped outcome files, then the user's own folder (or ``$OUTCOMES_DIR``), which may replace them.

    Raises OutcomeFileError naming every fault of every file at once.
    """
    if own is None and (named := os.environ.get("OUTCOMES_DIR")):
        own = Path(named)
    outcomes: dict[str, Outcome] = {}
    faults: list[str] = []
    folders = [(SHIPPED, "shipped")] + ([(own, "own")] if own is not None else [])
    for folder, source in folders:
        if not folder.is_dir():
            faults.append(f"{folder} is not a folder. Name the folder that holds your outcome files.")
            continue
        for path in sorted(folder.glob("*.toml"), key=_reading_order):
            try:
                outcome = read_outcome(path, source)
            except OutcomeFileError as error:
                faults.extend(error.faults)
            else:
                outcomes[outcome.code] = outcome
    for outcome in outcomes.values():
        faults.extend(
            f"{outcome.code}: it is to be read beside {code}, and there is no such outcome."
            for code in outcome.beside
            if code not in outcomes and outcome.source == "own"
        )
    faults.extend(
        f"{outcome.code}: its comparison is {outcome.comparison}, and there is no such outcome."
        for outcome in outcomes.values()
        if outcome.comparison is not None and outcome.comparison not in outcomes
    )
    if faults:
        raise OutcomeFileError(faults)
    return Catalogue(outcomes)


def read_outcome(path: Path, source: str = "own") -> Outcome:
    """One outcome from one TOML file. Raises OutcomeFileError."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OutcomeFileError([f"{path.name}: this is not a TOML file ({error}). Mend the line it names."]) from None
    faults = [f"{path.name}: {fault}" for fault in _faults(found)]
    if faults:
        raise OutcomeFileError(faults)
    try:
        return _outcome(found, source)
    except (Impossible, ValueError, TypeError, KeyError) as error:
        raise OutcomeFileError([f"{path.name}: {error}"]) from None


def _reading_order(path: Path) -> tuple[str, int, str]:
    letters = path.stem.rstrip("0123456789")
    digits = path.stem[len(letters) :]
    return letters, int(digits or 0), path.stem


def _outcome(found: Mapping[str, Any], source: str) -> Outcome:
    kind, table = found["kind"], found["table"]
    words = found.get("words", {})
    observed = found.get("observed")
    counts = _where(found.get("counts", {}))
    over = _where(found.get("over", {}))
    if table == "checks" and kind == "share":
        counts = {"result": ("met",)} | counts
        over = over or {**counts, "result": ("met", "partly", "not_met")}
    return Outcome(
        code=str(found["code"]).upper(),
        name=found["name"],
        kind=kind,
        table=table,
        good=found["good"],
        judged=found["judged"],
        size=None if found.get("size") is None else float(found["size"]),
        unit=found.get("unit", _usual_unit(kind)),
        why=found.get("why", ""),
        counts=Rows(table, counts),
        over=Rows(table, over) if kind == "share" else None,
        share_of=found.get("share_of", "rows"),
        window=_window(found["window"]) if "window" in found else None,
        observed=Rows("checks", _where(observed)) if observed is not None else None,
        per=float(found.get("per", 1000 if kind == "rate" else 100)),
        beside=tuple(found.get("beside", ())),
        splits=tuple(found.get("splits", ())),
        starred=bool(found.get("starred", False)),
        survives_recording_change=bool(found.get("survives_recording_change", False)),
        fewest=int(found.get("fewest", 1)),
        for_one_person=bool(found.get("for_one_person", True)),
        source=source,
        comparison=str(found["comparison"]).upper() if found.get("comparison") else None,
        **{key: words[key] for key in WORDS if key in words},
    )


def _usual_unit(kind: str) -> str:
    return {"rate": "per 1,000 person days", "stay": "per 100 stay-years", "score": "points"}.get(kind, "%")


def _where(found: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        column: tuple(str(word) for word in (words if isinstance(words, list) else [words]))
        for column, words in found.items()
    }


def _window(text: str) -> ClockWindow:
    start, _, end = text.partition("-")
    return ClockWindow(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))


def _faults(found: Mapping[str, Any]) -> Iterator[str]:
    for key in ("code", "name", "kind", "table", "good", "judged"):
        if not found.get(key):
            yield f"'{key}' is missing. Every outcome file needs it."
    for key in sorted(set(found) - KEYS):
        yield f"'{key}' is not a key of an outcome file. Known keys: {', '.join(sorted(KEYS))}."
    for key, known in (("kind", Kind), ("good", Good), ("judged", Judged), ("share_of", ShareOf)):
        if key in found and found[key] not in get_args(known):
            yield f'{key} = "{found[key]}" is not known. Use one of: {", ".join(get_args(known))}.'
    table = found.get("table")
    if isinstance(table, str) and table and table not in (*TABLES, "matters"):
        yield f'table = "{table}" is not a table. Use one of: {", ".join(sorted((*TABLES, "matters")))}.'
        return
    for part in ("counts", "over", "observed"):
        where = found.get(part, {})
        home = "checks" if part == "observed" else str(table)
        if not isinstance(where, Mapping):
            yield f"[{part}] must be a list of columns and words."
            continue
        for column in where:
            if column not in columns_of(home):
                yield f"[{part}] names the column '{column}', which {home} does not have."
    if found.get("kind") == "day_share" and isinstance(found.get("window"), str):
        try:
            _window(found["window"])
        except (ValueError, Impossible):
            yield f'window = "{found["window"]}" is not a time of day. Write it like "06:00-11:00".'
    for word in sorted(set(found.get("words", {})) - WORDS):
        yield f"[words] has '{word}'. Known words: {', '.join(sorted(WORDS))}."


def columns_of(table: str) -> frozenset[str]:
    """Columns a filter on the table may name: its own, the made ones and the joined ones."""
    own = MATTERS_COLUMNS if table == "matters" else tuple(TABLES[table].columns) if table in TABLES else ()
    joined = (
        f"{prefix}.{column}" for prefix, joined_table in JOINED.items() for column in TABLES[joined_table].columns
    )
    return frozenset((*own, *MADE_COLUMNS.get(table, ()), *joined))
