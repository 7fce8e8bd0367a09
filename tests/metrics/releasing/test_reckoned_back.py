"""Nobody can reckon back behind a figure that is shown: what is beside it says no more than it does."""

from __future__ import annotations

import pytest

from data.disclosure import Rules
from data.model import Tally
from metrics.releasing.figures import Figure
from metrics.releasing.people import Contributed
from metrics.releasing.spoken import shown
from tests.metrics.releasing.test_protecting import PERIODS, arranged, named

RULES = Rules()


def said(code: str, count: int, people: int = 60, over: float = 90.0) -> object:
    """The figure of so many events of as many people."""
    tallies = {f"p{n}": Tally(int(n < count), over) for n in range(people)}
    found = Contributed(tallies, over * people, people)
    members = arranged(1).shown[0]
    figure = Figure(named(code), members, "quarter", PERIODS.quarters[0], (0,), ("s0",), found)
    return shown(figure.outcome, found, RULES, unit="s0", figure=figure)


@pytest.mark.parametrize("code", ["F1", "I7", "X3"])
@pytest.mark.parametrize("least", [8, 13, 28])
def test_the_interval_is_the_same_for_every_count_that_is_rounded_to_the_same_figure(code: str, least: int) -> None:
    """The middle of an interval around the true rate would be the true rate: times the days it is the count."""
    over = 90.0 if code == "F1" else 1.0
    alike = [said(code, count, over=over) for count in range(least, least // 5 * 5 + 8)]
    assert len(alike) > 1 and all(each == alike[0] for each in alike)


def test_one_person_more_under_a_figure_does_not_move_its_interval() -> None:
    assert said("I7", 30, 58, 1.0) == said("I7", 30, 61, 1.0)
