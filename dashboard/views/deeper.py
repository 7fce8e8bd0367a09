"""The second figures of one change, in words: a table for each part, and what could not be worked out and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.deeper import ABOUT, LEAST_P, PARTS, TIMES, Part, SecondFigure
from metrics.words import capital, number

TITLES: dict[Part, str] = {
    "other sums": "The same change by other sums",
    "one person": "One person's weeks as a series",
    "other days": "Other days",
    "what could be seen": "What these days could have shown",
}
INTRO = (
    "None of this changes the answer above. It is here so that the answer can be checked, and so that nobody needs to "
    "go looking for a kinder figure."
)
NOTHING = "There is nothing more to show: no before and after could be compared."
NONE = "–"


@dataclass(frozen=True)
class Row:
    """One figure: what it is, its value and range, what no change would be, what it rests on."""

    name: str
    note: str
    value: str
    reach: str
    no_change: str
    assumes: str
    paper: str


@dataclass(frozen=True)
class Section:
    """One part: its rows, and the figures that have no answer here with the reason."""

    title: str
    about: str
    rows: tuple[Row, ...]
    left_out: tuple[str, ...]
    in_words: bool
    """Whether all its answers are words, so that columns for ranges would stand empty."""


def sections(figures: Iterable[SecondFigure]) -> tuple[Section, ...]:
    """The parts that have anything to say, in reading order."""
    by_part: dict[Part, list[SecondFigure]] = {part: [] for part in PARTS}
    for figure in figures:
        by_part[figure.part].append(figure)
    return tuple(_section(part, found) for part, found in by_part.items() if found)


def _section(part: Part, figures: list[SecondFigure]) -> Section:
    answered = [each for each in figures if each.answered]
    return Section(
        TITLES[part],
        ABOUT[part],
        tuple(_row(each) for each in answered),
        tuple(f"{each.name}: {each.note[:1].lower()}{each.note[1:]}" for each in figures if not each.answered),
        all(each.value is None for each in answered),
    )


def _row(figure: SecondFigure) -> Row:
    value = capital(figure.word) if figure.value is None else _said(figure, figure.value, unit=True)
    return Row(
        figure.name, figure.note, value, _reach(figure),
        NONE if figure.no_change is None else _said(figure, figure.no_change), capital(figure.assumes), figure.paper,
    )  # fmt: skip


def _reach(figure: SecondFigure) -> str:
    low, high = figure.low, figure.high
    if low is None and high is None:
        return NONE
    if high is None:
        assert low is not None
        return f"{_said(figure, low)} or more"
    if low is None:
        return f"Up to {_said(figure, high)}"
    return f"{_said(figure, low)} to {_said(figure, high)}"


def _said(figure: SecondFigure, value: float, *, unit: bool = False) -> str:
    """ "0.78 times"; "−32 in 100" where no change is 0; "88 in 100"; "0.170"."""
    size = abs(value)
    if figure.unit == "p" and size < LEAST_P:
        return f"less than {LEAST_P:g}"
    said = number(size, _decimals(figure, size))
    sign = "" if said == "0" or value == size else "−"
    plus = "+" if value > 0 and said != "0" and figure.no_change == 0 and figure.unit not in ("", "correlation") else ""
    words = f" {figure.unit}" if unit and figure.unit not in ("", "p", "correlation") else ""
    return f"{sign}{plus}{said}{words}"


def _decimals(figure: SecondFigure, size: float) -> int:
    if figure.unit == "p":
        return 3
    if figure.unit in (TIMES, "", "correlation"):
        return 2 if size < 10 else 0
    return 1 if size < 10 else 0
