"""An outcome taken apart: parts without verdicts, small ones together, and the gap between groups beside E6."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.model import Impossible, Period, Scope, Tally
from data.warehouse import Warehouse
from metrics.catalogue import load_catalogue
from metrics.evaluate import evaluate
from metrics.splits import TOO_FEW, gap, split, trend_by
from metrics.trend import trend
from tests.support.exports import SERVICES, facts_of
from tests.support.story import START, plan

CATALOGUE = load_catalogue()
LATER = date(2027, 2, 1)
AFTER = Period(START + timedelta(days=28), START + timedelta(days=207))
STAYS = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(24))
GROUPS = ["white"] * 12 + ["black"] * 8 + ["asian", "mixed", "not_recorded", "prefer_not_to_say"]
PEOPLE = "person_id, ethnicity_group, stage\n" + "\n".join(
    f"P-{n}, {group}, {'later' if n % 2 else 'early'}" for n, group in enumerate(GROUPS)
)


def checks(every: int = 3) -> str:
    rows = ["check_id, measure, service_id, person_id, element, done_at, result"]
    for n, day in enumerate(range(-180, 240, every)):
        element = ("washing", "washing", "meal", "drink")[n % 4] if n % 20 else "mouth_care"
        result = "partly" if (day < 0) == bool(n % 3) else "met"
        rows.append(f"K{n}, care_offer, elm, P-{n % 24}, {element}, {START + timedelta(days=day)}, {result}")
    return "\n".join(rows) + "\n"


def falls(each: tuple[int, ...]) -> str:
    rows = ["fall_id, person_id, service_id, occurred_at, harm"]
    for who, count in enumerate(each):
        for n in range(count):
            for side in (-90, 90):
                day = START + timedelta(days=side + 3 * n)
                rows.append(f"F{who}x{n}x{side}, P-{who}, elm, {day} 14:05, {'low' if n % 2 else 'none'}")
    for edge in (-181, 260):
        rows.append(f"F{edge}, P-0, elm, {START + timedelta(days=edge)} 14:05, none")
    return "\n".join(rows) + "\n"


def parts(facts: Warehouse, code: str, column: str):  # type: ignore[no-untyped-def]
    (found,) = evaluate(facts, CATALOGUE, outcomes=[code])
    return found, split(facts, found, column)


TABLES: dict[str, Any] = {"services": SERVICES, "stays": STAYS, "people": PEOPLE, "interventions": plan(person="")}


def test_the_parts_of_the_rows_add_up_to_the_whole(tmp_path: Path) -> None:
    with facts_of(tmp_path, as_of=LATER, **TABLES, checks=checks()) as facts:
        whole, found = parts(facts, "C1", "element")
    assert [part.name for part in found][:3] == ["washing", "drink", "meal"]
    for side in ("before", "after"):
        counted = [getattr(part, side).tally for part in found]
        tally = getattr(whole.change, side).tally
        assert sum(each.numerator for each in counted) == tally.numerator
        assert sum(each.denominator for each in counted) == tally.denominator
    assert found[-1].reason == TOO_FEW
    assert found[-1].effect is None
    assert found[0].effect is not None


def test_the_people_of_a_part_bring_their_own_days(tmp_path: Path) -> None:
    with facts_of(tmp_path, as_of=LATER, **TABLES, falls=falls((4,) * 12)) as facts:
        whole, found = parts(facts, "F1", "person.stage")
    assert whole.change is not None
    assert {part.name: part.before.tally.denominator for part in found} == {"early": 12 * 180, "later": 12 * 180}
    assert sum(part.after.tally.numerator for part in found) == whole.change.after.tally.numerator


def test_the_lines_of_the_parts_add_up_to_the_line_of_the_whole(tmp_path: Path) -> None:
    with facts_of(tmp_path, as_of=LATER, **TABLES, falls=falls((4,) * 12)) as facts:
        lines = trend_by(facts, CATALOGUE.outcomes["F1"], Scope("elm"), AFTER, "person.stage")
        whole = trend(facts, CATALOGUE.outcomes["F1"], Scope("elm"), AFTER)
    assert list(lines) == ["early", "later"]
    assert sum((line.total for line in lines.values()), Tally(0, 0)) == whole.total


def test_small_groups_stand_together_as_others(tmp_path: Path) -> None:
    counts = (3,) * 12 + (3,) * 8 + (2, 2, 0, 0)
    with facts_of(tmp_path, as_of=LATER, **TABLES, falls=falls(counts)) as facts:
        _, found = parts(facts, "F1", "person.ethnicity_group")
    others = next(part for part in found if part.name == "others")
    assert set(others.words) == {"asian", "mixed", "prefer_not_to_say"}
    assert others.effect is not None
    (unknown,) = [part for part in found if part.words == ("not_recorded",)]
    assert (unknown.effect, unknown.reason) == (None, TOO_FEW)


def test_a_column_the_rows_do_not_have_is_refused_with_those_they_have(tmp_path: Path) -> None:
    with facts_of(tmp_path, as_of=LATER, **TABLES, falls=falls((4,) * 12)) as facts:
        (found,) = evaluate(facts, CATALOGUE, outcomes=["F1"])
        with pytest.raises(
            Impossible, match=r'F1 cannot be split by "element"\. It can be split by: harm, person\.stage'
        ):
            split(facts, found, "element")


def test_the_gap_between_groups_allows_for_people_who_differ(tmp_path: Path) -> None:
    one_often = (1,) * 12 + (20, *[0] * 7)
    with facts_of(tmp_path, as_of=LATER, **TABLES, falls=falls(one_often)) as facts:
        shown = gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["F1"], AFTER)
    black = next(each for each in shown.groups if each.name == "black")
    assert (shown.recorded.numerator, shown.recorded.denominator) == (23, 24)
    assert black.effect is not None
    assert (black.effect.estimate or 0) > 1.5
    assert (black.effect.low or 0) < 1 < (black.effect.high or 0)


def test_without_ethnic_groups_written_down_there_is_no_gap(tmp_path: Path) -> None:
    tables: dict[str, Any] = TABLES | {"people": "person_id, stage\n" + "\n".join(f"P-{n}, early" for n in range(24))}
    with (
        facts_of(tmp_path, **tables, falls=falls((4,) * 12)) as facts,
        pytest.raises(Impossible, match="Nobody's ethnic group is written down"),
    ):
        gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["F1"], AFTER)


def test_only_outcomes_of_the_first_release_are_looked_at_by_ethnic_group(tmp_path: Path) -> None:
    with (
        facts_of(tmp_path, **TABLES, falls=falls((4,) * 12)) as facts,
        pytest.raises(Impossible, match="D4 is not looked at by ethnic group"),
    ):
        gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["D4"], AFTER)
