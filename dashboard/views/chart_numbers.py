"""A control chart's points in words: as hover text, as a table to read and as a file to keep."""

from __future__ import annotations

import csv
import io

from dashboard.charts.anatomy import look_name, no_record
from dashboard.safe import csv_text
from data.model import Period
from metrics.series.spc.model import ChartPoint, ControlChart, Signal
from metrics.words import and_list, capital, number, short_day, whole

NO_RECORD = "no record"


def middle_word(chart: ControlChart) -> str:
    """What the centre line is called."""
    return "middle" if chart.chart in ("run", "g") else "average"


def over_word(chart: ControlChart) -> str:
    """What stands under the line of the fraction: bed days, times looked at."""
    return chart.service.day_word if chart.outcome.kind == "rate" else chart.outcome.many_of


def stretch(chart: ControlChart, period: Period) -> str:
    """The days of a point: "Mar 2025", "week to 9 Mar 2025", "Jan to Mar 2025", "2 Feb 2025 to 9 Apr 2025"."""
    if chart.step == "month":
        return f"{period.first:%b %Y}"
    if chart.step == "quarter":
        return f"{period.first:%b} to {period.last:%b %Y}"
    if chart.step == "week":
        return f"week to {short_day(period.last)}"
    return f"{short_day(period.first)} to {short_day(period.last)}"


def end_of_axis(chart: ControlChart, point: ChartPoint) -> str:
    """A point's time in a few letters, for the two ends of a small axis."""
    return short_day(point.period.last) if chart.step in ("event", "week") else stretch(chart, point.period)


def counts(chart: ControlChart, point: ChartPoint) -> str:
    """What a figure was worked out from: "7 falls over 1,094 bed days"."""
    tally = point.tally
    if chart.step == "event":
        return f"{whole(tally.denominator)} {over_word(chart)}" if tally.denominator else ""
    if chart.outcome.kind == "score":
        return f"{whole(tally.numerator)} {chart.outcome.many_things}"
    done = f"{whole(tally.numerator)} {chart.outcome.one_thing if tally.numerator == 1 else chart.outcome.many_things}"
    return f"{done} over {whole(tally.denominator)} {over_word(chart)}" if tally.denominator else done


def says(chart: ControlChart, place: int) -> str:
    """What the rules say of one point."""
    point = chart.points[place]
    if point.value is None:
        return NO_RECORD if no_record(chart, point) else "no figure to compare with"
    left_out = "; left out of the usual range" if point.excluded else ""
    if not point.signals:
        standing = chart.phases[point.phase].standing
        if chart.chart == "run":
            return "shown, no usual range" + left_out
        return ("too few points to say" if standing == "none" else "could be chance") + left_out
    rules = and_list([_rule(chart, place, each) for each in point.signals])
    meant = " for the better" if point.kind == "improvement" else " to look at" if point.kind == "concern" else ""
    trial = ", by few points" if chart.phases[point.phase].standing == "trial" else ""
    return f"clear change{meant}{trial}: {rules}{left_out}"


def _rule(chart: ControlChart, place: int, signal: Signal) -> str:
    point = chart.points[place]
    assert point.value is not None
    higher = point.centre is not None and point.value > point.centre
    middle = middle_word(chart)
    if signal == "outside":
        return f"{'above' if higher else 'below'} the usual range"
    if signal == "two_in_three":
        return f"2 of 3 in a row far {'above' if higher else 'below'} the {middle}"
    if signal == "shift":
        return f"{_in_a_row(chart, place, 'shift')} in a row {'above' if higher else 'below'} the {middle}"
    return f"{_in_a_row(chart, place, 'trend')} in a row {_rising(chart, place)}"


def _in_a_row(chart: ControlChart, place: int, signal: Signal) -> int:
    """How many neighbours share a rule with this point, itself counted: same phase, same side or same direction."""
    return 1 + _beside(chart, place, signal, -1) + _beside(chart, place, signal, 1)


def _beside(chart: ControlChart, place: int, signal: Signal, way: int) -> int:
    phase = chart.phases[chart.points[place].phase]
    here = place
    while phase.first <= here + way <= phase.last:
        one, other = chart.points[here], chart.points[here + way]
        if signal not in other.signals or one.value is None or other.value is None or one.centre is None:
            break
        if signal == "shift" and (one.value > one.centre) != (other.value > (other.centre or one.centre)):
            break
        rises = (other.value - one.value) * way > 0
        if signal == "trend" and rises != (_rising(chart, place) == "rising"):
            break
        here += way
    return abs(here - place)


def _rising(chart: ControlChart, place: int) -> str:
    """Which way a trend goes at a point: a peak shared by a rise and a fall belongs to what comes after it."""
    here, last = chart.points[place], chart.phases[chart.points[place].phase].last
    onwards = place < last and "trend" in chart.points[place + 1].signals
    before, after = (here, chart.points[place + 1]) if onwards else (chart.points[place - 1], here)
    return "rising" if (after.value or 0.0) > (before.value or 0.0) else "falling"


def chart_rows(chart: ControlChart) -> list[dict[str, str]]:
    """The points as a table, every figure in words a reader can add up."""
    event, score = chart.step == "event", chart.outcome.kind == "score"
    over = over_word(chart)
    rows = []
    for place, point in enumerate(chart.points):
        gap = no_record(chart, point)
        row = {"From one to the next" if event else "Days" if chart.step == "week" else capital(chart.step): stretch(
            chart, point.period
        )}  # fmt: skip
        if not event:
            row[capital(chart.outcome.many_things)] = NO_RECORD if gap else whole(point.tally.numerator)
        if not score:
            row[capital(over)] = "–" if gap or not point.tally.denominator else whole(point.tally.denominator)
        row[f"On the chart, {chart.unit}"] = NO_RECORD if gap else _said(point.value)
        row[capital(middle_word(chart))] = _said(point.centre)
        row["Usual range"] = usual_range(chart, point) or "–"
        row["What the rules say"] = says(chart, place)
        rows.append(row)
    return rows


def usual_range(chart: ControlChart, point: ChartPoint) -> str:
    """2.1 to 10.7, as far as it can be; empty where there is none."""
    low, high = chart.drawn(point.lower), chart.drawn(point.upper)
    if high is None:
        return ""
    if low is None or chart.chart == "mr":
        return f"up to {number(high)}"
    return f"{number(low)} to {number(high)}"


def _said(value: float | None) -> str:
    return "–" if value is None else number(value)


def chart_csv(chart: ControlChart) -> bytes:
    """The points as a file for a spreadsheet: numbers as numbers, text that cannot start a formula.

    Limits are those the rules use, also where they lie beyond what can be drawn.
    """
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    headings = [
        "service", "outcome", "part", "first_day", "last_day", chart.outcome.many_things, over_word(chart),
        f"on the chart, {chart.unit}", middle_word(chart), "usual_range_from", "usual_range_to", "usual_range_is",
        "clear_change", "what_the_rules_say", "usual_range_begins", "convention",
    ]  # fmt: skip
    write.writerow([csv_text(each) for each in headings])
    for place, point in enumerate(chart.points):
        phase, gap = chart.phases[point.phase], no_record(chart, point)
        write.writerow(
            [
                csv_text(chart.service.label),
                csv_text(f"{chart.outcome.code} {chart.outcome.name}"),
                csv_text(chart.part or ""),
                point.period.first.isoformat(),
                point.period.last.isoformat(),
                "" if gap else point.tally.numerator,
                "" if gap else point.tally.denominator,
                _figure(point.value),
                _figure(point.centre),
                _figure(None if chart.chart == "mr" else point.lower),
                _figure(point.upper),
                {"full": "in full", "trial": "on trial", "none": "none"}[phase.standing],
                "" if point.value is None else look_name(point) if point.signals else "no",
                csv_text(says(chart, place)),
                csv_text(phase.why),
                csv_text(chart.convention),
            ]
        )
    return out.getvalue().encode("utf-8-sig")


def _figure(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)
