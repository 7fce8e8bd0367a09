"""From the facts to what a view needs: which trends, which days, which findings. Pages ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import access
from dashboard.views import interrupted, say, story, trust, worth_a_look
from dashboard.views import landing as first_page
from dashboard.views.tiles import SLOTS, Shown, Tile, newest_about, tile
from dashboard.views.tried import Tried, began_within, tried
from data.model import Period, Series, Service
from metrics.model import Finding, Outcome
from metrics.series.interrupted import INTERRUPTED, STEP
from metrics.side_by_side import SideBySide, side_by_side
from metrics.standing import Standing
from metrics.trend import quarters

PERIODS = {"6": "6 months", "12": "12 months", "24": "24 months", "all": "All"}
USUAL_PERIODS = ("12", "24", "all")
"""Tried in turn until a change falls inside: a first page without any change answers nothing."""
TILES = 3
USUAL_TIME = "12"
"""How far the pages on experience, voice and choice look back at first."""
DATED = ("incidents", "falls", "feedback", "checks", "totals")
"""The tables whose last day says how far a service's record reaches."""

JUDGED = ("views", "decisions")
"""Tables that are dated as well, and may be all a service keeps."""


@dataclass(frozen=True)
class FirstPage:
    """What the first page shows."""

    landing: first_page.Landing
    looks: tuple[worth_a_look.Look, ...]


def record_of(service_id: str) -> Period | None:
    """First to last day of anything dated for a service; None when nothing arrived."""
    spans = [span for table, span in access.spans(service_id).items() if table in DATED]
    if not spans:
        return None
    return Period(min(span.first for span in spans), max(span.last for span in spans))


@dataclass(frozen=True)
class TimeShown:
    """The stretch a page speaks of, up to the last record, with words for it and for the stretch before."""

    period: Period
    now: str
    earlier: str


def time_shown(service_id: str, picked: str) -> TimeShown | None:
    """So many months (or all) back from the last record of anything; None where nothing dated arrived."""
    dated = [span for table, span in access.spans(service_id).items() if table in DATED or table in JUDGED]
    if not dated:
        return None
    record = Period(min(span.first for span in dated), max(span.last for span in dated))
    if picked == "all":
        return TimeShown(record, "The whole record", "Before")
    words = PERIODS[picked]
    period = Period(say.months_before(record.last, int(picked)), record.last)
    return TimeShown(period, f"Last {words}", f"The {words} before")


def whole_record(service_id: str) -> Period:
    """Every day of a service that has a dated record. Raises ValueError where it has none."""
    shown = time_shown(service_id, "all")
    if shown is None:
        raise ValueError("Nothing dated is on record here.")
    return shown.period


def standings_recorded(
    service_id: str, codes: Sequence[str], period: Period, person_id: str | None = None
) -> tuple[Standing, ...]:
    """How outcomes stand that this service records at all; what it does not is told at the foot of the page."""
    recorded = {outcome.code for outcome in access.outcomes_recorded(service_id)}
    found = access.standings(service_id, [code for code in codes if code in recorded], period, person_id)
    return tuple(each for each in found if person_id is None or each.outcome.for_one_person)


def changes_of(service_id: str) -> tuple[Tried, ...]:
    """Everything tried at a service, the newest first."""
    return tried(access.findings(service_id))


def personal_changes_of(service_id: str) -> tuple[Tried, ...]:
    """What was tried with one person each, the newest first."""
    return tuple(each for each in changes_of(service_id) if each.intervention.is_personal)


def declared_codes(change: Tried) -> tuple[str, ...]:
    """What a change was to be judged by, what comes first being the main outcome."""
    return tuple(dict.fromkeys(each.outcome.code for each in change.findings))


def usual_period(service: Service) -> str:
    """The shortest of the usual periods in which something was tried; a year when nothing ever was."""
    changes = changes_of(service.service_id)
    for period in USUAL_PERIODS:
        shown = _days_shown(service, changes, period)
        if shown is not None and began_within(changes, shown.first, shown.last):
            return period
    return USUAL_PERIODS[0]


def _days_shown(service: Service, changes: tuple[Tried, ...], period: str) -> Period | None:
    record = record_of(service.service_id)
    starts = [each.intervention.start_on for each in changes]
    if record is None and not starts:
        return None
    last = record.last if record else max(starts)
    if period == "all":
        return Period(min([*starts, record.first if record else last, last]), last)
    return Period(say.months_before(last, int(period)), last)


def first_page_of(service: Service, period: str) -> FirstPage | None:
    """The first page for a service and a time back from its last record; None without any record."""
    changes = changes_of(service.service_id)
    days = _days_shown(service, changes, period)
    if days is None:
        return None
    first, last = days.first, days.last
    shown = began_within(changes, first, last)
    told = first_page.landing(
        shown,
        earlier=sum(each.intervention.start_on < first for each in changes),
        tiles=_tiles(service, changes, Period(first, last)),
        spans=access.spans(service.service_id),
        span_words=PERIODS[period].lower(),
    )
    looks = worth_a_look.worth_a_look(shown, access.refused_rows(), access.data_checks(), service.service_id)
    return FirstPage(told, looks)


def may_be_elsewhere(service: Service, period: str) -> bool:
    """Whether another service has tried the same kind of thing as this one in the days shown; cheap to ask."""
    kinds = access.kinds_tried()
    return any(
        kinds.get(each.intervention.kind, frozenset()) - {service.service_id} for each in _shown(service, period)
    )


def tried_elsewhere(service: Service, period: str) -> tuple[SideBySide, ...]:
    """For each change shown, what came of the same kind of thing and its outcome here and in other services."""
    ours = {
        (each.intervention.kind, each.intervention.is_personal, each.headline.outcome.code)
        for each in _shown(service, period)
    }
    groups = side_by_side(access.all_findings(), access.services())
    return tuple(group for group in groups if (group.kind, group.personal, group.outcome.code) in ours)


def _shown(service: Service, period: str) -> tuple[Tried, ...]:
    changes = changes_of(service.service_id)
    days = _days_shown(service, changes, period)
    return () if days is None else began_within(changes, days.first, days.last)


def _tiles(service: Service, changes: tuple[Tried, ...], period: Period) -> list[Tile]:
    """At most one tile a slot: the first of its outcomes that has a full month to show."""
    findings = [finding for change in changes for finding in change.findings]
    every = [*findings, *(beside for finding in findings for beside in finding.balance)]
    starts = tuple(each.intervention.start_on for each in changes if not each.intervention.is_personal)
    catalogue = access.catalogue()
    found = []
    for slot in SLOTS:
        for code in slot:
            outcome = catalogue.get(code)
            if outcome is None:
                continue
            series = _months(outcome, service.service_id, period)
            made = tile(Shown(outcome, series, newest_about(every, code), starts), service)
            if made is not None:
                found.append(made)
                break
    return found + _own_tiles(service, findings, every, starts, period)[: TILES - len(found)]


def _own_tiles(
    service: Service, findings: list[Finding], every: list[Finding], starts: tuple[date, ...], period: Period
) -> list[Tile]:
    """Tiles of the service's own outcomes, for a place that counts other things than the product does."""
    own = {each.outcome.code: each.outcome for each in findings if each.outcome.source == "own"}
    made = (
        tile(Shown(outcome, _months(outcome, service.service_id, period), newest_about(every, code), starts), service)
        for code, outcome in own.items()
    )
    return [each for each in made if each is not None]


def _months(outcome: Outcome, service_id: str, period: Period) -> Series:
    if outcome.share_of == "people":
        return _quarters(outcome, service_id, period)
    return access.trend(outcome.code, service_id, None, period.first, period.last, "month")


def _quarters(outcome: Outcome, service_id: str, period: Period) -> Series:
    """A share of people by the quarter: a person counts once in each, so months cannot be added up."""
    recorded = access.spans(service_id).get(outcome.table)
    inside = period.within(recorded)
    if inside is None:
        return Series((), ())
    return access.over(outcome.code, service_id, quarters(inside))


def story_of(finding: Finding) -> story.Story | None:
    """The chart's points around one change; None for outcomes that nobody described."""
    if finding.verdict.reason == "outcome_unknown":
        return None
    intervention = finding.intervention
    question = story.asked(finding, access.spans(intervention.service_id).get(finding.outcome.table))
    if question is None:
        return None
    before, after = (
        _weeks(finding, period, question) if period is not None else Series((), ())
        for period in (question.before, question.after)
    )
    last = question.after.last if question.after is not None else question.before.last
    happenings = access.context_events(intervention.service_id, intervention.person_id, question.before.first, last)
    service = next((each for each in access.services() if each.service_id == intervention.service_id), None)
    return story.story(finding, question, before, after, happenings, story.line_of(finding.outcome, service))


def _weeks(finding: Finding, period: Period, question: story.Asked) -> Series:
    intervention = finding.intervention
    return access.trend(
        finding.outcome.code, intervention.service_id, intervention.person_id, period.first, period.last, question.step
    )


def series_of(finding: Finding) -> interrupted.SeriesPage | str:
    """The whole record around one change with what would have been; or one line that says why it is not shown."""
    if finding.outcome.kind not in interrupted.KINDS or finding.comparison is None:
        return interrupted.NOT_OVER_TIME
    usual, step = (access.interrupted(finding, model) for model in (INTERRUPTED, STEP))
    beside = access.catalogue().get(finding.outcome.comparison or "")
    return interrupted.series_page(finding, usual, step, beside)


def trust_page_of(service: Service) -> trust.TrustPage:
    """What the page about the data says for a service."""
    return trust.trust_page(
        service,
        access.tables_with_rows(service.service_id),
        access.spans(service.service_id),
        access.data_checks(),
        access.refused_rows(),
        record_of(service.service_id),
    )


def coverage() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and one row a service: the last day of each dated kind of record, or that there is none."""
    rows = []
    for service in access.services():
        spans, present = access.spans(service.service_id), access.tables_with_rows(service.service_id)
        rows.append((service.label, *(trust.reach(name, spans, present) for name in trust.AT_A_GLANCE)))
    return tuple(say.TABLES[name] for name in trust.AT_A_GLANCE), rows
