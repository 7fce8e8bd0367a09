"""Scores from feedback, one kind of answerer at a time: the same answerers twice where that can be known.

No mean crosses a kind of answerer, an instrument or a form. Where the same answerer was asked on both sides, the
answer nearest to the change on each side is compared: the last one before, the first one of the follow-up. Means of
all answers of a side would weigh people by how often somebody asked them, and the last answers of a long follow-up
come only from those who still live there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data.facts import Facts
from data.instruments import range_of, step_of
from data.model import Answer, Period, Rows, Scope, Series, Tally, total
from metrics.estimators.mean_differences import (
    MeanDifference,
    clustered_mean_difference,
    paired_mean_difference,
    serial_mean_difference,
    worst_case_means,
)
from metrics.kinds import common
from metrics.model import PROXIES, Answered, Change, Comparison, Effect, Outcome, Side, VoiceApart

FEWEST_ANSWERERS = 5
"""Fewer than this many pairs, or answerers on one side, say nothing either way."""
ENOUGH_PAIRS = 6
"""From so many answerers asked twice the pairs are used, however many others answered once."""
SPEAKERS = ("self", "family_about_self", "staff_about_self", "advocate", "family", "staff", "observer")
"""The kinds of answerer in the order in which they lead where a file does not say: the person first."""
ANSWERED = ("score", "dont_know")
"""An "I don't know" is an answer, and kept as one."""
SAME = 1e-9


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """The mean before, the mean after, and the difference in points, with t limits and who stands behind it."""
    before, after = (_asked(facts, outcome, scope, period) for period in (comparison.before, comparison.after))
    voices = [
        _voice(rater, before.get(rater, ()), after.get(rater, ()), scope, comparison)
        for rater in _order(outcome, before, after)
    ]
    if not voices:
        return Change(
            common.side(outcome, comparison.before, Tally(0, 0)),
            common.side(outcome, comparison.after, Tally(0, 0)),
            effect=None,
            answered=_others_only(before, after),
        )
    leading = next((each for each in voices if each.on_both_sides), voices[0])
    others = tuple(each.apart() for each in voices if each is not leading)
    rest = [each for each in voices if each is not leading]
    why_none = leading.why_none
    if not leading.on_both_sides and _one_spoke_before_another_after([leading, *rest]):
        why_none = "rater_changed"
    people = _people(facts, outcome, scope, comparison, leading.rater)
    answered = replace(
        leading.answered,
        people=people,
        worst_case=_worst_case(leading, people),
        apart=others,
    )
    return Change(
        leading.before,
        leading.after,
        effect=leading.effect,
        intervals=leading.units,
        why_none=None if leading.effect is not None else why_none,
        answered=answered,
    )


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Answers of the leading kind of answerer, on the form used last, in each period inside the record."""
    span = common.recorded(facts, outcome, scope)
    inside = [part for period in periods if (part := period.within(span)) is not None]
    if not inside:
        return Series((), ())
    answers = _leading(facts, outcome, scope, Period(inside[0].first, inside[-1].last))
    level = _domain_levels(answers)
    return Series(
        tuple(inside),
        tuple(
            _tally([each for each in answers if period.first <= each.given_on <= period.last], level)
            for period in inside
        ),
    )


def mean_of_answerers(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> float | None:
    """The mean of a period with each answerer counted once, however often they were asked; None without a score.

    The same answers as in ``series``. A level is told this way wherever it stands: the page of own words says the same.
    """
    answers = _scored(_leading(facts, outcome, scope, period))
    level = _domain_levels(answers)
    said: dict[str, list[float]] = defaultdict(list)
    for number, each in enumerate(answers):
        said[each.rater_key or each.person_id or f"answer {number}"].append(_points(each) - level.get(_card(each), 0.0))
    return sum(sum(own) / len(own) for own in said.values()) / len(said) if said else None


def _leading(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> tuple[Answer, ...]:
    """What the leading kind of answerer said, on the form used last."""
    asked = _asked(facts, outcome, scope, period)
    order = [rater for rater in _order(outcome, asked, {}) if _scored(asked[rater])]
    return _on_last_form(asked[order[0]] if order else ())


def between(
    facts: Facts, outcome: Outcome, one: Scope, other: Scope, period: Period
) -> tuple[Side, Side, Effect | None]:
    """Two groups of people in the same days: the mean of each, and the second less the first, answered by the same kind."""
    sides = [_asked(facts, outcome, scope, period) for scope in (one, other)]
    order = [rater for rater in _order(outcome, *sides) if all(_scored(side.get(rater, ())) for side in sides)]
    answers = [side.get(order[0], ()) if order else () for side in sides]
    fair = _comparable(answers[0], answers[1], one_person=False)
    tallies = [_tally(fair.before), _tally(fair.after)]
    figures = [common.side(outcome, period, tally) for tally in tallies]
    if fair.why_none is not None or not all(tally.numerator for tally in tallies):
        return figures[0], figures[1], None
    found = _unpaired(fair)
    if found is None:
        return figures[0], figures[1], None
    return (
        Side(period, tallies[0], found.values[0]),
        Side(period, tallies[1], found.values[1]),
        _effect(found.difference),
    )


# One kind of answerer --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Voice:
    """One kind of answerer on both sides."""

    rater: str
    before: Side
    after: Side
    effect: Effect | None
    why_none: str | None
    units: tuple[int, int]
    answered: Answered
    compared_after: tuple[Answer, ...]

    @property
    def on_both_sides(self) -> bool:
        return bool(self.before.tally.numerator and self.after.tally.numerator)

    def apart(self) -> VoiceApart:
        return VoiceApart(self.rater, self.before, self.after, self.effect)


def _voice(
    rater: str,
    before: Sequence[Answer],
    after: Sequence[Answer],
    scope: Scope,
    comparison: Comparison,
) -> _Voice:
    tallies = (_tally(before), _tally(after))
    fair = _comparable(before, after, one_person=scope.person_id is not None)
    values: tuple[float | None, float | None] = (tallies[0].mean, tallies[1].mean)
    found: _Compared | None = None
    why_none = fair.why_none
    if why_none is None and tallies[0].numerator and tallies[1].numerator:
        found = _compared(fair, one_person=scope.person_id is not None)
        if found is None:
            why_none = "form_changed" if fair.other_forms else "too_few_answers"
    if found is not None:
        values = found.values
    pairs = _pairs(fair)
    return _Voice(
        rater,
        Side(comparison.before, tallies[0], values[0]),
        Side(comparison.after, tallies[1], values[1]),
        effect=None if found is None else _effect(found.difference),
        why_none=why_none,
        units=(0, 0) if found is None else found.units,
        answered=Answered(
            rater,
            paired=found is not None and found.paired,
            higher=sum(pair.after - pair.before > SAME for pair in pairs),
            same=sum(abs(pair.after - pair.before) <= SAME for pair in pairs),
            lower=sum(pair.before - pair.after > SAME for pair in pairs),
            other_forms=fair.other_forms,
            hardly_differed=found is not None and found.difference.floored,
        ),
        compared_after=fair.after,
    )


@dataclass(frozen=True)
class _Fair:
    """The scored answers that may be compared: same instrument, form and question on both sides."""

    before: tuple[Answer, ...]
    after: tuple[Answer, ...]
    why_none: str | None = None
    other_forms: bool = False


def _comparable(before: Sequence[Answer], after: Sequence[Answer], *, one_person: bool) -> _Fair:
    """What both sides have in common; for one person, whose answers too.

    An empty form is a form of its own: nobody can say that it was the same as a named one.
    """
    one, two = _scored(before), _scored(after)
    if not one or not two:
        return _Fair(one, two)
    forms = {_form(each) for each in one} & {_form(each) for each in two}
    if not forms:
        return _Fair(one, two, "form_changed")
    other_forms = any(_form(each) not in forms for each in (*one, *two))
    cards = {_card(each) for each in one} & {_card(each) for each in two}
    one, two = (tuple(each for each in side if _card(each) in cards) for side in (one, two))
    if not cards:
        return _Fair(_scored(before), _scored(after), "form_changed")
    if one_person:
        keys = [{each.rater_key for each in side} for side in (one, two)]
        both = keys[0] & keys[1]
        if None not in (keys[0] | keys[1]):
            if not both:
                return _Fair(one, two, "rater_changed")
            one, two = (tuple(each for each in side if each.rater_key in both) for side in (one, two))
    return _Fair(one, two, other_forms=other_forms)


@dataclass(frozen=True)
class _Compared:
    difference: MeanDifference
    values: tuple[float, float]
    units: tuple[int, int]
    paired: bool


def _compared(fair: _Fair, *, one_person: bool) -> _Compared | None:
    """The difference by the method the answers allow; None when there are too few for any."""
    step = max(step_of(each.instrument) for each in fair.after)
    pairs = _about_each(_pairs(fair))
    answerers = {_who(each) for each in (*fair.before, *fair.after)}
    enough = len(pairs) >= ENOUGH_PAIRS or 2 * len(pairs) >= len(answerers)
    if enough and len(pairs) >= FEWEST_ANSWERERS:
        found = paired_mean_difference([pair.after - pair.before for pair in pairs], step)
        means = tuple(sum(side) / len(pairs) for side in zip(*((p.before, p.after) for p in pairs), strict=True))
        return _Compared(found, (means[0], means[1]), (len(pairs), len(pairs)), paired=True)
    if one_person:
        runs = _occasions(fair)
        if min(len(run) for run in runs) < FEWEST_ANSWERERS:
            return None
        found = serial_mean_difference(runs[0], runs[1], step)
        middle = [sum(score for _, score in run) / len(run) for run in runs]
        return _Compared(found, (middle[0], middle[1]), (len(runs[0]), len(runs[1])), paired=False)
    return _unpaired(fair)


def _unpaired(fair: _Fair) -> _Compared | None:
    """Two independent means; None when fewer than five were answered about on a side."""
    step = max(step_of(each.instrument) for each in fair.after)
    clusters = [[(_who(each), _card(each), _points(each)) for each in side] for side in (fair.before, fair.after)]
    units = tuple(len({who for who, _, _ in side}) for side in clusters)
    if min(units) < FEWEST_ANSWERERS:
        return None
    try:
        found, values = clustered_mean_difference(clusters[0], clusters[1], step)
    except ValueError:  # nearly all answers are about one person
        return None
    return _Compared(found, values, (units[0], units[1]), paired=False)


@dataclass(frozen=True)
class _Pair:
    about: str
    before: float
    after: float


def _pairs(fair: _Fair) -> list[_Pair]:
    """One pair an answerer: the mean, over the questions answered on both sides, of the answers nearest the change."""
    if fair.why_none is not None:
        return []
    last = {(each.rater_key, _card(each)): each for each in fair.before if each.rater_key is not None}
    first: dict[tuple[str | None, _Card], Answer] = {}
    for each in fair.after:
        if each.rater_key is not None:
            first.setdefault((each.rater_key, _card(each)), each)
    both: dict[str, list[_Pair]] = defaultdict(list)
    for asked in last.keys() & first.keys():
        both[asked[0] or ""].append(_Pair(_who(last[asked]), _points(last[asked]), _points(first[asked])))
    return [_mean_pair(found) for _, found in sorted(both.items())]


def _about_each(pairs: Sequence[_Pair]) -> list[_Pair]:
    """One pair a person: two daughters who both answered twice are not two families."""
    by_person: dict[str, list[_Pair]] = defaultdict(list)
    for each in pairs:
        by_person[each.about].append(each)
    return [_mean_pair(found) for _, found in sorted(by_person.items())]


def _mean_pair(found: Sequence[_Pair]) -> _Pair:
    return _Pair(
        min(each.about for each in found),
        sum(each.before for each in found) / len(found),
        sum(each.after for each in found) / len(found),
    )


def _occasions(fair: _Fair) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """One score a day, each question put on the level of all: a day on which only a dreary question was asked is no dip."""
    sides = (fair.before, fair.after)
    levels = [_card_means(side) for side in sides]
    middle = {card: (levels[0][card] + levels[1][card]) / 2 for card in levels[0].keys() & levels[1].keys()}
    grand = sum(middle.values()) / len(middle)
    runs = []
    for side in sides:
        days: dict[int, list[float]] = defaultdict(list)
        for each in side:
            days[each.given_on.toordinal()].append(_points(each) - middle[_card(each)] + grand)
        runs.append([(float(day), sum(found) / len(found)) for day, found in sorted(days.items())])
    return runs[0], runs[1]


# Who was asked ---------------------------------------------------------------------------------------


def _asked(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None) -> dict[str, tuple[Answer, ...]]:
    """Answers of a side by kind of answerer; where people themselves are asked, those given for them come too."""
    if period is None:
        return {}
    rows, named = outcome.counts, outcome.counts.where.get("rater")
    if named == ("self",):
        rows = Rows(rows.table, {**rows.where, "rater": ("self", *PROXIES)})
    by_rater: dict[str, list[Answer]] = defaultdict(list)
    for each in facts.score_answers(scope, rows, period):
        by_rater[each.rater].append(each)
    return {rater: tuple(found) for rater, found in by_rater.items()}


def _others_only(before: Mapping[str, Sequence[Answer]], after: Mapping[str, Sequence[Answer]]) -> Answered | None:
    """Who answered for people where they themselves were to be asked and were not; None when nobody answered at all."""
    others = [rater for rater in PROXIES if rater in before or rater in after]
    return Answered(others[0]) if others else None


def _order(
    outcome: Outcome, before: Mapping[str, Sequence[Answer]], after: Mapping[str, Sequence[Answer]]
) -> list[str]:
    """The kinds of answerer there are, in the order of the file; the person first where it names none."""
    named = outcome.counts.where.get("rater", SPEAKERS)
    return [rater for rater in named if rater in before or rater in after]


def _one_spoke_before_another_after(voices: Iterable[_Voice]) -> bool:
    voices = list(voices)
    return any(each.before.tally.numerator for each in voices) and any(each.after.tally.numerator for each in voices)


def _people(
    facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison, rater: str
) -> tuple[Tally, Tally] | None:
    """People who were answered by this kind of answerer, of all people there; None where that is not known."""
    if scope.person_id is not None or rater == "staff_about_self":
        return None
    if comparison.before is None or comparison.after is None:
        return None
    rows = Rows(outcome.table, {**outcome.counts.where, "rater": (rater,), "answer": ANSWERED})
    before, after = (
        total(facts.share_clusters(scope, rows, rows, "people", period))
        for period in (comparison.before, comparison.after)
    )
    return (before, after) if before.denominator and after.denominator else None


def _worst_case(voice: _Voice, people: tuple[Tally, Tally] | None) -> tuple[float, float] | None:
    """The mean after, had everybody living there who gave no score scored lowest, and highest."""
    if people is None or not voice.compared_after:
        return None
    ranges = {range_of(each.instrument, each.domain) for each in voice.compared_after}
    ends = ranges.pop() if len(ranges) == 1 else None
    by_person: dict[str, list[float]] = defaultdict(list)
    for each in voice.compared_after:
        if each.person_id is not None:
            by_person[each.person_id].append(_points(each))
    there = int(people[1].denominator)
    if ends is None or not by_person or len(by_person) > there:
        return None
    means = [sum(found) / len(found) for found in by_person.values()]
    return worst_case_means(sum(means), len(means), there, *ends)


# Small parts -----------------------------------------------------------------------------------------

_Card = tuple[str, str, str | None]
"""Instrument, question, form: what an answer answers."""


def _scored(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    return tuple(each for each in answers if each.score is not None)


def _points(answer: Answer) -> float:
    assert answer.score is not None
    return answer.score


def _form(answer: Answer) -> tuple[str, str | None]:
    return answer.instrument, answer.form


def _card(answer: Answer) -> _Card:
    return answer.instrument, answer.domain, answer.form


def _who(answer: Answer) -> str:
    """Answers about one person are alike, whoever gives them; without a person, those of one answerer."""
    return answer.person_id or answer.rater_key or f"{answer.given_on} {id(answer)}"


def _card_means(answers: Sequence[Answer]) -> dict[_Card, float]:
    found: dict[_Card, list[float]] = defaultdict(list)
    for each in answers:
        found[_card(each)].append(_points(each))
    return {card: sum(scores) / len(scores) for card, scores in found.items()}


def _on_last_form(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """No line crosses a form: only answers on the one used last, for each instrument."""
    last = {each.instrument: each.form for each in answers}
    return tuple(each for each in answers if last[each.instrument] == each.form)


def _domain_levels(answers: Sequence[Answer]) -> dict[_Card, float]:
    """How far each question lies above all of them together, so that a line does not follow which one was asked."""
    means = _card_means(_scored(answers))
    if len(means) < 2:
        return {}
    grand = sum(means.values()) / len(means)
    return {card: mean - grand for card, mean in means.items()}


def _tally(answers: Sequence[Answer], level: Mapping[_Card, float] | None = None) -> Tally:
    """Answers with a score, of all answers, and what the scores add up to."""
    scored = _scored(answers)
    lifted = level or {}
    points = sum(_points(each) - lifted.get(_card(each), 0.0) for each in scored)
    return Tally(len(scored), len(answers), points if scored else None)


def _effect(found: MeanDifference) -> Effect:
    interval = found.interval
    return Effect("score", found.estimate, interval.low, interval.high, found.method, interval.level)
