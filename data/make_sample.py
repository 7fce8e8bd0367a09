"""Write the sample: synthetic exports of invented services, with a file of what is true in them.

Nothing here describes a real person or place. The same seed and scale give the same bytes; service k is the
same whatever the scale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from numpy.random import SeedSequence

from data.contract import TABLES
from data.sampling.days import FIRST_DAY, LAST_DAY
from data.sampling.homes import TWELVE, homes
from data.sampling.service import Export, export_service
from data.sampling.tables import write_table
from data.sampling.truth import NOTE

SEED = 2026

README = """\
# Sample exports

Synthetic, seeded, no real person. Invented services from {first} to {last}, made by `outcomes sample`
(seed {seed}, scale {scale}). Every name, date and number comes from dice.

One CSV for each table of the contract. Two services send only the starting tables, one sends no stays, one
has only monthly totals for the months before its event export begins.

`truth.json` holds what was planted, so that verdicts can be scored:

- `interventions`: class (`works`, `null`, `worse`, `unsafe`), whether the plan began after a bad spell, and for
  each outcome the true effect (`true`) and the expected change from before to after (`true_before_after`);
- `services`: recording surges, a new recording system, an outbreak, an equity gap, one main recorder, a
  finding about capacity, with dates and sizes.

Where each situation can be walked through:

| Situation | Where |
|---|---|
| A morning routine made together | Elm House, "Tea before washing" |
| A positive risk plan | Birch Grove, "Garden door open"; Elm House, "Walking to the shop" |
| Disagreement in safeguarding | Oak Lodge, "Families told early, in plain words" |
| Homecare with declined care | Cedar Homecare, "A wash when the kettle has boiled" |
| Planning three ways and its trail | Rowan View, "Planning together, three ways" |
| Best interests beside everyday choice | Elm House, around the finding about capacity |
| People living there shape the home | Birch Grove, "People decide the week" |
| Music | Rowan View, "Welsh songs on waking" |
| A relatives' group | Elm House, "Relatives' group every month" |
| Equal access | Willow Bank, by ethnic group |
"""


@dataclass(frozen=True)
class SampleSummary:
    """What was written."""

    folder: Path
    files: tuple[Path, ...]
    rows: Mapping[str, int]
    services: int
    people: int
    interventions: int


def write_sample(folder: Path, *, seed: int = SEED, scale: int = 1) -> SampleSummary:
    """Write the sample's exports, its truth and a readme into ``folder``: ``scale`` times twelve services."""
    if scale < 1:
        raise ValueError("The sample needs a scale of at least 1.")
    folder.mkdir(parents=True, exist_ok=True)
    chosen = homes(scale * len(TWELVE))
    seeds = SeedSequence(seed).spawn(len(chosen))
    exports = [export_service(home, child) for home, child in zip(chosen, seeds, strict=True)]
    files, rows = [], {}
    for table in TABLES:
        gathered = [row for export in exports for row in export.tables.get(table, ())]
        rows[table] = len(gathered)
        files.append(write_table(folder, table, gathered))
    files.append(_write_truth(folder, exports, seed, scale))
    files.append(_write_readme(folder, seed, scale))
    return SampleSummary(
        folder,
        tuple(files),
        MappingProxyType(rows),
        len(exports),
        sum(export.people for export in exports),
        sum(len(export.interventions) for export in exports),
    )


def _write_truth(folder: Path, exports: list[Export], seed: int, scale: int) -> Path:
    truth = {
        "seed": seed,
        "scale": scale,
        "from": FIRST_DAY.isoformat(),
        "to": LAST_DAY.isoformat(),
        "note": NOTE,
        "interventions": [entry for export in exports for entry in export.interventions],
        "services": [export.planted for export in exports],
    }
    path = folder / "truth.json"
    path.write_text(json.dumps(truth, indent=1, allow_nan=False) + "\n", encoding="utf-8", newline="\n")
    return path


def _write_readme(folder: Path, seed: int, scale: int) -> Path:
    path = folder / "README.md"
    text = README.format(first=FIRST_DAY, last=LAST_DAY, seed=seed, scale=scale)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
