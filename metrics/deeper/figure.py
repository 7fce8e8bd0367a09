"""One figure beside a finding, and what is true of every figure of its part."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from metrics.model import Scale
from metrics.words import capital

Part = Literal["other sums", "one person", "other days", "what could be seen"]


PARTS: tuple[Part, ...] = ("other sums", "one person", "other days", "what could be seen")


WEEK = 7


LEAST_P = 0.001


ABOUT: dict[Part, str] = {
    "other sums": "Each is the same before and after, with other limits or another model.",
    "one person": "This is one person's series: it does not show what brought a change about.",
    "other days": "The bare word over other days, before any other explanation has had its say.",
    "what could be seen": "How small a change would have shown, and what chance may do among several outcomes.",
}
"""What is true of every figure of a part."""


TIMES, IN_100, POINTS = "times", "in 100", "points of the score"


UNITS: dict[Scale, str] = {"ratio": TIMES, "points": IN_100, "score": POINTS}


@dataclass(frozen=True)
class SecondFigure:
    """One figure beside a finding, with what it takes to read it.

    ``value`` is a number in ``unit``, ``word`` an answer that is none; where there is neither, ``note`` says why not.
    ``no_change`` is the value that would mean no difference, None where no value does.
    """

    part: Part
    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    no_change: float | None = None
    unit: str = ""
    word: str = ""
    assumes: str = ""
    paper: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for figure in (self.value, self.low, self.high, self.no_change):
            if figure is not None and not math.isfinite(figure):
                raise ValueError(f"{self.name}: a figure that does not exist is left out, never infinite.")
        if self.value is None and not self.word and not self.note:
            raise ValueError(f"{self.name}: a figure that is not there says why.")

    @property
    def answered(self) -> bool:
        """Whether there is a figure or a word to show."""
        return self.value is not None or bool(self.word)


def refused(part: Part, name: str, reason: str, assumes: str = "", paper: str = "") -> SecondFigure:
    """A figure that has no answer here, with why not."""
    return SecondFigure(part, name, assumes=assumes, paper=paper, note=f"{capital(reason.rstrip('.'))}.")
