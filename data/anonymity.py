"""How well people are hidden in a table: k, l and t, counting persons and never rows; the floors no setting can lower.

k  the fewest persons who look alike in everything an outsider could know (Samarati and Sweeney, 1998)
l  the fewest different words of a sensitive column among people who look alike (Machanavajjhala and others, 2007)
t  how far the words of people who look alike are at most from those of everybody (Li and others, 2007); told, not asked

A blank is a word like any other, so that somebody who alone has a blank stands alone. Columns may be text or
categories, blanks None or NaN: the answer is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

K_FLOOR, K_USUAL, K_OPEN = 3, 5, 11
"""Persons alike: never fewer than 3; 5 is usual where sharing is controlled; 11 for anybody to take (EMA 0070)."""
L_FLOOR = 2
SHARE_CEILING = 0.5
SERVICES_FLOOR, GROUP_FLOOR = 3, 30
"""A group of services: never fewer services, nor people."""
WITHHELD_CEILING = 0.3
BLANK = "\0blank"
RULES_VERSION = 1
"""Changes whenever a rule or a floor does."""


class Infeasible(Exception):
    """The people cannot be hidden as the rules ask; the message says what to do. No file is written."""


class FloorPassed(ValueError):
    """A setting asks for less protection than is ever given; the message says which and how much."""


@dataclass(frozen=True)
class SampleRules:
    """What a researcher's release must keep to. Settings may ask for more than the floors, never for less.

    ``share``: of the people who may be in a release, how many are drawn at most. ``most_withheld``: of those drawn, the
    share that may be left out for looking like too few others, before the release is refused. ``first_merge``: words
    are merged until no more than this share of people still look like too few; the cells of those few are withheld.
    Sources: methods sheet on disclosure, a.4 and a.5. Raises FloorPassed.
    """

    k: int = K_USUAL
    l: int = L_FLOOR  # noqa: E741 - its name everywhere
    share: float = SHARE_CEILING
    most_withheld: float = 0.1
    first_merge: float = 0.4
    group_services: int = SERVICES_FLOOR
    group_people: int = GROUP_FLOOR
    open_download: bool = False

    def __post_init__(self) -> None:
        least_k = K_OPEN if self.open_download else K_FLOOR
        faults = [
            (self.k < least_k, f"k must be at least {least_k}, not {self.k}."),
            (self.l < L_FLOOR, f"l must be at least {L_FLOOR}, not {self.l}."),
            (not 0 < self.share <= SHARE_CEILING, f"The share drawn must be above 0 and at most {SHARE_CEILING}."),
            (
                not 0 <= self.most_withheld <= WITHHELD_CEILING,
                f"The share that may be withheld must lie between 0 and {WITHHELD_CEILING}.",
            ),
            (not 0 <= self.first_merge <= 1, "first_merge must lie between 0 and 1."),
            (
                self.group_services < SERVICES_FLOOR,
                f"A group needs at least {SERVICES_FLOOR} services, not {self.group_services}.",
            ),
            (
                self.group_people < GROUP_FLOOR,
                f"A group needs at least {GROUP_FLOOR} people, not {self.group_people}.",
            ),
        ]
        said = " ".join(text for wrong, text in faults if wrong)
        if said:
            raise FloorPassed(said)


def plain(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns as plain text with one word for every kind of blank."""
    found = {}
    for name in columns:
        words = table[name].astype(object)
        found[name] = words.where(words.notna(), BLANK).map(lambda word: str(word).strip() or BLANK)
    return pd.DataFrame(found, index=table.index)


def class_of(table: pd.DataFrame, known: Sequence[str]) -> pd.Series[int]:
    """The number of the class each row is in: rows that look alike in every known column are in one."""
    if not known or table.empty:
        return pd.Series(0, index=table.index)
    return plain(table, known).groupby(list(known), dropna=False, observed=True, sort=False).ngroup()


def class_sizes(table: pd.DataFrame, known: Sequence[str], person: str) -> pd.Series[int]:
    """How many different persons are in the class of each row. A row of nobody in particular counts for nobody."""
    return table[person].groupby(class_of(table, known)).transform("nunique")


def k_of(table: pd.DataFrame, known: Sequence[str], person: str) -> int:
    """The fewest persons in a class; 0 for a table without rows."""
    return 0 if table.empty else int(class_sizes(table, known, person).min())


def class_words(table: pd.DataFrame, known: Sequence[str], sensitive: str) -> pd.Series[int]:
    """How many different words of a sensitive column stand in the class of each row."""
    words = plain(table, [sensitive])[sensitive]
    return words.groupby(class_of(table, known)).transform("nunique")


def l_of(table: pd.DataFrame, known: Sequence[str], sensitive: str) -> int:
    """The fewest different words of a sensitive column in a class; 0 for a table without rows."""
    return 0 if table.empty else int(class_words(table, known, sensitive).min())


def t_of(table: pd.DataFrame, known: Sequence[str], sensitive: str) -> float:
    """How far a class's words are at most from everybody's, 0 to 1: half the sum of the differences of their shares."""
    if table.empty:
        return 0.0
    words = plain(table, [sensitive])[sensitive]
    overall = words.value_counts(normalize=True)
    furthest = 0.0
    for _, own in words.groupby(class_of(table, known)):
        shares = own.value_counts(normalize=True).reindex(overall.index, fill_value=0.0)
        furthest = max(furthest, float((shares - overall).abs().sum()) / 2)
    return furthest


def too_few(
    table: pd.DataFrame,
    known: Sequence[str],
    sensitive: Sequence[str],
    person: str,
    k: int,
    l: int,  # noqa: E741
) -> pd.Series[bool]:
    """The rows of classes with fewer than k persons, or fewer than l words of some sensitive column."""
    found = class_sizes(table, known, person) < k
    for name in sensitive:
        found |= class_words(table, known, name) < l
    return found


def one_row_each(table: pd.DataFrame, person: str) -> pd.DataFrame:
    """One row a person, in order of first appearance. Where a person's own rows differ, that cell becomes a blank."""
    columns = [name for name in table.columns if name != person]
    if not table[person].duplicated().any():
        return table.reset_index(drop=True)
    words = plain(table, columns)
    alike = words.groupby(table[person], sort=False).nunique() == 1
    first = words.groupby(table[person], sort=False).first()
    kept = first.where(alike, BLANK)
    kept = kept.astype(object).where(kept != BLANK, None)
    return kept.rename_axis(person).reset_index()
