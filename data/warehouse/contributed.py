"""Who contributes what to a count, for releases. Answers ``data.facts.FactsForReleases``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data import contributions
from data.contract import NOT_RECORDED, TABLES
from data.facts import Contributions
from data.model import Impossible, Period, Rows
from data.sqltext import quoted
from data.warehouse.people import People


class Contributed(People):
    """Who contributes what to a count, for releases."""

    def event_contributions(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Contributions:
        return contributions.events(self._con, rows, asked, any_left_out=self._any_left_out())

    def days_present(self, asked: Mapping[str, Sequence[Period]]) -> Mapping[tuple[str, int], Mapping[str, int]]:
        return contributions.days_present(self._con, asked)

    def share_contributions(
        self, counts: Rows, over: Rows, share_of: str, asked: Mapping[str, Sequence[Period]]
    ) -> Contributions:
        if share_of == "people":
            return contributions.people(self._con, counts, asked, any_left_out=self._any_left_out())
        if over.table == "people":
            return contributions.register(self._con, counts, over, asked)
        spans = {service: self.span("checks", service) for service in asked} if share_of == "on_time" else {}
        passed = {service: span.last for service, span in spans.items() if span is not None}
        return contributions.shares(
            self._con, counts, over, share_of, asked, any_left_out=self._any_left_out(), passed=passed
        )

    def score_contributions(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Contributions:
        return contributions.scores(self._con, rows, asked)

    def register_column(self, column: str) -> Mapping[str, str]:
        if column not in TABLES["people"].columns:
            raise Impossible(f"The register of people has no column {column}.")
        found = self._rows(
            f"SELECT person_id, lower(coalesce(nullif(CAST({quoted(column)} AS VARCHAR), ''), '{NOT_RECORDED}')) FROM people"
        )
        return dict(found)
