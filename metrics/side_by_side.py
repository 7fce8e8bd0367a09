"""The same kind of thing tried in more than one service, side by side: by name, never by result.

No ranking comes out of this. What one service did is no proof for another, and services differ in whom they support;
what is shown is how far apart the answers lie, and what such a change came to on the whole where there are enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy import special

from data.model import Service
from metrics.estimators.intervals import Interval
from metrics.estimators.together import FEWEST, Together, random_effects
from metrics.model import Effect, Finding, Outcome, Scale, VerdictWord
from metrics.words import and_list, counted, number, whole

NOT_COMPARED = (
    "early_look", "too_early", "no_data", "no_data_before", "no_data_after", "no_exposure", "windows_unwatched",
    "too_few_days", "too_few_person_days", "too_few_rows", "too_few_events", "recording_changed", "definition_changed",
    "too_few_answers", "form_changed", "rater_changed", "outcome_unknown", "not_built_yet",
)  # fmt: skip
"""Reasons for which a before and after was not compared at all: shown, and left out of any sum."""

NO_RANKING = (
    "In order of name, not of result. This is no ranking and no proof: services differ in whom they support, in what "
    "exactly they did, and in what they write down."
)
MOST_POINTS, NEARLY_ALL = 100.0, 75.0
HOPELESS = 10.0
"""Ratios beyond this say only that nothing is known."""
TAILS = (" in 100 fewer", " in 100 more", " times as many", " points higher", " points lower")
NOT_ONE_THING = "other"
"""Whatever fits no kind has only that in common."""


@dataclass(frozen=True)
class Tried:
    """One service's answer: its label, the finding, and whether it counts in the summary."""

    service: str
    finding: Finding
    counts: bool

    @property
    def word(self) -> VerdictWord:
        return self.finding.verdict.word

    @property
    def effect(self) -> Effect | None:
        """The effect, where the two sides could be compared at all."""
        change = self.finding.change
        if change is None or self.finding.verdict.reason in NOT_COMPARED:
            return None
        return change.effect


@dataclass(frozen=True)
class OnTheWhole:
    """What such a change came to on the whole, in the outcome's own scale: a ratio, or points.

    ``interval`` is where the average lies, ``prediction`` where one further service's own change may lie; a limit beyond
    what can be written is None. ``count`` findings went into it, from ``services`` services.
    """

    scale: Scale
    estimate: float
    interval: Interval
    prediction: Interval
    between: float
    count: int
    services: int
    method: str


@dataclass(frozen=True)
class SideBySide:
    """One kind of thing, for one person or a whole service, and one outcome: every answer in order of service and date.

    ``summary`` is None where there are too few to sum up, and ``why_none`` then says so.
    """

    kind: str
    personal: bool
    outcome: Outcome
    tried: tuple[Tried, ...]
    settings: tuple[str, ...]
    summary: OnTheWhole | None
    why_none: str

    @property
    def services(self) -> tuple[str, ...]:
        """The services, each once, in order of their names."""
        return tuple(dict.fromkeys(each.finding.service_id for each in self.tried))

    @property
    def said(self) -> str:
        """What such changes came to, in plain words."""
        return _said(self)

    @property
    def sentence(self) -> str:
        """What such changes came to; then what this is not."""
        return f"{self.said} {NO_RANKING}"


def side_by_side(findings: Iterable[Finding], services: Sequence[Service]) -> tuple[SideBySide, ...]:
    """Groups of findings of one kind of thing tried and one outcome in at least two services.

    Plans for one person and for a whole service are never mixed. Groups come in order of kind and outcome code, findings
    in order of service name, then of the day they began.
    """
    known = {service.service_id: service for service in services}
    groups: dict[tuple[str, bool, str], list[Finding]] = {}
    for finding in findings:
        tried = finding.intervention
        if tried.kind == NOT_ONE_THING or finding.verdict.reason in ("outcome_unknown", "not_built_yet"):
            continue
        groups.setdefault((tried.kind, tried.is_personal, finding.outcome.code), []).append(finding)
    return tuple(
        _group(groups[key], known) for key in sorted(groups) if len({each.service_id for each in groups[key]}) > 1
    )


def on_the_whole(effects: Sequence[Effect], services: int, level: float = 0.95) -> OnTheWhole:
    """The average change over several services by random effects; ratios are taken together as logarithms.

    Standard errors are read back from each change's own interval, so that whatever widened it (days in runs, events in
    bunches) keeps its weight here.

    Unit: that of the effects. Range: ratios above 0; points -100 to 100, to which limits are cut. No-change value: 1 or 0.
    Assumes: plans independent of each other, also those of one service; true changes scattered normally.
    Raises: ValueError for fewer than 3 effects or services, scales that differ, or an effect without both limits.
    As ``metrics.estimators.together.random_effects``: Hartung & Knapp 2001, doi:10.1002/sim.1009; IntHout, Ioannidis &
    Borm 2014, BMC Med Res Methodol 14:25, doi:10.1186/1471-2288-14-25.
    """
    if services < FEWEST:
        raise ValueError(f"It takes at least {FEWEST} services to sum up, not {services}.")
    scales = {effect.scale for effect in effects}
    if len(scales) > 1:
        raise ValueError("Ratios and differences are not taken together.")
    placed = [_with_error(effect) for effect in effects]
    if None in placed:
        raise ValueError("A change without both limits cannot be weighed.")
    pairs = [each for each in placed if each is not None]
    found = random_effects([estimate for estimate, _ in pairs], [error for _, error in pairs], level)
    (scale,) = scales
    return _in_scale(found, scale, services)


def _group(findings: Sequence[Finding], known: Mapping[str, Service]) -> SideBySide:
    def label(finding: Finding) -> str:
        service = known.get(finding.service_id)
        return service.label if service is not None else finding.service_id

    ordered = sorted(
        findings,
        key=lambda each: (
            label(each).casefold(), each.service_id, each.intervention.start_on, each.intervention.intervention_id,
        ),
    )  # fmt: skip
    tried = tuple(Tried(label(each), each, _counts(each)) for each in ordered)
    first = ordered[0]
    ours = dict.fromkeys(known[each.service_id].setting for each in ordered if each.service_id in known)
    summary, why = _summary(tried)
    return SideBySide(
        first.intervention.kind, first.intervention.is_personal, first.outcome, tried, tuple(ours), summary, why
    )


def _counts(finding: Finding) -> bool:
    effect = finding.change.effect if finding.change is not None else None
    return effect is not None and finding.verdict.reason not in NOT_COMPARED and _with_error(effect) is not None


def _summary(tried: Sequence[Tried]) -> tuple[OnTheWhole | None, str]:
    ours = [each for each in tried if each.counts]
    places = len({each.finding.service_id for each in ours})
    effects = [each.effect for each in ours if each.effect is not None]
    if places < FEWEST:
        return None, (
            f"It takes {FEWEST} services whose answer has a range to say what it came to on the whole; "
            f"{counted(places, 'has', 'have')} one."
        )
    try:
        return on_the_whole(effects, places), ""
    except ValueError as reason:
        return None, str(reason)


def _with_error(effect: Effect) -> tuple[float, float] | None:
    """Estimate and standard error on the scale on which effects are averaged; None without a two-sided range."""
    if effect.estimate is None or effect.low is None or effect.high is None or not effect.low < effect.high:
        return None
    low, estimate, high = effect.low, effect.estimate, effect.high
    if effect.scale == "ratio":
        if min(low, estimate) <= 0:
            return None
        low, estimate, high = math.log(low), math.log(estimate), math.log(high)
    z = float(special.ndtri(1 - (1 - effect.level) / 2))
    return estimate, (high - low) / (2 * z)


def _in_scale(found: Together, scale: Scale, services: int) -> OnTheWhole:
    def back(interval: Interval) -> Interval:
        assert interval.low is not None and interval.high is not None
        return Interval(_back(interval.low, scale), _back(interval.high, scale), interval.level)

    estimate = _back(found.estimate, scale)
    if estimate is None:
        raise ValueError("The average is too large to be written out.")
    return OnTheWhole(
        scale,
        estimate,
        back(found.interval),
        back(found.prediction),
        found.between,
        found.count,
        services,
        found.method,
    )


def _back(figure: float, scale: Scale) -> float | None:
    if scale == "ratio":
        try:
            return math.exp(figure)
        except OverflowError:
            return None
    return max(-MOST_POINTS, min(MOST_POINTS, figure)) if scale == "points" else figure


# In words ------------------------------------------------------------------------------------------------


def change_words(scale: Scale, low: float | None, high: float | None) -> str:
    """A range of change in words: "31 in 100 fewer to 4 in 100 more"; "0.5 to 1.2 points higher"."""
    if low is None and high is None:
        return "no range"
    if high is None:
        assert low is not None
        return f"at least {amount_words(scale, low)}"
    if low is None:
        return f"at most {amount_words(scale, high)}"
    first, second = amount_words(scale, low), amount_words(scale, high)
    for tail in TAILS:
        if first.endswith(tail) and second.endswith(tail):
            near, far = (first, second) if abs(low - _none(scale)) < abs(high - _none(scale)) else (second, first)
            return near if near == far else f"{near.removesuffix(tail)} to {far}"
    return f"{first} to {second}"


def _said(group: SideBySide) -> str:
    tried = counted(len(group.tried), "plan", "plans")
    where = counted(len(group.services), "service", "services")
    opening = f"{group.outcome.name}, {tried} in {where}."
    mixed = _mixed(group.settings)
    if group.summary is None:
        return f"{opening}{mixed} {group.why_none}"
    whole_ = group.summary
    left = len(group.tried) - whole_.count
    aside = f" ({counted(left, 'plan has', 'plans have')} no range to go by)" if left else ""
    return (
        f"{opening}{mixed} On the whole it came to {amount_words(whole_.scale, whole_.estimate)} "
        f"({change_words(whole_.scale, whole_.interval.low, whole_.interval.high)}){aside}. {_further(whole_)}"
    )


def _further(found: OnTheWhole) -> str:
    low, high = found.prediction.low, found.prediction.high
    least, most = (1 / HOPELESS, HOPELESS) if found.scale == "ratio" else (-NEARLY_ALL, NEARLY_ALL)
    if low is None or high is None or (found.scale != "score" and low < least and high > most):
        return "One further plan of the kind could come to anything at all: they differ too much, or are too few."
    return f"One further plan of the kind may lie anywhere from {change_words(found.scale, low, high)}."


def _mixed(settings: Sequence[str]) -> str:
    if len(settings) < 2:
        return ""
    return f" The services are of different kinds ({and_list([each.replace('_', ' ') for each in settings])})."


def _none(scale: Scale) -> float:
    return 1.0 if scale == "ratio" else 0.0


def amount_words(scale: Scale, figure: float) -> str:
    """One change in words: "31 in 100 fewer", "2.4 times as many", "0.5 points higher", "no change"."""
    if scale == "score":
        said = number(abs(figure), 1)
        return "no change" if said == "0" else f"{said} points {'higher' if figure > 0 else 'lower'}"
    if scale == "ratio" and figure > HOPELESS:
        return f"more than {whole(HOPELESS)} times as many"
    if scale == "ratio" and figure > 2:
        return f"{number(figure, 1)} times as many"
    said = whole(abs(figure - 1) * 100 if scale == "ratio" else abs(figure))
    return "no change" if said == "0" else f"{said} in 100 {'more' if figure > _none(scale) else 'fewer'}"
