"""What somebody could work out who holds nothing but the files of a release, in whole numbers, by another solver than ours.

Reads only ``cells.csv`` and ``units.csv``. Knows what anybody can read in them: settings are made of their services and
groups, years of their quarters, falls with harm are falls, shown counts are rounded to fives.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

ADD_UP = {"F1", "F2", "D2", "D5", "F5", "I9", "I6", "V1", "V2", "V10", "I2", "G1", "R2"}
"""Outcomes whose quarters add up to the year and whose services add up to the setting."""
PART_OF = {"F2": "F1"}
Row = dict[str, str]


@dataclass(frozen=True)
class Recovered:
    """A hidden count that can be narrowed down: the least and the most it can be."""

    outcome: str
    unit: str
    period: str
    low: float
    high: float


def rows_of(folder: Path) -> list[Row]:
    """The rows of a released table."""
    return list(csv.DictReader(io.StringIO((folder / "cells.csv").read_text(encoding="utf-8-sig"))))


def recovered(
    rows: Sequence[Row], outcomes: Iterable[str], settings: Iterable[str], every: int = 1
) -> Iterator[Recovered]:
    """Hidden counts of services and groups, by quarter, that cannot be anything from 1 to 7. ``every``: only each n-th."""
    wanted = {*outcomes}
    for setting in settings:
        those = [row for row in rows if row["setting"] == setting and not row["group"] and row["outcome"] in wanted]
        if those:
            yield from _of_setting(those, every)


def _of_setting(rows: Sequence[Row], every: int) -> Iterator[Recovered]:
    parts = [row for row in rows if row["unit_level"] != "setting" and " to " not in row["period"]]
    parts = [row for row in parts if row["status"] != "missing"]
    number = {(row["outcome"], row["unit"], row["period"]): n for n, row in enumerate(parts)}
    by_period: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (outcome, _, period), n in number.items():
        by_period[outcome, period].append(n)
    quarters = sorted({row["period"] for row in parts})
    left, low, high = [], [], []

    def know(atoms: Sequence[int], least: float, most: float, less: Sequence[int] = ()) -> None:
        line = np.zeros(len(parts))
        line[list(atoms)] += 1
        line[list(less)] -= 1
        left.append(line)
        low.append(least)
        high.append(most)

    for row in rows:
        if row["status"] != "shown":
            continue
        count = int(row["numerator"])
        least, most = (0, 0) if count == 0 else (max(8, count - 2), count + 2)
        year = " to " in row["period"]
        periods = [q for q in quarters if row["period"].split(" to ")[0] <= q <= row["period"].split(" to ")[-1]]
        if year and (row["outcome"] not in ADD_UP or len(periods) != 4):
            continue
        if row["unit_level"] == "setting":
            atoms = [n for period in periods for n in by_period[row["outcome"], period]]
            whole = [row_ for row_ in parts if row_["outcome"] == row["outcome"] and row_["period"] in periods]
            if len({row_["unit"] for row_ in whole}) != int(row["services"]):
                continue  # some service stands behind it of which this table says nothing
        else:
            atoms = [number[place] for period in periods if (place := (row["outcome"], row["unit"], period)) in number]
            if len(atoms) != len(periods):
                continue
        know(atoms, least, most)
    for (outcome, unit, period), n in number.items():
        whole_place = (PART_OF.get(outcome, ""), unit, period)
        if whole_place in number:
            know([n], -np.inf, 0, [number[whole_place]])
    constraints = LinearConstraint(np.array(left), np.array(low), np.array(high)) if left else ()
    hidden = [n for n, row in enumerate(parts) if row["status"] == "suppressed"]
    for n in hidden[::every]:
        aim = np.zeros(len(parts))
        aim[n] = 1
        ends = []
        for sign in (1, -1):
            held = Bounds(0, np.where(np.arange(len(parts)) == n, 7 if sign < 0 else np.inf, np.inf))
            found = milp(sign * aim, constraints=constraints, integrality=np.ones(len(parts)), bounds=held)
            ends.append(sign * found.fun if found.x is not None else float("nan"))
        if not (ends[0] <= 1 and ends[1] >= 7):
            row = parts[n]
            yield Recovered(row["outcome"], row["unit"], row["period"], *ends)
