"""Made-up homes with planted truth: what truly changed, what else went on, and what was written down.

Rates and sizes are those of the handbook's sample: distress at 55 in 1,000 person days, falls at 8 in 1,000 bed days,
calming medicine at 12, good and bad weeks of log-SD 0.12 that halve from week to week, winters a tenth above the year.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from data.model import Answer, DatedTally, Declaration, Intervention, Period, Question, Tally
from metrics.calibrating.remembered import HOME, Remembered, Resident, Strand
from metrics.comparison import PERSON_DAYS, PERSON_SETTLING, SERVICE_DAYS, SERVICE_SETTLING
from metrics.model import VerdictWord

Truth = Literal["nothing changed", "better", "steady", "worse", "better at a cost"]

DISTRESS, FALLS, CALMING = 55 / 1000, 8 / 1000, 12 / 1000
RUNS_SD, RUNS_FADE = 0.12, 0.5
SHARE_HARMFUL = 0.38
FIRST_DAY = date(2021, 1, 4)
SERVICE_FOLLOWED = SERVICE_SETTLING + SERVICE_DAYS
PERSON = "person"


@dataclass(frozen=True)
class Asked:
    """What we ask of ourselves: this word in at most, or at least, this share of the worlds."""

    word: VerdictWord
    bound: Literal["at most", "at least"]
    share: float


@dataclass(frozen=True)
class Scenario:
    """One kind of world: what is asked of it, what is true in it, and how to make one.

    ``outcome`` is judged; ``true_effect`` is the ratio or the points the interval should cover, None where the
    interval answers another question (a trend goes on, a spell passes).
    """

    code: str
    name: str
    outcome: str
    truth: Truth
    true_effect: float | None
    make: Callable[[np.random.Generator], Remembered]
    asked: Asked | None = None


def in_bunches(mean: np.ndarray, rng: np.random.Generator, dispersion: float) -> np.ndarray:
    """Daily counts about a daily mean, in bunches: ``dispersion`` is the variance over the mean at any length of days."""
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1)) * (dispersion - 1)
    return rng.poisson(mean)


def good_and_bad_weeks(days: int, rng: np.random.Generator) -> np.ndarray:
    """A multiplier for each day: spells that fade by half each week, of log-SD 0.12 and mean 1."""
    weeks = -(-days // 7)
    level, levels = rng.normal(), np.empty(weeks)
    for week in range(weeks):
        levels[week] = level
        level = RUNS_FADE * level + math.sqrt(1 - RUNS_FADE**2) * rng.normal()
    return np.repeat(np.exp(RUNS_SD * levels - RUNS_SD**2 / 2), 7)[:days]


def a_year_of_seasons(days: int, first: date, height: float = 0.10) -> np.ndarray:
    """A multiplier for each day: highest in the middle of January, a tenth above the year."""
    day_of_year = np.array([(first + timedelta(days=n)).timetuple().tm_yday for n in range(days)])
    return np.exp(math.log1p(height) * np.cos(2 * math.pi * (day_of_year - 15) / 365.25))


def marked_days(shares: np.ndarray, rng: np.random.Generator, day_to_day: float = 0.3) -> np.ndarray:
    """Days marked 1 with the chances given, each resembling the day before."""
    days = np.empty(len(shares), dtype=int)
    before = rng.random() < shares[0]
    for day, share in enumerate(shares):
        chance = share + (day_to_day * (before - shares[day - 1]) if day else 0)
        before = bool(rng.random() < min(1.0, max(0.0, chance)))
        days[day] = before
    return days


def _some_day(rng: np.random.Generator) -> date:
    """The first day of a record: any day of a year, so that no season always falls on the same side."""
    return FIRST_DAY + timedelta(days=int(rng.integers(0, 365)))


def _days_from(first: date, days: int) -> Period:
    return Period(first, first + timedelta(days=days - 1))


def _promise(outcome: str, question: Question, size: float, start: date, role: str = "main") -> Declaration:
    return Declaration(
        f"{outcome}-{role}", "tried", outcome, question, size, "main" if role == "main" else "balance",
        start - timedelta(days=7),
    )  # fmt: skip


def _tried(start: date, *, personal: bool = False, reason: str = "planned") -> Intervention:
    return Intervention(
        "tried", HOME, PERSON if personal else None, "Something tried together", "other", start, reason=reason
    )


@dataclass(frozen=True)
class Home:
    """A service-wide change in a home: how much is recorded before it, and how its distress or falls come about."""

    beds: float = 40
    rate: float = DISTRESS
    outcome: str = "D2"
    question: Question = "change"
    size: float = 0.8
    history: int = SERVICE_DAYS
    dispersion: float = 1.0
    ratio: float = 1.0
    runs: bool = False
    seasons: bool = False
    halves_in: int | None = None
    falls_until_start: bool = False
    calming_ratio: float | None = None
    recording: float = 1.0
    harm_ratio: float | None = None

    def __call__(self, rng: np.random.Generator) -> Remembered:
        first = _some_day(rng)
        days = self.history + SERVICE_FOLLOWED
        start = first + timedelta(days=self.history)
        day = np.arange(days)
        mean = np.full(days, self.beds * self.rate)
        if self.runs:
            mean = mean * good_and_bad_weeks(days, rng)
        if self.seasons:
            mean = mean * a_year_of_seasons(days, first)
        if self.halves_in is not None:
            began = max(0, self.history - self.halves_in)
            falling = np.clip(day - began, 0, self.history - began if self.falls_until_start else None)
            mean = mean * 0.5 ** (falling / self.halves_in)
        after = day >= self.history
        mean = mean * np.where(after, self.ratio * self.recording, 1.0)
        return Remembered(
            recorded=_days_from(first, days),
            intervention=_tried(start),
            promises=(_promise(self.outcome, self.question, self.size, start), *self._balance(start)),
            strands=self._strands(mean, after, rng),
            people=self.beds,
        )

    def _balance(self, start: date) -> tuple[Declaration, ...]:
        return () if self.calming_ratio is None else (_promise("D5", "steady", 1.25, start, "balance"),)

    def _strands(self, mean: np.ndarray, after: np.ndarray, rng: np.random.Generator) -> tuple[Strand, ...]:
        if self.outcome == "F1":
            harm = None if self.harm_ratio is None else np.where(after, self.harm_ratio, 1.0)
            if harm is None:
                return (Strand("falls", {"harm": "none"}, in_bunches(mean, rng, self.dispersion)),)
            harmful = self.beds * self.rate * SHARE_HARMFUL * harm
            return (
                Strand("falls", {"harm": "none"}, in_bunches(mean - harmful, rng, self.dispersion)),
                Strand("falls", {"harm": "low"}, in_bunches(harmful, rng, self.dispersion)),
            )
        strands = [Strand("incidents", {"kind": "distress"}, in_bunches(mean, rng, self.dispersion))]
        if self.calming_ratio is not None:
            calming = self.beds * CALMING * np.where(after, self.calming_ratio, 1.0)
            strands.append(Strand("incidents", {"kind": "calming_medicine"}, in_bunches(calming, rng, self.dispersion)))
        return tuple(strands)


@dataclass(frozen=True)
class AfterASpike:
    """Nothing was changed but the date: the home began when four weeks stood half as high again as its usual."""

    beds: float = 40
    dispersion: float = 1.8
    longest: int = 1500
    high: float = 1.5

    def __call__(self, rng: np.random.Generator) -> Remembered:
        first = _some_day(rng)
        while True:
            counts = in_bunches(np.full(self.longest, self.beds * DISTRESS), rng, self.dispersion)
            four_weeks = np.convolve(counts, np.ones(28), "valid") / (28 * self.beds * DISTRESS)
            # From half a year of record on, and with the whole follow-up still to come.
            usable = np.arange(len(four_weeks)) + 28
            hit = np.flatnonzero(
                (four_weeks >= self.high) & (usable >= 210) & (usable + SERVICE_FOLLOWED <= self.longest)
            )
            if len(hit):
                began = int(usable[hit[0]])
                break
        days = began + SERVICE_FOLLOWED
        start = first + timedelta(days=began)
        return Remembered(
            recorded=_days_from(first, days),
            intervention=_tried(start),
            promises=(_promise("D2", "change", 0.8, start),),
            strands=(Strand("incidents", {"kind": "distress"}, counts[:days]),),
            people=self.beds,
        )


@dataclass(frozen=True)
class OnePerson:
    """One person's mornings: the share with distress before and after, and how alike neighbouring mornings are."""

    before: float | None = None
    after: float | None = None
    day_to_day: float = 0.3
    history: int = PERSON_DAYS
    after_a_bad_fortnight: bool = False

    def __call__(self, rng: np.random.Generator) -> Remembered:
        usual = self.before if self.before is not None else float(rng.uniform(0.25, 0.75))
        then = usual if self.after is None else self.after
        history, mornings = self._record(usual, then, rng)
        first = _some_day(rng)
        start = first + timedelta(days=history)
        reason = "after_incidents" if self.after_a_bad_fortnight else "planned"
        return Remembered(
            recorded=_days_from(first, len(mornings)),
            intervention=_tried(start, personal=True, reason=reason),
            promises=(_promise("D1", "change", 15, start),),
            people=1,
            mornings=mornings,
        )

    def _record(self, usual: float, then: float, rng: np.random.Generator) -> tuple[int, np.ndarray]:
        follow = PERSON_SETTLING + PERSON_DAYS
        if not self.after_a_bad_fortnight:
            shares = np.concatenate([np.full(self.history, usual), np.full(follow, then)])
            return self.history, marked_days(shares, rng, self.day_to_day)
        while True:
            mornings = marked_days(np.full(1200, usual), rng, self.day_to_day)
            fortnight = np.convolve(mornings, np.ones(14), "valid") / 14
            hit = np.flatnonzero((fortnight >= min(0.93, 1.5 * usual)) & (np.arange(len(fortnight)) + 14 >= 84))
            hit = hit[hit + 14 + follow <= len(mornings)]
            if len(hit):
                began = int(hit[0]) + 14
                return began, mornings[: began + follow]


@dataclass(frozen=True)
class Visits:
    """Visits at the person's own time: people differ, and each has many visits."""

    people: int = 25
    usual: float = 0.7
    points: float = 0.0
    spread: float = 0.12

    def __call__(self, rng: np.random.Generator) -> Remembered:
        first = _some_day(rng)
        days = SERVICE_DAYS + SERVICE_FOLLOWED
        start = first + timedelta(days=SERVICE_DAYS)
        own = np.clip(rng.normal(self.usual, self.spread, self.people), 0.02, 0.98)
        rows = []
        for person, share in enumerate(own):
            for week in range(days // 7):
                day = first + timedelta(days=week * 7 + 3)
                chance = float(np.clip(share + (self.points / 100 if day >= start else 0), 0, 1))
                rows.append(DatedTally(day, str(person), Tally(int(rng.binomial(3, chance)), 3)))
        return Remembered(
            recorded=_days_from(first, days),
            intervention=_tried(start),
            promises=(_promise("C4", "change", 10, start),),
            people=self.people,
            looked_at={"visit_time": tuple(rows)},
        )


@dataclass(frozen=True)
class ComingAndGoing:
    """People come and go, and a few have most of the distress: three in ten leave in a year, gamma shape 0.35."""

    beds: int = 40
    ratio: float = 1.0
    leave_a_year: float = 0.30
    shape: float = 0.35

    def __call__(self, rng: np.random.Generator) -> Remembered:
        first = _some_day(rng)
        days = SERVICE_DAYS + SERVICE_FOLLOWED
        factor = np.where(np.arange(days) >= SERVICE_DAYS, self.ratio, 1.0)
        residents, whole = [], np.zeros(days, dtype=int)
        for bed in range(self.beds):
            day = 0
            while day < days:
                until = min(days, day + 1 + int(rng.exponential(365 / self.leave_a_year)))
                own = rng.poisson(rng.gamma(self.shape, DISTRESS / self.shape) * factor[day:until])
                residents.append(Resident(f"bed {bed} from {day}", day, until, own))
                whole[day:until] += own
                day = until
        start = first + timedelta(days=SERVICE_DAYS)
        return Remembered(
            recorded=_days_from(first, days),
            intervention=_tried(start),
            promises=(_promise("D2", "change", 0.8, start),),
            strands=(Strand("incidents", {"kind": "distress"}, whole),),
            people=self.beds,
            residents=tuple(residents),
        )


@dataclass(frozen=True)
class CheckIns:
    """How people say they feel, on a scale of 1 to 5: the same people asked before and after, or whoever was there."""

    people: int = 15
    points: float = 0.0
    same_people: bool = True

    def __call__(self, rng: np.random.Generator) -> Remembered:
        first = _some_day(rng)
        days = SERVICE_DAYS + SERVICE_FOLLOWED
        start = first + timedelta(days=SERVICE_DAYS)
        usual = rng.normal(3.4, 0.7, self.people)
        then = usual if self.same_people else rng.normal(3.4, 0.7, self.people)
        answers = []
        for asked_on, levels, moved in (
            (start - timedelta(days=30), usual, 0.0),
            (start + timedelta(days=SERVICE_SETTLING + 60), then, self.points),
        ):
            said = np.clip(np.rint(levels + moved + rng.normal(0, 0.7, self.people)), 1, 5)
            for person, score in enumerate(said):
                key = f"person {person}" if self.same_people else f"{asked_on} {person}"
                answers.append(Answer(asked_on, "self", "person_checkin", "mood", "score", float(score), key, key))
        return Remembered(
            recorded=_days_from(first, days),
            intervention=_tried(start),
            promises=(_promise("L4", "change", 0.5, start),),
            people=self.people,
            answers=tuple(answers),
        )


TWO_YEARS, EIGHT_MONTHS = 730, 243

HOME_40 = Home()
SEASON_150 = Home(seasons=True, beds=150)
FALLING = Home(halves_in=EIGHT_MONTHS, history=TWO_YEARS)
FALLS_80 = Home(beds=80, rate=FALLS, outcome="F1", question="steady", size=1.25)
FALLS_300 = Home(beds=300, rate=FALLS, outcome="F1", question="steady", size=1.25, dispersion=1.8)
HELPED = Home(ratio=0.55)

_NOTHING: tuple[tuple[str, str, str, float | None, Callable[[np.random.Generator], Remembered]], ...] = (
    ("independent", "Distress, 40 beds; events independent", "D2", 1.0, HOME_40),
    ("bunched", "Distress; events bunch (dispersion 2)", "D2", 1.0, replace(HOME_40, dispersion=2)),
    ("runs", "Distress; good and bad weeks", "D2", 1.0, replace(HOME_40, runs=True)),
    ("runs_two_years", "… with two years of record", "D2", 1.0, replace(HOME_40, runs=True, history=TWO_YEARS)),
    ("season", "Distress; winters a tenth higher", "D2", None, replace(HOME_40, seasons=True)),
    ("season_large", "… in 150 beds", "D2", None, SEASON_150),
    ("season_two_years", "… with two years of record", "D2", None, replace(SEASON_150, history=TWO_YEARS)),
    ("spike", "Distress; begun after four weeks half as high again", "D2", None, AfterASpike()),
    ("falling", "Distress halving every eight months", "D2", None, replace(FALLING, history=TWO_YEARS)),
    (
        "falling_stops",
        "Distress halved in eight months, then level",
        "D2",
        None,
        replace(FALLING, falls_until_start=True),
    ),
    ("falling_short", "Distress halving, half a year of record", "D2", None, replace(FALLING, history=SERVICE_DAYS)),
    ("coming_and_going", "Distress; people come and go, and differ", "D2", None, ComingAndGoing()),
    ("mornings", "One person's mornings; four weeks of record", "D1", 0.0, OnePerson()),
    ("mornings_year", "… with a year of record", "D1", 0.0, OnePerson(history=365)),
    ("mornings_spike", "… begun after a bad fortnight", "D1", None, OnePerson(after_a_bad_fortnight=True)),
    ("visits", "Visit times; 25 people who differ", "C4", 0.0, Visits()),
    ("check_ins", "How 15 people feel, 1 to 5, each asked twice", "L4", 0.0, CheckIns()),
    ("check_ins_strangers", "… others each time, 15 and 15", "L4", 0.0, CheckIns(same_people=False)),
)
_OTHERWISE: tuple[tuple[str, str, str, Truth, float | None, Callable[[np.random.Generator], Remembered]], ...] = (
    ("unsafe", "Falls truly a quarter up, 300 beds", "F1", "worse", 1.25, replace(FALLS_300, ratio=1.25)),
    ("recording", "Falls recorded × 1.35, harm as before", "F1", "steady", None, replace(FALLS_80, recording=1.35, harm_ratio=1.0)),
    ("sedation", "Distress − 45 %, calming medicine × 2", "D2", "better at a cost", 0.55, replace(HELPED, calming_ratio=2.0)),
    ("mornings_better", "One person's mornings, 70 to 25 in 100", "D1", "better", -45.0, OnePerson(before=0.70, after=0.25)),
    ("better", "Distress − 45 %, 40 beds", "D2", "better", 0.55, HELPED),
    ("better_runs", "… with good and bad weeks", "D2", "better", 0.55, replace(HELPED, runs=True)),
    ("better_two_years", "… with two years of record", "D2", "better", 0.55, replace(HELPED, history=TWO_YEARS)),
    ("better_coming_and_going", "… people come and go, and differ", "D2", "better", None, ComingAndGoing(ratio=0.55)),
    ("quarter_less", "Distress − 25 %, two years of record", "D2", "better", 0.75, Home(ratio=0.75, history=TWO_YEARS)),
    ("falls_steady", "Falls truly unchanged, 300 beds, margin 1.25", "F1", "steady", 1.0, FALLS_300),
    ("visits_better", "Visit times 12 points better", "C4", "better", 12.0, Visits(points=12)),
    ("check_ins_better", "15 people feel a point better", "L4", "better", None, CheckIns(points=1.0)),
)  # fmt: skip

_FEW, _FEW_AFTER_SPELLS = Asked("better", "at most", 0.03), Asked("better", "at most", 0.05)
_ASKED: dict[str, Asked] = {
    **dict.fromkeys(
        ("independent", "bunched", "runs", "runs_two_years", "coming_and_going", "mornings", "mornings_year", "visits"),
        _FEW,
    ),
    **dict.fromkeys(("check_ins", "check_ins_strangers"), _FEW),
    **dict.fromkeys(("season", "season_large", "season_two_years"), _FEW),
    **dict.fromkeys(("spike", "falling", "falling_stops", "falling_short", "mornings_spike"), _FEW_AFTER_SPELLS),
    "unsafe": Asked("held steady", "at most", 0.025),
    "sedation": Asked("better", "at most", 0.0),
    "mornings_better": Asked("better", "at least", 0.70),
    "better": Asked("better", "at least", 0.95),
    "falls_steady": Asked("held steady", "at least", 0.65),
}

SCENARIOS: tuple[Scenario, ...] = tuple(
    Scenario(*each, asked=_ASKED.get(each[0]))
    for each in (
        *((code, name, outcome, "nothing changed", true, make) for code, name, outcome, true, make in _NOTHING),
        *_OTHERWISE,
    )
)
"""Every kind of world, those in which nothing changed first. Unless it says otherwise a record is only as long as the
comparison asks for: half a year on each side for a home, four weeks for a person."""
