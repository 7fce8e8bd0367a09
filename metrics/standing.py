"""How an outcome stands now: its figure over a stretch of time, the stretch before it, and quarter by quarter.

No verdict and no cause: a page of many outcomes shows what is on record, and which of it was promised. The interval
of a share allows for rows of one person being alike; an "on time" share of everything that was due has none, for
nothing was left to chance in which rows were looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from data.facts import Facts
from data.model import Period, Scope, Series, Tally, total
from metrics.catalogue import Catalogue
from metrics.estimators.clustering import design_effect
from metrics.estimators.proportions import wilson
from metrics.kinds import common, module_for, score
from metrics.model import Outcome, Side
from metrics.trend import quarters

FEWEST_FOR_LIMITS = 5


@dataclass(frozen=True)
class Standing:
    """One outcome as it stands.

    ``now`` is the stretch asked for and ``earlier`` the one of the same length just before it, each cut to what is
    recorded; a side without record has no value. ``low`` and ``high`` are 95 % limits in the outcome's unit, None
    where there are none. ``line`` holds whole quarters. ``recorded`` says whether anything of it is on record at all.
    """

    outcome: Outcome
    now: Side
    earlier: Side
    low: float | None
    high: float | None
    line: Series
    recorded: bool

    @property
    def has_figure(self) -> bool:
        return self.now.value is not None

    @property
    def target(self) -> float | None:
        """What was set as the level to reach; for shares of things done alone, never for distress or falls."""
        return self.outcome.size if self.outcome.judged == "target" else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none, or nothing to hold against it."""
        if self.target is None or self.now.value is None:
            return None
        return self.now.value <= self.target if self.outcome.good == "down" else self.now.value >= self.target


def standings(
    facts: Facts, catalogue: Catalogue, scope: Scope, codes: Sequence[str], period: Period
) -> tuple[Standing, ...]:
    """How each of these outcomes stands in a period; codes without an outcome file are passed over."""
    known = [outcome for code in codes if (outcome := catalogue.get(code)) is not None]
    return tuple(standing(facts, outcome, scope, period) for outcome in known)


def standing(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> Standing:
    """How one outcome stands in a period."""
    record = common.recorded(facts, outcome, scope)
    before = Period(period.first - timedelta(days=period.days), period.first - timedelta(days=1))
    now, earlier = (_side(facts, outcome, scope, part.within(record)) for part in (period, before))
    if outcome.share_of == "people" and now.period is not None and earlier.period is not None:
        # Fewer people have had their turn in fewer days: a stretch cut short would look like people left out.
        earlier = earlier if earlier.period.days >= now.period.days else Side(None, Tally(0, 0), None)
    low, high = _limits(facts, outcome, scope, now)
    line = Series((), ())
    if record is not None:
        hull = Period(before.first, period.last).within(record)
        if hull is not None and (asked := quarters(hull)):
            line = module_for(outcome.kind).series(facts, outcome, scope, asked)
    return Standing(outcome, now, earlier, low, high, line, record is not None)


def _side(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None) -> Side:
    if period is None:
        return Side(None, Tally(0, 0), None)
    tally = module_for(outcome.kind).series(facts, outcome, scope, (period,)).total
    if outcome.kind == "score":
        return Side(period, tally, score.mean_of_answerers(facts, outcome, scope, period))
    return common.side(outcome, period, tally)


def _limits(facts: Facts, outcome: Outcome, scope: Scope, side: Side) -> tuple[float | None, float | None]:
    """Wilson limits of a share, with as many trials as its clusters are worth (Rao & Scott 1992).

    None where fewer than five people (or days of one person) stand behind it: their rows say who was looked at. Where
    all rows say the same, nobody can see how alike those of one person are, and each person is worth one.
    """
    if outcome.kind != "share" or outcome.share_of != "rows" or outcome.over is None or side.period is None:
        return None, None
    events = common.events_part(facts, outcome, scope, side.period)
    if side.tally.denominator < FEWEST_FOR_LIMITS or events != side.period:
        return None, None
    tallies = facts.share_clusters(scope, outcome.counts, outcome.over, outcome.share_of, side.period)
    together = total(tallies)
    clusters = sum(each.denominator > 0 for each in tallies)
    if clusters < FEWEST_FOR_LIMITS:
        return None, None
    effect = design_effect([each.numerator for each in tallies], [each.denominator for each in tallies])
    assert together.ratio is not None
    worth = clusters if together.ratio in (0.0, 1.0) else together.denominator / effect
    limits = wilson(together.ratio * worth, worth)
    assert limits.low is not None and limits.high is not None
    return limits.low * outcome.per, limits.high * outcome.per
