"""A release to commissioners, put together: every figure, what is hidden and why, and the account of it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from data.disclosure import RULES_VERSION, Rules, as_settings
from data.facts import FactsForReleases
from data.model import Service
from data.releases.earlier import LEFT_OUT, Earlier, Entry, Given, Place
from data.releases.model import (
    Cell,
    Change,
    CommissionerRelease,
    Definition,
    Gap,
    Happening,
    Reading,
    ReleaseReport,
    Status,
    Unit,
    quarter_name,
)
from metrics.across.pooling import setting_order
from metrics.catalogue import Catalogue
from metrics.evaluate import evaluate
from metrics.explaining import what_it_counts
from metrics.kinds.common import times
from metrics.model import Finding, Outcome
from metrics.releasing import gaps as of_groups
from metrics.releasing.counted import families
from metrics.releasing.figures import NOT_RELEASED, Counted, Figure, count, figures, released_outcomes
from metrics.releasing.known import known_before
from metrics.releasing.others import safe_gaps
from metrics.releasing.protecting import protect
from metrics.releasing.quarters import Periods, closed_quarters
from metrics.releasing.spoken import cell, decimals_of
from metrics.releasing.together import main_findings, together
from metrics.releasing.tried import change_of
from metrics.releasing.units import Arranged, arrange
from metrics.splits.gaps import ETHNICITY

HAPPENINGS = (
    "new_recording_system", "reporting_training", "definition_change", "outbreak", "manager_change", "staffing_gap", "building_work",
)  # fmt: skip
"""Happenings to a whole service that a reader of its figures must know of."""
Totals = Mapping[tuple[str, str], tuple[float, float]]
"""By setting and outcome: the least and the most that a reader can say of the year."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A release, and what the log must remember of it."""

    release: CommissionerRelease
    entry: Entry


def commissioner_release(
    facts: FactsForReleases, catalogue: Catalogue, *, as_of: date, rules: Rules, earlier: Earlier, version: str,
    read_by: Sequence[Reading] = (), progress: Progress = lambda _: None,
) -> Made:  # fmt: skip
    """Everything that may be given to commissioners on a day.

    Raises: metrics.releasing.protecting.CannotBeProtected where earlier releases would give a hidden figure away.
    """
    services = facts.services()
    periods = closed_quarters(facts, [service.service_id for service in services], as_of)
    arranged = arrange(facts, services, rules, small_before=earlier.together)
    outcomes = released_outcomes(catalogue)
    progress("Counting")
    build = _Build(facts, services, periods, arranged, rules, earlier)
    counted = {outcome.code: build.count(outcome) for outcome in outcomes}
    made = {
        outcome.code: figures(outcome, counted[outcome.code], arranged, periods, rules, earlier) for outcome in outcomes
    }
    progress("Hiding what is small, and what would give it away")
    proofs, totals = build.protect(outcomes, counted, made)
    progress("Groups of people")
    group_cells, gaps, of_words = build.groups(outcomes, counted, made, totals)
    cells = [
        as_last_time(each, earlier)
        for code in made
        for figure in made[code]
        if (each := cell(figure, rules)) is not None
    ]
    group_cells = [as_last_time(each, earlier) for each in group_cells]
    progress("What was tried")
    findings = evaluate(facts, catalogue)
    changes = build.changes(findings)
    every_figure = [*(figure for code in made for figure in made[code]), *of_words]
    shown = _with_figures(cells, arranged)
    report = ReleaseReport(
        kind="commissioner", release_id=_release_id(periods, earlier, as_of), made_on=as_of, version=version,
        rules={"rules": RULES_VERSION, **as_settings(rules)},
        counts=_counts([*cells, *group_cells], proofs), hidden_by=_by_reason(every_figure), proved=True,
        revised=_revised(earlier, [*cells, *group_cells]), earlier=tuple(entry.release_id for entry in earlier.entries),
        synthetic=facts.is_sample(), read_by=tuple(read_by), notes=_notes(),
    )  # fmt: skip
    release = CommissionerRelease(
        report=report,
        definitions=tuple(_definition(outcome) for outcome in outcomes if outcome.code in {c.outcome for c in cells}),
        units=tuple(shown), cells=tuple(sorted([*cells, *group_cells], key=_order)), gaps=tuple(gaps), changes=tuple(changes),
        together=together(main_findings(findings), rules), happenings=tuple(build.happenings(shown)),
        not_shown={setting: len(members) for setting, members in arranged.not_shown.items()},
    )  # fmt: skip
    return Made(release, _entry(report, arranged, every_figure, [*cells, *group_cells], rules))


@dataclass(frozen=True)
class _Build:
    facts: FactsForReleases
    services: Sequence[Service]
    periods: Periods
    arranged: Arranged
    rules: Rules
    earlier: Earlier

    def count(self, outcome: Outcome) -> Counted:
        return count(self.facts, outcome, [service.service_id for service in self.services], self.periods)

    def protect(
        self, outcomes: Sequence[Outcome], counted: dict[str, Counted], made: dict[str, list[Figure]]
    ) -> tuple[int, Totals]:
        """(hidden counts looked at, what can be said of each setting's year)."""
        alone = {service for members in self.arranged.shown for service in members.services}
        setting_of = {service.service_id: service.setting for service in self.services}
        before = known_before(self.earlier, outcomes, self.periods, self.rules)
        looked_at = 0
        totals: dict[tuple[str, str], tuple[float, float]] = {}
        for family in families(outcomes):
            for setting in sorted(set(setting_of.values()), key=setting_order):
                those = [
                    figure
                    for outcome in family
                    for figure in made[outcome.code]
                    if figure.members.unit.setting == setting
                ]
                unseen = {
                    (service, quarter)
                    for outcome in family
                    for service, quarters in counted[outcome.code].recorded.items()
                    if setting_of[service] == setting and service not in alone
                    for quarter in quarters
                }
                proof = protect(those, sorted(unseen), before, self.rules)
                looked_at += proof.hidden
                totals.update({(setting, code): known for code, known in proof.totals.items()})
        return looked_at, totals

    def groups(
        self, outcomes: Sequence[Outcome], counted: dict[str, Counted], made: dict[str, list[Figure]], known: Totals
    ) -> tuple[list[Cell], list[Gap], list[Figure]]:
        """Figures of groups of people in each setting over the year, and the gaps between them."""
        year = self.periods.year
        cells: list[Cell] = []
        gaps: list[Gap] = []
        every: list[Figure] = []
        if year is None:
            return cells, gaps, every
        people = self.facts.register_column(ETHNICITY)
        for whole in self.arranged.settings:
            present = {
                who
                for there in self.facts.days_present({service: [year] for service in whole.services}).values()
                for who in there
            }
            groups = of_groups.groups_of(people, sorted(present), self.rules)
            if not groups.known:
                continue
            for family in families([outcome for outcome in outcomes if of_groups.of_interest(outcome)]):
                totals = {
                    outcome.code: figure
                    for outcome in family
                    for figure in made[outcome.code]
                    if figure.members.unit.code == whole.unit.code and figure.length == "year" and figure.found is not None
                }  # fmt: skip
                parts = {
                    code: of_groups.gaps(total, counted[code], people, groups, self.periods, self.rules, self.earlier)
                    for code, total in totals.items()
                }
                if not parts:
                    continue
                of_totals = {code: about for (setting, code), about in known.items() if setting == whole.unit.setting}
                of_groups.protected(parts, of_totals, self.rules)
                for code, total in totals.items():
                    cells += of_groups.cells(total, parts[code], self.rules)
                    side_by_side = [
                        of_groups.gap_of(total, part, parts[code], groups, self.rules)
                        for part in parts[code]
                        if part.members.unit.name in groups.known
                    ]
                    about = of_totals.get(code, (0.0, math.inf))
                    gaps += safe_gaps(side_by_side, parts[code], groups.known, about, self.rules)
                    every += parts[code]
        return cells, gaps, every

    def changes(self, findings: Sequence[Finding]) -> list[Change]:
        """Whole-service changes of services that are shown alone, by service and day."""
        alone = {members.unit.code for members in self.arranged.shown if members.unit.level == "service"}
        about: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            if not finding.intervention.is_personal and finding.service_id in alone:
                about[finding.intervention.intervention_id].append(finding)
        ordered = sorted(about.values(), key=_by_service_and_day)
        numbers: Counter[str] = Counter()
        told = []
        for each in ordered:
            numbers[each[0].service_id] += 1
            change = change_of(self.facts, numbers[each[0].service_id], each, self.rules)
            if change is not None:
                told.append(change)
        return told

    def happenings(self, shown: Sequence[Unit]) -> Iterable[Happening]:
        """What happened to whole services, by kind; what somebody wrote about it stays behind."""
        alone = {unit.code for unit in shown if unit.level == "service"}
        for service, events in sorted(self.facts.happenings_of_all().items()):
            for event in events:
                if service in alone and event.kind in HAPPENINGS and event.person_id is None:
                    yield Happening(service, event.kind, event.from_on, event.until_on)


def _by_service_and_day(findings: Sequence[Finding]) -> tuple[str, date, str]:
    change = findings[0].intervention
    return (change.service_id, change.start_on, change.intervention_id)


def _with_figures(cells: Sequence[Cell], arranged: Arranged) -> list[Unit]:
    there = {each.unit for each in cells}
    return [members.unit for members in arranged.every if members.unit.code in there]


def _release_id(periods: Periods, earlier: Earlier, as_of: date) -> str:
    """Sorts in the order in which releases were made: a number of its own, then the last quarter in it."""
    last = quarter_name(periods.quarters[-1]).replace(" ", "-") if periods.quarters else f"{as_of.year}"
    return f"{len(earlier.entries) + 1:03}-{last}"


def _counts(cells: Sequence[Cell], proofs: int) -> dict[str, int]:
    by_status = Counter(each.status for each in cells)
    told = {status: by_status[status] for status in ("shown", "suppressed", "missing")}
    return {"cells": len(cells), **told, "proved": proofs}


def _by_reason(every: Iterable[Figure]) -> dict[str, int]:
    return dict(sorted(Counter(figure.why for figure in every if figure.why is not None).items()))


def as_last_time(cell: Cell, earlier: Earlier) -> Cell:
    """A figure whose rounded parts are as they were stays as it was in all else: its interval, or a mean, would tell of
    one record that came late.
    """
    given = earlier.last(_place(cell))
    if cell.status != "shown" or given is None or given.status != "shown":
        return cell
    if (given.numerator, given.denominator) != (cell.numerator, cell.denominator):
        return cell
    return replace(cell, value=given.value, low=given.low, high=given.high)


def _place(cell: Cell) -> Place:
    """The name of a figure in the log; a group of people has a unit of its own there."""
    if cell.word:
        return (cell.outcome, f"{cell.unit}|{cell.word}", "quarter", cell.period)
    return (cell.outcome, cell.unit, cell.length, cell.period)


def _revised(earlier: Earlier, cells: Sequence[Cell]) -> int:
    """How many figures now differ from what an earlier release showed."""
    told = 0
    for each in cells:
        given = earlier.last(_place(each)) if each.status == "shown" else None
        if given is not None and given.status == "shown":
            told += (given.numerator, given.denominator) != (each.numerator, each.denominator)
    return told


def _notes() -> tuple[str, ...]:
    return tuple(f"Not in any release: {why}" for why in NOT_RELEASED.values())


def _definition(outcome: Outcome) -> Definition:
    over = {
        "rate": "days people lived there or were supported",
        "stay": "days lived there",
        "score": "answers with a score",
    }.get(outcome.kind, outcome.many_of)
    return Definition(
        outcome.code, outcome.name, outcome.kind, outcome.unit, outcome.good, what_it_counts(outcome), over, outcome.why,
        round(times(outcome), 4), outcome.beside, decimals_of(outcome),
    )  # fmt: skip


def _order(each: Cell) -> tuple[str, str, str, date, str, str]:
    return (each.outcome, each.unit, each.length, each.period.first, each.column, each.word)


def _status(figure: Figure) -> Status | Literal["left_out"]:
    return "left_out" if figure.why == LEFT_OUT else figure.status


def _entry(
    report: ReleaseReport, arranged: Arranged, every: Iterable[Figure], cells: Sequence[Cell], rules: Rules
) -> Entry:
    by_place = {_place(each): each for each in cells}
    given = []
    for figure in every:
        shown = by_place.get(figure.place)
        if shown is None or shown.status != "shown":
            given.append(Given(figure.place, _status(figure), None, figure.counted))
        else:
            given.append(
                Given(
                    figure.place, "shown", shown.numerator, figure.counted, shown.denominator, shown.value, shown.low,
                    shown.high,
                )
            )  # fmt: skip
    alone = {members.unit.code for members in arranged.shown if members.unit.level == "service"}
    known = {service for members in arranged.every for service in members.services}
    hidden = {service for members in arranged.not_shown.values() for service in members}
    return Entry(
        report.release_id, report.made_on, tuple(sorted((known | hidden) - alone)), tuple(given), rules.rounding,
        rules.fewest_events,
    )  # fmt: skip
