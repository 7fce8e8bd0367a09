"""How we work it out: everything from the outcome files."""

from __future__ import annotations

from pathlib import Path

from dashboard.blocks import method as blocks
from dashboard.views.methods import GLOSSARY, RULES, areas, count_line
from metrics.catalogue import load_catalogue
from metrics.model import VERDICT_WORDS

OWN = """
code = "Z1"
name = "Walks <b>outside</b>"
why = "Fresh air."
kind = "rate"
table = "incidents"
good = "up"
judged = "trend"
[counts]
kind = "other"
"""


def test_every_outcome_is_explained_once() -> None:
    catalogue = load_catalogue()
    shown = areas(catalogue)
    codes = [entry.code for area in shown for entry in area.entries]
    assert sorted(codes) == sorted(outcome.code for outcome in catalogue)
    assert count_line(shown, len(catalogue)) == f"All {len(catalogue)} outcomes."
    for area in shown:
        for entry in area.entries:
            assert entry.name
            assert entry.why
            assert entry.counts
            assert entry.good
            assert entry.judged


def test_finding_an_outcome_by_its_words() -> None:
    catalogue = load_catalogue()
    found = areas(catalogue, "falls harm")
    assert "F2" in [entry.code for area in found for entry in area.entries]
    assert areas(catalogue, "zebra") == ()


def test_an_own_outcome_has_its_place_and_is_only_text(tmp_path: Path) -> None:
    (tmp_path / "z1.toml").write_text(OWN, encoding="utf-8")
    shown = areas(load_catalogue(tmp_path))
    assert shown[-1].name == "Your own outcomes"
    assert "&lt;b&gt;outside" in blocks.area(shown[-1])


def test_the_four_answers_are_explained_and_no_fifth() -> None:
    assert tuple(word for word, _ in RULES) == VERDICT_WORDS
    assert len({word for word, _ in GLOSSARY}) == len(GLOSSARY)
