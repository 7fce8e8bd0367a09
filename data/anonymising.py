"""Hiding people in a table: words are merged up fixed ladders, then single cells withheld, then whole persons.

    anonymise(table, person, ladders, sensitive, rules) -> Hidden

Greedy and in order, so that the same table and rules give the same answer: the mergings are tried from the one that keeps
most of what is worth most, and the first after which few enough people look like too few others is taken. Cells of those
few are then withheld, cheapest first. What comes out is counted again, by persons, before it is handed back.
(Samarati, 2001; LeFevre and others, 2005; the code is our own.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.anonymity import BLANK, Infeasible, SampleRules, class_of, k_of, l_of, one_row_each, plain, t_of

WITHHELD = "withheld"
"""The word of a cell that was withheld. It counts as a word of its own: those who share it must be k again."""
NOT_RECORDED = "not recorded"
CELLS_AT_MOST = 3
"""Of one person: somebody of whom more would be withheld is left out as a whole."""
NO_CODE = 1 << 20
"""Stands for a withheld cell among the numbers of words; far above any of them."""


Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ladder:
    """How the words of one column (or of several that go together) are merged, step by step, up to nothing at all.

    ``steps``: the words of the step below to the words of this one; a word that is not named stays as it is. After the
    last step the columns are given up. ``weight``: how much they are worth to whoever reads the table.
    """

    name: str
    columns: tuple[str, ...]
    weight: float
    steps: tuple[Mapping[str, str], ...] = ()

    @property
    def top(self) -> int:
        """The step at which the columns are given up."""
        return len(self.steps) + 1


@dataclass(frozen=True)
class Climbed:
    """One step that was taken: which ladder, and to which step."""

    ladder: str
    step: int
    given_up: bool
    lost: float
    """The share of the column's information (its entropy) that this step lost."""


@dataclass(frozen=True)
class Hidden:
    """A table in which nobody stands alone, one row a person, with the account of what it cost."""

    table: pd.DataFrame
    known: tuple[str, ...]
    sensitive: tuple[str, ...]
    climbed: tuple[Climbed, ...]
    given_up: tuple[str, ...]
    cells_withheld: Mapping[str, int]
    persons_withheld: int
    k: int
    l: Mapping[str, int]  # noqa: E741 - its name everywhere
    t: Mapping[str, float]


def anonymise(
    table: pd.DataFrame,
    person: str,
    ladders: Sequence[Ladder],
    sensitive: Sequence[str],
    rules: SampleRules,
    *,
    unsaid: Sequence[str] = (),
) -> Hidden:
    """The table with every known column of the ladders merged as far as the rules need. Raises Infeasible.

    ``unsaid``: the words of sensitive columns that tell nothing, such as that nobody asked. Where all who did say
    something said the same, it is withheld: whoever knows that somebody answered would else know what.

    Only the person, the columns of the ladders and the sensitive columns are in the answer.
    """
    whole = one_row_each(table, person)
    if len(whole) < rules.k:
        raise Infeasible(
            f"Fewer than {rules.k} people can be drawn, so nobody can be hidden among {rules.k}. Nothing was written."
        )
    best, most = None, -1.0
    for share in (rules.first_merge, rules.first_merge / 2, rules.first_merge / 4, 0.0):
        levels = _merge(whole, ladders, sensitive, rules, share)
        found = _finish(whole, person, ladders, levels, sensitive, rules, unsaid)
        kept = worth(found, whole, ladders)
        if found.persons_withheld <= rules.most_withheld * len(whole) and len(found.table) and kept > most:
            best, most = found, kept
    if best is None:
        raise Infeasible(
            f"More than {round(100 * rules.most_withheld)} in 100 of the people drawn would have to be left out for "
            f"k = {rules.k} and l = {rules.l}. Nothing was written. Wait until there are more records, or draw a larger share."
        )
    return best


def at_levels(table: pd.DataFrame, ladders: Sequence[Ladder], levels: Mapping[str, int]) -> pd.DataFrame:
    """The known columns that are left, with the words of their steps."""
    found = {}
    for ladder in ladders:
        level = levels[ladder.name]
        if level >= ladder.top:
            continue
        words = plain(table, ladder.columns).replace(BLANK, NOT_RECORDED)
        for step in ladder.steps[:level]:
            words = words.replace(dict(step)) if step else words
        found.update({name: words[name] for name in ladder.columns})
    return pd.DataFrame(found, index=table.index)


def entropy(words: pd.DataFrame) -> float:
    """Bits a row tells, on average; a withheld cell tells nothing."""
    if words.empty or not len(words.columns):
        return 0.0
    told = words[(words != WITHHELD).all(axis=1)]
    shares = told.groupby(list(told.columns), dropna=False).size() / max(1, len(told))
    return float(-sum(share * log2(share) for share in shares) * len(told) / len(words))


def kept_of(hidden: Hidden, whole: pd.DataFrame, ladders: Sequence[Ladder]) -> dict[str, float]:
    """The share of each ladder's information that the released rows still tell, 0 to 1."""
    shares = {}
    for each in ladders:
        bits = entropy(at_levels(whole, [each], {each.name: 0}))
        columns = [name for name in each.columns if name in hidden.known]
        shares[each.name] = min(1.0, entropy(hidden.table[columns]) / bits) if bits and columns else 0.0
    return shares


def worth(hidden: Hidden, whole: pd.DataFrame, ladders: Sequence[Ladder]) -> float:
    """What is left of what was worth having: the shares kept, weighed, of the people who are still in."""
    shares = kept_of(hidden, whole, ladders)
    return len(hidden.table) / len(whole) * sum(each.weight * sqrt(shares[each.name]) for each in ladders)


def _merge(
    table: pd.DataFrame, ladders: Sequence[Ladder], sensitive: Sequence[str], rules: SampleRules, share: float
) -> dict[str, int]:
    """How far each ladder is climbed: the merging worth most after which no more than a share stand among too few."""
    words = {
        (each.name, level): at_levels(table, [each], {each.name: level})
        for each in ladders
        for level in range(each.top + 1)
    }
    codes = {key: _codes(found) for key, found in words.items()}
    told = [_codes(plain(table, [name])) for name in sensitive]
    value = {}
    for each in ladders:
        all_bits = entropy(words[each.name, 0]) or 1.0
        for level in range(each.top + 1):
            value[each.name, level] = each.weight * sqrt(entropy(words[each.name, level]) / all_bits)
    enough = share * len(table)
    # Too fine with some of the columns is too fine with more of them, so most mergings need never be looked at.
    fine: list[tuple[tuple[int, ...], Codes]] = [((), np.zeros(len(table), dtype=np.int64))]
    for each in ladders:
        fine = [
            ((*levels, level), classes)
            for levels, before in fine
            for level in range(each.top + 1)
            if np.count_nonzero(_lonely(classes := _together([before, codes[each.name, level]]), told, rules)) <= enough
        ]
    if not fine:
        return {each.name: each.top for each in ladders}
    names = [each.name for each in ladders]
    _, best = max((sum(value[key] for key in zip(names, levels, strict=True)), levels) for levels, _ in fine)
    return dict(zip(names, best, strict=True))


def _codes(words: pd.DataFrame) -> Codes:
    """One whole number for each combination of words."""
    if not len(words.columns):
        return np.zeros(len(words), dtype=np.int64)
    numbers = words.groupby(list(words.columns), dropna=False, sort=True).ngroup()
    return np.asarray(numbers.to_numpy(), dtype=np.int64)


def _together(codes: Sequence[Codes]) -> Codes:
    """The class of each row: rows alike in every code."""
    found = codes[0]
    for each in codes[1:]:
        found = np.unique(found * (each.max(initial=0) + 1) + each, return_inverse=True)[1]
    return found


def _lonely(classes: Codes, told: Sequence[Codes], rules: SampleRules) -> npt.NDArray[np.bool_]:
    """Rows (one a person) in classes of fewer than k, or with fewer than l words of something sensitive."""
    few = np.bincount(classes) < rules.k
    for words in told:
        width = words.max(initial=0) + 1
        few |= np.bincount(np.unique(classes * width + words) // width, minlength=len(few)) < rules.l
    return few[classes]


def _finish(
    whole: pd.DataFrame, person: str, ladders: Sequence[Ladder], levels: Mapping[str, int], sensitive: Sequence[str],
    rules: SampleRules, unsaid: Sequence[str],
) -> Hidden:  # fmt: skip
    """Withhold cells, then persons, and count by persons what is left."""
    left = [each for each in ladders if levels[each.name] < each.top]
    words = at_levels(whole, ladders, levels)
    known = tuple(words.columns)
    told = plain(whole, sensitive).replace(BLANK, NOT_RECORDED)
    table, out = _withhold_cells(pd.concat([whole[[person]], words, told], axis=1), left, sensitive, rules)
    kept = _withhold_same_answers(table[~out].reset_index(drop=True), known, sensitive, unsaid)
    cells = {name: int((kept[name] == WITHHELD).sum()) for name in (*known, *sensitive)}
    found = Hidden(
        kept, known, tuple(sensitive), _climbed(whole, ladders, levels),
        tuple(name for each in ladders if levels[each.name] >= each.top for name in each.columns),
        {name: count for name, count in cells.items() if count}, int(table[person][out].nunique()),
        k_of(kept, known, person), {name: l_of(kept, known, name) for name in sensitive},
        {name: t_of(kept, known, name) for name in sensitive},
    )  # fmt: skip
    if len(kept) and (found.k < rules.k or any(count < rules.l for count in found.l.values())):
        raise Infeasible("The people could not be hidden as the rules ask. Nothing was written.")
    return found


def _withhold_same_answers(
    table: pd.DataFrame, known: Sequence[str], sensitive: Sequence[str], unsaid: Sequence[str]
) -> pd.DataFrame:
    """Withhold what was said in classes in which all who said anything said the same."""
    classes = class_of(table, known)
    for name in sensitive:
        said = ~table[name].isin([*unsaid, NOT_RECORDED, WITHHELD])
        words = table[name].where(said).groupby(classes).transform("nunique")
        table.loc[said & (words == 1), name] = WITHHELD
    return table


def _withhold_cells(
    table: pd.DataFrame, ladders: Sequence[Ladder], sensitive: Sequence[str], rules: SampleRules
) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """Withhold as few and as cheap cells as will do of those who look like too few others; who still does is told.

    Whole classes are tried at once, and kept where the class they then form is large enough: nobody else's class changes.
    """
    told = [_codes(table[[name]]) for name in sensitive]
    codes = {each.name: _codes(table[list(each.columns)]) for each in ladders}
    nobody = np.zeros(len(table), dtype=np.int64)
    few = min(CELLS_AT_MOST, len(ladders))
    tries = [chosen for size in range(1, few + 1) for chosen in combinations(ladders, size)]
    alone = _lonely(_together([nobody, *codes.values()]), told, rules)
    for chosen in sorted(tries, key=lambda each: sum(ladder.weight for ladder in each)):
        if not alone.any():
            break
        trial = codes | {each.name: np.where(alone, NO_CODE, codes[each.name]) for each in chosen}
        saved = alone & ~_lonely(_together([nobody, *trial.values()]), told, rules)
        for each in chosen:
            codes[each.name] = np.where(saved, NO_CODE, codes[each.name])
            table.loc[saved, list(each.columns)] = WITHHELD
        alone &= ~saved
    return table, alone


def _climbed(table: pd.DataFrame, ladders: Sequence[Ladder], levels: Mapping[str, int]) -> tuple[Climbed, ...]:
    """The steps taken, in order of the ladders, with what each lost."""
    steps = []
    for each in ladders:
        whole = entropy(at_levels(table, [each], {each.name: 0})) or 1.0
        for step in range(1, levels[each.name] + 1):
            bits = [entropy(at_levels(table, [each], {each.name: level})) for level in (step - 1, step)]
            steps.append(Climbed(each.name, step, step == each.top, (bits[0] - bits[1]) / whole))
    return tuple(steps)
