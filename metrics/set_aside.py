"""Totals that stand for days an event export also covers: one of the two must not be counted, and it is said which."""

from __future__ import annotations

from data.facts import DataCheck, Facts
from metrics.catalogue import Catalogue
from metrics.words import counted


def totals_set_aside(facts: Facts, catalogue: Catalogue) -> tuple[DataCheck, ...]:
    """For each service and outcome, how many totals are left out because the events themselves are there."""
    found = []
    for service in facts.services():
        for code in sorted(facts.totals_outcomes(service.service_id)):
            outcome, span = catalogue.get(code), facts.totals_span(code, service.service_id)
            if outcome is None or span is None or outcome.table == "totals":
                continue
            events = facts.span(outcome.table, service.service_id)
            if events is None:
                continue
            periods = facts.totals_series(service.service_id, code, span).periods
            count = sum(period.overlaps(events) for period in periods)
            if count:
                text = (
                    f"{counted(count, 'total', 'totals')} of {outcome.name} for days on which the {outcome.table} "
                    "themselves arrived. The events are used, and the two are never added up."
                )
                found.append(DataCheck("left_out", service.service_id, "totals", count, text))
    return tuple(found)
