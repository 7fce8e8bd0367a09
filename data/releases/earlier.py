"""What earlier releases to commissioners showed and hid: what a reader of all of them knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.model import Period
from data.releases.model import Length, Status

LEFT_OUT = "left_out"
"""A total or a year that was not given at all, since its parts would have given something hidden away."""

Place = tuple[str, str, Length, Period]
"""Outcome, unit, length and period: what names a figure."""


@dataclass(frozen=True)
class Given:
    """A figure as it was released: its status, what was shown of it, and the services that stood behind it."""

    place: Place
    status: Status | Literal["left_out"]
    numerator: int | None
    services: tuple[str, ...]
    denominator: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Entry:
    """One release to commissioners. ``together``: services that were shown only in a group, or not at all.

    ``rounding`` and ``fewest_events``: the settings of that day; they say how much a shown figure tells.
    """

    release_id: str
    made_on: date
    together: tuple[str, ...]
    given: tuple[Given, ...]
    rounding: int = 5
    fewest_events: int = 8


@dataclass(frozen=True)
class Earlier:
    """Everything earlier releases showed and hid, the latest word on each figure."""

    entries: tuple[Entry, ...] = ()
    _last: dict[Place, Given] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for entry in self.entries:
            for given in entry.given:
                self._last[given.place] = given

    def was_hidden(self, place: Place) -> bool:
        """Whether it was hidden last time: a count that is shown now would say by how little it grew."""
        given = self._last.get(place)
        return given is not None and given.status == "suppressed"

    def was_left_out(self, place: Place) -> bool:
        """Whether it was not given at all last time; it stays so."""
        given = self._last.get(place)
        return given is not None and given.status == LEFT_OUT

    def was_shown(self, place: Place) -> bool:
        """Whether its figure is known to readers of earlier releases."""
        given = self._last.get(place)
        return given is not None and given.status == "shown"

    def counted(self, place: Place) -> tuple[str, ...] | None:
        """The services that stood behind it when it was first released; None when it never was."""
        given = self._last.get(place)
        return given.services if given is not None and given.status != "missing" else None

    def last(self, place: Place) -> Given | None:
        """What was released of it last time."""
        return self._last.get(place)

    @property
    def given(self) -> tuple[Given, ...]:
        """Every figure ever shown, each release's own."""
        return tuple(each for entry in self.entries for each in entry.given if each.status == "shown")

    @property
    def together(self) -> frozenset[str]:
        """Services that were shown only in a group, or not at all, in any release."""
        return frozenset(service for entry in self.entries for service in entry.together)
