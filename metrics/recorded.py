"""Which outcomes a service records at all: those a chart of it could say something about.

A table that arrived does not record every outcome of it: a sheet of visit times says nothing about reviews. Events are
different: where incidents are written down, none of a kind is a figure too.
"""

from __future__ import annotations

from functools import cache

from data.facts import Facts
from data.model import Rows, Scope
from metrics.catalogue import Catalogue
from metrics.kinds import common
from metrics.model import Outcome

NUMBERS = ("score", "intensity", "minutes")
"""Columns of figures: which figures there are says nothing about what is recorded."""
EVENTS = ("incidents", "falls", "stays")
"""Tables in which no row is a figure too: nobody fell, nobody left."""
PEOPLE = "people"


def outcomes_recorded(facts: Facts, catalogue: Catalogue, service_id: str) -> tuple[Outcome, ...]:
    """The outcomes of which a service has a record, in the order of the catalogue."""
    scope = Scope(service_id)
    present = facts.tables_with_rows(service_id)
    totals = facts.totals_outcomes(service_id)

    @cache
    def words(table: str, column: str) -> frozenset[str]:
        span = facts.span(table, service_id)
        return frozenset(facts.words_of(scope, Rows(table), column, [span])) if span is not None else frozenset()

    def has_rows(rows: Rows) -> bool:
        """Whether each column of a filter holds one of its words somewhere."""
        return all(
            words(rows.table, column) & {word.lower() for word in wanted}
            for column, wanted in rows.where.items()
            if column not in NUMBERS
        )

    def recorded(outcome: Outcome) -> bool:
        if outcome.code in totals:
            return True
        if common.recorded(facts, outcome, scope) is None or (outcome.table == PEOPLE and PEOPLE not in present):
            return False
        return outcome.table in EVENTS or has_rows(_looked_at(outcome))

    return tuple(outcome for outcome in catalogue if recorded(outcome))


def _looked_at(outcome: Outcome) -> Rows:
    """The rows an outcome needs: those it is counted over, whatever came of them."""
    rows = outcome.counts if outcome.over is None or outcome.share_of == "people" else outcome.over
    return Rows(rows.table, {name: words for name, words in rows.where.items() if name != "result"})
