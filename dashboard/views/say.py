"""Small words of the pages: who made it, which days, which kind of record."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from data.facts import RefusedRow
from data.model import Intervention, Period, Service
from metrics.model import Finding
from metrics.wording import LADDER, VOICES
from metrics.words import and_list, capital, day, short_day

TABLES = {
    "services": "Services",
    "people": "People living here",
    "stays": "Stays",
    "incidents": "Incidents",
    "falls": "Falls",
    "feedback": "Feedback",
    "interventions": "Changes tried",
    "declarations": "What was agreed beforehand",
    "views": "Whose views were heard",
    "decisions": "Decisions",
    "checks": "Checks",
    "context": "Other happenings",
    "totals": "Monthly totals",
}
"""The thirteen tables in words."""

SETTINGS = {
    "residential": "care home",
    "nursing": "nursing home",
    "homecare": "homecare",
    "supported_living": "supported living",
    "day_service": "day service",
}

HAPPENINGS = {
    "need_change": "a change in need",
    "capacity_finding": "a finding about capacity",
    "hospital": "in hospital",
    "away": "away",
    "new_recording_system": "a new recording system",
    "reporting_training": "training in reporting",
    "definition_change": "a change in what is counted",
    "outbreak": "an outbreak",
    "manager_change": "a change of manager",
    "staffing_gap": "a gap in staffing",
    "building_work": "building work",
    "move_of_room": "a move of room",
    "other": "something else",
}

_ONLY = ("told", "asked")
"""The first steps of the ladder, which need somebody to whom they happen."""

SHORT_REASONS = {
    "early_look": "still being followed",
    "too_early": "only just begun",
    "no_data": "no records",
    "no_data_before": "no records before it",
    "no_data_after": "no records after it",
    "no_exposure": "number of people not known",
    "too_few_events": "too few records",
    "too_few_rows": "too few records",
    "too_few_answers": "too few answers",
    "form_changed": "another form was used",
    "rater_changed": "somebody else answered",
    "too_few_days": "too few days watched",
    "too_few_person_days": "too few days",
    "windows_unwatched": "not watched often enough",
    "too_little_data": "the range is still too wide",
    "no_clear_change": "no clear change",
    "rise_not_ruled_out": "a rise is not ruled out",
    "fall_not_ruled_out": "a fall is not ruled out",
    "no_margin_declared": "nothing agreed beforehand",
    "recording_changed": "recording changed",
    "definition_changed": "what is counted changed",
    "neither_way_is_good": "neither way is good by itself",
    "no_verdict_of_its_own": "shown, not judged",
    "balance_worse": "something beside it got worse",
    "balance_leaning": "something else may be worse",
    "spike_baseline": "it followed a bad spell",
    "too_few_to_show_apart": "too few to show apart",
    "no_other_group": "no other group",
    "trend_before": "it was under way before",
    "season": "a season could do as much",
    "depends_on_window": "it depends on the days chosen",
    "often_without": "it often turned up anyway",
    "recording_fell": "less was written down",
    "exposure_missing": "we do not know who was here",
    "outcome_unknown": "no outcome file",
}
"""A few words beside "cannot tell yet" where the whole reason would not fit."""


def made_with(intervention: Intervention) -> str:
    """The voices it was designed with: "the person, family and staff"; people where it is the whole service's."""
    person = "the person" if intervention.is_personal else "people living with dementia"
    family = "family" if intervention.is_personal else "families"
    words = {**VOICES, "person": person, "family": family}
    return and_list([words.get(voice, voice.replace("_", " ")) for voice in intervention.designed_with])


def ladder(intervention: Intervention) -> str | None:
    """How much people living with dementia shaped it; None when not written down."""
    level = intervention.ladder_level
    if level is None or not 0 <= level < len(LADDER):
        return None
    if level < len(_ONLY):
        return f"{'The person was' if intervention.is_personal else 'People were'} {LADDER[level]}"
    return capital(LADDER[level])


def whose(intervention: Intervention) -> str:
    """One person or the whole service."""
    return "one person" if intervention.is_personal else "whole service"


def person_code(person_id: str) -> str:
    """A pseudonym short enough to read out in the office; never used in an address, a title or a key."""
    return f"{person_id[:3]}-{person_id[3:6]}" if len(person_id) > 6 else person_id


def reason(finding: Finding) -> str | None:
    """The few words beside the verdict; None where there is nothing to add."""
    if finding.verdict.word == "cannot tell yet":
        return SHORT_REASONS.get(finding.verdict.reason or "", "the data do not say")
    if finding.verdict.worthwhile:
        return "and worthwhile"
    return None


def small(name: str) -> str:
    """An outcome's name inside a sentence."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def months(period: Period) -> str:
    """August to October 2026; a single month by its name; odd days in full."""
    first, last = period.first, period.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def days(period: Period) -> str:
    """3 March 2026 to 30 June 2026."""
    return f"{day(period.first)} to {day(period.last)}"


def short_days(period: Period) -> str:
    """3 Mar 2026 to 30 Jun 2026."""
    return f"{short_day(period.first)} to {short_day(period.last)}"


def place(service: Service) -> str:
    """What kind of place it is, for people: "care home, 38 beds"."""
    setting = SETTINGS.get(service.setting, "service")
    if service.beds is None:
        return setting
    return f"{setting}, {service.beds} {'beds' if service.day_word == 'bed days' else 'places'}"


def months_before(last: date, count: int) -> date:
    """The first day of the ``count`` months that end on ``last``; months that end with a month begin with one."""
    year, month = divmod(last.year * 12 + last.month - 1 - count, 12)
    longest = monthrange(year, month + 1)[1]
    ends_with_month = (last + timedelta(days=1)).day == 1
    return date(year, month + 1, longest if ends_with_month else min(last.day, longest)) + timedelta(days=1)


def rows_refused(refused: Iterable[RefusedRow]) -> int:
    """How many rows were refused: a row with two faults is listed twice and counts once."""
    return len({(row.file, row.problem.line) for row in refused})


def plural(count: int, one: str, many: str) -> str:
    """One change, 3 changes: the count with its word."""
    return f"{count:,} {one if count == 1 else many}"


def unique(labels: Sequence[str]) -> list[str]:
    """The labels, with a number behind those that would otherwise look alike."""
    seen: dict[str, int] = {}
    told = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        told.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return told
