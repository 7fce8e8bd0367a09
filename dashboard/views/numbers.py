"""The points of a story as a table to read and a file to keep."""

from __future__ import annotations

import csv
import io

from dashboard.safe import csv_text
from dashboard.views import say
from dashboard.views.story import Story, counted_as
from metrics.model import Finding
from metrics.words import capital, number, whole


def number_rows(finding: Finding, told: Story) -> list[dict[str, str]]:
    """The same points as a table, every figure in words a reader can add up."""
    over = finding.day_word if finding.outcome.kind == "rate" else finding.outcome.many_of
    return [
        {
            "Days": say.short_days(point.period),
            capital(finding.outcome.many_things): whole(point.tally.numerator),
            capital(over): whole(point.tally.denominator),
            f"On the chart, {told.unit}": "–" if point.value is None else number(point.value),
            "Counted as": counted_as(told, point),
        }
        for point in told.points
    ]


def numbers_csv(finding: Finding, told: Story) -> bytes:
    """The table as a file for a spreadsheet: numbers as numbers, text that cannot start a formula."""
    over = finding.day_word if finding.outcome.kind == "rate" else finding.outcome.many_of
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    headings = [
        "change",
        "outcome",
        "first_day",
        "last_day",
        finding.outcome.many_things,
        over,
        f"on the chart, {told.unit}",
        "counted_as",
    ]
    write.writerow([csv_text(each) for each in headings])
    for point in told.points:
        write.writerow(
            [
                csv_text(finding.intervention.title),
                csv_text(f"{finding.outcome.code} {finding.outcome.name}"),
                point.period.first.isoformat(),
                point.period.last.isoformat(),
                point.tally.numerator,
                point.tally.denominator,
                "" if point.value is None else round(point.value, 4),
                counted_as(told, point),
            ]
        )
    return out.getvalue().encode("utf-8-sig")
