"""What is worth a second look in the record of views: gentle, each with its reason and what to do.

An alert is a question to the team about a record. It never names or ranks staff, and it never says that somebody did
wrong: nobody knows from a record alone what was said and not written down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from data.model import Period
from data.records import Matter, PersonHere, View
from metrics.voices.sheet import SheetRow, sheet

FIRST_DAYS = 28
"""The days after moving in that count as early in the journey."""
FEWEST_MATTERS = 2
"""On so many matters at least, before it is said of a person that it was so on all of them."""
FEWEST_VIEWS_OF_A_QUARTER = 10
MOST_BY_ONE = 0.5
FEWEST_BOTH_HEARD = 20
FEWEST_CHECKABLE, CHECKED_AIM = 5, 90
"""The aim of V8 in 100, asked of at least five views: one unchecked talk is no pattern."""

NEEDS = ("hearing", "sight", "speech", "understanding", "several")
UNADAPTED = ("talk", "writing")
CHECKABLE = ("talk", "pictures", "objects", "simple_choices", "writing", "interpreter")
CHECKED = ("yes", "partly", "no")
UNCHECKED = ("not_checked", "not_recorded")


@dataclass(frozen=True)
class Case:
    """One record to look at: whose, about what, of which day. None: of several matters, or not about one person."""

    person_id: str | None
    element: str | None
    on: date | None


@dataclass(frozen=True)
class Alert:
    """Something to look at: ``count`` of ``over``, the cases, and for a quarter its days."""

    code: str
    count: int
    over: int
    cases: tuple[Case, ...] = ()
    quarter: Period | None = None


@dataclass(frozen=True)
class Record:
    """What the rules look at: the matters and views of a stretch of time, who was there, on which days they moved in.

    ``left`` are people who have since left or died: nobody is asked to put a question to them. ``shown``: the days whose
    views these are; a quarter that begins or ends outside them is named by the days it has inside.
    """

    matters: Sequence[Matter]
    views: Sequence[View]
    people: Mapping[str, PersonHere] = field(default_factory=dict)
    moved_in: Mapping[str, Sequence[date]] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    shown: Period | None = None

    @cached_property
    def sheet(self) -> tuple[SheetRow, ...]:
        """The rows of the sheet, worked out once however often a page is drawn from this record."""
        return sheet(self.matters)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """What is worth a second look, worked out once."""
        return alerts(self)


def alerts(record: Record) -> tuple[Alert, ...]:
    """Everything worth a second look, what touches one person's voice first."""
    return tuple(alert for rule in RULES for alert in rule(record))


def never_asked(record: Record) -> Iterable[Alert]:
    """People with several matters, still there, who were not heard on any of them."""
    by_person = _by_person(each for each in record.matters if each.person_id not in record.left)
    enough = {person: theirs for person, theirs in by_person.items() if len(theirs) >= FEWEST_MATTERS}
    silent = [person for person, theirs in enough.items() if not any(each.person_heard for each in theirs)]
    if silent:
        yield Alert("never_asked", len(silent), len(enough), tuple(Case(person, None, None) for person in silent))


def only_family_early(record: Record) -> Iterable[Alert]:
    """Matters on which only family was asked, in somebody's first weeks or at an early stage; of people still there."""
    here = [each for each in record.matters if each.person_id not in record.left]
    found = [each for each in here if each.family_only and _is_early(each, record)]
    if found:
        yield Alert("only_family_early", len(found), len(here), _cases(found))


def _is_early(matter: Matter, record: Record) -> bool:
    person = record.people.get(matter.person_id)
    if person is not None and person.stage == "early":
        return True
    first = timedelta(days=FIRST_DAYS)
    return any(day <= matter.dated < day + first for day in record.moved_in.get(matter.person_id, ()))


def unadapted_methods(record: Record) -> Iterable[Alert]:
    """People with a communication need, still there, who were only ever asked by talking or in writing."""
    asked: dict[str, list[View]] = defaultdict(list)
    for view in record.views:
        person = record.people.get(view.person_id)
        if view.person_id in record.left or person is None or person.communication_need not in NEEDS:
            continue
        if view.voice == "person" and view.heard:
            asked[view.person_id].append(view)
    enough = {person: views for person, views in asked.items() if len(views) >= FEWEST_MATTERS}
    found = sorted(person for person, views in enough.items() if all(each.how_sought in UNADAPTED for each in views))
    if found:
        yield Alert("unadapted", len(found), len(enough), tuple(Case(person, None, None) for person in found))


def understanding_unchecked(record: Record) -> Iterable[Alert]:
    """Views of the person sought in a way that can be checked, of which too few were."""
    asked = _checkable(record.views)
    open_ = [view for view in asked if view.understood in UNCHECKED]
    if len(asked) >= FEWEST_CHECKABLE and 100 * len(open_) > (100 - CHECKED_AIM) * len(asked):
        yield Alert("unchecked", len(open_), len(asked), tuple(_view_cases(open_)))


def understanding(views: Iterable[View]) -> tuple[int, int]:
    """Views of the person whose understanding was checked, over those in which it can be (V8)."""
    asked = _checkable(views)
    return sum(view.understood in CHECKED for view in asked), len(asked)


def _checkable(views: Iterable[View]) -> list[View]:
    return [
        view
        for view in views
        if view.voice == "person" and view.how_sought in CHECKABLE and view.understood in (*CHECKED, *UNCHECKED)
    ]


def kept_together(record: Record) -> Iterable[Alert]:
    """Matters on which the person's and the family's views stand in one entry."""
    both = [each for each in record.matters if each.person_heard and each.family_heard]
    found = [each for each in both if not each.kept_apart]
    if found:
        yield Alert("together", len(found), len(both), _cases(found))


def one_recorder(record: Record) -> Iterable[Alert]:
    """Quarters of which more than half the views were written by the same person; the newest such quarter."""
    quarters = groupby(sorted(record.views, key=lambda view: view.given_on), key=lambda view: _quarter(view.given_on))
    found = []
    for quarter, views in quarters:
        counted = Counter(view.by_main_recorder for view in views)
        if counted.total() >= FEWEST_VIEWS_OF_A_QUARTER and counted[True] > MOST_BY_ONE * counted.total():
            days = quarter.within(record.shown) or quarter
            found.append(Alert("one_recorder", counted[True], counted.total(), quarter=days))
    yield from found[-1:]


def no_disagreement(record: Record) -> Iterable[Alert]:
    """Person and family always of one mind, on many matters: more than anybody would expect of two people."""
    differ = sum(each.person_family == "differ" for each in record.matters)
    both = differ + sum(each.person_family == "same" for each in record.matters)
    if both >= FEWEST_BOTH_HEARD and not differ:
        yield Alert("no_disagreement", 0, both)


RULES: tuple[Callable[[Record], Iterable[Alert]], ...] = (
    never_asked, only_family_early, unadapted_methods, understanding_unchecked, kept_together, one_recorder,
    no_disagreement,
)  # fmt: skip


def _by_person(matters: Iterable[Matter]) -> dict[str, list[Matter]]:
    found: dict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        found[matter.person_id].append(matter)
    return dict(sorted(found.items()))


def _cases(matters: Iterable[Matter]) -> tuple[Case, ...]:
    newest = sorted(matters, key=lambda each: (each.dated, each.person_id, each.element or ""), reverse=True)
    return tuple(Case(each.person_id, each.element, each.dated) for each in newest)


def _view_cases(views: Iterable[View]) -> Iterable[Case]:
    newest = sorted(views, key=lambda each: (each.given_on, each.view_id), reverse=True)
    return (Case(each.person_id, each.element, each.given_on) for each in newest)


def _quarter(day: date) -> Period:
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    following = date(first.year + (first.month + 2) // 12, (first.month + 2) % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))
