"""The sheet of whose views: one row a matter, one place for each voice, thin records first.

The person and the family never share a place: what a relative says the person wants is the relative's view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from data.records import Matter, View

Place = Literal["person", "family", "staff", "others"]
PLACES: tuple[Place, ...] = get_args(Place)
OWN_PLACE: Mapping[str, Place] = MappingProxyType({"person": "person", "family": "family", "staff": "staff"})
"""Advocates, attorneys, deputies and outside professionals stand together under "others", each named."""

TICKS = 4
WELL_EVIDENCED = 3
"""From so many ticks on a view is well evidenced (V13)."""


@dataclass(frozen=True)
class SheetRow:
    """One matter with its views by place, each oldest first."""

    matter: Matter
    places: Mapping[Place, tuple[View, ...]]

    @property
    def thin(self) -> bool:
        """Whether the person was not heard on it, or one of its views is poorly evidenced."""
        return not self.matter.person_heard or any(is_thin(view) for view in self.matter.views)


def place_of(voice: str) -> Place:
    """Where a voice stands on the sheet."""
    return OWN_PLACE.get(voice, "others")


def is_thin(view: View) -> bool:
    """Poorly evidenced: fewer than three of sought, understood, position and use are known."""
    return view.ticks < WELL_EVIDENCED


def sheet(matters: Iterable[Matter]) -> tuple[SheetRow, ...]:
    """The rows, thinnest first: those on which the person was not heard, then the fewest ticks, then the newest."""
    return tuple(_row(matter) for matter in sorted(matters, key=thinness))


def thinness(matter: Matter) -> tuple[bool, float, float, int, str, str, str]:
    """What the sheet is ordered by; no two different matters are equal, so the order never depends on the export's.

    The person not heard comes before everything else; then the least and the average number of ticks of its views, a
    matter without any view having none; then the newest.
    """
    ticks = [view.ticks for view in matter.views] or [0]
    decision = matter.decision.decision_id if matter.decision is not None else ""
    return (
        matter.person_heard, min(ticks), sum(ticks) / len(ticks), -matter.dated.toordinal(),
        matter.person_id, matter.element or "", decision,
    )  # fmt: skip


def _row(matter: Matter) -> SheetRow:
    places: dict[Place, list[View]] = {place: [] for place in PLACES}
    for view in matter.views:
        places[place_of(view.voice)].append(view)
    return SheetRow(matter, MappingProxyType({place: tuple(views) for place, views in places.items()}))


def about(matters: Iterable[Matter], intervention_id: str) -> tuple[Matter, ...]:
    """The matters of one change: those whose decision, or any of whose views, names it."""
    return tuple(matter for matter in matters if intervention_id in _changes(matter))


def _changes(matter: Matter) -> set[str | None]:
    named = {view.intervention_id for view in matter.views}
    return named | ({matter.decision.intervention_id} if matter.decision is not None else set())


@dataclass(frozen=True)
class Heard:
    """Of how many matters: person heard, family heard, the two kept apart, only family; positions the same, differing; traced."""

    matters: int
    person: int
    family: int
    apart: int
    only_family: int
    same: int
    differ: int
    traced: int


def heard(matters: Iterable[Matter]) -> Heard:
    """The counts behind the page's first sentence."""
    found = tuple(matters)
    return Heard(
        matters=len(found),
        person=sum(matter.person_heard for matter in found),
        family=sum(matter.family_heard for matter in found),
        apart=sum(matter.kept_apart and matter.family_heard for matter in found),
        only_family=sum(matter.family_only for matter in found),
        same=sum(matter.person_family == "same" for matter in found),
        differ=sum(matter.person_family == "differ" for matter in found),
        traced=sum(matter.traced for matter in found),
    )


@dataclass(frozen=True)
class WithoutReason:
    """A risky decision that followed the family, and no reason is written (V17)."""

    person_id: str
    element: str | None
    decided_on: date


def followed_family_without_reason(matters: Iterable[Matter]) -> tuple[WithoutReason, ...]:
    """The cases of V17, the newest first."""
    found = [
        WithoutReason(matter.person_id, matter.element, decision.decided_on)
        for matter in matters
        if (decision := matter.decision) is not None
        and (decision.risk, decision.followed, decision.reason_given) == ("high", "family", "no")
    ]
    return tuple(sorted(found, key=lambda each: (each.decided_on, each.person_id, each.element or ""), reverse=True))
