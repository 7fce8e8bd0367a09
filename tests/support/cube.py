"""A believable commissioner's release in memory: three kinds of service, nine quarters, every status a cell can have."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from data.model import Period
from data.releases.model import (
    Cell,
    Change,
    CommissionerRelease,
    Definition,
    Gap,
    Happening,
    Length,
    Part,
    Reading,
    ReleaseReport,
    Status,
    Together,
    Unit,
)
from metrics.catalogue import load_catalogue
from metrics.explaining import what_it_counts
from metrics.kinds.common import times
from metrics.model import Outcome

CATALOGUE = load_catalogue()
CODES = ("F1", "F2", "D2", "D5", "F5", "L9", "I6", "V1", "V2", "I2", "E6", "C3", "L4")
RULES: Mapping[str, float | int | str] = {
    "fewest_people": 8, "fewest_events": 8, "fewest_under": 10, "rounding": 5, "most_of_one_person": 0.5,
    "most_of_two_people": 0.9, "fewest_services": 3, "most_of_one_service": 0.7, "sensitive_under": 20, "rules": "1",
}  # fmt: skip
UNITS = (
    Unit("ash", "Ash House", "service", "residential", "EN", 1),
    Unit("birch", "Birch Court", "service", "residential", "EN", 1),
    Unit("cedar", "Cedar Lodge", "service", "residential", "EN", 1),
    Unit("elm", "Elm House", "service", "residential", "EN", 1),
    Unit("fir", "Fir Bank", "service", "residential", "WA", 1),
    Unit("oak", "Oak Lodge", "service", "residential", "EN", 1),
    Unit("together:residential", "4 smaller care homes together", "group", "residential", "EN", 4),
    Unit("all:residential", "All care homes", "setting", "residential", "EN", 10),
    Unit("lime", "Lime Nursing Home", "service", "nursing", "EN", 1),
    Unit("maple", "Maple Nursing Home", "service", "nursing", "EN", 1),
    Unit("pine", "Pine Nursing Home", "service", "nursing", "SC", 1),
    Unit("all:nursing", "All nursing homes", "setting", "nursing", "EN", 3),
    Unit("together:homecare", "3 smaller homecare services together", "group", "homecare", "EN", 3),
)
RATES = {"F1": 7.0, "F2": 2.4, "D2": 50.0, "D5": 11.0, "F5": 4.0, "I6": 9.0}
SHARES = {"L9": 0.45, "V1": 0.6, "V2": 0.7, "I2": 0.85, "E6": 0.95, "C3": 0.8}
QUARTER_DAYS = 91
FIRST_YEAR, FIRST_QUARTER, QUARTERS = 2024, 3, 9


def quarter(number: int) -> Period:
    """The quarters of the release, from 0."""
    year, at = divmod(FIRST_YEAR * 4 + FIRST_QUARTER - 1 + number, 4)
    first = date(year, 3 * at + 1, 1)
    after = date(year + (at == 3), (3 * at + 3) % 12 + 1, 1)
    return Period(first, after - timedelta(days=1))


EVERY = tuple(quarter(number) for number in range(QUARTERS))
LATEST = EVERY[-1]
YEAR = Period(EVERY[-4].first, LATEST.last)


def rounded(figure: float) -> int:
    return math.floor(figure / 5 + 0.5) * 5


def definition(outcome: Outcome) -> Definition:
    """As the release words an outcome."""
    return Definition(
        outcome.code, outcome.name, outcome.kind, outcome.unit, outcome.good, what_it_counts(outcome), outcome.many_of,
        outcome.why, round(times(outcome), 4), outcome.beside, 1 if outcome.kind in ("rate", "stay", "score") else 0,
    )  # fmt: skip


def cell(
    outcome: str, unit: str, period: Period, counted: float | None, over: float = 0.0, *, length: Length = "quarter",
    status: Status = "shown", column: str = "", word: str = "",
) -> Cell:  # fmt: skip
    """A cell from a count and what it is over; for a score ``counted`` is the mean and ``over`` the answers."""
    held = CATALOGUE.get(outcome)
    assert held is not None
    services = next((each.services for each in UNITS if each.code == unit), 1)
    if status != "shown" or counted is None:
        return Cell(outcome, unit, length, period, status, services=services, column=column, word=word)
    if held.kind == "score":
        n, mean = rounded(over), round(counted, 1)
        return Cell(
            outcome, unit, length, period, status, n, n, mean, round(mean - 0.3, 1), round(mean + 0.3, 1), services,
            column, word,
        )  # fmt: skip
    top, foot = rounded(counted), rounded(over)
    places = 1 if held.kind in ("rate", "stay") else 0
    value = round(top / foot * times(held), places)
    spread = 1.96 * math.sqrt(max(top, 1)) / foot * times(held)
    high = value + spread if held.kind in ("rate", "stay") else min(held.per, value + spread)
    return Cell(
        outcome,
        unit,
        length,
        period,
        status,
        top,
        foot,
        value,
        max(0.0, round(value - spread, places)),
        round(high, places),
        services,
        column,
        word,
    )


def _cells(rng: random.Random) -> list[Cell]:
    found: list[Cell] = []
    for unit in UNITS:
        size: int = 60 * unit.services if unit.level == "setting" else 28 if unit.level == "group" else 40
        for code in CODES:
            quarters = [_quarter(rng, unit, code, number, size) for number in range(QUARTERS)]
            found += [each for each in quarters if each is not None]
            if (unit.code, code) != ("all:nursing", "D5"):  # left out: it would give a hidden figure away
                found.append(_year(rng, unit, code, size))
    for unit in UNITS:
        if unit.level == "setting":
            for code, words in (
                ("V1", ("asian", "black", "not_recorded", "others", "white")),
                ("L9", ("asian", "white")),
            ):
                found += [
                    cell(code, unit.code, YEAR, 12 + 15 * place, 30 + 30 * place, length="year",
                         status="suppressed" if word in ("not_recorded", "others") else "shown", column="ethnicity_group", word=word)
                    for place, word in enumerate(words)
                ]  # fmt: skip
    return found


def _quarter(rng: random.Random, unit: Unit, code: str, number: int, size: int) -> Cell | None:
    period = EVERY[number]
    if code == "C3" and unit.code in ("ash", "birch"):
        return cell(code, unit.code, period, None, status="missing")
    if unit.code == "cedar" and code in ("L9", "L4", "V1"):
        return cell(code, unit.code, period, None, status="missing")
    if unit.code == "fir" and code in ("F2", "I6", "F5"):
        return cell(code, unit.code, period, None, status="suppressed")
    if unit.level == "service" and code in ("I6", "I2") and number % 3:
        return cell(code, unit.code, period, None, status="suppressed")
    if unit.code == "oak" and code == "F1" and number == 5:
        return cell(code, unit.code, period, None, status="suppressed")
    if code == "D5" and unit.code == "oak" and number == QUARTERS - 1:
        return cell(code, unit.code, period, 0, size * QUARTER_DAYS)
    surge = 1.6 if unit.code == "elm" and code == "F1" and number >= 5 else 1.0
    return _figure(rng, unit, code, period, size, QUARTER_DAYS, "quarter", surge)


def _year(rng: random.Random, unit: Unit, code: str, size: int) -> Cell:
    if unit.code == "cedar" and code in ("L9", "L4", "V1"):
        return cell(code, unit.code, YEAR, None, length="year", status="missing")
    if unit.code == "fir" and code in ("F2", "I6", "F5"):
        return cell(code, unit.code, YEAR, None, length="year", status="suppressed")
    return _figure(rng, unit, code, YEAR, size, 365, "year", 1.6 if unit.code == "elm" and code == "F1" else 1.0)


def _figure(
    rng: random.Random, unit: Unit, code: str, period: Period, size: int, days: int, length: Length, surge: float
) -> Cell:
    if code in RATES:
        held = CATALOGUE.get(code)
        assert held is not None
        there = size * days
        expected = RATES[code] * surge * there / times(held)
        return cell(code, unit.code, period, max(8.0, rng.gauss(expected, math.sqrt(expected))), there, length=length)
    if code == "L4":
        return cell(code, unit.code, period, 3.6 + rng.gauss(0, 0.15), size, length=length)
    over = size if length == "quarter" else size * 1.4
    return cell(
        code, unit.code, period, max(8.0, min(over, over * (SHARES[code] + rng.gauss(0, 0.06)))), over, length=length
    )


def _gaps() -> tuple[Gap, ...]:
    ours = "all:residential"
    return (
        Gap("L9", ours, YEAR, "ethnicity_group", "asian", "points", -10, -25, 5),
        Gap("V1", ours, YEAR, "ethnicity_group", "asian", "points", -20, -35, -5),
        Gap("V1", ours, YEAR, "ethnicity_group", "black", "points", -5, -20, 10),
        Gap("V1", ours, YEAR, "ethnicity_group", "others", None, None, None, None, "too_few_to_show"),
        Gap("V1", ours, YEAR, "ethnicity_group", "white", None, None, None, None, "no_range"),
        Gap("D5", ours, YEAR, "ethnicity_group", "asian", "ratio", 1.4, 1.05, 1.9),
    )  # fmt: skip


def _changes() -> tuple[Change, ...]:
    before, began = date(2025, 12, 1), date(2026, 1, 12)
    held = tuple(
        Part(code, met, found, day)
        for code, met, found, day in (
            ("D2", True, "better", before), ("F1", True, "held steady", before), ("F2", True, "held steady", before),
            ("I2", True, "on target", before), ("V2", True, "on target", before),
        )
    )  # fmt: skip
    open_ = tuple(replace(each, met=None, found="cannot tell yet") if each.outcome == "F2" else each for each in held)
    return (
        Change("chg-1", "elm", "music", began, "planned", 2, "D2", "change", 0.8, before, "before", "better", None,
               "ratio", 0.6, 0.9, "better", None, held),
        Change("chg-2", "birch", "activities", date(2026, 2, 2), "after_incidents", 1, "D2", "change", 0.8,
               date(2026, 3, 1), "afterwards", "better", None, "ratio", 0.65, 0.95, "cannot tell yet", "part_open", open_,
               ("spike_baseline",)),
        Change("chg-3", "oak", "routine", date(2025, 9, 1), "request", None, "F1", "steady", 1.25, None, "never",
               "cannot tell yet", "too_few_to_show", None, None, None, None, None),
        Change("chg-4", "lime", "environment", date(2025, 6, 2), "not_recorded", 4, "F1", "steady", 1.25,
               date(2025, 5, 1), "before", "worse", None, "ratio", 1.1, 1.6, "worse", None,
               (Part("F1", False, "worse", date(2025, 5, 1)), Part("F2", True, "held steady", None))),
    )  # fmt: skip


def _together() -> tuple[Together, ...]:
    every = (("", 40), ("better", 10), ("held steady", 10), ("worse", None), ("cannot tell yet", 15))
    small: tuple[tuple[str, int | None], ...] = (
        ("", 15), ("better", None), ("held steady", 0), ("worse", 0), ("cannot tell yet", 10),
    )  # fmt: skip
    found = []
    for by, word, counts in (
        ("kind", "music", every), ("kind", "routine", small), ("ladder_level", "0", small), ("ladder_level", "2", every),
    ):  # fmt: skip
        for verdict, count in counts:
            status: Status = "suppressed" if count is None else "shown"
            found.append(Together("", by, word, verdict, status, count))
    return tuple(found)


def report(**changed: object) -> ReleaseReport:
    """The account of the release."""
    plain = ReleaseReport(
        kind="commissioner", release_id="2026Q3-1", made_on=date(2026, 11, 2), version="0.7.0", rules=RULES,
        counts={"cells": 1000, "shown": 900, "suppressed": 80, "missing": 20},
        hidden_by={"too_few_people": 40, "too_few_events": 20, "one_person": 5, "complementary": 15}, proved=True,
        earlier=("2026Q2-1",), synthetic=True,
        read_by=(Reading("The advisory board of people living with dementia", date(2026, 10, 28), "Say what is hidden first."),),
    )  # fmt: skip
    return replace(plain, **changed)  # type: ignore[arg-type]


def full_release(seed: int = 7) -> CommissionerRelease:
    """The release with everything in it."""
    outcomes = [found for code in CODES if (found := CATALOGUE.get(code)) is not None]
    return CommissionerRelease(
        report=report(), definitions=tuple(map(definition, outcomes)), units=UNITS,
        cells=tuple(_cells(random.Random(seed))), gaps=_gaps(), changes=_changes(), together=_together(),
        happenings=(
            Happening("elm", "reporting_training", quarter(5).first, None),
            Happening("birch", "outbreak", date(2026, 2, 10), date(2026, 3, 3)),
        ),
        not_shown={"supported_living": 2},
    )  # fmt: skip


def empty_release() -> CommissionerRelease:
    """Nothing closed yet: no cell, no unit."""
    return CommissionerRelease(report(counts={}, hidden_by={}, read_by=(), earlier=()), (), (), ())


def all_hidden(release: CommissionerRelease) -> CommissionerRelease:
    """The same release with every figure hidden."""
    hide = {"numerator": None, "denominator": None, "value": None, "low": None, "high": None}
    return replace(
        release,
        cells=tuple(replace(each, status="suppressed", **hide) for each in release.cells),  # type: ignore[arg-type]
        gaps=tuple(
            replace(each, scale=None, estimate=None, low=None, high=None, reason="too_few_to_show") for each in release.gaps
        ),
        changes=tuple(
            replace(each, verdict="cannot tell yet", verdict_reason="too_few_to_show", scale=None, low=None, high=None,
                    joint=None, joint_reason=None, parts=()) for each in release.changes
        ),
        together=tuple(replace(each, status="suppressed", count=None) for each in release.together),
    )  # fmt: skip


def with_labels(release: CommissionerRelease, text: str) -> CommissionerRelease:
    """Every name somebody could have written holds this text."""
    return replace(
        release,
        units=tuple(replace(each, name=f"{text} {place}") for place, each in enumerate(release.units)),
        definitions=tuple(replace(each, name=f"{each.name} {text}", why=text, counts=text) for each in release.definitions),
        changes=tuple(replace(each, kind=text) for each in release.changes),
        report=replace(release.report, read_by=(Reading(text, date(2026, 10, 1), text),), notes=(text,)),
    )  # fmt: skip


def written(folder: Path) -> Path:
    """A folder that looks like a release to whoever only asks whether the file is there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "commissioner.duckdb").write_bytes(b"not opened in these tests")
    return folder
