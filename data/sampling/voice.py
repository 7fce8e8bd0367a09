"""Whose views are on record, how they were sought and used, and the decisions they led to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from numpy.random import Generator

from data.sampling.days import DAYS, iso
from data.sampling.incidents import pick
from data.sampling.plan_checks import ELEMENTS, finding_day
from data.sampling.portraits import Portrait
from data.sampling.recording import staff_of
from data.sampling.tables import Row
from data.sampling.world import World

PERSON_HEARD = (0.78, 0.61, 0.29)
FAMILY_ONLY = (0.09, 0.18, 0.37)
"""By stage: elements with the person's own view, and those on which only family was asked."""
EQUITY_HEARD = 0.4
"""In the home with a planted gap: heard this often, relative to everybody else."""
DIFFER = 0.14
MAIN_RECORDER = 0.80
CARE_ELEMENTS = (
    "waking",
    "washing",
    "food",
    "activity",
    "company",
    "bedtime",
    "medicines",
    "money",
    "going out",
)
DOMAINS = {"medicines": "health", "money": "money", "going out": "risk", "washing": "care", "mobility": "risk",
           "light": "home"}  # fmt: skip
"""Everything else is an everyday matter."""
LACKS = (0.05, 0.35, 0.75)
PEOPLE_ASKED, ASKED_WHERE_UNEQUAL = 0.32, 0.70
"""Share of the people of a home, beyond those with a plan, whose care plan elements are in the sample; more
where a gap between groups is planted, so that it can be seen."""
EVERYDAY_BY_BEST_INTEREST = 0.025


@dataclass(frozen=True)
class Matter:
    """One thing on which there are views: an element of a plan, for one person on one day."""

    who: int
    element: str
    day: int
    intervention_id: str


@dataclass(frozen=True)
class Voices:
    """The rows of both tables; views already point at their decisions."""

    views: list[Row]
    decisions: list[Row]


def voices(world: World, rng: Generator) -> Voices:
    """Views and decisions of one home."""
    said = voices_on(world, chain(plan_matters(world, rng), _care_matters(world, rng)), rng)
    for row in _after_the_finding(world):
        said.decisions.append({"decision_id": f"B{world.home.index + 1:02d}-{len(said.decisions) + 1:04d}", **row})
    return said


def voices_on(world: World, matters: Iterable[Matter], rng: Generator, *, numbered_from: int = 1) -> Voices:
    """Views and decisions on these matters; decisions are numbered on from those there are."""
    said = Voices([], [])
    for matter in matters:
        decision_id = ""
        if rng.random() < (0.95 if "one_main_recorder" in world.home.planted else 0.72):
            decision_id = f"B{world.home.index + 1:02d}-{len(said.decisions) + numbered_from:04d}"
            said.decisions.append({"decision_id": decision_id, **_decision(world, matter, rng)})
        said.views.extend(_views(world, matter, decision_id, rng))
    return said


def plan_matters(world: World, rng: Generator) -> Iterator[Matter]:
    """The elements of each plan, a few days before it begins; of a plan for everybody, one element of four people."""
    for trial in world.trials:
        day = max(0, trial.start - int(rng.integers(2, 15)))
        here = world.residents.here(day)
        asked = [trial.who] if trial.who is not None else [here[i] for i in rng.choice(len(here), 4, replace=False)]
        elements = ELEMENTS.get(trial.plan.kind, ("company", "food"))
        for who in asked:
            for element in elements if trial.who is not None else elements[:1]:
                yield Matter(int(who), element, day, trial.intervention_id)


def _care_matters(world: World, rng: Generator) -> Iterator[Matter]:
    """Elements of the care plans of some of the people."""
    share = ASKED_WHERE_UNEQUAL if "equity_gap" in world.home.planted else PEOPLE_ASKED
    for who, stay in enumerate(world.residents.stays):
        if stay.until - stay.first > 60 and rng.random() < share:
            day = int(rng.integers(stay.first + 14, stay.until - 10))
            for element in rng.choice(CARE_ELEMENTS, 3, replace=False):
                yield Matter(who, str(element), day, "")


def heard_chance(world: World, who: int, day: int) -> float:
    """How likely the person's own view is on record."""
    chance = PERSON_HEARD[world.residents.stage_on(who, day)]
    unequal = "equity_gap" in world.home.planted and world.portraits[who].minority
    return chance * EQUITY_HEARD if unequal else chance


def _views(world: World, matter: Matter, decision_id: str, rng: Generator) -> Iterator[Row]:
    person = world.portraits[matter.who]
    chance = heard_chance(world, matter.who, matter.day)
    heard = rng.random() < chance
    family_only = FAMILY_ONLY[world.residents.stage_on(matter.who, matter.day)] / (1 - chance)
    only_family = not heard and person.family_contact and rng.random() < family_only / 0.88
    family = only_family or (heard and person.family_contact and rng.random() < 0.55)
    staff = not only_family and (not heard or rng.random() < 0.62)
    stance = _stance(rng)
    together = "no" if heard and family and rng.random() < 0.18 else "yes"
    if heard or rng.random() < 0.35:
        yield _view(world, matter, decision_id, rng, voice="person", stance=stance if heard else "unknown",
                    how=_how_person(person, rng) if heard else "not_asked", own_entry=together)  # fmt: skip
    if family:
        differs = stance == "unknown" or rng.random() >= DIFFER
        theirs = stance if differs else ("agree" if stance == "disagree" else "disagree")
        how = pick(rng, ("talk", 0.78), ("writing", 0.16)) or "not_recorded"
        yield _view(world, matter, decision_id, rng, voice="family", stance=theirs, how=how, own_entry=together)
    if staff:
        how = pick(rng, ("talk", 0.55), ("observation", 0.30), ("writing", 0.10)) or "not_recorded"
        yield _view(world, matter, decision_id, rng, voice="staff", stance=_stance(rng), how=how, own_entry="yes")
    if person.advocate and rng.random() < 0.5:
        yield _view(
            world,
            matter,
            decision_id,
            rng,
            voice="advocate",
            stance=_stance(rng),
            how="talk",
            own_entry="yes",
        )


def _stance(rng: Generator) -> str:
    return pick(rng, ("agree", 0.60), ("mixed", 0.14), ("disagree", 0.10), ("no_view", 0.04)) or "unknown"


def _how_person(person: Portrait, rng: Generator) -> str:
    if person.communication_need == "none":
        return pick(rng, ("talk", 0.80), ("simple_choices", 0.10), ("writing", 0.05)) or "observation"
    ways = pick(rng, ("talk", 0.42), ("simple_choices", 0.18), ("pictures", 0.13), ("observation", 0.12),
                ("objects", 0.07), ("life_history", 0.05))  # fmt: skip
    return ways or "interpreter"


def _view(world: World, matter: Matter, decision_id: str, rng: Generator, *, voice: str, stance: str, how: str,
          own_entry: str) -> Row:  # fmt: skip
    asked = how not in ("not_asked", "not_recorded")
    used = pick(rng, ("adopted", 0.38), ("adapted", 0.16), ("not_adopted", 0.09)) if asked else ""
    if voice == "person" and asked:
        understood = pick(rng, ("yes", 0.38), ("partly", 0.13), ("no", 0.05), ("not_checked", 0.24),
                          ("not_possible", 0.05))  # fmt: skip
    else:
        understood = pick(rng, ("yes", 0.16))
    return {
        "person_id": world.residents.stays[matter.who].person_id,
        "service_id": world.home.service_id,
        "decision_id": decision_id,
        "intervention_id": matter.intervention_id,
        "element": matter.element,
        "voice": voice,
        "given_on": iso(max(0, matter.day - int(rng.integers(0, 7)))),
        "how_sought": how,
        "understood": understood,
        "stance": stance,
        "used": used or "not_known",
        "reason_given": pick(rng, ("yes", 0.62), ("no", 0.30)) if used == "not_adopted" else "",
        "own_words": pick(rng, ("yes", 0.35), ("no", 0.60)) if voice == "person" and asked else "",
        "own_entry": own_entry,
        "recorded_by": _recorder(world, rng),
    }


def _recorder(world: World, rng: Generator) -> str:
    staff = staff_of(world.home)[:8]
    if "one_main_recorder" in world.home.planted and rng.random() < MAIN_RECORDER:
        return staff[0]
    return staff[1 + int(rng.integers(len(staff) - 1))]


def _decision(world: World, matter: Matter, rng: Generator) -> Row:
    domain = DOMAINS.get(matter.element, "everyday")
    lacks = rng.random() < LACKS[world.residents.stage_on(matter.who, matter.day)]
    if domain == "everyday":
        kind = "best_interest" if lacks and rng.random() < EVERYDAY_BY_BEST_INTEREST * 2 else "everyday_choice"
    else:
        kind = "duty" if rng.random() < 0.04 else "best_interest" if lacks else "own_consent"
    decided = min(DAYS - 1, matter.day + int(rng.integers(0, 8)))
    risk = pick(rng, ("high", 0.45), ("medium", 0.35), ("low", 0.20)) if domain == "risk" else \
        pick(rng, ("low", 0.70), ("medium", 0.22), ("high", 0.03))  # fmt: skip
    by_person = kind in ("everyday_choice", "own_consent")
    decider = pick(rng, ("person", 0.74), ("family", 0.08), ("nurse", 0.06), ("manager", 0.05)) if by_person else \
        pick(rng, ("manager", 0.42), ("nurse", 0.22), ("attorney_deputy", 0.16), ("professional", 0.12))  # fmt: skip
    followed = "law" if kind == "duty" else \
        pick(rng, ("person", 0.58), ("shared", 0.16), ("family", 0.13), ("staff", 0.08))  # fmt: skip
    return {
        "person_id": world.residents.stays[matter.who].person_id,
        "service_id": world.home.service_id,
        "decided_on": iso(decided),
        "class": kind,
        "domain": "safeguarding" if kind == "duty" else domain,
        "intervention_id": matter.intervention_id,
        "element": matter.element,
        "decider": decider,
        "accountable": pick(rng, ("manager", 0.6), ("nurse", 0.3)),
        "followed": followed,
        "risk": risk,
        "reason_given": pick(rng, ("yes", 0.66), ("no", 0.22)),
        **_how_decided(kind, lacks, decided, rng),
    }


def _how_decided(kind: str, lacks: bool, decided: int, rng: Generator) -> Row:
    """Capacity for this matter, and the parts of a complete best-interest record."""
    if kind == "best_interest":
        capacity = pick(rng, ("lacks", 0.92)) or "not_assessed"
        assessed = iso(max(0, decided - int(rng.integers(0, 20)))) if capacity == "lacks" else ""
        return {"capacity": capacity, "assessed_on": assessed,
                "consulted": pick(rng, ("yes", 0.93), ("no", 0.05)),
                "wishes_considered": pick(rng, ("yes", 0.90), ("no", 0.06)),
                "less_restrictive": pick(rng, ("yes", 0.88), ("no", 0.08))}  # fmt: skip
    capacity = pick(rng, ("has", 0.55), ("fluctuates", 0.10), ("not_assessed", 0.30))
    method = pick(rng, ("talk", 0.44), ("talk_over_time", 0.14), ("simple_choices", 0.14), ("pictures", 0.10),
                  ("objects", 0.03), ("form_only", 0.10)) if kind == "own_consent" else ""  # fmt: skip
    return {"capacity": "fluctuates" if lacks and capacity == "has" else capacity, "method": method}


def _after_the_finding(world: World) -> Iterator[Row]:
    """The planted finding about capacity is followed by two everyday matters decided for the person."""
    for trial in world.trials:
        found = finding_day(world, trial)
        if found is None or trial.who is None:
            continue
        for days, element in ((6, "clothes"), (9, "bedtime")):
            yield {
                "person_id": world.residents.stays[trial.who].person_id,
                "service_id": world.home.service_id,
                "decided_on": iso(found + days),
                "class": "best_interest",
                "domain": "everyday",
                "capacity": "not_assessed",
                "decider": "manager",
                "accountable": "manager",
                "followed": "staff",
                "risk": "low",
                "reason_given": "no",
                "consulted": "yes",
                "wishes_considered": "no",
                "less_restrictive": "no",
                "element": element,
            }
