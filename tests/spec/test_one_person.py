"""What a manager is told about one person's plan. Draw the mornings, ask the question, read the answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.support.story import START, STAY, mornings, one, plan, promise, told

BAD, GOOD = "xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x......x.......xx....x...."


def codes(finding) -> list[str]:  # type: ignore[no-untyped-def]
    return [caution.code for caution in finding.cautions]


def test_fewer_mornings_with_distress_are_called_better(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    with told(
        tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=promise("D1", "change", 15)
    ) as f:
        found = one(f, "D1")
    assert found.verdict.word == "better"
    assert found.verdict.worthwhile
    assert found.sentence.startswith("Distress came on 5 of 28 mornings, down from 20.")
    assert "in runs" in found.sentence


def test_the_settling_fortnight_is_left_out(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    inside = "\n".join(f"S{n}, elm, P-1, {START + timedelta(days=n)} 08:05, distress" for n in range(14))
    with told(
        tmp_path, incidents=incidents + inside + "\n", checks=checks, interventions=plan(),
        declarations=promise("D1", "change", 15),
    ) as f:  # fmt: skip
        change = one(f, "D1").change
    assert change is not None
    assert (change.before.tally.numerator, change.after.tally.numerator) == (20, 5)


def test_a_small_difference_is_cannot_tell_yet(tmp_path: Path) -> None:
    incidents, checks = mornings("x..x.x..x.x..x.x..x.x..x.x..", "x..x....x.x..x.x..x.x..x....")
    with told(
        tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=promise("D1", "change", 15)
    ) as f:
        found = one(f, "D1")
    assert found.verdict.word == "cannot tell yet"
    assert found.verdict.reason in ("too_little_data", "no_clear_change")


def test_a_plan_begun_after_a_bad_fortnight_carries_the_caution_and_leaves_the_fortnight_out(tmp_path: Path) -> None:
    calm, bad_fortnight = "..x....x" * 7, "x" * 14
    incidents, checks = mornings(calm + bad_fortnight, "..x....x...x....x...x....x..")
    with told(
        tmp_path, incidents=incidents, checks=checks, interventions=plan(reason="after_incidents"),
        declarations=promise("D1", "change", 15),
    ) as f:  # fmt: skip
        found = one(f, "D1")
    assert "began_after_incidents" in codes(found)
    assert found.change is not None
    assert found.change.before.tally.numerator == 14  # of 56 calm days, without the fortnight
    assert found.verdict.word == "cannot tell yet"


def test_declared_days_that_take_in_the_bad_fortnight_do_not_buy_a_better(tmp_path: Path) -> None:
    calm, bad_fortnight = "..x....x" * 7, "x" * 14
    incidents, checks = mornings(calm + bad_fortnight, "..x....x...x....x...x....x..")
    days = (START - timedelta(days=28), START - timedelta(days=1))
    declared = (
        "declaration_id, intervention_id, outcome, question, size, role, declared_on, baseline_from, baseline_to\n"
        f"d1, plan, D1, change, 15, main, {START}, {days[0]}, {days[1]}\n"
    )
    with told(
        tmp_path,
        incidents=incidents,
        checks=checks,
        interventions=plan(reason="after_incidents"),
        declarations=declared,
    ) as f:
        found = one(f, "D1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "spike_baseline")
    assert "began_after_incidents" in codes(found)


def test_mornings_nobody_watched_are_not_calm_mornings(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, "?.?.??..?.??.?..?.?.??..?.??")
    with told(
        tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=promise("D1", "change", 15)
    ) as f:
        found = one(f, "D1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "windows_unwatched")


def test_without_checks_we_say_that_we_assume_every_morning_was_watched(tmp_path: Path) -> None:
    incidents, _ = mornings(BAD, GOOD)
    with told(tmp_path, incidents=incidents, interventions=plan(), declarations=promise("D1", "change", 15)) as f:
        found = one(f, "D1")
    assert found.verdict.word == "better"
    assert "assumed_watched" in codes(found)


def test_before_the_follow_up_is_over_it_is_an_early_look(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD[:12])
    with told(
        tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=promise("D1", "change", 15)
    ) as f:
        found = one(f, "D1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "early_look")
    assert "follow-up is not finished" in found.sentence


def test_what_was_chosen_afterwards_is_labelled(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    late = promise("D1", "change", 15, on=START + timedelta(days=40))
    with told(tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=late) as f:
        assert "chosen_afterwards" in codes(one(f, "D1"))


def test_with_no_declaration_every_outcome_with_data_is_shown_as_chosen_afterwards(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    with told(tmp_path, incidents=incidents, checks=checks, interventions=plan()) as f:
        assert f
        assert all("chosen_afterwards" in codes(each) for each in f)
        assert all(each.verdict.word != "held steady" for each in f)


def test_distress_down_while_calming_medicine_goes_up_is_not_called_better(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    medicine = [f"M{n}, elm, P-1, {START - timedelta(days=3 + n * 9)} 14:15, calming_medicine" for n in range(2)]
    medicine += [f"N{n}, elm, P-1, {START + timedelta(days=15 + n)} 14:15, calming_medicine" for n in range(24)]
    with told(
        tmp_path, incidents=incidents + "\n".join(medicine) + "\n", checks=checks, interventions=plan(),
        declarations=promise("D1", "change", 15, more="d2, plan, D5, steady, 1.25, balance, 2026-02-24, person\n"),
    ) as f:  # fmt: skip
        found = one(f, "D1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "balance_worse")
    assert "but calming medicine given as needed got worse" in found.sentence
    assert one(f, "D5").verdict.word == "worse"


def test_three_falls_of_one_person_are_too_few_to_judge(tmp_path: Path) -> None:
    falls = "fall_id, person_id, service_id, occurred_at, harm\n" + "\n".join(
        f"F{n}, P-1, elm, {START + timedelta(days=day)} 14:15, none" for n, day in enumerate((-25, -10, 20, 60))
    )
    incidents, _ = mornings("." * 28, "." * 28)
    with told(
        tmp_path,
        incidents=incidents,
        falls=falls + "\n",
        interventions=plan(),
        declarations=promise("F1", "steady", 1.25),
    ) as f:
        found = one(f, "F1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "too_few_events")
    assert "1 in 28 days, down from 2" in found.sentence


def test_scores_and_stays_without_a_record_get_an_answer_with_its_reason(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    declared = promise("K1", "change", 0.5, more="d2, plan, I6, steady, 1.5, balance, 2026-02-24, person\n")
    with told(tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=declared) as f:
        assert {(each.outcome.code, each.verdict.reason) for each in f} == {
            ("K1", "no_data"),
            ("I6", "too_few_events"),
        }


def test_an_outcome_nobody_described_is_named(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    with told(
        tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=promise("ZZ9", "change", 1)
    ) as f:
        (found,) = f
    assert found.verdict.reason == "outcome_unknown"
    assert "ZZ9 was declared" in found.sentence


def test_a_later_declaration_replaces_an_earlier_one_and_both_show(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    declared = promise("D1", "change", 15, more=f"d2, plan, D1, change, 60, main, {START}, person\n")
    with told(tmp_path, incidents=incidents, checks=checks, interventions=plan(), declarations=declared) as f:
        found = one(f, "D1")
    assert found.declared is not None
    assert found.declared.size == 60
    assert not found.verdict.worthwhile
    assert "declaration_replaced" in codes(found)


def test_freedom_nobody_wrote_about_is_not_freedom_lost(tmp_path: Path) -> None:
    """Days of freedom are written down for those whose plan it is; for all others nothing is known of them."""
    incidents, checks = mornings(BAD, GOOD)
    kept = "".join(
        f"F{day}, freedom_day, elm, P-2, walk, {START + timedelta(days=day)}, {'met' if day % 2 else 'not_met'}\n"
        for day in (*range(-28, 0), *range(14, 43))
    )
    stays = STAY + "P-2, elm, 2024-01-01\n"
    declared = promise("F4", "steady", 10)
    with told(
        tmp_path, incidents=incidents, checks=checks + kept, stays=stays, interventions=plan(), declarations=declared
    ) as f:
        nobody = one(f, "F4")
    assert (nobody.verdict.reason, codes(nobody).count("assumed_watched")) == ("no_data", 0)
    with told(
        tmp_path / "other", incidents=incidents, checks=checks + kept, stays=stays, interventions=plan(person="P-2"),
        declarations=declared,
    ) as f:  # fmt: skip
        change = one(f, "F4").change
    assert change is not None
    assert (change.before.tally.numerator, change.before.tally.denominator) == (14, 28)
