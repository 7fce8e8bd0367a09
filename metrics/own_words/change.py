"""Before and after of one line: the same answerers twice where that can be known, two groups where it cannot.

Means are compared by the score kind itself (``metrics.kinds.score``), so that this page and a finding say the same of
the same days. Shares of answers are compared person by person as alike. Neither crosses a form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.facts import Facts
from data.instruments import step_of
from data.model import Answer, Period, Scope
from metrics.estimators.mean_differences import paired_mean_difference
from metrics.estimators.shares import clustered_share_difference
from metrics.kinds import score
from metrics.model import Comparison, Effect, Outcome
from metrics.own_words.counts import FEWEST_ANSWERERS, Figure, figure_of, forms, on_last_form, who, within
from metrics.own_words.lines import Line


@dataclass(frozen=True)
class Sides:
    """The two stretches. ``around``: the day a change began, None for two halves. ``unfinished``: after goes on yet."""

    before: Period | None
    after: Period | None
    around: date | None = None
    unfinished: bool = False


@dataclass(frozen=True)
class Twice:
    """Those who were asked on both sides, by which way their answer went."""

    higher: int = 0
    same: int = 0
    lower: int = 0

    @property
    def people(self) -> int:
        return self.higher + self.same + self.lower


@dataclass(frozen=True)
class BeforeAfter:
    """One line on two sides. ``values`` are in the line's unit, None where a side has too few behind it.

    ``effect`` is after less before, in points or in 100; ``paired`` says that it rests on ``twice`` alone. ``why_none``:
    form_changed, too_few_answers or nothing. ``other_forms``: answers on a form of one side only were left out.
    """

    before: Figure
    after: Figure
    values: tuple[float | None, float | None]
    effect: Effect | None
    paired: bool
    twice: Twice
    why_none: str | None
    other_forms: bool = False

    @property
    def any_answer(self) -> bool:
        return bool(self.before.counts.asked or self.after.counts.asked)


def before_after(
    facts: Facts, outcome: Outcome, scope: Scope, line: Line, answers: Sequence[Answer], sides: Sides
) -> BeforeAfter:
    """Both sides of a line. ``answers`` are those on the line over both stretches, in order of days."""
    before, after = (within(answers, side) for side in (sides.before, sides.after))
    figures = figure_of(line, before), figure_of(line, after)
    scored = [tuple(each for each in side if each.score is not None) for side in (before, after)]
    if not scored[0] or not scored[1] or sides.before is None or sides.after is None:
        return BeforeAfter(*figures, (figures[0].value, figures[1].value), None, False, Twice(), None)
    if not forms(scored[0]) & forms(scored[1]):
        return BeforeAfter(*figures, (None, None), None, False, Twice(), "form_changed")
    compared = score.change(facts, _as_score(outcome, line), scope, _comparison(sides.before, sides.after))
    told = compared.answered
    twice = Twice() if told is None else Twice(told.higher, told.same, told.lower)
    other_forms = told is not None and told.other_forms
    if line.is_share:
        return _share(line, figures, scored, twice)
    if compared.effect is None:
        values = (None, None) if other_forms else (figures[0].value, figures[1].value)
        return BeforeAfter(*figures, values, None, False, twice, compared.why_none or "too_few_answers", other_forms)
    values = (compared.before.value, compared.after.value)
    paired = told is not None and told.paired
    return BeforeAfter(*figures, values, compared.effect, paired, twice, None, other_forms)


def at_review(line: Line, first: Sequence[Answer], again: Sequence[Answer]) -> BeforeAfter:
    """What the same people said at a review and, later, at a reassessment: pairs alone, each person once.

    Each person's first reassessment is set beside their last review before it, on the same form.
    """
    figures = figure_of(line, first), figure_of(line, again)
    pairs = _review_pairs(first, again)
    moved = [after - before for before, after in pairs]
    twice = Twice(sum(each > 0 for each in moved), sum(each == 0 for each in moved), sum(each < 0 for each in moved))
    if len(pairs) < FEWEST_ANSWERERS:
        why = "too_few_answers" if first and again else None
        return BeforeAfter(*figures, (figures[0].value, figures[1].value), None, False, twice, why)
    found = paired_mean_difference(moved, step_of(line.instrument))
    interval = found.interval
    effect = Effect("score", found.estimate, interval.low, interval.high, found.method, interval.level)
    values = tuple(sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    return BeforeAfter(*figures, (values[0], values[1]), effect, True, twice, None)


def _review_pairs(first: Sequence[Answer], again: Sequence[Answer]) -> list[tuple[float, float]]:
    pairs: dict[str, tuple[float, float]] = {}
    for later in sorted(again, key=lambda each: each.given_on):
        name = who(later)
        if later.score is None or name in pairs or (later.rater_key is None and later.person_id is None):
            continue
        earlier = [
            each
            for each in first
            if who(each) == name
            and each.form == later.form
            and each.given_on < later.given_on
            and each.score is not None
        ]
        if earlier:
            last = max(earlier, key=lambda each: each.given_on)
            assert last.score is not None
            pairs[name] = (last.score, later.score)
    return [pairs[name] for name in sorted(pairs)]


def _share(line: Line, figures: tuple[Figure, Figure], scored: Sequence[Sequence[Answer]], twice: Twice) -> BeforeAfter:
    """A share on both sides, on the form used last of those they have in common; answers of one person are alike."""
    common = forms(scored[0]) & forms(scored[1])
    other_forms = len(forms(scored[0]) | forms(scored[1])) > 1
    alike = [each for side in scored for each in side if (each.form or "") in common]
    form = on_last_form(alike)[0].form
    kept = [tuple(each for each in side if each.form == form) for side in scored]
    again = tuple(figure_of(line, side) for side in kept)
    values = (again[0].value, again[1].value)
    if values[0] is None or values[1] is None:
        return BeforeAfter(*figures, values, None, False, twice, "too_few_answers", other_forms)
    found = clustered_share_difference(_clusters(line, kept[0]), _clusters(line, kept[1]))
    interval = found.interval
    effect = Effect(
        "points", 100 * found.estimate,
        None if interval.low is None else 100 * interval.low,
        None if interval.high is None else 100 * interval.high,
        found.method,
    )  # fmt: skip
    return BeforeAfter(*figures, values, effect, False, twice, None, other_forms)


def _clusters(line: Line, answers: Sequence[Answer]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for number, each in enumerate(answers):
        hits, of = found[who(each, number)]
        found[who(each, number)] = (hits + (each.score in line.good), of + 1)
    return dict(found)


def _as_score(outcome: Outcome, line: Line) -> Outcome:
    """The line as a mean of its scores, which is how the same answerers are set beside themselves."""
    return replace(
        outcome, kind="score", table="feedback", counts=line.rows, over=None, share_of="rows", judged="trend", size=None,
        splits=(), per=100.0,
    )  # fmt: skip


def _comparison(before: Period, after: Period) -> Comparison:
    return Comparison(before, after, before, after, settling=None, declared=False)
