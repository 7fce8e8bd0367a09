"""An export as large as asked, made on the spot: clean rows with a few bad ones, as real exports have."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from data.contract import TABLES

COLUMNS = list(TABLES["incidents"].columns)[:16]


def incidents(path: Path, rows: int, *, seed: int) -> Path:
    """``rows`` incidents over five years, 400 homes and 16,000 people; 1 in 50 has a date nobody can read."""
    rng = np.random.default_rng(seed)
    kinds = ("distress", "fall", "calming_medicine", "restrictive", "other")
    start = datetime(2021, 1, 1)
    minutes = rng.integers(0, 5 * 365 * 24 * 60, rows)
    homes, people, kind = rng.integers(0, 400, rows), rng.integers(0, 16_000, rows), rng.integers(0, len(kinds), rows)
    bad = rng.random(rows) < 0.02
    harms = ("none", "low", "moderate", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for n in range(rows):
            when = start + timedelta(minutes=int(minutes[n]))
            said = "31/02/2025 10:00" if bad[n] else when.strftime("%d/%m/%Y %H:%M" if n % 2 else "%Y-%m-%d %H:%M")
            out.writerow(
                (
                    f"I{n}", f"home-{homes[n]}", f"P-{people[n]}", said, "minute",
                    (when + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M"), f"S-{n % 900}", kinds[kind[n]], "",
                    harms[n % 4], "", "yes" if n % 3 else "", str(n % 3 + 1), str(n % 90), "bedroom", "not_known",
                )
            )  # fmt: skip
    return path
