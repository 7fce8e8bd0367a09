"""Control charts of every kind that a picture must be able to draw, made by the engine from plain counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.model import DayCounts, Period, Series, Tally
from metrics.series.spc.build import chart_of
from metrics.series.spc.model import Asked, ControlChart, Mark
from tests.support.spc import FALLS, HOME, KEPT, MOOD, falls, months

MUSIC_ON = date(2025, 1, 1)
MUSIC = Mark(MUSIC_ON, "change", "Music at tea", "plan-1", rebased=True)
OUTBREAK = Mark(date(2025, 5, 10), "happening", "an outbreak")
HIGHER = (9, 11, 8, 10, 12, 9, 10, 8, 11, 9, 10, 11)
LOWER = (5, 6, 4, 5, 7, 5, 4, 6, 5, 4, 6, 5)
STEADY = (9, 11, 8, 10, 12, 9, 10, 8, 11, 9, 10, 11, 9, 8, 10, 12, 11, 9, 10, 8, 9, 11, 10, 9)


def everyday() -> ControlChart:
    """Two years of falls, with a change half-way from which the usual range is worked out again."""
    return falls(
        (*HIGHER, *LOWER), chart="xmr", marks=(MUSIC, OUTBREAK), rebase=((MUSIC_ON, "since “Music at tea” began"),)
    )


def not_rebased() -> ControlChart:
    """The same two years with one usual range throughout: the fall shows as a clear change."""
    return falls((*HIGHER, *HIGHER, *LOWER), chart="xmr", marks=(replace(MUSIC, rebased=False),))


def with_gaps() -> ControlChart:
    """Three months without a record, two of them side by side."""
    counts: list[int | None] = [*STEADY]
    counts[5] = counts[14] = counts[15] = None
    return falls(counts, chart="xmr")


def without_limits() -> ControlChart:
    return falls((9, 11, 8))


def on_trial() -> ControlChart:
    return falls(STEADY[:8], chart="xmr")


def constant() -> ControlChart:
    return falls((9,) * 16, chart="xmr")


def below_nothing() -> ControlChart:
    """Few falls that scatter: the lower limit would lie below none at all."""
    return falls((0, 3, 1, 4, 0, 2, 5, 1, 0, 3, 1, 2, 4, 0, 1, 3), chart="xmr")


def stepped() -> ControlChart:
    """A u chart of a home that filled up: the usual range narrows from month to month."""
    over = [400.0 + 40 * place for place in range(24)]
    return falls([round(each / 100) + (place % 3) - 1 for place, each in enumerate(over)], chart="u", over=over)


def rare() -> ControlChart:
    """Days from one fall to the next."""
    on = {30: 1, 90: 1, 170: 1, 260: 1, 300: 1, 410: 1, 500: 1, 530: 1, 560: 1, 640: 1}
    days = DayCounts(
        Period(date(2024, 1, 1), date(2025, 12, 30)),
        tuple(on.get(place, 0) for place in range(730)),
        (38.0,) * 730,
    )
    return falls([0] * 24, days=days, chart="t")


def share() -> ControlChart:
    """A share of 100 with a target and the ceiling in reach."""
    kept = (47, 46, 48, 45, 49, 47, 46, 48, 47, 49, 46, 48, 47, 48, 46, 49, 40, 48, 47, 49)
    series = Series(months(date(2024, 1, 1), len(kept)), tuple(Tally(each, 50) for each in kept))
    return chart_of(Asked(KEPT, HOME, series, chart="p", target=90))


def missing_target() -> ControlChart:
    """A share that goes down and lies under its target."""
    kept = (40, 41, 39, 40, 42, 38, 40, 39, 41, 40, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21)
    series = Series(months(date(2024, 1, 1), len(kept)), tuple(Tally(each, 50) for each in kept))
    return chart_of(Asked(KEPT, HOME, series, chart="xmr", target=90))


def scores() -> ControlChart:
    """Mean scores, which have no floor."""
    given = (30, 32, 31, 33, 34, 31, 30, 33, 32, 34, 36, 35, 34, 33)
    series = Series(months(date(2024, 1, 1), len(given)), tuple(Tally(10, 10, points=float(each)) for each in given))
    return chart_of(Asked(MOOD, HOME, series))


def nothing() -> ControlChart:
    return falls([])


def neutral() -> ControlChart:
    """Neither way is good: two clear changes are shown, not judged."""
    outcome = replace(FALLS, code="E1", name="Moves in", good="none", judged="trend")
    counts = (*HIGHER, 22, *HIGHER, 0)
    series = Series(months(date(2024, 1, 1), len(counts)), tuple(Tally(each, 1000) for each in counts))
    return chart_of(Asked(outcome, HOME, series, chart="xmr"))


def excluded() -> ControlChart:
    """One month left out of the usual range."""
    return falls((*HIGHER, 30, *HIGHER), chart="xmr", excluded=frozenset({date(2025, 1, 1)}))


def hostile() -> ControlChart:
    """Markup wherever a file could have brought it in."""
    bad = "<b>& %{y} $x$ <script>alert(1)</script>"
    chart = everyday()
    return replace(
        chart,
        outcome=replace(chart.outcome, name=bad, many_things=bad),
        unit=bad,
        title=bad,
        sentence=bad,
        convention=bad,
        notes=(bad,),
        why=bad,
        part=bad,
        marks=(replace(MUSIC, label=bad), replace(OUTBREAK, label=bad)),
        phases=tuple(replace(phase, why=bad) for phase in chart.phases),
    )


ALL = {
    "everyday": everyday,
    "not_rebased": not_rebased,
    "with_gaps": with_gaps,
    "without_limits": without_limits,
    "on_trial": on_trial,
    "constant": constant,
    "below_nothing": below_nothing,
    "stepped": stepped,
    "rare": rare,
    "share": share,
    "missing_target": missing_target,
    "scores": scores,
    "nothing": nothing,
    "neutral": neutral,
    "excluded": excluded,
    "hostile": hostile,
}
