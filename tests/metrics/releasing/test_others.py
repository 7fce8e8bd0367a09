"""A gap between groups says how many the others have: it is not given where that gives a hidden group away."""

from __future__ import annotations

from data.disclosure import Rules
from data.model import Tally
from data.releases.model import Gap, Unit
from metrics.releasing.figures import Figure
from metrics.releasing.others import safe_gaps
from metrics.releasing.people import Contributed
from metrics.releasing.units import Members
from tests.metrics.releasing.test_protecting import named
from tests.support.releases import YEAR

RULES = Rules()
ANY_TOTAL = (0.0, 1e6)


def group(name: str, count: int, days: float, why: str | None = None) -> Figure:
    unit = Unit(name, name, "service", "residential", "", 1)
    found = Contributed({name: Tally(count, days)}, days, 20)
    return Figure(named("F1"), Members(unit, (name,)), "quarter", YEAR, (0,), (name,), found, why)


def gap(word: str, ratio: float) -> Gap:
    return Gap("F1", "all:residential", YEAR, "ethnicity_group", word, "ratio", ratio, ratio / 2, ratio * 2)


def estimates(figures: list[Figure], *gaps: Gap) -> list[float | None]:
    names = [each.members.unit.name for each in figures]
    return [each.estimate for each in safe_gaps(gaps, figures, names, ANY_TOTAL, RULES)]


def test_a_hidden_group_is_not_found_from_a_ratio_and_the_shown_ones() -> None:
    """Two white falls a week; black and asian people together as many as the ratio says, black people about ten."""
    figures = [group("white", 400, 40_000), group("black", 10, 1_000), group("asian", 2, 1_000, "too_few_people")]
    assert estimates(figures, gap("white", 1.65)) == [None]


def test_a_ratio_is_given_where_nothing_is_hidden_or_what_is_hidden_can_still_be_anything() -> None:
    shown = [group("white", 400, 40_000), group("black", 20, 1_000), group("asian", 10, 1_000)]
    assert estimates(shown, gap("white", 0.65), gap("black", 2.0)) == [0.65, 2.0]
    two_hidden = [
        group("white", 400, 40_000), group("black", 7, 1_000, "too_few_people"), group("asian", 7, 1_000, "too_few_people"),
    ]  # fmt: skip
    assert estimates(two_hidden, gap("white", 1.45)) == [1.45]
