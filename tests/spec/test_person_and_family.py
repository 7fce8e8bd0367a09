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
from metrics.model import Finding
from metrics.objections import EVER, notes
from tests.support.exports import SERVICES, TODAY, facts_of


@pytest.fixture(scope="module")
def facts(whole_sample: Path) -> Iterator[Warehouse]:
    with open_facts(whole_sample) as opened:
        yield opened


@pytest.fixture(scope="module")
def everything(facts: Warehouse) -> tuple[Finding, ...]:
    """Every finding of the sample, worked out once."""
    return evaluate(facts, load_catalogue())


def test_every_easy_page_of_the_sample_is_read_aloud_in_under_two_minutes(
    facts: Warehouse, everything: tuple[Finding, ...]
) -> None:
    assert len(everything) > 100
    for each in everything:
        page = easy_read(each, notes(facts, each.intervention))
        assert page.minutes < LONGEST_MINUTES
        for text in page.sentences:
            assert "%" not in text
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                assert len(sentence.split()) <= MOST_WORDS, sentence


def test_this_is_not_how_it_feels_stands_beside_the_number_it_speaks_of_and_beside_no_other(
    facts: Warehouse, everything: tuple[Finding, ...]
) -> None:
    objected = {
        each.intervention.intervention_id
        for each in everything
        if any(caution.code == "not_how_it_feels" for caution in each.cautions)
    }
    written = {
        plan.intervention_id
        for plan in facts.interventions()
        if facts.score_answers(
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
    with facts_of(
        tmp_path, services=SERVICES, feedback=f"{head}\n{','.join(card[name] for name in columns)}"
    ) as stored:
        kept = stored.score_answers(Scope("elm"), Rows("feedback"), Period(TODAY.replace(month=1, day=1), TODAY))
    assert sorted((each.domain, each.score, each.answer) for each in kept) == [
        ("mood", None, "dont_know"),
        ("security", 4.0, "score"),
    ]
