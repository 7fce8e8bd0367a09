"""Nothing hidden can be worked out, whatever the counts: random homes, attacked in whole numbers by another solver."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.disclosure import Rules
from data.model import Tally
from data.releases.earlier import Earlier
from data.releases.model import Unit
from metrics.catalogue import load_catalogue
from metrics.model import Outcome
from metrics.releasing.counted import families, keys_of
from metrics.releasing.figures import Counted, Figure, figures, released_outcomes
from metrics.releasing.people import Contributed
from metrics.releasing.protecting import CannotBeProtected, Known, protect
from metrics.releasing.quarters import Periods, quarter_of
from metrics.releasing.spoken import cell
from metrics.releasing.units import Arranged, Members
from tests.support.attacks import recovered

CATALOGUE = load_catalogue()
RULES = Rules()
PERIODS = Periods(tuple(quarter_of(date(2025, month, 1)) for month in (1, 4, 7, 10)))


def named(code: str) -> Outcome:
    found = CATALOGUE.get(code)
    assert found is not None
    return found


def arranged(services: int) -> Arranged:
    codes = tuple(f"s{n}" for n in range(services))
    alone = tuple(Members(Unit(code, code, "service", "residential", "EN", 1), (code,)) for code in codes)
    whole = Members(Unit("all:residential", "All", "setting", "residential", "EN", services), codes)
    return Arranged(alone, (whole,) if services >= RULES.fewest_services else ())


def counted(shares: list[list[list[int]]]) -> Counted:
    """From the falls of each person, by service and quarter."""
    found = {}
    for service, quarters in enumerate(shares):
        for number, people in enumerate(quarters):
            tallies = {f"{service}-{n}": Tally(falls, 90.0) for n, falls in enumerate(people)}
            found[f"s{service}", number] = Contributed(tallies, 90.0 * len(people), len(people))
    recorded = {f"s{service}": frozenset(range(4)) for service in range(len(shares))}
    return Counted(recorded, dict.fromkeys(recorded, frozenset()), found, {})


def rows(made: list[Figure]) -> list[dict[str, str]]:
    told = []
    for figure in made:
        shown = cell(figure, RULES)
        if shown is not None:
            told.append({
                "setting": "residential", "unit": shown.unit, "unit_level": figure.members.unit.level, "group": "",
                "period": shown.name, "services": str(len(figure.members.services)), "outcome": shown.outcome,
                "status": shown.status, "numerator": "" if shown.numerator is None else str(shown.numerator),
            })  # fmt: skip
    return told


people = st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 9]), min_size=12, max_size=12)
many = st.lists(st.lists(people, min_size=4, max_size=4), min_size=3, max_size=6)


@settings(max_examples=20)
@given(many)
def test_no_hidden_count_of_any_homes_can_be_worked_out(shares: list[list[list[int]]]) -> None:
    """Cases 2 and 3: totals, years and what is shown of the other homes."""
    made = figures(named("F1"), counted(shares), arranged(len(shares)), PERIODS, RULES, Earlier())
    protect(made, [], [], RULES)
    assert list(recovered(rows(made), ["F1"], ["residential"])) == []


@settings(max_examples=8)
@given(many)
def test_nor_where_part_of_the_same_events_is_shown_as_well(shares: list[list[list[int]]]) -> None:
    """Two measures of the same events: falls with harm are falls."""
    harm = [[[falls // 2 for falls in people] for people in quarters] for quarters in shares]
    place = arranged(len(shares))
    made = figures(named("F1"), counted(shares), place, PERIODS, RULES, Earlier())
    made += figures(named("F2"), counted(harm), place, PERIODS, RULES, Earlier())
    protect(made, [], [], RULES)
    assert list(recovered(rows(made), ["F1", "F2"], ["residential"])) == []


def test_what_an_earlier_release_showed_cannot_be_hidden_again_so_nothing_is_released() -> None:
    """Old release against new: where earlier figures pin a hidden one, this release must not go out."""
    shares = [[[80, *[0] * 11]] * 4, [[1] * 12] * 4, [[1] * 12] * 4]
    made = figures(named("F1"), counted(shares), arranged(3), PERIODS, RULES, Earlier())
    total = Known("F1", ("s0", "s1", "s2"), (0,), 103, 107)
    others = [Known("F1", (code,), (0,), 10, 14) for code in ("s1", "s2")]
    with pytest.raises(CannotBeProtected):
        protect(made, [], [total, *others], RULES)


def test_a_year_of_which_an_earlier_one_tells_three_quarters_does_not_stop_the_release() -> None:
    """Nothing new is said of it: it is not given at all, and what is hidden of its quarters stays hidden."""
    made = figures(named("F1"), counted([[[5, *[0] * 11]] * 4]), arranged(1), PERIODS, RULES, Earlier())
    protect(made, [], [Known("F1", ("s0",), (0, 1, 2), 8, 17)], RULES)
    assert [figure.why for figure in made] == ["too_few_people"] * 4 + ["left_out"]


def test_a_service_that_is_shown_nowhere_is_protected_like_any_other() -> None:
    shares = [[[1] * 12] * 4 for _ in range(4)]
    place = arranged(4)
    without = Arranged(place.shown[1:], place.settings, {"residential": ("s0",)})
    made = figures(named("F1"), counted(shares), without, PERIODS, RULES, Earlier())
    proof = protect(made, [("s0", n) for n in range(4)], [], RULES)
    assert proof.added
    assert not all(figure.why is None for figure in made)


def test_outcomes_that_speak_of_the_same_rows_are_looked_at_together() -> None:
    together = [{each.code for each in family} for family in families(released_outcomes(CATALOGUE))]
    assert {"F1", "F2"} in together
    assert any({"V1", "V10"} <= family for family in together)
    assert keys_of(named("I2"))[1] is not None and keys_of(named("L9"))[1] is None


def test_all_incidents_together_are_in_no_release() -> None:
    assert "I1" not in {outcome.code for outcome in released_outcomes(CATALOGUE)}
    assert not {"D1", "F4"} & {outcome.code for outcome in released_outcomes(CATALOGUE)}
