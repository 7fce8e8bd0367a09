"""Why two cells of one row cannot both be right, as SQL conditions over a chunk of typed rows.

Beside the typed columns a chunk has ``empty_<column>`` (the cell said nothing), and for moments
``day_<column>`` and ``timed_<column>`` (a time of day was written).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.contract import Table
from data.instruments import DOMAIN_RANGES, TOTAL_RANGES
from data.sqltext import text_literal


@dataclass(frozen=True)
class Check:
    """A condition under which a row is refused: on which column it is laid, for which reason."""

    column: str
    reason: str
    condition: str


def row_checks(table: Table, present: frozenset[str]) -> Iterator[Check]:
    """The checks of a table. Only columns the file has are asked."""
    for column, reason, condition, needs in _CHECKS.get(table.name, ()):
        if set(needs) <= present:
            yield Check(column, reason, condition)
    if table.name == "feedback":
        yield Check("score", "number_out_of_range", _outside_instrument())


_RECORDED = (
    "recorded_at",
    "recorded_before_event",
    "recorded_at < occurred_at AND NOT ((NOT timed_recorded_at OR NOT timed_occurred_at"
    " OR time_precision IN ('shift', 'day', 'hour')) AND day_recorded_at = day_occurred_at)",
    ("recorded_at", "occurred_at"),
)

_CHECKS: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "stays": (("end_on", "end_before_start", "end_on < start_on", ("end_on",)),),
    "services": (("closed_on", "end_before_start", "closed_on < opened_on", ("opened_on", "closed_on")),),
    "incidents": (
        _RECORDED,
        (
            "person_id", "required_missing",
            "empty_person_id AND kind IN ('distress', 'fall', 'injury', 'calming_medicine', 'skin')", ("person_id",),
        ),
    ),
    "falls": (_RECORDED,),
    "interventions": (("end_on", "end_before_start", "end_on < start_on", ("end_on",)),),
    "declarations": (
        ("baseline_to", "end_before_start", "baseline_to < baseline_from", ("baseline_from", "baseline_to")),
        ("follow_to", "end_before_start", "follow_to < follow_from", ("follow_from", "follow_to")),
    ),
    "feedback": (
        ("score", "required_missing", "empty_score AND answer = 'score'", ()),
        ("score", "number_out_of_range", "score IS NOT NULL AND answer <> 'score'", ()),
    ),
    "views": (("element", "required_missing", "empty_element AND empty_decision_id", ()),),
    "checks": (("done_at", "required_missing", "empty_done_at AND empty_due_on", ()),),
    "context": (("until_on", "end_before_start", "until_on < from_on", ("until_on",)),),
    "totals": (("period_to", "end_before_start", "period_to < period_from", ()),),
}  # fmt: skip


def _outside_instrument() -> str:
    """SQL: the score lies outside its instrument's range."""

    def cases(ranges: dict[str, tuple[float, float]]) -> str:
        return " ".join(
            f"WHEN instrument = {text_literal(name)} THEN score NOT BETWEEN {low:g} AND {high:g}"
            for name, (low, high) in ranges.items()
        )

    return (
        "score IS NOT NULL AND answer = 'score' AND CASE WHEN lower(domain) = 'total' "
        f"THEN CASE {cases(TOTAL_RANGES)} ELSE FALSE END ELSE CASE {cases(DOMAIN_RANGES)} ELSE FALSE END END"
    )
