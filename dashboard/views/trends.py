"""Trends in words: which outcomes can be shown for a service, taken apart by what, and with which settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from dashboard.safe import md_escape
from dashboard.views.chart_numbers import chart_csv, stretch
from data.model import Period, Service
from metrics.charting import RANGES, RangeFrom, Wanted
from metrics.model import Finding, Outcome
from metrics.series.spc.advice import NAMES, SUITS
from metrics.series.spc.model import ControlChart, Convention, Mark
from metrics.splits import SPLITS, check_column
from metrics.trend import Step
from metrics.words import capital

PictureName = Literal["clock", "staying", "senses"]
PICTURES: Mapping[PictureName, str] = {
    "clock": "When in the day and in the week",
    "staying": "How long people stay",
    "senses": "The six senses, voice by voice",
}
SENSES = "L1"
WHOLE = "whole"
USUAL = "usual"
FIRST_SHOWN = ("D2", "F1", "L9")
STEPS: Mapping[Step, str] = {"week": "Weeks", "month": "Months", "quarter": "Quarters"}
SPLIT_WORDS = {
    "element": "what it was about",
    "shift": "shift",
    "kind": "kind",
    "harm": "harm",
    "measure": "what was looked at",
    "class": "kind of decision",
    "person.stage": "stage of dementia",
    "person.ethnicity_group": "ethnic group",
    "person.communication_need": "communication need",
    "intervention.ladder_level": "how far people shaped it",
}
SIX_HELP = "Otherwise 7 points in a row, each higher or each lower than the last, are a trend."
OLDER_HELP = (
    "Points outside the usual range do not count towards two in three. Otherwise they do, as announced in 2023."
)
SCREEN_HELP = "Moving ranges above 3.267 times their average are left out of the usual range, once."
REBASE_HELP = "Only where something is known to have changed: a new range hides the change that it begins with."
EXCLUDE_HELP = "A month with a known reason, such as an outbreak. It stays on the chart and out of the range."
ONE_SERVICE_ONLY = ("service.setting", "service.nation")
"""Every row of one service has the same word there."""


def outcome_labels(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """The outcomes to choose from: those of the first release first, in the order of the catalogue."""
    every = list(outcomes)
    ordered = [*(each for each in every if each.starred), *(each for each in every if not each.starred)]
    return {each.code: each.name for each in ordered}


def usual_outcome(outcomes: Mapping[str, Outcome]) -> str | None:
    """What is shown first: the people's own experience where it is recorded, else falls, else whatever there is."""
    return next((code for code in FIRST_SHOWN if code in outcomes), None)


def step_labels(outcome: Outcome) -> dict[str, str]:
    """The steps side by side; the usual one of this outcome under a code of its own, so that it follows the outcome."""
    usual = usual_step(outcome)
    return {USUAL if step == usual else step: words for step, words in STEPS.items()}


def step_of(outcome: Outcome, code: str) -> Step:
    """The step behind a code of ``step_labels``."""
    return next((step for step in STEPS if step == code), usual_step(outcome))


def usual_step(outcome: Outcome) -> Step:
    """Months; quarters where people are asked, or move, too seldom for a month to say anything."""
    seldom = outcome.share_of == "people" or outcome.kind in ("score", "stay")
    return "quarter" if seldom else "month"


def split_labels(outcome: Outcome) -> dict[str, str]:
    """By what the outcome can be taken apart here, in words; the whole first."""
    found = {WHOLE: "Not taken apart"}
    for column in dict.fromkeys((*outcome.splits, *SPLITS)):
        if column in ONE_SERVICE_ONLY or len(outcome.counts.where.get(column, ("", ""))) == 1:
            continue  # one word for every row: nothing to tell apart
        try:
            check_column(outcome, column)
        except ValueError:
            continue
        words = SPLIT_WORDS.get(column, column.rpartition(".")[2].replace("_", " "))
        found[column] = f"By {words}"
    return found


def columns_within(finding: Finding) -> dict[str, str]:
    """By what a finding said in 100 can be taken apart; one person's record not by who the person is."""
    if finding.outcome.scale != "points" or finding.change is None:
        return {}
    found = split_labels(finding.outcome)
    personal = finding.intervention.is_personal
    return {
        column: words
        for column, words in found.items()
        if column != WHOLE and not (personal and column.startswith("person."))
    }


def chart_labels(outcome: Outcome) -> dict[str, str]:
    """The chart types that may be asked for, the advised one first."""
    return {"auto": "The one that suits", **{each: capital(NAMES[each]) for each in SUITS[outcome.kind]}}


def range_labels() -> dict[str, str]:
    """Where the usual range comes from."""
    return {name: capital(words) for name, words in RANGES.items()}


def range_of(code: str) -> RangeFrom:
    """The choice behind a code of ``range_labels``."""
    return next((name for name in RANGES if name == code), "changes")


def wanted(
    *,
    step: Step,
    chart: str = "auto",
    ranges: RangeFrom = "changes",
    six: bool = False,
    older: bool = False,
    screened: bool = False,
    rebase: Sequence[str] = (),
    excluded: Sequence[str] = (),
) -> Wanted:
    """What was chosen on the page, as a question."""
    return Wanted(
        step=step,
        chart=chart,  # type: ignore[arg-type]  # the page offers the types that suit and no other
        ranges=ranges,
        convention=Convention(
            trend_points=6 if six else 7, two_in_three="ptd_0_2_2" if older else "mdc_2023", screened=screened
        ),
        rebase=tuple(sorted(date.fromisoformat(each) for each in rebase)),
        excluded=frozenset(date.fromisoformat(each) for each in excluded),
    )


def picture_of(outcome: Outcome) -> PictureName | None:
    """What else there is to see of an outcome, closer than over time."""
    if outcome.kind == "rate" and outcome.table in ("incidents", "falls"):
        return "clock"
    if outcome.kind == "stay":
        return "staying"
    return "senses" if outcome.code == SENSES else None


def days_shown(charts: Sequence[ControlChart]) -> Period | None:
    """First to last day of anything drawn."""
    points = [point.period for chart in charts for point in chart.points]
    return Period(min(each.first for each in points), max(each.last for each in points)) if points else None


def stretch_labels(chart: ControlChart) -> dict[str, str]:
    """The points of a chart by their first day, as a reader calls them."""
    if chart.step == "event":
        return {}
    return {point.period.first.isoformat(): capital(stretch(chart, point.period)) for point in chart.points}


def shown_apart(charts: Sequence[ControlChart]) -> str:
    """What is said above several parts of one outcome."""
    if not charts:
        return "Nothing is recorded that could be taken apart."
    changed = [capital(chart.part or "") for chart in charts if chart.latest is not None and chart.latest.signals]
    if not changed:
        return "None of the parts shows a clear change now. Each has its own usual range."
    listed = ", ".join(changed)
    return f"A clear change now in: {listed}. The more parts one looks at, the more of them look different by chance."


def apart_title(outcome: Outcome, split: str) -> str:
    """The heading above the parts."""
    return f"{outcome.name}, {split_labels(outcome).get(split, '').lower()}"


def part_title(chart: ControlChart) -> str:
    """The heading of one part's numbers."""
    return capital(chart.part or "")


def changes_marked(chart: ControlChart) -> tuple[Mark, ...]:
    """The changes drawn on the chart that have a page of their own."""
    return tuple(mark for mark in chart.marks if mark.kind == "change" and mark.code)


def change_link(mark: Mark) -> str:
    """What the link to a change says."""
    return md_escape(f"See “{mark.label}” before and after")


def file_name(outcome: Outcome, service: Service, step: Step) -> str:
    """A name for what is downloaded: codes and words only."""
    return "-".join(
        re.sub(r"[^a-z0-9]+", "-", each.lower()).strip("-")
        for each in ("trend", outcome.code, service.service_id, step)
    )


def charts_csv(charts: Sequence[ControlChart]) -> bytes:
    """The points of one chart, or of each part, under one row of headings."""
    whole = b""
    for chart in charts:
        told = chart_csv(chart)
        whole += told if not whole else told.partition(b"\r\n")[2]
    return whole
