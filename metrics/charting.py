"""From the facts to control charts: the series, the changes tried, what else happened, and where a usual range begins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from data.facts import Facts
from data.model import ContextEvent, DayCounts, Declaration, Impossible, Intervention, Period, Scope, Series, Service
from metrics import splits, trend
from metrics.catalogue import Catalogue
from metrics.judging.cautions import RECORDING_KINDS
from metrics.kinds import common, rate
from metrics.model import Outcome
from metrics.series.spc.build import charts
from metrics.series.spc.model import Asked, ChartType, ControlChart, Convention, Mark
from metrics.words import and_list

RangeFrom = Literal["changes", "before", "all"]
"""Where usual ranges come from: worked out again after each change declared for the outcome; from the time before the
first of them, carried on; or from the whole time at once."""
RECORDING_CHANGES = (*RECORDING_KINDS, "definition_change")
"""Happenings after which a higher figure may only mean that more is written down."""
RANGES: dict[RangeFrom, str] = {
    "changes": "worked out again after each change",
    "before": "as it was before the first change",
    "all": "one for the whole time",
}


@dataclass(frozen=True)
class Wanted:
    """How a chart is wanted. ``rebase`` are further days on which a new usual range begins, chosen by hand;
    ``excluded`` first days of stretches left out of it. ``target`` None: the outcome file's own, where it has one."""

    step: trend.Step = "month"
    chart: ChartType | Literal["auto"] = "auto"
    ranges: RangeFrom = "changes"
    rebase: tuple[date, ...] = ()
    excluded: frozenset[date] = frozenset()
    target: float | None = None
    convention: Convention = field(default_factory=Convention)
    period: Period | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The same words for the same wish, to keep an answer under."""
        rebase = (each.isoformat() for each in self.rebase)
        excluded = (each.isoformat() for each in sorted(self.excluded))
        said = (self.step, self.chart, self.ranges, self.target, self.convention, self.period)
        return (*map(str, said), "rebase", *rebase, "excluded", *excluded)


@dataclass(frozen=True)
class Around:
    """What stands around the series of a service: things tried there as a whole, what was promised, what else happened."""

    interventions: tuple[Intervention, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    happenings: tuple[ContextEvent, ...] = ()


def control_chart(
    facts: Facts, catalogue: Catalogue, outcome: Outcome, service: Service, wanted: Wanted | None = None
) -> ControlChart:
    """One outcome of one service over its whole record, or the period wanted.

    Raises Impossible, with what to ask for instead, when a chart asked for by name does not suit the outcome.
    """
    wanted = wanted or Wanted()
    around = around_service(facts, service.service_id)
    return charts([_asked(facts, catalogue, outcome, service, around, wanted)])[0]


def control_charts_by(
    facts: Facts, catalogue: Catalogue, outcome: Outcome, service: Service, column: str, wanted: Wanted | None = None
) -> tuple[ControlChart, ...]:
    """The outcome taken apart by a column: a chart for each word of it, the commonest first, small ones together.

    Raises Impossible when the outcome cannot be taken apart by the column, or a chart does not suit it.
    """
    wanted = wanted or Wanted()
    splits.check_column(outcome, column)
    scope = Scope(service.service_id)
    recorded = _recorded(facts, outcome, scope, wanted)
    if recorded is None:
        return ()
    around = around_service(facts, service.service_id)
    parts = splits.trend_by(facts, outcome, scope, recorded, column, wanted.step)
    return charts(
        [
            replace(ask(catalogue, outcome, service, line, around, wanted), part=part_words(column, name))
            for name, line in parts.items()
        ]
    )


def part_words(column: str, word: str) -> str:
    """A word of a column as readers know it: "later stage", "mouth care", "not recorded"."""
    said = word.replace("_", " ")
    return f"{said} stage" if column == "person.stage" and word in ("early", "middle", "later") else said


def around_service(facts: Facts, service_id: str) -> Around:
    """Things tried by the whole service and happenings to all of it; nothing about a single person."""
    ours = tuple(each for each in facts.interventions() if each.service_id == service_id and not each.is_personal)
    codes = {each.intervention_id for each in ours}
    promised = tuple(each for each in facts.declarations() if each.intervention_id in codes)
    happened = facts.context_events(Scope(service_id), Period(date.min, date.max))
    return Around(ours, promised, tuple(each for each in happened if each.person_id is None))


def ask(
    catalogue: Catalogue,
    outcome: Outcome,
    service: Service,
    series: Series,
    around: Around,
    wanted: Wanted,
    days: DayCounts | None = None,
) -> Asked:
    """A series as a question to the charts: its marks, where new ranges begin and why, its target."""
    shown = _shown(series)
    marks = _marks(around, shown)
    rebase = _rebase(outcome, around, wanted)
    target = wanted.target
    if target is None and outcome.judged == "target" and outcome.kind in ("share", "day_share"):
        target = outcome.size
    before = None
    if wanted.ranges == "before":
        if wanted.rebase:
            raise Impossible(
                "A usual range carried on from before the first change cannot also begin anew on another day. "
                "Take away the day, or have the range worked out again after each change."
            )
        before, rebase = (rebase[0][0] if rebase else None), ()
    counted = outcome.table in ("incidents", "falls") and not outcome.survives_recording_change
    return Asked(
        outcome=outcome,
        service=service,
        series=series,
        step=wanted.step,
        chart=wanted.chart,
        days=days,
        marks=marks,
        rebase=rebase,
        before=before,
        excluded=wanted.excluded,
        target=target,
        convention=wanted.convention,
        recording_changed=_recording_changes(around) if counted else (),
        notes=_beside(catalogue, outcome),
    )


def _asked(
    facts: Facts, catalogue: Catalogue, outcome: Outcome, service: Service, around: Around, wanted: Wanted
) -> Asked:
    scope = Scope(service.service_id)
    recorded = _recorded(facts, outcome, scope, wanted)
    if recorded is None:
        return ask(catalogue, outcome, service, Series((), ()), around, wanted)
    if outcome.kind != "rate":
        series = trend.trend(facts, outcome, scope, recorded, wanted.step)
        return ask(catalogue, outcome, service, series, around, wanted)
    found = rate.record(facts, outcome, scope)  # its days serve both the months and the time between events
    series = found.series(trend.stretches(recorded, wanted.step))
    days = found.days.within(recorded) if found.days is not None else None
    return ask(catalogue, outcome, service, series, around, wanted, days)


def _recorded(facts: Facts, outcome: Outcome, scope: Scope, wanted: Wanted) -> Period | None:
    found = common.recorded(facts, outcome, scope)
    if found is None or wanted.period is None:
        return found
    return found.within(wanted.period)


def _shown(series: Series) -> Period | None:
    return Period(series.periods[0].first, series.periods[-1].last) if series.periods else None


def _marks(around: Around, shown: Period | None) -> tuple[Mark, ...]:
    """Starts of changes and of happenings inside the days shown, in order of time."""
    if shown is None:
        return ()
    found = [Mark(each.start_on, "change", each.title, each.intervention_id) for each in around.interventions]
    found += [Mark(each.from_on, "happening", each.label or each.kind.replace("_", " ")) for each in around.happenings]
    inside = [mark for mark in found if shown.first <= mark.on <= shown.last]
    return tuple(sorted(inside, key=lambda mark: (mark.on, mark.kind, mark.label)))


def _rebase(outcome: Outcome, around: Around, wanted: Wanted) -> tuple[tuple[date, str], ...]:
    """Days from which a new usual range is worked out, each with a reason that is known: never found by looking."""
    main = {
        each.intervention_id for each in around.declarations if each.outcome == outcome.code and each.role == "main"
    }
    found = [
        (each.start_on, f"since “{each.title}” began")
        for each in around.interventions
        if each.intervention_id in main and wanted.ranges in ("changes", "before")
    ]
    if outcome.table in ("incidents", "falls") and not outcome.survives_recording_change and wanted.ranges == "changes":
        found += [
            (each.from_on, f"since recording changed ({(each.label or each.kind.replace('_', ' ')).lower()})")
            for each in around.happenings
            if each.kind in RECORDING_CHANGES
        ]
    found += [(day, _by_hand(day)) for day in wanted.rebase]
    return tuple(sorted(found))


def _by_hand(day: date) -> str:
    return f"since {day.day} {day:%B %Y}, chosen by hand"


def _recording_changes(around: Around) -> tuple[date, ...]:
    return tuple(each.from_on for each in around.happenings if each.kind in RECORDING_CHANGES)


def _beside(catalogue: Catalogue, outcome: Outcome) -> tuple[str, ...]:
    """Where one way is not good by itself, what it must be read beside."""
    names = [found.name.lower() for code in outcome.beside if (found := catalogue.get(code)) is not None]
    told = {
        "down": f"Fewer {outcome.many_things} are good only if nothing else got worse",
        "no rise": f"Fewer {outcome.many_things} are not good by themselves",
        "no fall": f"More {outcome.many_things} are not good by themselves",
        "none": f"Neither more nor fewer {outcome.many_things} are good by themselves",
    }.get(outcome.good)
    return (f"{told}: read it beside {and_list(names)}.",) if names and told else ()
