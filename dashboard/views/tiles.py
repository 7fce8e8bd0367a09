"""The tiles of the first page: how things are, how they went, and what was found about the last change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.charts.spark import Spark
from dashboard.views import say
from data.model import Period, Series, Service, Tally, total
from metrics.model import Finding, Outcome, Side, VerdictWord
from metrics.trend import value
from metrics.wording import figure
from metrics.words import number, short_day, whole

SLOTS: tuple[tuple[str, ...], ...] = (("D2", "D1"), ("L9", "V1", "F4", "C1"), ("F1", "F2"))
"""Three tiles; in each the first outcome that has anything to show. People's own experience and voice come
before what is done to them."""
NOT_TRIED = "No change to the whole service has been judged on this yet."
LATEST_MONTHS = 3
BEDS = " · worked out from beds, as if every bed were full"
PEOPLE_SAY_UP_TO = 100
"""Above this many, "31 in 100" is easier to read than "1,204 of 3,880"."""


@dataclass(frozen=True)
class Shown:
    """What a tile is made of: an outcome, its months, and the newest finding about the whole service."""

    outcome: Outcome
    series: Series
    finding: Finding | None
    starts: tuple[date, ...] = ()


@dataclass(frozen=True)
class Tile:
    """One tile, in words."""

    name: str
    big: str
    unit: str
    when: str
    spark: Spark
    word: VerdictWord | None
    reason: str | None
    after: str
    finding: Finding | None


def newest_about(findings: Iterable[Finding], code: str) -> Finding | None:
    """The newest finding about the whole service on this outcome."""
    ours = [each for each in findings if not each.intervention.is_personal and each.outcome.code == code]
    return max(ours, key=lambda each: each.intervention.start_on, default=None)


def tile(shown: Shown, service: Service) -> Tile | None:
    """The tile, or None when no full month has anything to show."""
    months = full_stretches(shown)
    latest = _latest(shown.outcome, months)
    if latest is None:
        return None
    period, tally = latest
    big, unit = headline_figure(shown.outcome, period, tally, service.day_word)
    finding = shown.finding
    return Tile(
        name=shown.outcome.name,
        big=big,
        unit=unit,
        when=say.months(period) + (BEDS if shown.series.basis == "beds" else ""),
        spark=_spark(shown, months),
        word=finding.verdict.word if finding else None,
        reason=say.reason(finding) if finding else None,
        after=f"{finding.intervention.title}, {short_day(finding.intervention.start_on)}" if finding else "",
        finding=finding,
    )


def full_stretches(shown: Shown) -> tuple[tuple[Period, Tally], ...]:
    """Whole months (or quarters, for shares of people) with their tallies; ragged ends of an export are left out."""
    pairs = zip(shown.series.periods, shown.series.tallies, strict=True)
    wanted = LATEST_MONTHS if shown.outcome.share_of == "people" else 1
    return tuple((period, tally) for period, tally in pairs if whole_months(period) == wanted)


def whole_months(period: Period) -> int | None:
    """How many whole calendar months a period is; None when it is not whole months."""
    following = period.last + timedelta(days=1)
    if period.first.day != 1 or following.day != 1:
        return None
    return (following.year - period.first.year) * 12 + following.month - period.first.month


def headline_figure(outcome: Outcome, period: Period, tally: Tally, day_word: str) -> tuple[str, str]:
    """The figure in two parts, the large one first: ("6.8", "per 1,000 bed days"), ("31 in 100", "of 3,880 offers")."""
    side = Side(period, tally, value(outcome, tally))
    if outcome.kind in ("share", "day_share") and tally.denominator > PEOPLE_SAY_UP_TO and side.value is not None:
        return f"{number(side.value)} in 100", f"of {whole(tally.denominator)} {outcome.many_of}"
    words = figure(outcome, side, day_word)
    found = re.match(r"([\d,.]+(?: of [\d,.]+)?)\s+(.*)", words)
    return (found[1], found[2]) if found else (words, "")


def _latest(outcome: Outcome, months: Sequence[tuple[Period, Tally]]) -> tuple[Period, Tally] | None:
    """The last three whole months together; a share of people comes by the quarter, for a person counts once."""
    count = 1 if outcome.share_of == "people" else LATEST_MONTHS
    known = [(period, tally) for period, tally in months if tally.denominator > 0][-count:]
    if not known:
        return None
    return Period(known[0][0].first, known[-1][0].last), total(tuple(tally for _, tally in known))


def _spark(shown: Shown, months: Sequence[tuple[Period, Tally]]) -> Spark:
    values = tuple(value(shown.outcome, tally) for _, tally in months)
    firsts = [period.first for period, _ in months]
    known = [each for each in values if each is not None]
    if not firsts or len(known) < 2:
        return Spark(values)
    starts = tuple(_step(start, firsts) for start in shown.starts if firsts[0] <= start <= months[-1][0].last)
    marked = f" A dashed line marks each of {len(starts)} changes." if len(starts) > 1 else (
        " A dashed line marks one change." if starts else "")  # fmt: skip
    step = "quarter by quarter" if shown.outcome.share_of == "people" else "month by month"
    label = (
        f"{shown.outcome.name}, {step}, {say.months(Period(firsts[0], months[-1][0].last))}: between "
        f"{number(min(known))} and {number(max(known))}, last {number(known[-1])}.{marked}"
    )
    return Spark(values, starts, label)


def _step(start: date, firsts: Sequence[date]) -> float:
    """Where a day stands among the months: each month's value is drawn at its place, a start between two."""
    step = max(at for at, first in enumerate(firsts) if first <= start)
    following = firsts[step + 1] if step + 1 < len(firsts) else firsts[step] + (firsts[1] - firsts[0])
    return max(0.0, min(len(firsts) - 1, step - 0.5 + (start - firsts[step]) / (following - firsts[step])))
