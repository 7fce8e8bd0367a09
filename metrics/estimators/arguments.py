"""What every estimator asks of its arguments, said once."""

from __future__ import annotations

MOST = 1e12
"""No record counts more than this; beyond it floating-point arithmetic would quietly lose events."""

LEAST = 1e-12


def whole(name: str, value: float) -> int:
    """``value`` as a whole number from 0 up; ValueError otherwise."""
    if not 0 <= value <= MOST or value != int(value):
        raise ValueError(f"{name} must be a whole number from 0 up, not {value}.")
    return int(value)


def positive(name: str, value: float) -> float:
    """``value`` when it is above 0 and of a size arithmetic can bear; ValueError otherwise."""
    if not LEAST <= value <= MOST:
        raise ValueError(f"{name} must be above 0 and finite, not {value}.")
    return float(value)


def share(value: float) -> float:
    """``value`` when it lies between 0 and 1; ValueError otherwise."""
    if not 0 <= value <= 1:
        raise ValueError(f"A share lies between 0 and 1, not at {value}.")
    return float(value)


def tail(level: float) -> float:
    """The chance left outside each end of a two-sided interval: 0.025 at 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"The level must lie between 0 and 1, not {level}.")
    return (1 - level) / 2
