"""The whole way through on the shipped sample: exports in, findings out, held against what was planted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.ingest import ingest
from data.model import Period, Scope
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.evaluate import evaluate
from metrics.model import VERDICT_WORDS, Finding
from metrics.trend import trend
from metrics.wording import REASONS
from tests.support.exports import KEY

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    report = ingest([SAMPLE], database, as_of=date(2026, 11, 22), key=KEY, sample=True)
    assert not report.needs_attention
    with open_facts(database) as facts:
        assert facts.is_sample()
        return evaluate(facts, load_catalogue())


@pytest.fixture(scope="module")
def truth() -> dict[str, dict[str, Any]]:
    planted = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    return {each["intervention_id"]: each for each in planted["interventions"]}


def test_every_declared_outcome_has_its_finding(findings: tuple[Finding, ...]) -> None:
    import csv

    with (SAMPLE / "declarations.csv").open(encoding="utf-8", newline="") as file:
        declared = {(row["intervention_id"], row["outcome"]) for row in csv.DictReader(file)}
    found = {(each.intervention.intervention_id, each.outcome.code) for each in findings}
    assert declared <= found
    assert all(each.verdict.word in VERDICT_WORDS for each in findings)
    assert all(each.verdict.reason for each in findings if each.verdict.word == "cannot tell yet")


def test_every_plan_begun_after_incidents_carries_the_caution(
    findings: tuple[Finding, ...], truth: dict[str, dict[str, Any]]
) -> None:
    begun_after = [
        each
        for each in findings
        if truth[each.intervention.intervention_id]["began_after_incidents"] and each.change is not None
    ]
    nulls = {each.intervention.intervention_id for each in begun_after} & {
        name for name, planted in truth.items() if planted["class"] == "null"
    }
    assert len(nulls) >= 10
    for each in begun_after:
        assert "began_after_incidents" in [caution.code for caution in each.cautions]


def test_no_planted_unsafe_change_is_called_held_steady_or_better(
    findings: tuple[Finding, ...], truth: dict[str, dict[str, Any]]
) -> None:
    seen = 0
    for each in findings:
        planted = truth[each.intervention.intervention_id]
        for effect in planted["effects"]:
            if effect["outcome"] != each.outcome.code or planted["class"] not in ("unsafe", "worse"):
                continue
            seen += 1
            harmful = effect["true"] > (1.0 if effect["scale"] == "ratio" else 0.0)
            if each.outcome.fewer_is_better is False:
                harmful = effect["true"] < 0
            if harmful:
                assert each.verdict.word in ("worse", "cannot tell yet"), (
                    each.intervention.intervention_id,
                    each.outcome.code,
                )
    assert seen >= 8


def test_an_unsafe_plan_is_not_called_better_on_its_main_outcome(
    findings: tuple[Finding, ...], truth: dict[str, dict[str, Any]]
) -> None:
    for each in findings:
        if truth[each.intervention.intervention_id]["class"] == "unsafe":
            main = each.declared is not None and each.declared.role == "main"
            assert not (main and each.verdict.word == "better"), each.intervention.intervention_id


def test_few_plans_that_did_nothing_are_called_better_and_some_that_worked_are(
    findings: tuple[Finding, ...], truth: dict[str, dict[str, Any]]
) -> None:
    words: Counter[tuple[str, str]] = Counter()
    for each in findings:
        if each.declared is not None and each.declared.declaration is not None and each.declared.role == "main":
            words[truth[each.intervention.intervention_id]["class"], each.verdict.word] += 1
    nulls = sum(count for (kind, _), count in words.items() if kind == "null")
    assert nulls >= 15
    assert words["null", "better"] <= 0.05 * nulls
    assert words["works", "better"] >= 5


def test_intervals_cover_what_was_planted(findings: tuple[Finding, ...], truth: dict[str, dict[str, Any]]) -> None:
    covered = total = 0
    for each in findings:
        if each.change is None or each.change.effect is None or each.comparison is None or each.comparison.early_look:
            continue
        for effect in truth[each.intervention.intervention_id]["effects"]:
            if effect["outcome"] != each.outcome.code or effect.get("true_before_after") is None:
                continue
            low, high = each.change.effect.low, each.change.effect.high
            total += 1
            covered += (low is None or low <= effect["true_before_after"]) and (
                high is None or effect["true_before_after"] <= high
            )
    assert total > 60
    assert covered >= 0.9 * total


def test_every_outcome_is_answered_for_a_whole_home_and_for_one_person(tmp_path: Path) -> None:
    database = tmp_path / "sample.duckdb"
    ingest([SAMPLE], database, as_of=date(2026, 11, 22), key=KEY, sample=True)
    catalogue = load_catalogue()
    codes = [outcome.code for outcome in catalogue]
    with open_facts(database) as facts:
        tried = facts.interventions()
        chosen = [
            next(each.intervention_id for each in tried if each.is_personal == personal and each.start_on.year == 2025)
            for personal in (False, True)
        ]
        found = evaluate(facts, catalogue, interventions=chosen, outcomes=codes)
        lines = {
            outcome.code: trend(facts, outcome, Scope(tried[0].service_id), Period(date(2025, 1, 1), date(2026, 6, 30)))
            for outcome in catalogue
        }
    assert {(each.intervention.intervention_id, each.outcome.code) for each in found} == {
        (intervention, code) for intervention in chosen for code in codes
    }
    for each in found:
        assert each.sentence.endswith("."), each.outcome.code
        assert each.verdict.word != "cannot tell yet" or each.verdict.reason in REASONS, each.verdict.reason
    answered = {each.outcome.code for each in found if each.change is not None and each.change.effect is not None}
    assert len(answered) > 55
    known = {code for code, line in lines.items() if any(tally.denominator for tally in line.tallies)}
    assert len(known) > 80


def test_services_with_little_still_get_an_answer_and_are_told_what_is_missing(tmp_path: Path) -> None:
    database = tmp_path / "sample.duckdb"
    ingest([SAMPLE], database, as_of=date(2026, 11, 22), key=KEY, sample=True)
    with open_facts(database) as facts:
        few = [each for each in facts.services() if len(facts.tables_with_rows(each.service_id)) <= 5]
        without_stays = [each for each in facts.services() if "stays" not in facts.tables_with_rows(each.service_id)]
        missing = {(check.service_id, check.table) for check in facts.data_checks() if check.level == "missing"}
    assert len(few) >= 2
    assert len(without_stays) == 1
    assert all((service.service_id, "views") in missing for service in few)
    assert (without_stays[0].service_id, "stays") in missing
