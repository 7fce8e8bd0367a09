"""What a page cannot show yet: said with its reason, how to begin, and a table to begin with that can be loaded."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.blocks.one_person import NEEDS
from dashboard.views.needs import Need, missing, template
from data.contract import MEASURES, TABLES
from data.templates import headings, template_csv
from tests.support.exports import SERVICES, facts_of

VIEWS = Need("views", "views", "We cannot say whose voice counted.", "Write one line a voice.", ("element", "stance"))
CHOICES = Need(
    "checks", "everyday choices", "We cannot say who leads.", "Note each choice.", ("element",),
    {"measure": "everyday_choice"}, ("R1",),
)  # fmt: skip


def test_a_table_without_rows_is_missing_and_one_with_rows_is_not() -> None:
    assert [each.title for each in missing([VIEWS], {"falls"}, set())] == ["No views yet"]
    assert missing([VIEWS], {"views"}, set()) == ()


def test_a_table_that_holds_other_measures_does_not_meet_the_need() -> None:
    (lacking,) = missing([CHOICES], {"checks"}, {"G1"})
    assert lacking.title == "No everyday choices yet"
    assert "“Checks”" in lacking.why
    assert missing([CHOICES], {"checks"}, {"R1"}) == ()


def test_a_template_has_the_required_columns_first_and_what_never_changes_filled_in() -> None:
    read = list(csv.reader(io.StringIO(template(CHOICES, "elm").decode("utf-8-sig"))))
    assert read[0] == ["measure", "service_id", "result", "element"]
    assert read[1] == ["everyday_choice", "elm", "", ""]


def test_a_filled_template_loads(tmp_path: Path) -> None:
    text = template(
        Need("checks", "x", "", "", ("person_id", "done_at"), {"measure": "everyday_choice"}), "elm"
    ).decode("utf-8-sig")
    head, row, *_ = text.splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True)) | {
        "result": "met", "person_id": "P-1", "done_at": "2026-03-14",
    }  # fmt: skip
    with facts_of(tmp_path, services=SERVICES, checks=f"{head}\n{','.join(cells.values())}") as facts:
        assert "checks" in facts.tables_with_rows("elm")


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.what)
def test_every_need_names_columns_and_measures_of_the_contract(need: Need) -> None:
    columns = TABLES[need.table].columns
    assert set(need.columns) | set(need.filled) <= set(columns)
    if "measure" in need.filled:
        assert need.filled["measure"] in MEASURES
    assert need.without.endswith(".")
    assert need.start.endswith(".")
    assert need.file_name.endswith(".csv")


def test_what_may_stand_under_a_heading_is_said() -> None:
    found = {each.name: each for each in headings("views", ("stance",))}
    assert found["stance"].holds.startswith("agree, disagree")
    assert found["voice"].needed
    assert "view_id" not in found  # numbered on import


def test_a_template_of_no_table_is_refused() -> None:
    with pytest.raises(KeyError):
        template_csv("nothing", ())
