"""Methods chosen by hand, from the files to the command line: a made-up home with a planted change, month by month."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard import cli
from tests.support.exports import KEY, csv_text
from tests.support.series import months_of

FIRST, START = date(2021, 1, 1), date(2024, 1, 1)
Evaluate = Callable[..., list[dict[str, Any]]]

FALLS = """
code = "OWN_FALLS"
name = "Falls in the lounge"
kind = "rate"
table = "totals"
good = "down"
judged = "change"
size = 0.8
per = 1000
comparison = "OWN_BRUISES"
[words]
one_thing = "fall"
many_things = "falls"
"""
BRUISES = """
code = "OWN_BRUISES"
name = "Bruises elsewhere"
kind = "rate"
table = "totals"
good = "no rise"
judged = "steady"
size = 1.25
per = 1000
"""
KEPT = """
code = "OWN_KEPT"
name = "Times kept"
kind = "share"
table = "totals"
good = "up"
judged = "change"
size = 10
[words]
many_things = "times kept"
many_of = "times"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Falls that were rising by 1 in 100 a month and dropped by 35 in 100; bruises that did not move."""
    folder = tmp_path_factory.mktemp("home")
    own, exports = folder / "own", folder / "exports"
    own.mkdir()
    exports.mkdir()
    for name, text in (("own_falls", FALLS), ("own_bruises", BRUISES), ("own_kept", KEPT)):
        (own / f"{name}.toml").write_text(text, encoding="utf-8")
    totals = ["total_id,service_id,outcome,period_from,period_to,numerator,denominator"]
    planted = (("OWN_FALLS", 0.65, 0.01, 0.2, 11), ("OWN_BRUISES", 1.0, 0.0, 0.0, 5))
    for code, ratio, trend, season, seed in planted:
        series = months_of(
            FIRST, 60, start=START, ratio=ratio, trend=trend, season=season, people=60, rate=0.02, seed=seed
        )
        totals += [
            f"{code}{month.first},elm,{code},{month.first},{month.last},{tally.numerator},{tally.denominator:g}"
            for month, tally in zip(series.periods, series.tallies, strict=True)
        ]
        totals += [
            f"K{month.first},elm,OWN_KEPT,{month.first},{month.last},{(60 if month.first < START else 75) + at % 5},100"
            for at, month in enumerate(series.periods)
            if code == "OWN_FALLS"
        ]
    (exports / "totals.csv").write_text("\n".join(totals) + "\n", encoding="utf-8")
    (exports / "services.csv").write_text(
        csv_text("service_id, setting, nation, beds, label\nelm, residential, EN, 60, Elm House"), encoding="utf-8"
    )
    (exports / "interventions.csv").write_text(
        csv_text(
            "intervention_id, service_id, person_id, title, kind, start_on, reason, settling_days\n"
            f"lounge, elm, , Evening lounge, environment, {START}, planned, 31"
        ),
        encoding="utf-8",
    )
    (exports / "declarations.csv").write_text(
        csv_text(
            "declaration_id, intervention_id, outcome, question, size, role, declared_on\n"
            "d1, lounge, OWN_FALLS, change, 0.8, main, 2023-12-01\n"
            "d2, lounge, OWN_BRUISES, steady, 1.25, balance, 2023-12-01\n"
            "d3, lounge, OWN_KEPT, change, 10, balance, 2023-12-01"
        ),
        encoding="utf-8",
    )
    from data.ingest import ingest
    from metrics.catalogue import load_catalogue

    report = ingest(
        [exports], folder / "home.duckdb", as_of=date(2026, 6, 30), key=KEY,
        known_outcomes=load_catalogue(own).outcomes,
    )  # fmt: skip
    assert not report.needs_attention
    return folder


@pytest.fixture
def evaluate(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Evaluate:
    """``outcomes evaluate … --json`` on the made-up home."""
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)

    def command(*words: str) -> list[dict[str, Any]]:
        asked = ["evaluate", "--db", str(home / "home.duckdb"), "--outcomes", str(home / "own"), "--json", *words]
        monkeypatch.setattr(sys, "argv", ["outcomes", *asked])
        with pytest.raises(SystemExit) as end:
            cli.main()
        told = capsys.readouterr()
        assert (end.value.code, told.err) == (0, "")
        found: list[dict[str, Any]] = json.loads(
            told.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON")
        )
        return found

    return command


def one(found: list[dict[str, Any]], code: str) -> dict[str, Any]:
    (each,) = [finding for finding in found if finding["outcome"] == code]
    return each


def by_hand(finding: dict[str, Any]) -> str:
    """What the finding says of the method chosen by hand."""
    (told,) = [str(caution["text"]) for caution in finding["cautions"] if caution["code"] == "method_chosen"]
    return told


def codes(finding: dict[str, Any]) -> list[str]:
    return [caution["code"] for caution in finding["cautions"]]


@pytest.mark.parametrize("method", ["interrupted", "interrupted-step"])
def test_the_planted_drop_is_found_where_a_trend_hides_it(evaluate: Evaluate, method: str) -> None:
    usual = one(evaluate(), "OWN_FALLS")
    found = one(evaluate("--method", method), "OWN_FALLS")
    series = found["series"]
    against = series["against_earlier_pattern"]
    assert against["low"] < 0.65 < against["high"]
    assert against["high"] < 1
    assert (found["verdict"], found["reason"]) == ("better", None)
    assert found["effect"]["method"].startswith(f"interrupted time series ({method}):")
    assert "method_chosen" not in codes(usual)
    assert "The usual method gives" in by_hand(found)
    assert "series" not in usual
    assert series["points"] == {"before": 36, "after": 23}
    assert series["season_pairs"] == 2
    assert (found["before"]["from"], found["after"]["to"]) == ("2021-01-01", "2025-12-31")
    assert "If the earlier pattern had simply continued" in found["sentence"]


def test_the_comparison_of_the_outcome_file_stands_beside_it(evaluate: Evaluate) -> None:
    found = one(evaluate("--method", "interrupted-step"), "OWN_FALLS")
    beside = found["series"]["comparison"]
    assert beside["name"] == "Bruises elsewhere"
    assert beside["alone"]["low"] < 1 < beside["alone"]["high"]
    own = found["series"]["against_earlier_pattern"]["estimate"]
    assert beside["set_beside"]["estimate"] == pytest.approx(own / beside["alone"]["estimate"])
    assert found["effect"]["estimate"] == beside["set_beside"]["estimate"]
    assert one(evaluate("--method", "interrupted-step"), "OWN_BRUISES")["series"]["comparison"] is None


def test_another_comparison_may_be_named(evaluate: Evaluate) -> None:
    """A share cannot stand beside a rate: the usual estimate stands, and says why."""
    found = one(evaluate("--method", "interrupted", "--comparison", "OWN_KEPT"), "OWN_FALLS")
    assert "series" not in found
    assert "the usual method: interrupted cannot be used" in found["effect"]["method"]
    assert "own_kept cannot stand beside it" in found["effect"]["method"].lower()
    assert "cannot be used" in by_hand(found)


def test_a_share_moves_in_points_and_the_step_is_made_for_rates(evaluate: Evaluate) -> None:
    found = one(evaluate("--method", "interrupted"), "OWN_KEPT")
    assert found["effect"]["scale"] == "points"
    assert found["series"]["level"]["estimate"] == pytest.approx(15, abs=2)
    assert found["series"]["sensitivity"] is not None
    step = one(evaluate("--method", "interrupted-step"), "OWN_KEPT")
    assert "it is not made for a share" in step["effect"]["method"]


@pytest.mark.parametrize("method", ["exact", "mid-p", "quasi-poisson", "negative-binomial"])
def test_every_method_of_two_periods_has_the_same_ratio_and_its_own_limits(evaluate: Evaluate, method: str) -> None:
    usual, found = one(evaluate(), "OWN_FALLS"), one(evaluate("--method", method), "OWN_FALLS")
    assert found["effect"]["estimate"] == pytest.approx(usual["effect"]["estimate"], rel=0.02)
    told = by_hand(found)
    assert f"“{method}”" in told
    assert found["effect"]["method"] != usual["effect"]["method"] or "cannot be used" in told


def test_what_must_not_get_worse_is_judged_as_usual(evaluate: Evaluate) -> None:
    (usual,) = [each for each in one(evaluate(), "OWN_FALLS")["balance"] if each["outcome"] == "OWN_BRUISES"]
    found = one(evaluate("--method", "interrupted"), "OWN_FALLS")
    (beside,) = [each for each in found["balance"] if each["outcome"] == "OWN_BRUISES"]
    assert beside["effect"] == usual["effect"]
