"""Methods that may be chosen by hand: their names, and what stands where one has no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.model import Tally
from metrics.kinds import rate
from metrics.methods import DEFAULT, METHODS, OF_SERIES, Asked, by_hand
from metrics.model import Change, Effect, Side
from tests.support.builders import FALLS, MORNINGS, change_tried, windows
from tests.support.exports import SERVICES, facts_of

HOME = change_tried(person=None, start=date(2026, 1, 1))
DAYS = windows(HOME.start_on, 84, 7)


def test_every_method_says_what_it_does_and_gives() -> None:
    assert list(METHODS) == [
        "default", "exact", "mid-p", "quasi-poisson", "negative-binomial", "interrupted", "interrupted-step",
    ]  # fmt: skip
    assert set(OF_SERIES) == {"interrupted", "interrupted-step"}
    assert all(each.description and each.gives and each.kinds for each in METHODS.values())


def usual(x1: int = 20, x2: int = 9) -> Change:
    sides = [Side(DAYS.before, Tally(x1, 900), x1 / 0.9), Side(DAYS.after, Tally(x2, 900), x2 / 0.9)]
    return Change(sides[0], sides[1], Effect("ratio", 0.45, 0.18, 1.04, "quasi-Poisson, dispersion 1.2, t limits"))


def asked(folder: Path, outcome=FALLS) -> Asked:  # type: ignore[no-untyped-def]
    with facts_of(folder, services=SERVICES) as facts:
        return Asked(facts, outcome, HOME, DAYS, None)


def test_the_default_changes_nothing(tmp_path: Path) -> None:
    change = usual()
    assert by_hand(DEFAULT, asked(tmp_path), change) == (change, ())
    with pytest.raises(KeyError):
        by_hand("magic", asked(tmp_path), change)


@pytest.mark.parametrize(
    ("name", "words"), [("exact", "exact conditional limits"), ("mid-p", "mid-p conditional limits")]
)
def test_limits_from_the_two_tallies(tmp_path: Path, name: str, words: str) -> None:
    found, (told,) = by_hand(name, asked(tmp_path), usual())
    assert found.effect is not None
    assert found.effect.estimate == pytest.approx(0.45)
    assert found.effect.method == words
    assert found.method == name
    assert told.code == "method_chosen"
    assert told.text.endswith("The usual method gives 0.45 (0.18 to 1.04).")


def test_a_method_for_another_kind_leaves_the_usual_one_standing(tmp_path: Path) -> None:
    change = replace(usual(), effect=Effect("points", -20.0, -40.0, -2.0, "Newcombe limits"))
    found, (told,) = by_hand("exact", asked(tmp_path, MORNINGS), change)
    assert found.effect is not None
    assert (found.effect.estimate, found.method) == (-20.0, "default")
    assert (
        found.effect.method
        == "Newcombe limits (the usual method: exact cannot be used, it is not made for a day share)"
    )
    assert told.text.endswith("The usual one stands.")


def test_a_record_without_anything_leaves_nothing_to_work_out(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES) as facts:
        nothing = rate.change(facts, FALLS, HOME.scope, windows(HOME.start_on, 84, 7))
        for name in METHODS:
            found, told = by_hand(name, Asked(facts, FALLS, HOME, DAYS, None), nothing)
            assert found.effect is None
            assert found.interrupted is None
            assert len(told) == (name != DEFAULT)
