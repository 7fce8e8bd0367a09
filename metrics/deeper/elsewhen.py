"""The same question over other days, and at earlier dates."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.deeper.figure import LEAST_P, WEEK, SecondFigure, refused
from metrics.judging.guards.placebo import FEWEST_DATES, earlier_dates
from metrics.judging.guards.windows import WINDOW_WEEKS, other_windows
from metrics.judging.situation import Situation
from metrics.words import number


def other_days(seen: Situation) -> Iterator[SecondFigure]:
    """The bare word over shorter and longer windows, and how often earlier dates gave as good a change."""
    if seen.record is None:
        return
    words = dict(other_windows(seen))
    for weeks in WINDOW_WEEKS:
        name = f"Over {weeks} weeks on each side"
        if weeks in words:
            yield SecondFigure("other days", name, word=words[weeks])
        elif _same_days(seen, weeks):
            yield SecondFigure("other days", name, word="as judged", note="These are the days compared.")
        else:
            yield refused("other days", name, "Not all of those days are recorded")
    yield _earlier(seen)


def _same_days(seen: Situation, weeks: int) -> bool:
    before, after = seen.comparison.before, seen.comparison.after
    return before is not None and after is not None and before.days == after.days == weeks * WEEK


def _earlier(seen: Situation) -> SecondFigure:
    name, paper = "The same sum at earlier dates", "Abadie, Diamond & Hainmueller 2015, doi:10.1111/ajps.12116"
    found = earlier_dates(seen)
    if found is None:
        return refused(
            "other days", name, f"The record reaches back too little: fewer than {FEWEST_DATES} earlier dates fit",
            paper=paper,
        )  # fmt: skip
    return SecondFigure(
        "other days", name, word=f"as good a change at {found.as_good} of {found.dates}",
        assumes="that at those dates nothing was done; neighbouring dates share most of their days", paper=paper,
        note="How often such a change turned up when nothing was done.",
    )  # fmt: skip


def p_said(p: float) -> str:
    """A chance with three decimals, never as nothing."""
    return f"Less than {LEAST_P:g}" if p < LEAST_P else number(p, 3)
