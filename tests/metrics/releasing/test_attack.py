"""Where a few people have most of the events: whoever knows four of everybody's, or all of them, still finds nobody."""

from __future__ import annotations

import random
from collections import Counter

import pandas as pd
import pytest

from data.anonymising import anonymise
from data.anonymity import SampleRules
from metrics.releasing.sample_columns import ORDER, SENSITIVE, count_band, ladders
from tests.support.attack import singled_out

AGES = ("under 75", "75 to 84", "85 to 94", "95 or over")


def world(seed: int, number: int = 300) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """People whose numbers of events are very unequal: most have none, some hundreds."""
    chance = random.Random(seed)
    rows, counts = [], {}
    for n in range(number):
        leaning = chance.paretovariate(0.8) - 1
        events = {
            name: min(400, int(leaning * chance.random() * (4 if "distress" in name else 1)))
            for name in ("falls_before", "falls_after", "distress_before", "distress_after")
        }
        counts[f"p{n}"] = events
        rows.append(
            {
                "person": f"p{n}",
                "service_group": f"group {chance.choice('AB')}",
                "age_band": chance.choices(AGES, [8, 40, 44, 8])[0],
                "gender": chance.choices(["woman", "man", "other", "not recorded"], [68, 30, 1, 1])[0],
                "dementia_stage": chance.choice(["early", "middle", "later"]),
                "arm": chance.choices(
                    ["no change recorded", "whole-service change: meals", "own change: music"], [4, 5, 1]
                )[0],
                "weeks_each_side": chance.choice(["4 to 12", "13 to 25", "26"]),
                **{name: count_band(count) for name, count in events.items()},
                "own_view_before": chance.choice(["under 3", "3 to under 4", "no answer of their own"]),
                "own_view_after": chance.choice(["under 3", "3 to under 4", "no answer of their own"]),
            }
        )
    return pd.DataFrame(rows), counts


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_is_singled_out_by_four_known_events_or_by_all_of_them(seed: int) -> None:
    table, counts = world(seed)
    rules = SampleRules()
    hidden = anonymise(table, "person", ladders(), SENSITIVE, rules)
    released = hidden.table[list(hidden.known)].to_dict("records")
    people = []
    everything = []
    for true in table[["person", *ORDER]].to_dict("records"):
        events = counts[true.pop("person")]
        pool = [name for name in events for _ in range(events[name])]
        four = Counter(random.Random(seed).sample(pool, k=min(4, len(pool))))
        people.append((true, {name: four[name] for name in events if name in hidden.known}))
        everything.append((true, {}))
    assert singled_out(released, people, ladders()) == 0
    assert singled_out(released, everything, ladders()) == 0


def test_the_attack_does_find_people_where_nobody_is_hidden() -> None:
    table, _ = world(1)
    bare = table[list(ORDER)].to_dict("records")
    people = [(row, {}) for row in bare]
    assert singled_out(bare, people, ladders()) > 100
