"""What is odd in a file and kept all the same: counted and said once, so that a person can look."""

from __future__ import annotations

from data.loading.staging import Stage

LATE_SHARE = 0.10
"""More records than this written down over a day late is worth saying."""
ENOUGH_TIMES = 20
MIDNIGHT_SHARE = 0.05
"""More times at midnight sharp than this are a system's way of saying that it does not know."""

_TIMES = """
SELECT count(*) FILTER (WHERE recorded_at > occurred_at + INTERVAL 24 HOUR AND time_precision IN ('minute', 'hour')),
       count(*) FILTER (WHERE time_precision = 'minute' AND minute(occurred_at) = 0),
       count(*) FILTER (WHERE time_precision = 'minute' AND hour(occurred_at) = 0 AND minute(occurred_at) = 0),
       count(*) FILTER (WHERE time_precision = 'minute' AND month(occurred_at) = 3 AND isodow(occurred_at) = 7
                        AND day(occurred_at) >= 25 AND hour(occurred_at) = 1),
       count(*)
FROM work
"""


_ON_THE_HOUR = """
SELECT coalesce(sum(rows - 1), 0)::BIGINT FROM (
    SELECT count(DISTINCT {own}) AS rows FROM work
    WHERE person_id IS NOT NULL AND time_precision IN ('minute', 'hour') AND minute(occurred_at) = 0
    GROUP BY service_id, person_id, {kind} occurred_at HAVING count(DISTINCT {own}) > 1)
"""
"""One person, one kind, one full hour under two references: perhaps one event, perhaps two rounded times."""


def oddities(stage: Stage, known_outcomes: frozenset[str]) -> list[str]:
    """Odd but kept: said once for each file."""
    told = []
    table = stage.table
    if table.name in ("incidents", "falls"):
        late, hourly, midnight, skipped, kept = stage.con.execute(_TIMES).fetchone() or (0, 0, 0, 0, 0)
        if kept and late > kept * LATE_SHARE:
            told.append(f"{late} of {kept} records were written down more than a day after they happened.")
        if kept >= ENOUGH_TIMES and hourly == kept:
            told.append("Every time is on the hour: these may be the times of recording.")
        if kept >= ENOUGH_TIMES and midnight > kept * MIDNIGHT_SHARE:
            told.append(f"{midnight} of {kept} times are exactly midnight: the real time may not be known.")
        if skipped:
            told.append(
                f"{_many(skipped, 'time lies', 'times lie')} in the hour that the clocks skip in spring: kept as written."
            )
        kind = "kind," if "kind" in table.columns else ""
        asked = _ON_THE_HOUR.format(own=table.own_key, kind=kind)
        ((alike,),) = stage.con.execute(asked).fetchall()
        if alike:
            records = _many(alike, "record has", "records have")
            told.append(
                f"{records} the same person, kind and full hour as another: look whether they are the same event."
            )
    if stage.other_weekday:
        told.append(
            f"{_many(stage.other_weekday, 'date names', 'dates name')} another weekday than the day it was: the date was taken."
        )
    if stage.not_nhs_numbers:
        told.append(
            f"{stage.not_nhs_numbers} of {_many(len(stage.like_nhs_numbers), 'reference', 'references')} of people with ten "
            "figures cannot be NHS numbers: if that is what they are, look for typing slips."
        )
    if "outcome" in table.columns and known_outcomes:
        codes = {row[0] for row in stage.con.execute("SELECT DISTINCT outcome FROM work").fetchall()}
        unknown = ", ".join(sorted(codes - known_outcomes))
        if unknown:
            told.append(f"No outcome file for: {unknown}. Add your own with --outcomes FOLDER, or correct the code.")
    return told


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
