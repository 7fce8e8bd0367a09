"""An outcome taken apart: by element, kind or harm of its rows, or by who the people are.

A part has no verdict of its own: the more parts one looks at, the more of them look different by chance. Parts of
fewer than ten rows or five events are put together as "others", and where even those are few it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.contract import NOT_RECORDED
from data.facts import Facts
from data.model import Impossible, Period, Rows, Scope, Series, Tally
from metrics.catalogue import columns_of
from metrics.kinds import module_for
from metrics.model import Change, Comparison, Effect, Finding, Outcome, Side
from metrics.trend import Step, trend

SPLITS = (
    "element", "shift", "kind", "harm", "person.stage", "person.ethnicity_group", "person.communication_need",
    "service.setting", "service.nation", "intervention.ladder_level",
)  # fmt: skip
"""By what any outcome may be taken apart, where its rows have it; a file may name more."""
OTHERS = "others"
FEWEST_ROWS, FEWEST_EVENTS = 10, 5
TOO_FEW = "too_few_to_show_apart"


@dataclass(frozen=True)
class Part:
    """One part of an outcome: the words that stand in the column (several in "others"), both sides, the effect.

    ``reason`` says why there is no effect.
    """

    name: str
    words: tuple[str, ...]
    before: Side
    after: Side
    effect: Effect | None
    reason: str | None = None


def split(facts: Facts, finding: Finding, column: str) -> tuple[Part, ...]:
    """The finding's outcome by the words of a column, the commonest first, others last.

    Raises Impossible when the outcome's rows do not have the column.
    """
    outcome, scope, comparison = finding.outcome, finding.intervention.scope, finding.comparison
    check_column(outcome, column)
    if comparison is None:
        return ()
    periods = [period for period in (comparison.before, comparison.after) if period is not None]
    found = _words(facts, outcome, scope, column, periods)
    parts, small = [], []
    for word in found:
        part = _part(facts, outcome, scope, comparison, column, word, (word,))
        if is_small(outcome, part.before.tally, part.after.tally):
            small.append(part)
        else:
            parts.append(part)
    return (*parts, *_pooled(facts, outcome, scope, comparison, column, small))


def trend_by(
    facts: Facts, outcome: Outcome, scope: Scope, period: Period, column: str, step: Step = "month"
) -> dict[str, Series]:
    """The outcome over time for each word of a column, the commonest first; small ones together as "others".

    Raises Impossible when the outcome's rows do not have the column.
    """
    check_column(outcome, column)
    lines: dict[str, Series] = {}
    small: list[str] = []
    for word in _words(facts, outcome, scope, column, (period,)):
        line = trend(facts, *_narrowed(outcome, scope, column, (word,)), period, step)
        if is_small(outcome, line.total, Tally(0, 0)):
            small.append(word)
        else:
            lines[word] = line
    if len(small) > 1:
        line = trend(facts, *_narrowed(outcome, scope, column, tuple(small)), period, step)
        if not is_small(outcome, line.total, Tally(0, 0)):
            lines[OTHERS] = line
    return lines


def check_column(outcome: Outcome, column: str) -> None:
    """Raises Impossible when an outcome cannot be taken apart by this column, with the columns that it can."""
    can = [name for name in dict.fromkeys((*outcome.splits, *SPLITS)) if can_split(outcome, name)]
    if column not in can:
        raise Impossible(f'{outcome.code} cannot be split by "{column}". It can be split by: {", ".join(can)}.')


def can_split(outcome: Outcome, column: str) -> bool:
    """Whether the outcome's rows have the column, of their own or by who the person is."""
    if outcome.table == "totals":
        return False
    there = columns_of(outcome.table)
    if column.startswith("person."):
        return outcome.table == "matters" or "person_id" in there
    if outcome.kind == "stay":
        return False
    if column.startswith("intervention."):
        return bool({"intervention_id"} & there)
    return column in there


def _words(facts: Facts, outcome: Outcome, scope: Scope, column: str, periods: Sequence[Period]) -> tuple[str, ...]:
    """The words there are, commonest first: of the people who were there, or of the rows themselves."""
    if not periods:
        return ()
    if column.startswith("person.") and scope.person_id is None:
        found = facts.words_of(scope, Rows("people"), column.removeprefix("person."), periods)
        if found:
            return tuple(found)
    words = tuple(facts.words_of(scope, outcome.over or outcome.counts, column, periods))
    # Where nobody keeps a register, or nobody wrote the column down, there is nothing to take apart.
    return () if column.startswith("person.") and words == (NOT_RECORDED,) else words


def _part(
    facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison, column: str, name: str, words: tuple[str, ...]
) -> Part:
    narrower, whose = _narrowed(outcome, scope, column, words)
    change: Change = module_for(outcome.kind).change(facts, narrower, whose, comparison)
    reason = None
    if change.effect is None:
        reason = change.why_none or ("no_exposure" if change.basis == "none" else "no_data")
    return Part(name, words, change.before, change.after, change.effect, reason)


def _narrowed(outcome: Outcome, scope: Scope, column: str, words: tuple[str, ...]) -> tuple[Outcome, Scope]:
    """The same question about fewer people, or about fewer rows."""
    prefix, dot, own = column.partition(".")
    if dot and prefix == "person":
        return outcome, replace(scope, people=(*scope.people, (own, words)))
    over = None if outcome.over is None else _with(outcome.over, column, words)
    return replace(outcome, counts=_with(outcome.counts, column, words), over=over), scope


def _with(rows: Rows, column: str, words: tuple[str, ...]) -> Rows:
    """The filter, narrowed to these words of the column; to none that can be when it let in others only."""
    already: Sequence[str] | None = rows.where.get(column)
    kept = words if already is None else tuple(word for word in words if word in already)
    return Rows(rows.table, {**rows.where, column: kept or ("",)})


def is_small(outcome: Outcome, before: Tally, after: Tally) -> bool:
    """Whether both sides together hold too little to be shown apart."""
    if outcome.scale == "ratio":
        return before.numerator + after.numerator < FEWEST_EVENTS
    if outcome.kind == "score":
        return before.numerator + after.numerator < FEWEST_ROWS
    return before.denominator + after.denominator < FEWEST_ROWS


def _pooled(
    facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison, column: str, small: Sequence[Part]
) -> tuple[Part, ...]:
    """Small parts together; each by itself, without an effect, where they cannot be put together."""
    known = [part for part in small if NOT_RECORDED not in part.words]
    alone = [part for part in small if part not in known or len(known) == 1]
    told = []
    if len(known) > 1:
        words = tuple(word for part in known for word in part.words)
        together = _part(facts, outcome, scope, comparison, column, OTHERS, words)
        enough = not is_small(outcome, together.before.tally, together.after.tally)
        told.append(together if enough else replace(together, effect=None, reason=TOO_FEW))
    return (*told, *(replace(part, effect=None, reason=TOO_FEW) for part in alone))
