"""One service's exports and its truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from numpy.random import SeedSequence

from data.sampling.concerns import told_early
from data.sampling.days import iso, number_of
from data.sampling.falls import falls
from data.sampling.feedback import feedback_rows
from data.sampling.homes import Home
from data.sampling.incidents import incident_rows
from data.sampling.papers import register
from data.sampling.plan_checks import plan_checks
from data.sampling.portraits import people_rows
from data.sampling.risk_records import answered_together
from data.sampling.routine_checks import routine_checks
from data.sampling.shaping import as_the_plan_has_it
from data.sampling.situations import more_rows
from data.sampling.surroundings import context_rows, monthly_totals, service_row, stay_rows
from data.sampling.tables import Row, Tables, numbered
from data.sampling.truth import intervention_truth, service_truth
from data.sampling.voice import voices
from data.sampling.watch import watches
from data.sampling.world import World, luck_of, make_world


@dataclass(frozen=True)
class Export:
    """Everything one service sends, and what is true of it."""

    home: Home
    tables: Tables
    people: int
    interventions: tuple[dict[str, Any], ...]
    planted: dict[str, Any]


def export_service(home: Home, seed: SeedSequence) -> Export:
    """Simulate one service. Tables it does not send are left out at the very end, so its dice stay the same."""
    luck = luck_of(seed)
    world = make_world(home, luck)
    kept = watches(world, luck["watch"])
    incidents = _since(home, incident_rows(world, kept, luck["incidents"]))
    fall_rows, fell = falls(world, luck["falls"])
    interventions, declarations = register(world, luck["declarations"])
    said = voices(world, luck["voice"])
    rng = luck["checks"]
    checks = plan_checks(world, kept, fell, rng)
    concerns = _concerns(world, incidents)
    checks += routine_checks(world, concerns, rng)
    checks = as_the_plan_has_it(world, checks, luck["levels"])
    checks = told_early(world, checks, luck["told early"])
    checks = answered_together(world, checks, luck["answered together"])
    feedback = feedback_rows(world, luck["feedback"])
    more = more_rows(world, luck, concerns, checks, len(said.decisions))
    mark = f"{home.index + 1:02d}"

    def all_of(first: list[Row], then: list[Row], column: str, prefix: str, *by: str) -> list[Row]:
        """The rows there were, and after them those that let a situation be walked through."""
        return numbered(first, column, prefix, by) + numbered(then, column, prefix, by, start=len(first) + 1)

    tables: Tables = {
        "services": [service_row(home)],
        "people": people_rows(home, world.residents, world.portraits, luck["people"]),
        "stays": list(stay_rows(world)),
        "incidents": numbered(incidents, "incident_id", f"I{mark}", ("occurred_at", "person_id", "kind")),
        "falls": numbered(_since(home, fall_rows), "fall_id", f"F{mark}", ("occurred_at", "person_id")),
        "feedback": all_of(feedback, more.feedback, "feedback_id", f"A{mark}", "given_on"),
        "interventions": interventions + more.interventions,
        "declarations": all_of(
            declarations, more.declarations, "declaration_id", f"D{mark}", "declared_on", "intervention_id"
        ),
        "views": all_of(said.views, more.views, "view_id", f"V{mark}", "given_on", "person_id", "element"),
        "decisions": said.decisions + more.decisions,
        "checks": all_of(checks, more.checks, "check_id", f"C{mark}", "measure", "person_id", "done_at", "due_on"),
        "context": numbered(context_rows(world, luck["context"]), "context_id", f"H{mark}", ("from_on", "kind")),
        "totals": numbered(monthly_totals(world, [day for _, day in fell]), "total_id", f"T{mark}", ("period_from",)),
    }
    return Export(
        home,
        {name: rows for name, rows in tables.items() if name in home.tables},
        world.residents.count,
        tuple(intervention_truth(world, trial) for trial in world.all_trials),
        service_truth(world),
    )


def _since(home: Home, rows: list[Row]) -> list[Row]:
    """Only what happened after the home's event export begins."""
    first = iso(home.events_from)
    return [row for row in rows if row["occurred_at"] >= first]


def _concerns(world: World, incidents: list[Row]) -> list[tuple[int, int]]:
    """Who each safeguarding concern was about, and when."""

    rows = {stay.person_id: who for who, stay in enumerate(world.residents.stays)}
    return [
        (rows[row["person_id"]], number_of(date.fromisoformat(row["occurred_at"][:10])))
        for row in incidents
        if row["kind"] == "safeguarding"
    ]
