"""What is known of one instrument, in types that refuse what cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from data.model import Impossible

Scored = Literal["total", "domain", "both"]
Good = Literal["up", "down"]
Range = tuple[float, float]

NOT_AGREED = "not agreed"


@dataclass(frozen=True)
class Noticeable:
    """The least change people would notice. ``value`` is in points of the total, None where nobody agrees on one."""

    words: str
    source: str
    value: float | None = None

    @property
    def agreed(self) -> bool:
        return self.source != NOT_AGREED

    def __post_init__(self) -> None:
        if not self.agreed and self.value is not None:
            raise Impossible("A difference that is not agreed has no value to judge by.")


@dataclass(frozen=True)
class Band:
    """A published band of the total, both ends in it; ``high`` None is open above."""

    low: float
    high: float | None

    def holds(self, score: float) -> bool:
        """Whether a score lies in it."""
        return self.low <= score and (self.high is None or score <= self.high)


@dataclass(frozen=True)
class Instrument:
    """One instrument. ``total`` and ``domain`` are lowest and highest; None where we do not hold them.

    ``own_form`` is, for a form that others fill in, the one in which people answer for themselves. ``own``: written by
    this project; ``made_with`` names who helped make it, nobody so far for any of ours.
    """

    code: str
    name: str
    about: str
    scored: Scored
    good: Good
    answered_by: tuple[str, ...]
    recall: str
    total: Range | None = None
    domain: Range | None = None
    step: float = 1.0
    own_form: str | None = None
    noticeable: Noticeable | None = None
    bands: tuple[Band, ...] = ()
    licence: str = ""
    remark: str = ""
    own: bool = False
    validated: bool = False
    made_with: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for ends in (self.total, self.domain):
            if ends is not None and ends[0] >= ends[1]:
                raise Impossible(f"{self.code}: the lowest score lies below the highest.")
        for one, other in pairwise(self.bands):
            if one.high is None or other.low <= one.high:
                raise Impossible(f"{self.code}: bands follow each other and do not overlap.")
        if not self.answered_by:
            raise Impossible(f"{self.code}: somebody answers it.")

    def band_of(self, score: float) -> Band | None:
        """The band a score lies in; None below the first, or where there are none."""
        return next((band for band in self.bands if band.holds(score)), None)
