"""Rows about the place itself: the service, its stays, what else happened, and its old monthly sheets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from data.sampling.days import DAYS, iso, iso_or_empty, months
from data.sampling.homes import Home
from data.sampling.plan_checks import finding_day
from data.sampling.residents import MOBILITY, STAGES
from data.sampling.tables import Row
from data.sampling.world import World


def service_row(home: Home) -> Row:
    """The row of one service."""
    return {
        "service_id": home.service_id,
        "setting": home.setting,
        "nation": home.nation,
        "beds": str(home.beds),
        "label": home.label,
        "region": home.region,
        "commissioner_id": home.commissioner_id,
        "opened_on": f"{1988 + home.index * 7 % 28}-04-01",
        "expected_minority_pct": f"{home.expected_minority_pct:g}",
    }


def stay_rows(world: World) -> Iterator[Row]:
    """The rows of stays; an open one ends with the export."""
    for stay in world.residents.stays:
        yield {
            "person_id": stay.person_id,
            "service_id": world.home.service_id,
            "start_on": iso(stay.arrived),
            "end_on": iso(stay.left) if stay.left < DAYS else "",
            "end_reason": stay.end_reason,
            "kind": stay.kind,
        }


def context_rows(world: World, rng: Generator) -> list[Row]:
    """Everything dated that is neither an incident nor a plan, without ids."""
    rows = [*_of_people(world, rng), *_of_the_home(world)]
    for trial in world.trials:
        found = finding_day(world, trial)
        if found is not None and trial.who is not None:
            rows.append(_row(world, "capacity_finding", found, trial.who, label="Capacity for money matters assessed"))
    return rows


def _row(world: World, kind: str, first: int, who: int | None = None, until: int | None = None, stage: str = "",
         mobility: str = "", label: str = "") -> Row:  # fmt: skip
    return {
        "service_id": world.home.service_id,
        "from_on": iso(first),
        "kind": kind,
        "person_id": "" if who is None else world.residents.stays[who].person_id,
        "until_on": iso_or_empty(until),
        "stage": stage,
        "mobility": mobility,
        "label": label,
    }


def _of_people(world: World, rng: Generator) -> Iterator[Row]:
    for away in world.residents.away:
        yield _row(world, "hospital", away.first, away.who, away.last)
    for change in world.residents.changes:
        yield _row(world, "need_change", change.day, change.who,
                   stage="" if change.stage is None else STAGES[change.stage],
                   mobility="" if change.mobility is None else MOBILITY[change.mobility])  # fmt: skip
    if world.home.sleeps:
        for _ in range(int(rng.integers(1, 5))):
            day = int(rng.integers(20, DAYS - 10))
            here = world.residents.here(day)
            yield _row(world, "move_of_room", day, here[int(rng.integers(len(here)))])


def _of_the_home(world: World) -> Iterator[Row]:
    for event in world.background.events:
        yield _row(world, event.kind, event.day, until=event.until, label=event.label)


def monthly_totals(world: World, fell_on: list[int]) -> list[Row]:
    """The falls of the months before the home's event export begins, with their bed days."""
    counts = np.bincount(fell_on, minlength=DAYS)
    bed_days = world.residents.present.sum(axis=0)
    return [
        {
            "service_id": world.home.service_id,
            "outcome": "F1",
            "period_from": iso(first),
            "period_to": iso(last),
            "numerator": str(int(counts[first : last + 1].sum())),
            "denominator": str(int(bed_days[first : last + 1].sum())),
        }
        for first, last in months()
        if last < world.home.events_from
    ]
