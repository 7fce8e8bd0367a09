"""The situations of daily life on the pages: what a manager reads after one or two clicks, on the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_pages import APP, words

Open = Callable[..., AppTest]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, whole_sample: Path) -> Open:
    """A page of the dashboard on the sample, at an address."""

    def opened(name: str, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(whole_sample))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60).run()
        at.switch_page(f"app_pages/{name}.py")
        for key, value in address.items():
            at.query_params[key] = value
        return at.run()

    return opened


ONE_CHANGE = {
    "a co-produced morning routine": (
        "elm-house-01", "Distress came on 11 of 28 mornings",
        ("Calming medicine given as needed", "Distress at other times of day", "Plan kept as agreed", "Family feels confident"),
    ),
    "a positive risk plan": (
        "birch-grove-04", "Freedom was kept on 23 of 28 days",
        ("Falls", "Falls with harm", "Triggers answered by a review in time no reviews promised 3 of 3"),
    ),
    "disagreement in safeguarding": (
        "oak-lodge-08", "Family understands what happens and why: 4 points on average, up from 3.",
        ("Safeguarding actions on time", "Staying put", "Limits explained early"),
    ),
    "homecare with declined care": (
        "cedar-homecare-06", "Help was declined at first in 9 of 83 offers of care",
        ("The person's own times kept", "Tasks ranked by the person", "What the person said at review"),
    ),
    "three-way planning": (
        "rowan-view-04", "Family feels confident",
        ("Whose views shaped it can be traced", "Person and family kept apart", "Understanding checked"),
    ),
    "people living there shaping the home": (
        "birch-grove-06", "With, not for: 37 of 54 activities, up from 7 of 60.",
        ("People with a part to play", "Staff happy at work", "In design, delivery and looking back"),
    ),
    "music": ("rowan-view-01", "Distress came on 9 of 27 mornings", ("Engaged in what was going on 5 of 14",)),
    "a relatives' group": ("elm-house-07", "Family understands what happens and why", ("Relatives' group met when due",)),
}  # fmt: skip


@pytest.mark.parametrize("situation", ONE_CHANGE)
def test_a_situation_is_answered_on_the_page_of_its_change(page: Open, situation: str) -> None:
    change, answer, beside = ONE_CHANGE[situation]
    at = page("one_change", service=change.rsplit("-", 1)[0], change=change)
    assert not at.exception
    said = words(at)
    assert answer in said
    read_beside = said.split("Read beside it")[1].split("How sure are we?")[0]
    assert [each for each in beside if each not in read_beside] == []


def test_joining_in_can_be_looked_at_for_itself(page: Open) -> None:
    at = page("one_change", service="rowan-view", change="rowan-view-01", outcome="L8")
    said = words(at)
    assert "Joining in was seen in 11 of 14 sessions watched, up from 5." in said
    assert not at.exception


@pytest.mark.parametrize(("service", "outcome"), [("willow-bank", "E7"), ("elm-house", "K3"), ("elm-house", "R1")])
def test_what_has_no_change_of_its_own_is_followed_over_time(page: Open, service: str, outcome: str) -> None:
    at = page("trends", service=service, outcome=outcome, step="quarter")
    assert not at.exception
    assert len(at.get("plotly_chart")) == 1
