"""What people, families and staff answered, and who answered for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import NormalDist

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, iso
from data.sampling.incidents import pick
from data.sampling.scores import DONT_KNOW, PERSON_SPREAD, RATHER_NOT, score
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

Each = NDArray[np.float64]
"""A row for each kind of rater, a column for each person."""

ROUND_DAYS = 91
SELF_ANSWERS = (0.62, 0.45, 0.14)
"""By stage: people who answer for themselves."""
FAMILY_ANSWERS, STAFF_ANSWERS = 0.38, 0.55
EQUITY_ANSWERS = 0.5
"""In the home with a planted gap: people from minority ethnic groups answer half as often."""
SENSES = ("security", "continuity", "belonging", "purpose", "achievement", "significance")
MY_SAY = ("mood", "control", "choice", "heard")
CARDS_BY_ROUND = (MY_SAY, SENSES, (*MY_SAY, "independence", "reflects_me"), ("mood",))
"""Not every card at every round: nobody is asked everything at once."""
MEANS = {"mood": 3.3, "control": 2.9, "choice": 3.1, "independence": 2.8, "heard": 3.2, "reflects_me": 3.4,
         "security": 3.7, "continuity": 3.3, "belonging": 3.3, "purpose": 2.8, "achievement": 2.7,
         "significance": 3.2, "confident": 3.6, "valued": 3.5, "understands": 3.1, "happy": 3.6, "proud": 3.9,
         "supported": 3.3, "support_overall": 3.4}  # fmt: skip
ENGAGED, ENGAGED_MORE = 2.3, 0.8
"""Mean of what an observer notes of a session, 0 to 5, and how much more it is where music or company works."""
PROXY_LOWER = 0.35
"""People rate their own lives higher than those who answer about them."""
PROXY_LIKENESS = 0.35
STAFF_ABOVE_FAMILY = 3.0
"""On a proxy total from 31 to 124."""
TOTALS_ASKED = frozenset({"equity_gap", "one_main_recorder", "capacity_finding"})


def feedback_rows(world: World, rng: Generator) -> list[Row]:
    """All answers of one home, without their ids."""
    count = world.residents.count
    leaning = PERSON_SPREAD * rng.standard_normal((3, count))
    willing = rng.random((3, count))
    rows: list[Row] = []
    for number, day in enumerate(range(20, DAYS, ROUND_DAYS)):
        rows.extend(_round(world, number, day, leaning, willing, rng))
    for trial in world.trials:
        if trial.plan.outcome == "L4":
            rows.extend(_weekly_mood(world, trial, rng))
        if trial.who is not None and trial.plan.kind in ("music", "activities"):
            rows.extend(session_notes(world, trial, rng))
    rows.extend(_at_reviews(world, leaning, willing, rng))
    if world.home.planted & TOTALS_ASKED:
        rows.extend(_totals(world, willing, rng))
        rows.extend(_working_together(world, rng))
    return rows


def answer(world: World, day: int, rater: str, instrument: str, domain: str, value: float | None, key: str,
           who: int | None = None, **more: str) -> Row:  # fmt: skip
    """One answer; ``value`` None is an answer without a score, named in ``more``."""
    return {
        "service_id": world.home.service_id,
        "person_id": "" if who is None else world.residents.stays[who].person_id,
        "rater_key": f"R-{world.home.index + 1:02d}{key}",
        "given_on": iso(min(day, DAYS - 1)),
        "rater": rater,
        "instrument": instrument,
        "domain": domain,
        "score": "" if value is None else f"{value:g}",
        **more,
    }


def asked_one(world: World, day: int, rater: str, instrument: str, domain: str, mean: float, leaning: float,
              key: str, rng: Generator, who: int | None = None, **more: str) -> Row:  # fmt: skip
    """One card: a score, or "I don't know", or "I would rather not say"."""
    roll = rng.random()
    kind = "dont_know" if roll < DONT_KNOW else "rather_not" if roll < DONT_KNOW + RATHER_NOT else "score"
    value = score(mean, leaning, rng) if kind == "score" else None
    if value is None:
        more["answer"] = kind
    return answer(world, day, rater, instrument, domain, value, key, who, **more)


def self_chance(world: World, who: int, day: int) -> float:
    """How likely this person answers for themselves."""
    chance = SELF_ANSWERS[world.residents.stage_on(who, day)]
    unequal = "equity_gap" in world.home.planted and world.portraits[who].minority
    return chance * EQUITY_ANSWERS if unequal else chance


def _round(world: World, number: int, day: int, leaning: Each, willing: Each,
           rng: Generator) -> Iterator[Row]:  # fmt: skip
    cards = CARDS_BY_ROUND[number % len(CARDS_BY_ROUND)]
    for who in world.residents.here(day):
        given = day + int(rng.integers(0, 14))
        if given >= world.residents.stays[who].until:
            continue
        themselves = willing[0, who] < self_chance(world, who, day)
        if themselves and rng.random() < 0.92:
            mode = pick(rng, ("spoken", 0.45), ("faces", 0.25), ("pictures", 0.15))
            support = pick(rng, ("none", 0.30), ("staff", 0.20), ("family", 0.10))
            for domain in cards:
                yield asked_one(world, given, "self", "person_checkin", domain, MEANS[domain], leaning[0, who],
                                f"{who:03d}a", rng, who, support=support, mode=mode)  # fmt: skip
        elif not themselves and number % 2 == 0 and willing[2, who] < STAFF_ANSWERS:
            yield asked_one(world, given, "staff", "person_checkin", "mood", MEANS["mood"] - PROXY_LOWER,
                            leaning[2, who], f"{who:03d}c", rng, who)  # fmt: skip
        if world.portraits[who].family_contact and willing[1, who] < FAMILY_ANSWERS / 0.88:
            yield from _family(world, number, given, who, float(leaning[1, who]), not themselves, rng)
    if number % 2 == 0:
        yield from _staff(world, day, rng)


def _family(world: World, number: int, day: int, who: int, leaning: float, proxy: bool,
            rng: Generator) -> Iterator[Row]:  # fmt: skip
    domains = ("confident", "understands", "valued") if number % 2 == 0 else ("confident", "understands")
    for domain in domains if number % 4 != 1 else (*domains, "security", "belonging"):
        yield asked_one(world, day, "family_about_self", "family_checkin", domain, _family_mean(world, domain, day),
                        leaning, f"{who:03d}b", rng, who)  # fmt: skip
    if proxy and number % 2 == 0:
        yield asked_one(world, day, "family", "person_checkin", "mood", MEANS["mood"] - PROXY_LOWER, leaning,
                        f"{who:03d}b", rng, who)  # fmt: skip


def _family_mean(world: World, domain: str, day: int) -> float:
    judged = {"understands": "I7", "confident": "K1"}.get(domain)
    for trial in world.all_trials:
        if trial.plan.outcome == judged:
            return trial.level_on(min(day, DAYS - 1))
    return MEANS[domain]


def _staff(world: World, day: int, rng: Generator) -> Iterator[Row]:
    team = max(6, min(14, world.home.beds // 4))
    for member in range(team):
        if rng.random() < 0.25:
            continue
        leaning = PERSON_SPREAD * float(rng.standard_normal())
        given = day + int(rng.integers(0, 14))
        for domain in ("happy", "proud", "supported", "control"):
            yield asked_one(world, given, "staff_about_self", "staff_checkin", domain, MEANS[domain], leaning,
                            f"s{member:02d}", rng, mode="screen")  # fmt: skip


def _weekly_mood(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    """The person of a plan about mood is asked once a week, by the same way of asking."""
    assert trial.who is not None and trial.plan.declared_days is not None
    span = trial.plan.declared_days
    for day in range(trial.start - span + 2, min(DAYS, trial.start + trial.settling + span), 7):
        if world.residents.present[trial.who, day]:
            moment = "baseline" if day < trial.start else "review"
            yield asked_one(world, day, "self", "person_checkin", "mood", trial.level_on(day), 0.0,
                            f"{trial.who:03d}a", rng, trial.who, mode="faces", support="staff", moment=moment,
                            intervention_id=trial.intervention_id)  # fmt: skip


def session_notes(world: World, trial: Trial, rng: Generator, *, between: bool = False) -> Iterator[Row]:
    """How taken up the person was in what was going on, noted by an observer every fourth day; ``between``: on others."""
    assert trial.who is not None
    gain = ENGAGED_MORE if trial.plan.truth == "works" else 0.0
    for day in range(max(0, trial.start - 56) + 2 * between, min(DAYS, trial.start + 84), 4):
        if world.residents.present[trial.who, day]:
            mean = ENGAGED + gain * float(trial.settled()[day])
            value = int(np.clip(round(mean + float(rng.standard_normal())), 0, 5))
            yield answer(world, day, "observer", "session_note", "engagement", value, "o01", trial.who,
                         moment="baseline" if day < trial.start else "review",
                         intervention_id=trial.intervention_id)  # fmt: skip


def joining_in(trial: Trial) -> Trial:
    """The same plan, seen from the share of sessions in which the person joined in: notes of 3 and more."""
    more = ENGAGED_MORE if trial.plan.truth == "works" else 0.0
    shares = [NormalDist(mean, 1.0) for mean in (ENGAGED, ENGAGED + more)]
    return replace(trial, level=1 - shares[0].cdf(2.5), level_after=1 - shares[1].cdf(2.5))


def _at_reviews(world: World, leaning: Each, willing: Each, rng: Generator) -> Iterator[Row]:
    """What some people said of their support at a review, and again two months later."""
    for who, stay in enumerate(world.residents.stays):
        if stay.until - stay.first < 150 or rng.random() > 0.25:
            continue
        day = int(rng.integers(stay.first + 40, stay.until - 80))
        if willing[0, who] < self_chance(world, who, day):
            for days, moment in ((0, "review"), (60, "reassessment")):
                yield asked_one(world, day + days, "self", "person_checkin", "support_overall",
                                MEANS["support_overall"], leaning[0, who], f"{who:03d}a", rng, who,
                                moment=moment)  # fmt: skip


def _totals(world: World, willing: Each, rng: Generator) -> Iterator[Row]:
    """Totals of a published quality of life scale, twice a year: self, family and staff, never mixed."""
    count = world.residents.count
    shared = rng.standard_normal(count)
    own = np.sqrt(PROXY_LIKENESS) * shared + np.sqrt(1 - PROXY_LIKENESS) * rng.standard_normal((3, count))
    for day in range(40, DAYS, 2 * ROUND_DAYS):
        for who in world.residents.here(day)[::3]:
            if willing[0, who] < self_chance(world, who, day):
                value = _total(88 + 11 * own[0, who], 28, 112, rng)
                yield answer(world, day, "self", "demqol", "total", value, f"{who:03d}a", who, form="v1")
            if willing[1, who] < FAMILY_ANSWERS:
                value = _total(91 + 12 * own[1, who], 31, 124, rng)
                yield answer(world, day, "family", "demqol_proxy", "total", value, f"{who:03d}b", who, form="v1")
            if willing[2, who] < STAFF_ANSWERS:
                value = _total(91 + STAFF_ABOVE_FAMILY + 12 * own[2, who], 31, 124, rng)
                yield answer(world, day, "staff", "demqol_proxy", "total", value, f"{who:03d}c", who, form="v1")


def _total(mean: float, low: int, high: int, rng: Generator) -> int:
    return int(np.clip(round(mean + 4 * float(rng.standard_normal())), low, high))


def _working_together(world: World, rng: Generator) -> Iterator[Row]:
    for day in range(60, DAYS, 2 * ROUND_DAYS):
        for member in range(6):
            yield answer(world, day, "staff_about_self", "working_together", "total", _audit(6.8, rng),
                         f"s{member:02d}")  # fmt: skip
        yield answer(world, day, "observer", "working_together", "total", _audit(5.4, rng), "o02")


def _audit(mean: float, rng: Generator) -> int:
    return int(np.clip(round(mean + 1.3 * float(rng.standard_normal())), 0, 10))
