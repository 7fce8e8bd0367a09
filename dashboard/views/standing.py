"""How an outcome stands, in words: the figure, the stretch before, the line, what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.charts.spark import Spark
from dashboard.views import say
from data.model import Period
from metrics.kinds.common import value
from metrics.standing import Standing
from metrics.wording import figure
from metrics.words import number

NOTHING_NOW = "nothing on record in this time"
EVERY_ONE = 100
ENOUGH_FOR_A_SHARE = 10
"""From so many on, "33 in 100" says more than "1 of 3", which stands beside it anyway."""


@dataclass(frozen=True)
class StandingRow:
    """One outcome as it stands.

    ``now`` is the count ("34 of 41 reviews"), ``share`` the same in 100 where there are enough, with how far the truth
    may lie, ``target`` the word about what was promised, None where nothing was. ``reached`` picks its mark.
    """

    code: str
    name: str
    now: str
    share: str
    earlier: str
    target: str | None
    reached: bool | None
    spark: Spark
    why: str


def standing_rows(found: Iterable[Standing], day_word: str) -> tuple[StandingRow, ...]:
    """The rows of what is recorded; outcomes nobody recorded are told elsewhere, with how to begin."""
    return tuple(_row(each, day_word) for each in found if each.recorded)


def _row(found: Standing, day_word: str) -> StandingRow:
    outcome = found.outcome
    return StandingRow(
        code=outcome.code,
        name=outcome.name,
        now=NOTHING_NOW if _empty(found) else figure(outcome, found.now, day_word),
        share=_share(found),
        earlier="–" if found.earlier.period is None else figure(outcome, found.earlier, day_word),
        target=_target(found),
        reached=found.reached,
        spark=spark_of(found),
        why=outcome.why,
    )


def _empty(found: Standing) -> bool:
    """No day was looked at: "no days" would read as none on which it was so."""
    return found.now.period is None or (found.outcome.kind == "day_share" and not found.now.tally.denominator)


def _share(found: Standing) -> str:
    outcome, side = found.outcome, found.now
    if outcome.kind not in ("share", "day_share") or side.value is None:
        return ""
    if side.tally.denominator < ENOUGH_FOR_A_SHARE:
        return ""
    said = f"{number(side.value, 0)} in 100"
    if found.low is None or found.high is None:
        return said
    return f"{said}, likely {number(found.low, 0)} to {number(found.high, 0)}"


def _target(found: Standing) -> str | None:
    if found.target is None:
        return None
    level = f"{'at most' if found.outcome.good == 'down' else 'at least'} {number(found.target, 0)} in 100"
    if found.target >= EVERY_ONE:
        level = "every one"
    if found.reached is None:
        return f"aim: {level}"
    return f"aim: {level}, {'reached' if found.reached else 'not reached yet'}"


def spark_of(found: Standing) -> Spark:
    """Quarter by quarter, with words for those who do not see it."""
    line = found.line
    values = tuple(value(found.outcome, tally) for tally in line.tallies)
    known = [each for each in values if each is not None]
    if len(known) < 2:
        return Spark(values)
    days = Period(line.periods[0].first, line.periods[-1].last)
    return Spark(
        values,
        (),
        f"{found.outcome.name}, quarter by quarter, {say.months(days)}: between {number(min(known))} and "
        f"{number(max(known))}, last {number(known[-1])}.",
    )


def as_figures(rows: Sequence[StandingRow], now: str, earlier: str) -> list[dict[str, str]]:
    """The same as plain rows, for a file or a table of numbers."""
    return [
        {
            "Outcome": f"{row.name} ({row.code})", now: row.now, "In 100, with its likely range": row.share,
            earlier: row.earlier, "Aim": row.target or "",
        }
        for row in rows
    ]  # fmt: skip
