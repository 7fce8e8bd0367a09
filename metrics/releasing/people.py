"""Who stands behind an outcome of a service in a period: what each person contributes, and how many people it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.facts import FactsForReleases
from data.model import NOTHING, Period, Spell, Tally
from metrics.model import Outcome

NOBODY = ""
KINDS = ("rate", "share", "score", "stay")
"""Kinds of outcome that are released. Shares of days are about one person's mornings, and stay with the manager."""
Asked = Mapping[str, Sequence[Period]]


@dataclass(frozen=True)
class Contributed:
    """One outcome of one service in one stretch.

    ``tallies``: by person, those who only lived there included. ``denominator``: days, rows or people, also those that
    no person is named for. ``under``: how many people the figure is about; None where nobody knows.
    """

    tallies: Mapping[str, Tally]
    denominator: float
    under: int | None

    @property
    def count(self) -> int:
        return sum(tally.numerator for tally in self.tallies.values())

    @property
    def points(self) -> float:
        return sum(tally.points or 0.0 for tally in self.tallies.values())

    @property
    def by_person(self) -> bool:
        """Whether every day, row or person under it is somebody's: not so where days come from the number of beds."""
        return abs(self.denominator - sum(tally.denominator for tally in self.tallies.values())) < 0.5

    def of(self, people: Mapping[str, str], words: Sequence[str]) -> Contributed:
        """The part that people of these words contribute. Whoever is not in the register is ``not_recorded``."""
        kept = {
            who: tally
            for who, tally in self.tallies.items()
            if who != NOBODY and people.get(who, "not_recorded") in words
        }
        return Contributed(kept, sum(tally.denominator for tally in kept.values()), len(kept))


EMPTY = Contributed({}, 0.0, 0)


def together(parts: Sequence[Contributed]) -> Contributed:
    """Several services, or several quarters, as one: a person who is in two of them is one person."""
    if len(parts) == 1:
        return parts[0]
    tallies: dict[str, Tally] = defaultdict(lambda: NOTHING)
    for part in parts:
        for who, tally in part.tallies.items():
            tallies[who] = tallies[who] + tally
    known = [part.under for part in parts]
    under: int | None = None
    if all(each is not None for each in known):
        named = {who for who in tallies if who != NOBODY}
        under = max(len(named), max((each or 0 for each in known), default=0))
    return Contributed(dict(tallies), sum(part.denominator for part in parts), under)


def contributed(facts: FactsForReleases, outcome: Outcome, asked: Asked) -> dict[tuple[str, int], Contributed]:
    """For every service and stretch asked for; what is not in it has no exposure at all."""
    if outcome.kind == "rate":
        return _rates(facts, outcome, asked)
    if outcome.kind == "stay":
        return _stays(facts, outcome, asked)
    if outcome.kind == "score":
        found = facts.score_contributions(outcome.counts, asked)
    else:
        assert outcome.over is not None
        found = facts.share_contributions(outcome.counts, outcome.over, outcome.share_of, asked)
    return {
        place: Contributed(
            tallies, sum(tally.denominator for tally in tallies.values()), len(tallies.keys() - {NOBODY})
        )
        for place, tallies in found.items()
    }


def _rates(facts: FactsForReleases, outcome: Outcome, asked: Asked) -> dict[tuple[str, int], Contributed]:
    events = facts.event_contributions(outcome.counts, asked)
    present = facts.days_present(asked)
    told = {}
    for service, (days, basis) in facts.exposure_of_all(asked).items():
        for n, period in enumerate(asked[service]):
            if not days[n]:
                continue
            here, happened = present.get((service, n), {}), events.get((service, n), {})
            tallies = {
                who: Tally(happened[who].numerator if who in happened else 0, float(here.get(who, 0)))
                for who in {**here, **happened}
            }
            under = len(here) if basis == "stays" else round(days[n] / period.days)
            told[service, n] = Contributed(tallies, float(days[n]), under)
    return told


def _stays(facts: FactsForReleases, outcome: Outcome, asked: Asked) -> dict[tuple[str, int], Contributed]:
    every = [period for periods in asked.values() for period in periods]
    if not every:
        return {}
    spells = facts.spells_of_all(Period(min(each.first for each in every), max(each.last for each in every)))
    reasons = outcome.counts.where.get("end_reason")
    told = {}
    for service, periods in asked.items():
        for n, period in enumerate(periods):
            tallies: dict[str, Tally] = defaultdict(lambda: NOTHING)
            for spell in spells.get(service, ()):
                if (days := spell.days_in(period)) or spell.left_within(period):
                    tallies[spell.person_id] += Tally(_moved(spell, period, reasons), float(days))
            if tallies:
                lived = sum(tally.denominator for tally in tallies.values())
                told[service, n] = Contributed(dict(tallies), lived, len(tallies))
    return told


def _moved(spell: Spell, period: Period, reasons: Sequence[str] | None) -> int:
    return int(spell.left_within(period) and (reasons is None or spell.end_reason in reasons))
