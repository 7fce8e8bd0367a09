"""Ten figures as an NHS number has, and whether they can be one. The numbers themselves are never told, only how many."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TEN_FIGURES = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")


def ten_figures(texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts that are ten figures, without the blanks and hyphens they are written with."""
    found = (text.strip() for text in texts if 10 <= len(text) <= 14)
    return frozenset(re.sub(r"[ -]", "", text) for text in found if _TEN_FIGURES.fullmatch(text))


def can_be_one(figures: str) -> bool:
    """Whether ten figures pass the check of an NHS number, and are not one figure ten times.

    The first nine are weighed by 10 down to 2; 11 less the remainder by 11 is the tenth, 11 counting as 0, and 10 is never
    given (NHS Data Dictionary, NHS NUMBER, modulus 11).
    """
    if len(set(figures)) == 1:
        return False
    weighed = sum(weight * int(figure) for weight, figure in zip(range(10, 1, -1), figures, strict=False))
    return (11 - weighed % 11) % 11 == int(figures[9])
