"""What Explore shows of a release: counted from its rows, never fewer than k, whatever is asked for."""

from __future__ import annotations

import random
from datetime import date
from itertools import product

import pytest

from dashboard.views.sample import account, explore
from data.releases.model import Reading
from data.releases.sample_model import Merging, SampleColumn, SampleRelease, SampleReport, people_said

KNOWN = ("age_band", "arm", "falls_before", "falls_after")


def release(rows: list[tuple[str, ...]] | None = None) -> SampleRelease:
    chance = random.Random(3)
    found = rows or [
        (f"P{number:03d}", *each, chance.choice(["under 3", "4 or 5"]))
        for number, each in enumerate(
            cell
            for cell in product(
                ["under 85", "85 or over"], ["a change", "no change recorded"], ["0", "1 or more"], ["0"]
            )
            for _ in range(6)
        )
    ]
    columns = [SampleColumn("pid", "id", "A number.")]
    for place, name in enumerate((*KNOWN, "own_view_before"), start=1):
        words = sorted({row[place] for row in found})
        counts = [sum(row[place] == word for row in found) for word in words]
        told = tuple((word, count if count >= 5 else None) for word, count in zip(words, counts, strict=True))
        columns.append(SampleColumn(name, "known" if name in KNOWN else "sensitive", f"Meaning of {name}.", told))
    report = SampleReport(
        "researcher-2026-11-22-1", date(2026, 11, 22), "0.1.0", {"version": 1}, 6, 5, 2, 2, {"own_view_before": 0.2},
        {column.name: column.part for column in columns}, {"released": str(len(found)), "withheld": "nobody"},
        (Merging("age_band", "given up", 40),), ("gender",), {"age_band": 60}, {"arm": 7}, 1, True, False,
    )  # fmt: skip
    return SampleRelease(report, tuple(columns), tuple(found))


def test_every_search_by_released_words_finds_nobody_or_at_least_k() -> None:
    made = release()
    filters = explore.filters(made)
    for words in product(*filters.values()):
        rows = explore.chosen(made, dict(zip(filters, words, strict=True)))
        assert rows is not None
        assert len(rows) == 0 or len(rows) >= 5


def test_no_count_under_k_is_shown_even_if_a_file_held_one() -> None:
    broken = release([(f"P{n}", "under 85", "a change", "0", "0" if n else "1 or more", "under 3") for n in range(9)])
    told = explore.crosstab(broken, "falls", {})
    assert isinstance(told, explore.Crosstab)
    assert told.rows[0] == ("Before: 0", "8", "fewer than 5", "9")
    assert "1" not in {cell for row in told.rows for cell in row}


def test_fewer_than_k_people_are_not_shown_and_it_is_said() -> None:
    rows = [(f"P{n}", "under 85" if n < 2 else "85 or over", "a change", "0", "0", "under 3") for n in range(20)]
    told = explore.crosstab(release(rows), "falls", {"age_band": "under 85"})
    assert told == "Fewer than 5 people are like this, so nothing is shown of them. Choose fewer words."


@pytest.mark.parametrize("column", ["own_view_before", "falls_before", "pid", "k", "service"])
def test_only_known_columns_that_describe_people_can_be_chosen_by(column: str) -> None:
    made = release()
    assert column not in explore.filters(made)
    assert explore.chosen(made, {column: "0"}) == made.rows


def test_the_table_counts_each_person_once() -> None:
    told = explore.crosstab(release(), "falls", {"arm": "a change"})
    assert isinstance(told, explore.Crosstab)
    assert told.headings == ("Falls", "After: 0", "Together")
    assert told.rows == (("Before: 0", "12", "12"), ("Before: 1 or more", "12", "12"), ("Together", "24", "24"))


def test_association_and_not_cause_is_said_without_a_switch() -> None:
    assert "association, not cause" in account.ASSOCIATION


def test_the_account_says_who_read_it_or_that_nobody_did() -> None:
    made = release().report
    assert account.read_by_line(made) == "Nobody with lived experience has read this release yet."
    from dataclasses import replace

    read = replace(made, read_by=Reading("the advisory board", date(2026, 11, 20), "Say what is missing."))
    assert (
        account.read_by_line(read)
        == "Read by the advisory board on 20 November 2026. They said: “Say what is missing.”"
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "fewer than 10"), (9, "fewer than 10"), (10, "about 10"), (457, "about 460"), (1393, "about 1,390")],
)
def test_people_are_said_in_tens(count: int, said: str) -> None:
    assert people_said(count) == said
