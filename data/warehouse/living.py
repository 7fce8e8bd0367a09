"""Answers, and living somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb

from data.model import (
    Answer,
    Period,
    Rows,
    Scope,
    Spell,
)
from data.warehouse.days import Days

SHORT_BREAKS = ("respite", "day")
"""Stays that end because they were meant to: nobody lives in a respite bed or a day service, so leaving it is no move.
A stay of no recorded kind counts: most exports have no such column, and most stays are long ones."""
DAILY_TABLES = ("incidents", "falls", "feedback", "checks")


class Living(Days):
    """Answers, and living somewhere."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(con)
        self._left: dict[str, tuple[date, date]] | None = None
        self._spells: dict[str, tuple[Spell, ...]] = {}

    def score_answers(self, scope: Scope, rows: Rows, period: Period) -> tuple[Answer, ...]:
        source, where, values = self._matching(rows, scope)
        found = self._rows(
            "SELECT e.given_on, e.rater, e.instrument, e.domain, e.answer, e.score, coalesce(nullif(e.rater_key, ''), "
            "CASE WHEN e.rater = 'self' THEN nullif(e.person_id, '') END), nullif(e.person_id, ''), nullif(e.form, ''), "
            "e.mode, e.support, nullif(e.moment, 'not_recorded'), nullif(e.case_id, '') "
            f"FROM {source} WHERE {where} AND e.given_on BETWEEN $first AND $last "
            "ORDER BY e.given_on, e.row_key",
            {**values, "first": period.first, "last": period.last},
        )
        return tuple(Answer(*row) for row in found)

    def spells(self, scope: Scope, period: Period) -> tuple[Spell, ...]:
        if scope.service_id not in self._spells:
            self._spells[scope.service_id] = _joined_spells(
                self._rows(
                    "SELECT person_id, start_on, end_on, nullif(end_reason, 'not_recorded') FROM stays WHERE service_id = ? "
                    f"AND kind NOT IN ({', '.join('?' for _ in SHORT_BREAKS)}) ORDER BY person_id, start_on, end_on NULLS LAST",
                    [scope.service_id, *SHORT_BREAKS],
                )
            )
        people = self._people_described(scope)
        return tuple(
            spell
            for spell in self._spells[scope.service_id]
            if spell.moved_in <= period.last
            and (spell.left_on is None or spell.left_on >= period.first)
            and (scope.person_id is None or spell.person_id == scope.person_id)
            and (people is None or spell.person_id in people)
        )

    def spells_span(self, service_id: str) -> Period | None:
        """Leavings are written down from the first one on, or from the day any other record began, up to the last export.

        The stays of those living there reach back for years before anybody who left was kept: those years hold
        only people who stayed, and would make every home look steady.
        """
        self.span("stays", service_id)
        assert self._spans is not None
        every = [span for (_, service), span in self._spans.items() if service == service_id]
        stays = self._spans.get(("stays", service_id))
        if stays is None:
            return None
        firsts = [
            span.first
            for (name, service), span in self._spans.items()
            if service == service_id and name in DAILY_TABLES
        ]
        if self._left is None:
            self._left = {
                service: (first, last)
                for service, first, last in self._rows(
                    "SELECT service_id, min(end_on), max(end_on) FROM stays WHERE end_on IS NOT NULL GROUP BY service_id"
                )
            }
        left = self._left.get(service_id)
        firsts += [left[0]] if left is not None else []
        first, last = max(stays.first, min(firsts, default=stays.first)), max(span.last for span in every)
        if last < first and left is not None:  # nothing but stays, and all who left did so after the last moving in
            last = left[1]
        return Period(first, last)


def _joined_spells(stays: Sequence[tuple[str, date, date | None, str | None]]) -> tuple[Spell, ...]:
    """Stays of one person that touch or overlap are one spell; it ends when, and as, the last of them ends."""
    found: list[Spell] = []
    for person, start, end, reason in stays:
        last = found[-1] if found else None
        if last is None or last.person_id != person or (last.left_on is not None and start > last.left_on):
            found.append(Spell(person, start, end, reason if end is not None else None))
        elif last.left_on is not None and (end is None or end >= last.left_on):
            found[-1] = Spell(person, last.moved_in, end, reason if end is not None else None)
    return tuple(sorted(found, key=lambda spell: (spell.moved_in, spell.person_id)))
