"""The register of what was tried, and what was written down about it beforehand (or afterwards, or never)."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.random import Generator

from data.sampling.days import DAYS, iso, iso_or_empty
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

WORTHWHILE = {
    "D1": ("change", "15"), "D2": ("change", "0.8"), "D3": ("steady", "10"), "D5": ("steady", "1.25"),
    "F1": ("steady", "1.25"), "F2": ("steady", "1.25"), "F4": ("steady", "10"), "C1": ("change", "5"),
    "C4": ("change", "10"), "R1": ("steady", "10"), "L4": ("change", "0.5"), "K1": ("change", "0.5"),
    "I7": ("change", "0.5"), "I6": ("steady", "1.5"), "X3": ("change", "10"),
}  # fmt: skip
"""Question and size as this project suggests them."""
NOT_WORSE = {
    "C3": "10", "C4": "10", "C6": "10", "F3": "10", "I2": "10", "K1": "0.5", "K3": "10", "L8": "10",
    "L13": "0.5", "T1": "10", "V2": "10", "V5": "10", "V8": "10", "X1": "10",
}  # fmt: skip
"""How much worse these may become beside another outcome, in its unit, and still be called steady."""

DESIGNED_WITH = (
    "staff", "family;staff", "person;staff", "person;family;staff", "person;family;staff",
)  # fmt: skip
"""By ladder level: told, asked, designed together, decided together, led by people living with dementia."""


def beside(trial: Trial) -> tuple[str, ...]:
    """The balancing measures declared with a plan's main outcome."""
    return (*_usually_beside(trial), *trial.plan.also)


def _usually_beside(trial: Trial) -> tuple[str, ...]:
    if trial.plan.outcome == "F1":
        return ("F2", "F4") if trial.who is not None else ("F2",)
    by_outcome = {"D1": ("D5", "D3"), "D2": ("D5", "F1", "F2"), "F4": ("F1", "F2"), "C1": ("D5",)}
    return by_outcome.get(trial.plan.outcome, ())


def register(world: World, rng: Generator) -> tuple[list[Row], list[Row]]:
    """Rows of interventions and of declarations."""
    interventions: list[Row] = []
    declarations: list[Row] = []
    for trial in world.trials:
        shares = (0.4, 0.6, 0.0, 0.0, 0.0) if trial.plan.truth == "worse" else (0.03, 0.13, 0.36, 0.34, 0.14)
        drawn = int(rng.choice(5, p=shares))
        ladder = drawn if trial.plan.ladder is None else trial.plan.ladder
        interventions.append(_intervention(world, trial, ladder, rng))
        declarations.extend(_declarations(trial, ladder, rng))
    return interventions, declarations


def _intervention(world: World, trial: Trial, ladder: int, rng: Generator) -> Row:
    copied = [other.intervention_id for other in world.trials
              if other.plan.kind == trial.plan.kind and other.start + 60 < trial.start]  # fmt: skip
    return {
        "intervention_id": trial.intervention_id,
        "service_id": world.home.service_id,
        "person_id": "" if trial.who is None else world.residents.stays[trial.who].person_id,
        "title": trial.plan.title,
        "kind": trial.plan.kind,
        "start_on": iso(trial.start),
        "settling_days": "" if trial.plan.settling_days is None else str(trial.plan.settling_days),
        "end_on": iso_or_empty(trial.end),
        "guide_on": iso(trial.start) if trial.plan.kind in ("routine", "meals") and rng.random() < 0.3 else "",
        "reason": trial.reason,
        "ladder_level": str(ladder),
        "designed_with": DESIGNED_WITH[ladder],
        "based_on": copied[0] if copied and rng.random() < 0.3 else "",
    }


def _declarations(trial: Trial, ladder: int, rng: Generator) -> Iterator[Row]:
    if trial.plan.declared == "never":
        return
    if trial.plan.declared == "before":
        day = trial.start - int(rng.integers(3, 22))
    else:
        day = min(DAYS - 1, trial.start + trial.settling + int(rng.integers(6, 26)))
    if trial.plan.revised:
        yield _declaration(trial, trial.plan.outcome, "main", day - 12, ladder, size="10")
    yield _declaration(trial, trial.plan.outcome, "main", day, ladder)
    for outcome in beside(trial):
        if outcome != "D3" or rng.random() < 0.7:
            yield _declaration(trial, outcome, "balance", day, ladder)


def _declaration(trial: Trial, outcome: str, role: str, day: int, ladder: int, size: str | None = None) -> Row:
    beside_another = role == "balance" and outcome in NOT_WORSE
    question, usual = ("steady", NOT_WORSE[outcome]) if beside_another else WORTHWHILE[outcome]
    windows = {}
    if trial.plan.declared_days is not None:
        (first, last), (after, until) = trial.windows()
        windows = {"baseline_from": iso(first), "baseline_to": iso(last), "follow_from": iso(after),
                   "follow_to": iso(until)}  # fmt: skip
    return {
        "intervention_id": trial.intervention_id,
        "outcome": outcome,
        "question": question,
        "size": size or usual,
        "role": role,
        "declared_on": iso(day),
        "declared_with": DESIGNED_WITH[ladder],
        **windows,
    }
