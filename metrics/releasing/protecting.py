"""What else is hidden, so that nothing hidden can be worked out from totals, years, related outcomes or earlier releases.

A reader knows sums: a setting is the sum of its services and groups, a year of its quarters; falls with harm are among the
falls. Everything that is shown bounds such a sum. Each hidden count must still be able to be anything from one to the
threshold (``data.disclosure.exposed`` proves it); else the next smallest count beside it is hidden as well, and so on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.disclosure import Bound, Contradiction, Rules, exposed, interval, known_of, rounded
from data.model import Impossible, Period
from data.releases.earlier import LEFT_OUT
from metrics.model import Outcome
from metrics.releasing.counted import Key, keys_of
from metrics.releasing.counted import parts as parts_of
from metrics.releasing.figures import Figure, is_additive

COMPLEMENTARY = "complementary"
SMALL = ("too_few_under", "too_few_people", "too_few_events", "none_or_all")
"""Reasons for which a count is hidden because it is small, not because one person or service makes up most of it."""
Atom = tuple[Key, str, int]
"""One count of one service in one quarter; the year stands under ``YEAR`` where quarters do not add up to it."""
YEAR = -1


class CannotBeProtected(Impossible):
    """Whatever else is hidden, earlier releases give a hidden count away: this release must not go out."""


@dataclass(frozen=True)
class Known:
    """What a reader knows of a sum from elsewhere: an earlier release, or the other tables of this one.

    ``quarters``: ``YEAR`` alone for the year of an outcome whose quarters do not add up to it.
    """

    outcome: str
    services: tuple[str, ...]
    quarters: tuple[int, ...]
    low: float
    high: float
    shown: bool = True
    """Whether this very figure was shown, and not only something that bounds it."""


@dataclass(frozen=True)
class Proof:
    """How many hidden counts were looked at, and how many figures were hidden to protect them.

    ``totals``: what a reader can say of each outcome's total of the setting over the year, whether it is shown or not; of
    the services alone that record it person by person.
    """

    hidden: int
    added: int
    totals: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def protect(
    figures: Sequence[Figure], unseen: Iterable[tuple[str, int]], before: Sequence[Known], rules: Rules
) -> Proof:
    """Hides more of one family's figures in one setting until nothing hidden can be narrowed down; marks them so.

    ``unseen``: services that are shown nowhere, with the quarters they record. A total or a year that is hidden only for
    the sake of others, and of which its own parts say much, is not given at all: its place in the table stays empty.
    Raises CannotBeProtected.
    """
    system = _Knowledge(figures, unseen, before, rules)
    added = 0
    while True:
        bad = system.exposed(system.hidden())
        if not bad:
            for each in system.exposed(system.hidden(derived=True)):
                if each.figure is not None:
                    each.figure.why = LEFT_OUT
            return Proof(len(system.hidden(derived=True)), added, system.totals())
        before_this = added
        for hidden in bad:
            beside = system.next_to_hide(hidden)
            if beside is not None:
                beside.why, added = COMPLEMENTARY, added + 1
        if added == before_this:
            known = system.known_already(bad)
            if known:  # this release says nothing new of it: it is not given, and others can be
                for figure in known:
                    figure.why = LEFT_OUT
                continue
            raise CannotBeProtected(
                "Earlier releases give away a figure that must stay hidden in this one. Nothing was released."
            )


@dataclass(frozen=True)
class _Hidden:
    """Something hidden: a figure, or a service that is shown nowhere."""

    atoms: tuple[int, ...]
    figure: Figure | None
    service: str | None = None
    quarter: int | None = None


class _Knowledge:
    def __init__(
        self, figures: Sequence[Figure], unseen: Iterable[tuple[str, int]], before: Sequence[Known], rules: Rules
    ) -> None:
        self.figures = [each for each in figures if each.found is not None]
        self.rules = rules
        self.keys = {each.outcome.code: keys_of(each.outcome) for each in self.figures}
        self.numbers: dict[Atom, int] = {}
        self.unseen = tuple(unseen)
        for figure in self.figures:
            self._atoms(figure), self._atoms(figure, denominator=True)
        outcomes = {each.outcome.code: each.outcome for each in self.figures}
        out = {(each.outcome, each.services, each.quarters) for each in before}
        self.hidden_services = [
            _Hidden((self._number((self.keys[code][0], service, quarter)),), None, service, quarter)
            for code in outcomes
            for service, quarter in self.unseen
            if (code, (service,), (quarter,)) not in out  # shown while it was larger: that cannot be taken back
        ]
        self.at_most = self._relations(outcomes.values())
        self.before, self.again = self._earlier(before)

    def hidden(self, *, derived: bool = False) -> list[_Hidden]:
        """What must be protected; with ``derived`` also totals and years that are hidden though they are not small."""
        told = [
            _Hidden(self._atoms(each), each)
            for each in self.figures
            if each.why not in (None, LEFT_OUT)
            and (derived or each.why in SMALL or not _is_derived(each))
            and self._atoms(each) not in self.again  # it was shown before: that cannot be taken back
        ]
        return [*told, *self.hidden_services]

    def totals(self) -> dict[str, tuple[float, float]]:
        """The least and the most that each setting's year can be, given all that is shown."""
        bounds = self._shown()
        return {
            each.outcome.code: interval(len(self.numbers), bounds, self.at_most, self._atoms(each, of=each.by_person))
            for each in self.figures
            if each.is_total and each.length == "year"
        }

    def _shown(self) -> list[Bound]:
        """What this release says."""
        bounds = [bound for figure in self.figures if figure.why is None for bound in self._bounds(figure)]
        for figure in self.figures:  # hiding it now, or rounding it otherwise, does not make a reader forget it
            then = self.again.get(self._atoms(figure))
            if then is not None and (figure.why is not None or _meet(then, self._bounds(figure)[0])):
                bounds.append(then)
        return bounds

    def exposed(self, hidden: Sequence[_Hidden]) -> list[_Hidden]:
        """Those of which a reader knows too much."""
        if not hidden:
            return []
        bounds = self._shown()
        sums = [each.atoms for each in hidden]
        try:
            found = exposed(len(self.numbers), [*bounds, *self.before], self.at_most, sums, self.rules)
        except Contradiction:  # the record changed since: what was shown then is known to within a rounding unit more
            wider = [
                Bound(each.atoms, each.low - self.rules.rounding, each.high + self.rules.rounding)
                for each in self.before
            ]
            try:
                found = exposed(len(self.numbers), [*bounds, *wider], self.at_most, sums, self.rules)
            except Contradiction:  # it no longer speaks of the same record at all
                found = exposed(len(self.numbers), bounds, self.at_most, sums, self.rules)
        return [hidden[n] for n in found]

    def known_already(self, hidden: Sequence[_Hidden]) -> list[Figure]:
        """Totals and years of which earlier releases by themselves say too much, such as three quarters of a new year."""
        bounds = [*self.before, *self.again.values()]
        derived = [each for each in hidden if each.figure is not None and _is_derived(each.figure)]
        try:
            found = exposed(len(self.numbers), bounds, self.at_most, [each.atoms for each in derived], self.rules)
        except Contradiction:
            return []
        return [figure for n in found if (figure := derived[n].figure) is not None]

    def next_to_hide(self, hidden: _Hidden) -> Figure | None:
        """The figure to hide beside one that is exposed: a smaller neighbour before a total, a year before a quarter."""
        for candidates in self._neighbours(hidden):
            shown = [each for each in candidates if self._can_hide(each) and each is not hidden.figure]
            if shown:
                hidden_of = self._hidden_of_units()
                return min(
                    shown,
                    key=lambda each: (
                        each.count == 0,
                        -hidden_of[each.members.unit.code, each.period],
                        each.count,
                        each.place[:2],
                        each.period,
                    ),
                )
        touching = set(hidden.atoms)
        rest = [each for each in self.figures if self._can_hide(each) and touching & set(self._atoms(each))]
        return min(rest, key=lambda each: (each.count, each.place[:2], each.period)) if rest else None

    def _hidden_of_units(self) -> Counter[tuple[str, Period]]:
        """What is hidden anyway should lie together: related outcomes of one service give each other away."""
        return Counter((each.members.unit.code, each.period) for each in self.figures if each.why is not None)

    def _can_hide(self, figure: Figure) -> bool:
        return figure.why is None and self._atoms(figure) not in self.again

    def _neighbours(self, hidden: _Hidden) -> Iterable[list[Figure]]:
        figure = hidden.figure
        if figure is None:
            periods = [each for each in self.figures if each.quarters == (hidden.quarter,)]
            lines = [each for each in periods if self.keys[each.outcome.code][0] == self._key_of(hidden.atoms[0])]
            yield [each for each in lines if not each.is_total]
            yield [each for each in lines if each.is_total]
            return
        same = [each for each in self.figures if each.outcome.code == figure.outcome.code]
        alongside = [each for each in same if each.period == figure.period and each.length == figure.length]
        own = [each for each in same if each.members.unit.code == figure.members.unit.code]
        total = [each for each in alongside if each.is_total]
        if figure.is_total:
            yield [each for each in alongside if not each.is_total]
            yield [each for each in own if each.length == "year"]
            yield own
        elif self._pinned_by(total, [each for each in alongside if not each.is_total]):
            yield [each for each in alongside if not each.is_total]
            yield total
        yield [each for each in own if each.length == "year" and figure.length == "quarter"]
        yield [each for each in own if each.length == "quarter" and figure.length == "year"]
        yield [each for each in alongside if not each.is_total]
        yield total
        of_unit = [each for each in self.figures if each.members.unit.code == figure.members.unit.code]
        yield [each for each in of_unit if each.period == figure.period]
        yield [each for each in of_unit if each.period.overlaps(figure.period)]
        yield [each for each in self.figures if each.period.overlaps(figure.period)]

    def _pinned_by(self, total: Sequence[Figure], parts: Sequence[Figure]) -> bool:
        """Whether the total of the same days already says too much by itself."""
        if not total or total[0].why is not None:
            return False
        whole = self._bounds(total[0])[0]
        beside = [self._bounds(each)[0] for each in parts if each.why is None]
        alone = sum(each.why is not None for each in parts) == 1
        most, least = whole.high - sum(each.low for each in beside), whole.low - sum(each.high for each in beside)
        return most < self.rules.reach or (alone and least > 1)

    def _bounds(self, figure: Figure) -> list[Bound]:
        assert figure.found is not None
        told = [known_of(self._atoms(figure), rounded(figure.count, self.rules), self.rules)]
        if self.keys[figure.outcome.code][1] is not None:
            told.append(
                known_of(
                    self._atoms(figure, denominator=True), rounded(figure.found.denominator, self.rules), self.rules
                )
            )
        return told

    def _atoms(self, figure: Figure, *, denominator: bool = False, of: Sequence[str] | None = None) -> tuple[int, ...]:
        key = self.keys[figure.outcome.code][1 if denominator else 0]
        if key is None:
            return ()
        stretches = figure.quarters
        if figure.length == "year" and not is_additive(figure.outcome):
            stretches = (YEAR,)
        return tuple(
            self._number((key, service, n)) for service in (figure.counted if of is None else of) for n in stretches
        )

    def _number(self, atom: Atom) -> int:
        return self.numbers.setdefault(atom, len(self.numbers))

    def _key_of(self, number: int) -> Key:
        return next(key for (key, _, _), each in self.numbers.items() if each == number)

    def _relations(self, outcomes: Iterable[Outcome]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """A part is no larger than the whole; parts that exclude each other are not larger together."""
        keys = {key for outcome in outcomes for key in self.keys[outcome.code] if key is not None}
        at: dict[Key, dict[tuple[str, int], int]] = defaultdict(dict)
        for (key, service, quarter), number in self.numbers.items():
            at[key][service, quarter] = number
        told: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        for whole in keys:
            for parts in parts_of(whole, keys):
                for place, number in at[whole].items():
                    smaller = tuple(at[part][place] for part in parts if place in at[part])
                    if smaller:
                        told.append((smaller, (number,)))
        quarters = sorted({n for each in self.figures if each.length == "year" for n in each.quarters})
        for key in keys:  # somebody counted in a quarter is counted in the year; nobody in the year is in no quarter
            for (service, quarter), number in at[key].items():
                if quarter == YEAR:
                    of_year = [at[key][service, n] for n in quarters if (service, n) in at[key]]
                    told += [((other,), (number,)) for other in of_year]
                    if len(of_year) == len(quarters):
                        told.append(((number,), tuple(of_year)))
        return told

    def _earlier(self, before: Sequence[Known]) -> tuple[list[Bound], dict[tuple[int, ...], Bound]]:
        """What earlier releases said of the same counts: of other sums than this one, and of the very same."""
        now = {self._atoms(each) for each in self.figures}
        others: list[Bound] = []
        again: dict[tuple[int, ...], Bound] = {}
        for known in before:
            if known.outcome not in self.keys:
                continue
            key = self.keys[known.outcome][0]
            atoms = tuple((key, service, n) for service in known.services for n in known.quarters)
            if all(atom in self.numbers for atom in atoms):
                numbers = tuple(self.numbers[atom] for atom in atoms)
                bound = Bound(numbers, known.low, known.high)
                if numbers in now and known.shown:
                    again[numbers] = _both(again.get(numbers), bound)
                else:
                    others.append(bound)
        return others, again


def _meet(one: Bound, other: Bound) -> bool:
    """Whether both can be true; where not, the record changed, and the later one speaks of it."""
    return one.low <= other.high and other.low <= one.high


def _both(one: Bound | None, later: Bound) -> Bound:
    """What two releases say together of one count."""
    if one is None or not _meet(one, later):
        return later
    return Bound(later.atoms, max(one.low, later.low), min(one.high, later.high))


def _is_derived(figure: Figure) -> bool:
    """Whether other figures of the release add up to it."""
    return figure.is_total or figure.length == "year"
