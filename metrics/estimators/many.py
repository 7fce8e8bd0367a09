"""Several outcomes were looked at: which changes would still stand out from chance?"""

from __future__ import annotations

from collections.abc import Sequence


def adjusted(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Benjamini and Hochberg's adjusted p-values in the order given; None stays None and counts for nothing.

    Use it over the outcomes declared beforehand, and only for a caution: verdicts rest on intervals.

    Unit: a probability. Range: the p given, to 1. No-change value: none; a single p stays as it is.
    Assumes: outcomes independent or positively related. Controls the expected share of false finds.
    Raises: ValueError for a p outside 0 to 1.
    Benjamini & Hochberg 1995, J R Stat Soc B 57:289, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    for p in p_values:
        if p is not None and not 0 <= p <= 1:
            raise ValueError(f"A p-value lies between 0 and 1, not at {p}.")
    ordered = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    found: list[float | None] = [None] * len(p_values)
    smallest, many = 1.0, len(ordered)
    for rank in range(many, 0, -1):
        p, place = ordered[rank - 1]
        # A p is never adjusted below itself, whatever the last bit of the product says.
        smallest = min(smallest, max(p, p * many / rank))
        found[place] = smallest
    return tuple(found)
