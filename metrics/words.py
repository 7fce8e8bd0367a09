"""How numbers, days and lists are said. British English, plain, no percent sign where "in 100" will do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def day(when: date) -> str:
    """3 March 2026."""
    return f"{when.day} {when:%B} {when.year}"


def short_day(when: date) -> str:
    """3 Mar 2026."""
    return f"{when.day} {when:%b} {when.year}"


def number(value: float, decimals: int | None = None) -> str:
    """A number as people say it: 1,234; 41; 6.8; 0.35."""
    if decimals is None:
        decimals = _decimals(value)
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(value: float) -> str:
    """A number without decimals: 1,234."""
    return f"{round(value):,}"


def at_least(value: float) -> str:
    """A whole number that never rounds something down to nothing: 0.3 is "less than 1"."""
    return "less than 1" if 0 < value < 0.5 else whole(value)


def apart(one: float, other: float) -> tuple[str, str]:
    """Two different numbers with the same decimals: just enough to look different, and neither rounded to nothing."""
    first = second = ""
    for decimals in range(min(_decimals(one), _decimals(other)), 4):
        first, second = f"{one:,.{decimals}f}", f"{other:,.{decimals}f}"
        vanished = any(value and not float(said.replace(",", "")) for value, said in ((one, first), (other, second)))
        if first != second and not vanished:
            break
    if first.endswith(".0") and second.endswith(".0"):
        return first[:-2], second[:-2]
    return first, second


def _decimals(value: float) -> int:
    size = abs(value)
    return 0 if size >= 20 or value == int(value) else 1 if size >= 1 else 2


def and_list(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: float, one: str, many: str) -> str:
    """1 fall, 2 falls."""
    return f"{whole(count)} {one if count == 1 else many}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
