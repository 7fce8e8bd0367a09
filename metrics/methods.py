"""The methods that may be chosen by hand, for those who look deeper: ``outcomes evaluate --method NAME``.

The verdict of such an estimate follows the same rules and carries the caution ``method_chosen``, which gives the
usual figure beside it: whoever tries several methods and keeps the kindest must not be able to hide it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from data.facts import Facts
from data.model import Declaration, Intervention, Period, Tally, total
from metrics.estimators.log_linear import fit_negative_binomial
from metrics.estimators.rates import rate_ratio_exact, rate_ratio_midp, rate_ratio_quasi_poisson
from metrics.kinds import common, module_for
from metrics.kinds.rate import INTERVAL_DAYS
from metrics.model import Caution, Change, Comparison, Effect, Kind, Outcome, Side
from metrics.series.around import interrupted_around
from metrics.series.interrupted import INTERRUPTED, STEP, Interrupted, Model
from metrics.words import number

DEFAULT = "default"


@dataclass(frozen=True)
class Method:
    """A name, what it does, what its effect is, and the kinds of outcome it fits."""

    name: str
    description: str
    gives: str
    kinds: tuple[Kind, ...]


RATES: tuple[Kind, ...] = ("rate", "stay")
SERIES: tuple[Kind, ...] = ("rate", "day_share", "share")

METHODS: Mapping[str, Method] = {
    each.name: each
    for each in (
        Method(
            DEFAULT,
            "what the product stands behind for each kind of outcome",
            "the ratio or difference of the days after and the days before",
            ("rate", "day_share", "share", "score", "stay"),
        ),
        Method(
            "exact",
            "exact conditional limits, as if events never came in bunches",
            "the ratio of the rates after and before",
            RATES,
        ),
        Method(
            "mid-p",
            "mid-p conditional limits: less cautious than exact ones",
            "the ratio of the rates after and before",
            RATES,
        ),
        Method(
            "quasi-poisson",
            "limits widened by the scatter from week to week, however few the weeks",
            "the ratio of the rates after and before",
            ("rate",),
        ),
        Method(
            "negative-binomial",
            "another model of events that come in bunches; unstable with few weeks",
            "the ratio of the rates after and before",
            ("rate",),
        ),
        Method(
            INTERRUPTED.name,
            "the whole record as an interrupted time series: level, slope and season, the widest of three spreads",
            "the follow-up against the earlier pattern carried on",
            SERIES,
        ),
        Method(
            STEP.name,
            "the published tutorial's interrupted series: level only, two season pairs, quasi-Poisson, normal limits",
            "the follow-up against the earlier pattern carried on, which is the ratio of the step",
            ("rate",),
        ),
    )
}

OF_SERIES: Mapping[str, Model] = {INTERRUPTED.name: INTERRUPTED, STEP.name: STEP}
"""The methods that fit the whole series, and may set a comparison beside it."""


@dataclass(frozen=True)
class Asked:
    """One change and one outcome, with everything a method may need."""

    facts: Facts
    outcome: Outcome
    intervention: Intervention
    comparison: Comparison
    promise: Declaration | None
    beside: Outcome | None = None
    """An outcome the change could not have reached, for the methods that take one."""


def by_hand(name: str, asked: Asked, usual: Change) -> tuple[Change, tuple[Caution, ...]]:
    """The change by the method named, with the caution that says so; the usual change for "default".

    A method that does not fit the outcome's kind, or has no answer for these figures, leaves the usual estimate
    standing, and its ``method`` says so.

    Raises: KeyError for a name that is not in ``METHODS``.
    """
    method = METHODS[name]
    if name == DEFAULT:
        return usual, ()
    if asked.outcome.kind not in method.kinds:
        return _usual_stands(usual, name, f"it is not made for a {asked.outcome.kind.replace('_', ' ')}")
    try:
        found = _series(asked, usual, OF_SERIES[name]) if name in OF_SERIES else _ratio(name, asked, usual)
    except (ValueError, OverflowError) as reason:
        text = str(reason).rstrip(".")
        return _usual_stands(usual, name, text[:1].lower() + text[1:])
    return replace(found, method=name), (_caution(name, usual.effect),)


def _usual_stands(usual: Change, name: str, reason: str) -> tuple[Change, tuple[Caution, ...]]:
    effect = usual.effect
    if effect is not None:
        effect = replace(effect, method=f"{effect.method} (the usual method: {name} cannot be used, {reason})")
    told = Caution(
        "method_chosen", f"The method “{name}” was asked for and cannot be used: {reason}. The usual one stands."
    )
    return replace(usual, effect=effect), (told,)


def _caution(name: str, usual: Effect | None) -> Caution:
    chosen = f"The method “{name}” was chosen by hand: {METHODS[name].description}."
    return Caution("method_chosen", f"{chosen} {_usual_words(usual)}")


def _usual_words(usual: Effect | None) -> str:
    if usual is None or usual.estimate is None:
        return "The usual method gives no figure."
    low, high = usual.low, usual.high
    reach = f"{_shown(low)} or more" if high is None else f"{_shown(low)} to {_shown(high)}"
    return f"The usual method gives {_shown(usual.estimate)} ({reach})."


def _shown(figure: float | None) -> str:
    if figure is None:
        return "no limit"
    return f"{'−' if figure < 0 else ''}{number(abs(figure), 2 if abs(figure) < 10 else 0)}"


# Two periods -------------------------------------------------------------------------------------------


def _ratio(name: str, asked: Asked, usual: Change) -> Change:
    x1, t1 = usual.before.tally.numerator, usual.before.tally.denominator
    x2, t2 = usual.after.tally.numerator, usual.after.tally.denominator
    if name == "exact":
        exact = rate_ratio_exact(x1, t1, x2, t2)
        return _with(usual, Effect("ratio", exact.estimate, exact.interval.low, exact.interval.high, exact.method))
    if name == "mid-p":
        midp = rate_ratio_midp(x1, t1, x2, t2)
        return _with(usual, Effect("ratio", midp.estimate, midp.interval.low, midp.interval.high, midp.method))
    before = _weeks(asked, asked.comparison.before, from_end=True)
    after = _weeks(asked, asked.comparison.after, from_end=False)
    return _with(usual, _TWO_PERIODS[name](before, after))


def _with(usual: Change, effect: Effect) -> Change:
    return replace(usual, effect=effect)


def _weeks(asked: Asked, period: Period | None, *, from_end: bool) -> list[Tally]:
    if period is None:
        return []
    blocks = period.blocks(INTERVAL_DAYS, from_end=from_end)
    series = module_for(asked.outcome.kind).series(asked.facts, asked.outcome, asked.intervention.scope, blocks)
    return common.without_empty_stretches(series)


def _quasi_poisson(before: list[Tally], after: list[Tally]) -> Effect:
    found = rate_ratio_quasi_poisson(
        [week.numerator for week in before], [week.denominator for week in before],
        [week.numerator for week in after], [week.denominator for week in after],
    )  # fmt: skip
    return Effect("ratio", found.estimate, found.interval.low, found.interval.high, found.method)


def _negative_binomial(before: list[Tally], after: list[Tally]) -> Effect:
    weeks = [*before, *after]
    fit = fit_negative_binomial(
        [week.numerator for week in weeks],
        {"(Intercept)": [1.0] * len(weeks), "after": [0.0] * len(before) + [1.0] * len(after)},
        [week.denominator for week in weeks],
    )
    term = fit.term("after", fit.chance)
    limits = term.ratio_limits()
    return Effect(
        "ratio", term.ratio, limits.low, limits.high, f"negative binomial, theta {fit.theta:.1f}, normal limits"
    )


_TWO_PERIODS: Mapping[str, Callable[[list[Tally], list[Tally]], Effect]] = {
    "quasi-poisson": _quasi_poisson,
    "negative-binomial": _negative_binomial,
}


# The whole series --------------------------------------------------------------------------------------


def _series(asked: Asked, usual: Change, model: Model) -> Change:
    found = interrupted_around(
        asked.facts, asked.outcome, asked.intervention, asked.comparison, asked.promise,
        model=model, beside=asked.beside,
    )  # fmt: skip
    told = found.effect if found.beside is None else found.beside.effect
    effect = Effect(
        asked.outcome.scale, told.value, told.interval.low, told.interval.high, found.method, told.interval.level
    )
    return replace(
        usual,
        before=_side(asked.outcome, found, "before"),
        after=_side(asked.outcome, found, "after"),
        effect=effect,
        intervals=(found.count_before, found.count_after),
        dispersion=found.dispersion,
        interrupted=found,
    )


def _side(outcome: Outcome, found: Interrupted, part: str) -> Side:
    """All stretches of one side that were fitted."""
    ours = [point for point in found.points if point.part == part]
    days = Period(ours[0].period.first, ours[-1].period.last)
    return common.side(outcome, days, total(tuple(point.tally for point in ours)))
