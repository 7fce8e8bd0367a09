"""One row a person, before anybody is hidden: who may be in, around which day, and what is counted on each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.anonymising import NOT_RECORDED
from data.facts import FactsForSamples
from data.model import Period
from data.releases.sample_model import Around, MayBeReleased, Stay, Tried
from metrics.catalogue import Catalogue
from metrics.releasing.sample_columns import (
    COUNTED,
    NONE_TRIED,
    OWN,
    SERVICE,
    Counted,
    age_band,
    count_band,
    score_band,
    weeks_band,
)

WEEKS_EACH_SIDE = 26
FEWEST_WEEKS = 4
"""With less record than this on either side there is no before and after to speak of."""
SETTLING = {True: 14, False: 28}
"""Days that belong to neither side where none were agreed: for one person, for a whole service."""


@dataclass(frozen=True)
class Turn:
    """The day around which a person is looked at: a change of their own, of their service, or the middle of the record."""

    arm: str
    around: Around
    turned_on: date


@dataclass(frozen=True)
class PersonRow:
    """What a release may hold of one person, unhidden; ``person_id`` never leaves."""

    person_id: str
    service_id: str
    words: Mapping[str, str]


def person_rows(
    facts: FactsForSamples, catalogue: Catalogue, counted: Sequence[Counted] = COUNTED
) -> tuple[PersonRow, ...]:
    """A row for everybody who may be in a release and has at least four weeks of record on each side, by code."""
    people = facts.people_for_samples()
    recorded = recorded_days(facts, {stay.service_id for person in people for stay in person.stays})
    changes = facts.changes_for_samples()
    turns = {person.person_id: turn_of(person, changes, recorded) for person in people}
    asked = [turn.around for turn in turns.values() if turn is not None]
    outcomes = [catalogue.outcomes[each.outcome] for each in counted]
    counts = [facts.counts_around(outcome.counts, asked) for outcome in outcomes]
    kept = [{service for service in recorded if facts.span(each.table, service) is not None} for each in outcomes]
    scores = facts.own_scores_around(asked)
    rows = []
    for person in people:
        turn = turns[person.person_id]
        if turn is None:
            continue
        words = _register(person, turn)
        for each, found, services in zip(counted, counts, kept, strict=True):
            sides = found.get(person.person_id, (0, 0))
            known = turn.around.service_id in services
            words |= {
                name: count_band(count if known else None) for name, count in zip(each.columns, sides, strict=True)
            }
        before, after = scores.get(person.person_id, (None, None))
        words |= {"own_view_before": score_band(before), "own_view_after": score_band(after)}
        rows.append(PersonRow(person.person_id, turn.around.service_id, words))
    return tuple(rows)


def recorded_days(facts: FactsForSamples, services: Iterable[str]) -> dict[str, Period]:
    """The days on which events of a service are on record: in both its incidents and its falls where it keeps both."""
    found = {}
    for service in sorted(services):
        spans = [span for span in (facts.span(name, service) for name in ("incidents", "falls")) if span is not None]
        common = spans[0].within(spans[-1]) if spans else None
        if common is not None:
            found[service] = common
    return found


def turn_of(person: MayBeReleased, changes: Sequence[Tried], recorded: Mapping[str, Period]) -> Turn | None:
    """The first own change, else the first change of the service, that began while the person was there; else the middle.

    None where the record is too short on either side.
    """
    stays = [(stay, here) for stay in person.stays if (here := _here(stay, recorded)) is not None]
    for whose in (person.person_id, None):
        for change in changes:
            if change.person_id != whose:
                continue
            for stay, here in stays:
                if change.service_id == stay.service_id and here.first < change.start_on <= here.last:
                    settling = SETTLING[whose is not None] if change.settling_days is None else change.settling_days
                    arm = f"{SERVICE if whose is None else OWN}: {change.kind.replace('_', ' ')}"
                    return _turn(person.person_id, stay.service_id, here, change.start_on, settling, arm)
    if not stays:
        return None
    stay, here = max(stays, key=lambda each: (each[1].days, each[1].first))
    middle = here.first + timedelta(days=here.days // 2)
    return _turn(person.person_id, stay.service_id, here, middle, 0, NONE_TRIED)


def _here(stay: Stay, recorded: Mapping[str, Period]) -> Period | None:
    days = recorded.get(stay.service_id)
    if days is None:
        return None
    last = days.last if stay.last is None else min(days.last, stay.last)
    return Period(stay.first, last).within(days) if stay.first <= last else None


def _turn(person: str, service: str, here: Period, turned_on: date, settling: int, arm: str) -> Turn | None:
    """Both sides are equally long, so that a before and after is fair even where the number of weeks is withheld."""
    begins = turned_on + timedelta(days=settling)
    days = min((turned_on - here.first).days, (here.last - begins).days + 1, 7 * WEEKS_EACH_SIDE)
    if days < 7 * FEWEST_WEEKS:
        return None
    day, side = timedelta(days=1), timedelta(days=days)
    around = Around(person, service, Period(turned_on - side, turned_on - day), Period(begins, begins + side - day))
    return Turn(arm, around, turned_on)


def _register(person: MayBeReleased, turn: Turn) -> dict[str, str]:
    age = None if person.birth_year is None else turn.turned_on.year - person.birth_year
    return {
        "age_band": age_band(age),
        "gender": person.gender.replace("_", " ") or NOT_RECORDED,
        "dementia_stage": person.stage.replace("_", " ") or NOT_RECORDED,
        "arm": turn.arm,
        "weeks_each_side": weeks_band(turn.around.before.days // 7),
    }
