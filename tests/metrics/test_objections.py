"""A note that says "this is not how it feels" stands beside every figure about what it speaks of, and changes none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from metrics.objections import CODE, notes
from tests.support.exports import SERVICES, facts_of
from tests.support.story import START, STAY, mornings, one, plan, promise, told

BAD, GOOD = "xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x......x.......xx....x...."
NOTES = f"""
feedback_id, service_id, person_id, given_on, rater, instrument, domain, score, answer, intervention_id
N1, elm, P-1, {START + timedelta(days=30)}, self, person_checkin, not_how_it_feels, 2, score, plan
N2, elm, P-1, {START + timedelta(days=31)}, family, person_checkin, not_how_it_feels, , rather_not, plan
"""


def both(folder: Path, **more: str) -> dict[str, str]:
    incidents, checks = mornings(BAD, GOOD)
    return {
        "incidents": incidents, "checks": checks, "interventions": plan(),
        "declarations": promise("D1", "change", 15), **more,
    }  # fmt: skip


def test_notes_are_said_beside_the_figure_and_change_nothing_else(tmp_path: Path) -> None:
    with told(tmp_path / "without", **both(tmp_path)) as facts:
        without = one(facts, "D1")
    with told(tmp_path / "with", **both(tmp_path, feedback=NOTES)) as facts:
        with_notes = one(facts, "D1")
    assert [caution.text for caution in with_notes.cautions if caution.code == CODE] == [
        "2 notes say: this is not how it feels."
    ]
    others = tuple(caution for caution in with_notes.cautions if caution.code != CODE)
    assert replace(with_notes, cautions=others).verdict == without.verdict
    assert with_notes.sentence == without.sentence
    with facts_of(tmp_path / "kept", services=SERVICES, stays=STAY, **both(tmp_path, feedback=NOTES)) as stored:
        kept = notes(stored, with_notes.intervention)
    assert [(note.rater, note.score, note.answer) for note in kept] == [
        ("self", 2.0, "score"),
        ("family", None, "rather_not"),
    ]


def test_a_note_written_after_the_last_export_counts_all_the_same(tmp_path: Path) -> None:
    late = NOTES.replace(str(START + timedelta(days=30)), "2026-06-29")
    with facts_of(tmp_path, services=SERVICES, stays=STAY, **both(tmp_path, feedback=late)) as facts:
        (intervention,) = facts.interventions()
        assert len(notes(facts, intervention)) == 2
