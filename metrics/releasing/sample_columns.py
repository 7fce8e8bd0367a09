"""The columns of a researcher's release, their words, and how the words are merged. An allow-list: nothing else leaves.

Every word is said once here; the dictionary, the report and the pages are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.anonymising import NOT_RECORDED, WITHHELD, Ladder
from data.contract import TABLES

AGES = ("under 75", "75 to 84", "85 to 94", "95 or over")
COUNTS = ("0", "1 to 4", "5 to 19", "20 or more")
WEEKS = ("4 to 12", "13 to 25", "26")
SCORES = ("under 3", "3 to under 4", "4 or 5")
OWN, SERVICE, NONE_TRIED = "own change", "whole-service change", "no change recorded"
NO_ANSWER = "no answer of their own"


@dataclass(frozen=True)
class Counted:
    """An outcome whose events are counted before and after: its code, the stem of its columns, what it is worth."""

    outcome: str
    stem: str
    what: str
    weight: float

    @property
    def columns(self) -> tuple[str, str]:
        return f"{self.stem}_before", f"{self.stem}_after"


COUNTED = (
    Counted("F1", "falls", "falls", 6),
    Counted("D2", "distress", "records of distress", 6),
)
SENSITIVE = ("own_view_before", "own_view_after")

_BY_AGE: tuple[Mapping[str, str], ...] = (
    {"85 to 94": "85 or over", "95 or over": "85 or over"},
    {"under 75": "under 85", "75 to 84": "under 85"},
)
_BY_COUNT: tuple[Mapping[str, str], ...] = (
    {"5 to 19": "5 or more", "20 or more": "5 or more"},
    {"1 to 4": "1 or more", "5 or more": "1 or more"},
)
_BY_WEEKS: tuple[Mapping[str, str], ...] = ({"4 to 12": "4 to 25", "13 to 25": "4 to 25"},)
_BY_STAGE: tuple[Mapping[str, str], ...] = ({"early": "early or middle", "middle": "early or middle"},)
_KINDS = [kind.replace("_", " ") for kind in TABLES["interventions"].columns["kind"].codes]
_BY_ARM: tuple[Mapping[str, str], ...] = (
    {f"{whose}: {kind}": whose for whose in (OWN, SERVICE) for kind in _KINDS},
    {OWN: "a change", SERVICE: "a change"},
)


def ladders(counted: Sequence[Counted] = COUNTED) -> tuple[Ladder, ...]:
    """How each known column is merged. What is worth least is given up first: the service group, then the gender."""
    return (
        *(Ladder(each.stem, each.columns, each.weight, _BY_COUNT) for each in counted),
        Ladder("arm", ("arm",), 4, _BY_ARM),
        Ladder("dementia_stage", ("dementia_stage",), 3, _BY_STAGE),
        Ladder("age_band", ("age_band",), 2, _BY_AGE),
        Ladder("weeks_each_side", ("weeks_each_side",), 1.5, _BY_WEEKS),
        Ladder("gender", ("gender",), 1),
        Ladder("service_group", ("service_group",), 0.2),
    )


def age_band(age: int | None) -> str:
    """The band of an age in whole years."""
    if age is None:
        return NOT_RECORDED
    return AGES[sum(age >= least for least in (75, 85, 95))]


def count_band(count: int | None) -> str:
    """The band of a count of events."""
    if count is None:
        return NOT_RECORDED
    return COUNTS[sum(count >= least for least in (1, 5, 20))]


def weeks_band(weeks: int) -> str:
    """The band of a number of whole weeks, 4 to 26."""
    return WEEKS[sum(weeks >= least for least in (13, 26))]


def score_band(score: float | None) -> str:
    """The band of the mean of a person's own answers, on a scale of 1 to 5."""
    if score is None:
        return NO_ANSWER
    return SCORES[sum(score >= least for least in (3, 4))]


MEANINGS: Mapping[str, str] = {
    "pid": "A number drawn for this release alone. It stands for a person here and nowhere else.",
    "service_group": "A group of at least three services, mostly of one kind, put together at random; the letters mean nothing.",
    "age_band": "Age in the year of the turning day, from the year of birth.",
    "gender": "Gender as the register has it.",
    "dementia_stage": "Stage of dementia as the register has it now, which may be later than on the turning day.",
    "weeks_each_side": "How many whole weeks are counted on each side of the turning day: as many before as after.",
    "arm": (
        "What began on the turning day: the first change of the person's own, else the first of the whole service while the "
        "person was there. With none on record the turning day is the middle of their recorded time."
    ),
    "own_view_before": (
        "The mean of what the person answered for themselves on the check-in (1 to 5, 5 is best) in the weeks before."
    ),
    "own_view_after": "The same for the weeks after.",
} | {
    name: f"How many {each.what} in the weeks {side}."
    for each in COUNTED
    for name, side in zip(each.columns, ("before", "after"), strict=True)
}
ORDER = (
    "service_group", "age_band", "gender", "dementia_stage", "arm", "weeks_each_side",
    *(name for each in COUNTED for name in each.columns),
)  # fmt: skip
"""The order of the known columns in the files."""
WORDS_IN_ORDER = (
    *AGES[:2], "under 85", *AGES[2:], "85 or over", "woman", "man", "other", "early", "middle", "early or middle", "later",
    "0", "1 to 4", "5 to 19", "20 or more", "5 or more", "1 or more", "4 to 12", "13 to 25", "4 to 25", "26", *SCORES,
)  # fmt: skip


def place_of(word: str) -> tuple[int, str]:
    """Where a word stands among others of its column: by size, then by letter; what says nothing comes last."""
    if word in (NO_ANSWER, NONE_TRIED, NOT_RECORDED):
        return len(WORDS_IN_ORDER) + 1, word
    if word == WITHHELD:
        return len(WORDS_IN_ORDER) + 2, word
    return (WORDS_IN_ORDER.index(word) if word in WORDS_IN_ORDER else len(WORDS_IN_ORDER)), word
