"""A small seeded version of the scores: the same worlds, far fewer of them."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from metrics.calibrating import report
from metrics.calibrating.scoring import Score, judged, score, score_all
from metrics.calibrating.worlds import SCENARIOS, Asked, Scenario, good_and_bad_weeks, in_bunches, marked_days
from metrics.catalogue import load_catalogue

CATALOGUE = load_catalogue()
BY_CODE = {scenario.code: scenario for scenario in SCENARIOS}


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_kind_of_world_gets_an_answer(code: str) -> None:
    found = score(BY_CODE[code], CATALOGUE, 6, 3)
    assert sum(found.words.values()) == 6
    assert found.with_interval <= 6


def test_the_same_seed_gives_the_same_worlds_whatever_else_is_run() -> None:
    alone = score(BY_CODE["runs"], CATALOGUE, 8, 5)
    among = score_all(CATALOGUE, 8, 5, scenarios=[BY_CODE["season"], BY_CODE["runs"]])[1]
    assert alone == among
    assert alone != score(BY_CODE["runs"], CATALOGUE, 8, 6)


@pytest.mark.parametrize("code", ["independent", "runs", "season_large", "falling", "spike", "mornings", "visits"])
def test_nothing_changed_is_hardly_ever_called_better(code: str) -> None:
    found = score(BY_CODE[code], CATALOGUE, 120, 11)
    assert found.share("better") <= 0.07


def test_a_cost_elsewhere_is_never_called_better() -> None:
    assert score(BY_CODE["sedation"], CATALOGUE, 60, 11).share("better") == 0


def test_what_truly_helped_is_mostly_seen() -> None:
    assert score(BY_CODE["better"], CATALOGUE, 80, 11).share("better") >= 0.85
    assert score(BY_CODE["mornings_better"], CATALOGUE, 120, 11).share("better") >= 0.55
    assert score(BY_CODE["falls_steady"], CATALOGUE, 120, 11).share("held steady") >= 0.5


def test_limits_hold_the_truth() -> None:
    found = score(BY_CODE["runs"], CATALOGUE, 150, 11)
    assert found.coverage is not None and 0.88 <= found.coverage <= 1


class TestTheWorldsThemselves:
    def test_weeks_scatter_as_planted(self) -> None:
        rng = np.random.default_rng(1)
        counts = in_bunches(np.full(7 * 4000, 3.0), rng, 2.0).reshape(-1, 7).sum(axis=1)
        assert counts.mean() == pytest.approx(21, rel=0.02)
        assert counts.var() / counts.mean() == pytest.approx(2, rel=0.1)

    def test_good_and_bad_weeks_have_the_planted_height_and_length(self) -> None:
        weeks = np.log(good_and_bad_weeks(7 * 20_000, np.random.default_rng(2))[::7])
        assert weeks.std() == pytest.approx(0.12, rel=0.05)
        assert np.corrcoef(weeks[1:], weeks[:-1])[0, 1] == pytest.approx(0.5, abs=0.03)

    def test_mornings_resemble_the_day_before_as_planted(self) -> None:
        days = marked_days(np.full(40_000, 0.4), np.random.default_rng(3))
        assert days.mean() == pytest.approx(0.4, abs=0.02)
        assert np.corrcoef(days[1:], days[:-1])[0, 1] == pytest.approx(0.3, abs=0.03)


class TestReport:
    def test_it_is_strict_json_with_errors_beside_every_share(self) -> None:
        scores = score_all(CATALOGUE, 4, 1, scenarios=[BY_CODE["independent"], BY_CODE["spike"]])
        document = json.loads(json.dumps(report.as_document(scores, version="1", seed=1), allow_nan=False))
        first, second = document["scenarios"]
        assert first["shares"].keys() == first["errors"].keys()
        assert second["coverage"] is None
        assert "| asked |" in report.as_markdown(document)

    def test_what_is_asked_is_met_give_or_take_two_errors(self) -> None:
        scenario = Scenario(
            "x", "x", "D2", "nothing changed", 1.0, BY_CODE["runs"].make, Asked("better", "at most", 0.03)
        )
        words = {"better": 4, "held steady": 0, "worse": 0, "cannot tell yet": 96}
        at_most = Score(scenario, 100, words, {}, 95, 100)  # type: ignore[arg-type]
        assert at_most.met
        assert at_most.error("better") == pytest.approx(math.sqrt(0.04 * 0.96 / 100))
        many = Score(scenario, 100, words | {"better": 9, "cannot tell yet": 91}, {}, 95, 100)  # type: ignore[arg-type]
        assert many.met is False

    def test_the_kept_result_knows_every_scenario_of_this_program(self) -> None:
        kept = report.kept()
        assert {line.code for line in kept.lines} == set(BY_CODE)
        assert kept.worlds >= 1000


def test_a_world_is_evaluated_as_any_services_own_data() -> None:
    finding = judged(BY_CODE["mornings_better"], CATALOGUE, np.random.default_rng(4))
    assert finding.outcome.code == "D1"
    assert finding.declared is not None and finding.declared.beforehand
    assert finding.sentence
