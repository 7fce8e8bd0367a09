"""Every figure of a release with the reason why it may not be shown by itself; what stands around it comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.disclosure import Behind, Rules, behind, why_hidden
from data.facts import FactsForReleases
from data.model import Period
from data.releases.earlier import LEFT_OUT, Earlier, Place
from data.releases.model import Length, Status
from metrics.catalogue import Catalogue
from metrics.model import Outcome
from metrics.releasing.people import KINDS, Contributed, contributed, together
from metrics.releasing.quarters import Periods
from metrics.releasing.units import Arranged, Members

SENSITIVE = ("restrictive", "safeguarding", "missing", "safeguarding_action", "safeguarding_close", "wanted_outcome")
"""Kinds of record where even "none" and "all" say something about few people."""
HIDDEN_BEFORE, PEOPLE_UNKNOWN = "hidden_before", "people_unknown"

NOT_RELEASED = {
    "I1": "All incidents together (I1) are the sum of other outcomes: beside a hidden one they would say what that is."
}
"""Outcomes that are left out of every release, with the reason."""


@dataclass
class Figure:
    """One outcome of one unit in one period, before it is released. ``why``: the reason it is hidden, None when shown.

    ``counted``: the services that record it throughout, ``by_person`` those of them where all of it is somebody's;
    ``quarters``: which of the quarters it is made of.
    """

    outcome: Outcome
    members: Members
    length: Length
    period: Period
    quarters: tuple[int, ...]
    counted: tuple[str, ...]
    found: Contributed | None
    why: str | None = None
    by_person: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return (self.outcome.code, self.members.unit.code, self.length, self.period)

    @property
    def status(self) -> Status:
        if self.found is None and self.why is None:
            return "missing"
        return "suppressed" if self.why is not None else "shown"

    @property
    def count(self) -> int:
        return self.found.count if self.found is not None else 0

    @property
    def is_total(self) -> bool:
        return self.members.unit.level == "setting"


def released_outcomes(catalogue: Catalogue) -> tuple[Outcome, ...]:
    """The outcomes of a release: those of the first release and the user's own, of one kind of answerer at a time."""
    return tuple(
        outcome
        for outcome in catalogue
        if (outcome.starred or outcome.source == "own") and outcome.kind in KINDS and _one_answerer(outcome)
        and outcome.table != "totals" and outcome.code not in NOT_RELEASED
    )  # fmt: skip


def is_sensitive(outcome: Outcome) -> bool:
    """Whether its rows are about restriction, safeguarding or somebody missing."""
    words = [
        word
        for rows in (outcome.counts, outcome.over)
        if rows is not None
        for each in rows.where.values()
        for word in each
    ]
    return any(word in SENSITIVE for word in words)  # fmt: skip


def is_additive(outcome: Outcome) -> bool:
    """Whether quarters add up to the year. A person counts once in each, so shares of people do not."""
    over_people = outcome.over is not None and outcome.over.table == "people"
    return outcome.share_of != "people" and not over_people


@dataclass(frozen=True)
class Counted:
    """One outcome of every service: which quarters each records throughout, and what was found in quarters and the year."""

    recorded: Mapping[str, frozenset[int]]
    only_totals: Mapping[str, frozenset[int]]
    quarters: Mapping[tuple[str, int], Contributed]
    year: Mapping[str, Contributed]


def count(facts: FactsForReleases, outcome: Outcome, services: Sequence[str], periods: Periods) -> Counted:
    """What every service contributes, by quarter, and by year where quarters do not add up to it."""
    recorded, only_totals = {}, {}
    for service in services:
        span = facts.spells_span(service) if outcome.kind == "stay" else facts.span(outcome.table, service)
        totals = facts.totals_span(outcome.code, service)
        recorded[service] = _inside(periods, span)
        only_totals[service] = _inside(periods, totals) - recorded[service]
    asked = {
        service: [periods.quarters[n] for n in sorted(numbers)] for service, numbers in recorded.items() if numbers
    }
    found = contributed(facts, outcome, asked)
    by_number = {
        (service, number): found[service, place]
        for service, numbers in recorded.items()
        for place, number in enumerate(sorted(numbers))
        if (service, place) in found
    }
    year: dict[str, Contributed] = {}
    if periods.year is not None and not is_additive(outcome):
        whole = {service: [periods.year] for service, numbers in recorded.items() if numbers >= set(periods.of_year)}
        year = {service: each for (service, _), each in contributed(facts, outcome, whole).items()}
    return Counted(recorded, only_totals, by_number, year)


def _inside(periods: Periods, span: Period | None) -> frozenset[int]:
    if span is None:
        return frozenset()
    return frozenset(n for n, quarter in enumerate(periods.quarters) if span.covers(quarter))


def figures(
    outcome: Outcome, found: Counted, arranged: Arranged, periods: Periods, rules: Rules, earlier: Earlier
) -> list[Figure]:
    """The figures of one outcome, each with its own reason to be hidden."""
    made = []
    for members in arranged.every:
        for length, period, quarters in _stretches(periods):
            made.append(_figure(outcome, found, members, length, period, quarters, rules, earlier))
    return made


def _stretches(periods: Periods) -> Iterator[tuple[Length, Period, tuple[int, ...]]]:
    for number, quarter in enumerate(periods.quarters):
        yield "quarter", quarter, (number,)
    if periods.year is not None:
        yield "year", periods.year, periods.of_year


def _figure(
    outcome: Outcome, found: Counted, members: Members, length: Length, period: Period, quarters: tuple[int, ...],
    rules: Rules, earlier: Earlier,
) -> Figure:  # fmt: skip
    place: Place = (outcome.code, members.unit.code, length, period)
    frozen = earlier.counted(place)
    counted = tuple(
        service
        for service in members.services
        if found.recorded[service] >= set(quarters)
        and (frozen is None or service in frozen)
        and not (members.unit.level == "group" and earlier.was_shown((outcome.code, service, length, period)))
    )
    parts = {
        service: [found.year[service]]
        if length == "year" and not is_additive(outcome) and service in found.year
        else [found.quarters[service, n] for n in quarters if (service, n) in found.quarters]
        for service in counted
    }
    every = [part for each in parts.values() for part in each]
    whole = together(every) if every else None
    by_person = tuple(service for service, each in parts.items() if each and all(part.by_person for part in each))
    figure = Figure(outcome, members, length, period, quarters, counted, whole, by_person=by_person)
    if whole is None or not whole.denominator:
        figure.found = None
        if not counted and any(found.only_totals[service] & set(quarters) for service in members.services):
            figure.why = PEOPLE_UNKNOWN
        return figure
    figure.why = why_hidden(
        behind_it(outcome, whole, [sum(part.count for part in each) for each in parts.values()]),
        rules, group=len(members.services) > 1, sensitive=is_sensitive(outcome),
    )  # fmt: skip
    as_before(figure, earlier)
    if figure.why is None and earlier.was_shown(place) and set(frozen or ()) != set(counted):
        figure.why = LEFT_OUT  # a service is no longer there: the old figure less this one would be that service's
    return figure


def as_before(figure: Figure, earlier: Earlier) -> None:
    """What was hidden stays hidden: a count that is shown from now on would say by how little it grew."""
    if figure.found is None:
        return
    if earlier.was_left_out(figure.place):
        figure.why = LEFT_OUT
    elif figure.why is None and earlier.was_hidden(figure.place):
        figure.why = HIDDEN_BEFORE


def behind_it(outcome: Outcome, whole: Contributed, by_service: Sequence[int]) -> Behind:
    """Who stands behind a figure of an outcome."""
    out_of = whole.denominator if outcome.kind == "share" else None
    return behind({who: tally.numerator for who, tally in whole.tallies.items()}, whole.under, by_service, out_of)


def _one_answerer(outcome: Outcome) -> bool:
    return outcome.table != "feedback" or len(outcome.counts.where.get("rater", ())) == 1
