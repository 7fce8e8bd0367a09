"""The sample, and the questions a manager puts to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.facts import ManagersFacts
from data.model import Answer, Intervention, Period, Rows, Scope, Tally
from metrics.catalogue import Catalogue
from metrics.evaluate import evaluate
from metrics.model import Finding
from metrics.splits import Gap, gap
from metrics.standing import Standing, standings

THE_LAST_YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
EVERYTHING = Period(date(2024, 5, 1), date(2026, 10, 31))


@dataclass(frozen=True)
class Asked:
    """The sample, and the questions a manager puts to it."""

    facts: ManagersFacts
    catalogue: Catalogue

    def plan(self, title: str) -> Intervention:
        (found,) = [each for each in self.facts.interventions() if each.title == title]
        return found

    def answers(self, title: str, *codes: str) -> dict[str, Finding]:
        """What came of a plan, for each of these outcomes."""
        plan = self.plan(title).intervention_id
        found = evaluate(self.facts, self.catalogue, interventions=[plan], outcomes=codes)
        return {each.outcome.code: each for each in found}

    def now(self, service: str, *codes: str, person: str | None = None) -> dict[str, Standing]:
        """How these outcomes stood over the last year."""
        found = standings(self.facts, self.catalogue, Scope(service, person), codes, THE_LAST_YEAR)
        return {each.outcome.code: each for each in found}

    def gap(self, service: str, code: str) -> Gap:
        outcome = self.catalogue.get(code)
        assert outcome is not None
        return gap(self.facts, self.catalogue, service, outcome, EVERYTHING)

    def said(self, scope: Scope, **where: str) -> tuple[Answer, ...]:
        """Answers of the whole record that match."""
        return self.facts.score_answers(
            scope, Rows("feedback", {key: (word,) for key, word in where.items()}), EVERYTHING
        )


def of(tally: Tally) -> str:
    """So many of so many."""
    return f"{tally.numerator} of {tally.denominator:g}"


def sides(finding: Finding) -> str:
    """Before and after, as counts."""
    assert finding.change is not None
    return f"{of(finding.change.before.tally)}, then {of(finding.change.after.tally)}"


def means(finding: Finding) -> tuple[float, float]:
    assert finding.change is not None
    before, after = finding.change.before.value, finding.change.after.value
    assert before is not None and after is not None
    return before, after
