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

from data.contract import NOT_RECORDED, TABLES
from data.instruments import DOWN_IS_GOOD
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
    "fewest", "for_one_person", "line", "snapshot", "comparison",
}  # fmt: skip
LINES = ("service.expected_minority_pct",)
"""Figures that are known from elsewhere and can be drawn as a line to compare with."""
LOOKED_AT = ("met", "partly", "not_met")
"""Results of checks that were looked at; what did not apply is left out and shown beside the figure."""
NOT_DATED_BY_EVENT = ("services", "people", "declarations", "totals")
USUAL_WORDS: dict[str, dict[str, str]] = {
    "score": {"one_thing": "answer with a score", "many_things": "answers with a score", "one_of": "answer",
              "many_of": "answers"},
    "stay": {"one_of": "day lived here", "many_of": "days lived here"},
}  # fmt: skip
WORDS = {"one_thing", "many_things", "one_of", "many_of", "tells", "easy"}


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
        over = {"result": LOOKED_AT} | over if over else {**counts, "result": LOOKED_AT}
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
        line=found.get("line"),
        snapshot=bool(found.get("snapshot", False)),
        source=source,
        comparison=str(found["comparison"]).upper() if found.get("comparison") else None,
        **USUAL_WORDS.get(kind, {}) | {key: words[key] for key in WORDS if key in words},
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
        for column, words in where.items():
            if column not in columns_of(home):
                yield f"[{part}] names the column '{column}', which {home} does not have."
            yield from _unknown_words(part, home, column, words)
    yield from _what_cannot_be(found)
    if found.get("kind") == "day_share" and isinstance(found.get("window"), str):
        try:
            _window(found["window"])
        except (ValueError, Impossible):
            yield f'window = "{found["window"]}" is not a time of day. Write it like "06:00-11:00".'
    for word in sorted(set(found.get("words", {})) - WORDS):
        yield f"[words] has '{word}'. Known words: {', '.join(sorted(WORDS))}."


def _unknown_words(part: str, home: str, column: str, words: Any) -> Iterator[str]:
    """Words that no row can hold: the filter would quietly find nothing."""
    prefix, dot, own = column.partition(".")
    table = TABLES.get(JOINED.get(prefix, "") if dot else home)
    known = table.columns.get(own if dot else column) if table is not None else None
    if known is not None and known.type in ("int", "num"):
        for word in words if isinstance(words, list) else [words]:
            if not str(word).removeprefix("-").replace(".", "", 1).isdecimal():
                yield f'[{part}] {column} = "{word}" is no number, and {column} holds numbers.'
    if known is None or known.type not in ("code", "yn"):
        return
    codes = {*known.codes, known.empty_means or NOT_RECORDED}
    for word in words if isinstance(words, list) else [words]:
        if str(word).lower() not in codes:
            yield f'[{part}] {column} = "{word}" is no word of that column. Known words: {", ".join(known.codes)}.'


def _what_cannot_be(found: Mapping[str, Any]) -> Iterator[str]:
    """Parts that do not go together, each with what to do."""
    kind, table, share_of = found.get("kind"), found.get("table"), found.get("share_of", "rows")
    only = {"score": "feedback", "stay": "stays"}
    if kind in only and table != only[kind]:
        yield f'a {kind} is worked out from {only[kind]}. Write table = "{only[kind]}".'
    if kind in ("rate", "day_share") and table in {*NOT_DATED_BY_EVENT, "matters"} - (
        {"totals"} if kind == "rate" else set()
    ):
        yield f"a {kind} counts things that happened on a day, and {table} holds none."
    if share_of == "on_time" and table != "checks":
        yield 'share_of = "on_time" needs days by which things are due. Only the table checks has them.'
    if share_of != "rows" and kind != "share":
        yield f'share_of = "{share_of}" belongs to a share, not to a {kind}.'
    if kind != "day_share":
        yield from (
            f"'{key}' belongs to a day_share, not to a {kind}." for key in ("window", "observed") if key in found
        )
    for column in found.get("splits", ()):
        if column not in columns_of(str(table)):
            yield f"splits names the column '{column}', which {table} does not have."
    if "line" in found and found["line"] not in LINES:
        yield f'line = "{found["line"]}" is not known. Use one of: {", ".join(LINES)}.'
    yield from _size_that_cannot_be(found)
    yield from _direction_that_cannot_be(found)


def _size_that_cannot_be(found: Mapping[str, Any]) -> Iterator[str]:
    size, per = found.get("size"), found.get("per", 1)
    if not isinstance(per, int | float) or not 0 < per < float("inf"):
        yield f"per = {per} is not a number above 0."
    if size is None:
        return
    if not isinstance(size, int | float) or isinstance(size, bool) or not 0 < size < float("inf"):
        yield f"size = {size} is not a number above 0."
    elif found.get("judged") == "target" and found.get("kind") in ("share", "day_share") and size > 100:
        yield f"a target of {size} in 100 cannot be reached."
    elif found.get("judged") in ("change", "steady") and found.get("kind") in ("rate", "stay") and size == 1:
        yield "size = 1 is a ratio of no change at all. Write 0.8 for a fifth fewer, 1.25 for a margin of a quarter."


def _direction_that_cannot_be(found: Mapping[str, Any]) -> Iterator[str]:
    good = found.get("good")
    if good == "none" and found.get("judged") in ("change", "steady"):
        yield "a question of better or steady needs a good side: good is up, down, no rise or no fall."
    where = found.get("counts", {})
    if found.get("kind") != "score" or not isinstance(where, Mapping) or good == "none":
        return
    for instrument in _where(where).get("instrument", ()):
        down = instrument in DOWN_IS_GOOD
        if down != (good in ("down", "no rise")):
            yield f'on {instrument} a {"lower" if down else "higher"} score is better; good = "{good}" says otherwise.'


def columns_of(table: str) -> frozenset[str]:
    """Columns a filter on the table may name: its own, the made ones and the joined ones."""
    own = MATTERS_COLUMNS if table == "matters" else tuple(TABLES[table].columns) if table in TABLES else ()
    joined = (
        f"{prefix}.{column}" for prefix, joined_table in JOINED.items() for column in TABLES[joined_table].columns
    )
    return frozenset((*own, *MADE_COLUMNS.get(table, ()), *joined))
