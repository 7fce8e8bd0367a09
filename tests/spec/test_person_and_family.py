"""What the person and their family get: one easy page, the right to say that it is wrong, and questions nobody must answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.checkins import CHECKINS, template_of
from data.model import Period, Rows, Scope
from data.warehouse import Warehouse, open_facts
from metrics.catalogue import load_catalogue
from metrics.easy_read import LONGEST_MINUTES, MOST_WORDS, easy_read
from metrics.evaluate import evaluate
from metrics.objections import EVER, notes
from tests.support.exports import SERVICES, TODAY, facts_of, load

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    load(SAMPLE, database, as_of=TODAY.replace(month=12))
    with open_facts(database) as facts:
        yield facts


def test_every_easy_page_of_the_sample_is_read_aloud_in_under_two_minutes(sample: Warehouse) -> None:
    found = evaluate(sample, load_catalogue())
    assert len(found) > 100
    for each in found:
        page = easy_read(each, notes(sample, each.intervention))
        assert page.minutes < LONGEST_MINUTES
        for text in page.sentences:
            assert "%" not in text
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                assert len(sentence.split()) <= MOST_WORDS, sentence


def test_this_is_not_how_it_feels_stands_beside_the_number_it_speaks_of_and_beside_no_other(sample: Warehouse) -> None:
    found = evaluate(sample, load_catalogue())
    objected = {
        each.intervention.intervention_id
        for each in found
        if any(caution.code == "not_how_it_feels" for caution in each.cautions)
    }
    written = {
        plan.intervention_id
        for plan in sample.interventions()
        if sample.score_answers(
            Scope(plan.service_id),
            Rows("feedback", {"domain": ("not_how_it_feels",), "intervention_id": (plan.intervention_id,)}),
            EVER,
        )
    }
    assert objected == written
    assert written


def test_a_check_in_may_skip_any_question_and_i_dont_know_is_kept(tmp_path: Path) -> None:
    head, begun = template_of(CHECKINS["person_checkin"], "elm").decode("utf-8-sig").splitlines()[:2]
    columns, cells = head.split(","), begun.split(",")
    card = dict(zip(columns, cells, strict=True)) | {
        "person_id": "P-1", "given_on": "2026-06-01", "security": "4", "mood": "I don't know",
    }  # fmt: skip
    with facts_of(tmp_path, services=SERVICES, feedback=f"{head}\n{','.join(card[name] for name in columns)}") as facts:
        kept = facts.score_answers(Scope("elm"), Rows("feedback"), Period(TODAY.replace(month=1, day=1), TODAY))
    assert sorted((each.domain, each.score, each.answer) for each in kept) == [
        ("mood", None, "dont_know"),
        ("security", 4.0, "score"),
    ]
