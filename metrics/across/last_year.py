"""The last twelve months on record, for every service of one setting: what a funnel is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from data.facts import FactsOfAll
from data.model import Period, Tally, total
from metrics.across.funnel import Funnel, funnel
from metrics.across.pooling import Unit, year_to
from metrics.across.tallies import recorded_by_all, series_of_all
from metrics.model import Outcome

FEWEST_DAYS = 274
"""Nine of the twelve months: a service that records less is named, and left out."""
NEARLY = 3
TOO_SHORT = "less than nine of the twelve months are on record"
NOT_RECORDED = "it is not recorded there"
NOT_FOR_SCORES = (
    "Scores are not shown as a funnel: an answer is one person's own view, given by different people in different ways, "
    "and how far such means scatter by chance cannot be told from how many answers there are. See the trend instead."
)


def funnel_of(facts: FactsOfAll, outcome: Outcome, setting: str, shown: Sequence[Unit]) -> Funnel | None:
    """The funnel of one outcome; None where nothing is on record, or for scores, which have none."""
    if outcome.kind == "score" or not shown:
        return None
    members = [member for unit in shown for member in unit.members]
    spans = recorded_by_all(facts, outcome, members)
    if not spans:
        return None
    year = year_to(last_month_end(max(span.last for span in spans.values())))
    asked = {
        service: (inside,)
        for service, span in spans.items()
        if (inside := year.within(span)) is not None and inside.days >= FEWEST_DAYS
    }
    series = series_of_all(facts, outcome, asked)
    tallies: dict[str, tuple[str, Tally]] = {}
    left_out: list[tuple[str, str]] = []
    for unit in shown:
        parts = [series[member].total for member in unit.members if member in series and series[member].periods]
        if len(parts) < len(unit.members):
            left_out.append((unit.name, _why(unit, spans)))
        else:
            tallies[unit.service.service_id] = (unit.name, total(tuple(parts)))
    return funnel(outcome, setting, year, tallies, left_out=left_out) if tallies else None


def last_month_end(last: date) -> date:
    """The end of the last month that is nearly all on record: many exports end with their last row, not with the month."""
    following = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = following - timedelta(days=1)
    return end if (end - last).days <= NEARLY else last.replace(day=1) - timedelta(days=1)


def _why(unit: Unit, spans: dict[str, Period]) -> str:
    return TOO_SHORT if any(member in spans for member in unit.members) else NOT_RECORDED
