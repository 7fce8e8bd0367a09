"""Planning together, three ways: whose views shaped each element, and the trail they leave."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import Generator

from data.sampling.days import DAYS, iso
from data.sampling.incidents import pick
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.voice import CARE_ELEMENTS, DOMAINS, Matter, Voices, voices_on
from data.sampling.world import World

BEFORE, AFTER = (-165, -20), (40, 190)
"""Days from the start between which plans were talked over as usual, and three ways."""
MATTERS_BEFORE, MATTERS_AFTER = 24, 30


@dataclass(frozen=True)
class _Voice:
    name: str
    asked: float
    ways: tuple[tuple[str, float], ...]


_THREE = (
    _Voice("person", 0.92, (("talk", 0.35), ("simple_choices", 0.25), ("pictures", 0.20), ("objects", 0.10))),
    _Voice("family", 0.80, (("talk", 0.85),)),
    _Voice("staff", 0.95, (("talk", 0.60), ("observation", 0.35))),
)


def three_ways(world: World, first_decision: int, rng: Generator) -> Voices:
    """Elements talked over before such a plan, as everywhere, and after it began, three ways and traced."""
    said = Voices([], [])
    for trial in world.all_trials:
        if trial.plan.kind != "three_way_planning":
            continue
        usual = voices_on(world, _matters(world, trial, BEFORE, MATTERS_BEFORE, rng), rng, numbered_from=first_decision)
        said.views.extend(usual.views)
        said.decisions.extend(usual.decisions)
        first_decision += len(usual.decisions)
        for number, matter in enumerate(_matters(world, trial, AFTER, MATTERS_AFTER, rng), start=first_decision):
            decision_id = f"B{world.home.index + 1:02d}-{number:04d}"
            said.decisions.append({"decision_id": decision_id, **_decision(world, matter, rng)})
            said.views.extend(_view(world, matter, decision_id, voice, rng) for voice in _THREE
                              if rng.random() < voice.asked and _can_be_asked(world, matter, voice))  # fmt: skip
    return said


def _matters(world: World, trial: Trial, days: tuple[int, int], count: int, rng: Generator) -> list[Matter]:
    found = []
    for _ in range(count):
        day = min(DAYS - 10, trial.start + int(rng.integers(*days)))
        here = world.residents.here(day)
        element = str(rng.choice(CARE_ELEMENTS))
        found.append(Matter(here[int(rng.integers(len(here)))], element, day, ""))
    return found


def _can_be_asked(world: World, matter: Matter, voice: _Voice) -> bool:
    return voice.name != "family" or world.portraits[matter.who].family_contact


def _view(world: World, matter: Matter, decision_id: str, voice: _Voice, rng: Generator) -> Row:
    used = pick(rng, ("adopted", 0.52), ("adapted", 0.30), ("not_adopted", 0.12))
    person = voice.name == "person"
    return {
        "person_id": world.residents.stays[matter.who].person_id,
        "service_id": world.home.service_id,
        "decision_id": decision_id,
        "intervention_id": "",
        "element": matter.element,
        "voice": voice.name,
        "given_on": iso(max(0, matter.day - int(rng.integers(0, 7)))),
        "how_sought": pick(rng, *voice.ways) or "writing",
        "understood": pick(rng, ("yes", 0.62), ("partly", 0.26), ("no", 0.04)) or "not_checked" if person else "",
        "stance": pick(rng, ("agree", 0.62), ("mixed", 0.16), ("disagree", 0.16)) or "no_view",
        "used": used or "not_known",
        "reason_given": pick(rng, ("yes", 0.85)) or "no" if used == "not_adopted" else "",
        "own_words": pick(rng, ("yes", 0.60)) or "no" if person else "",
        "own_entry": "yes" if rng.random() < 0.96 else "no",
        "recorded_by": f"S-{world.home.index + 1:02d}{int(rng.integers(1, 9)):02d}",
    }


def _decision(world: World, matter: Matter, rng: Generator) -> Row:
    domain = DOMAINS.get(matter.element, "everyday")
    everyday = domain == "everyday"
    return {
        "person_id": world.residents.stays[matter.who].person_id,
        "service_id": world.home.service_id,
        "decided_on": iso(min(DAYS - 1, matter.day + int(rng.integers(0, 5)))),
        "class": "everyday_choice" if everyday else "own_consent",
        "domain": domain,
        "element": matter.element,
        "capacity": pick(rng, ("has", 0.70), ("fluctuates", 0.15)) or "not_assessed",
        "decider": pick(rng, ("person", 0.82), ("family", 0.06)) or "manager",
        "accountable": "manager",
        "followed": pick(rng, ("person", 0.66), ("shared", 0.24)) or "family",
        "risk": pick(rng, ("low", 0.75)) or "medium",
        "reason_given": pick(rng, ("yes", 0.85)) or "no",
        "method": "" if everyday else pick(rng, ("talk_over_time", 0.35), ("simple_choices", 0.30)) or "talk",
    }
