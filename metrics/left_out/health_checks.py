"""Health checks done in time, kind by kind, for the largest ethnic group and for everybody outside it. Counts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.model import Tally
from data.records import Checked

NOTHING = Tally(0, 0)


@dataclass(frozen=True)
class HealthChecks:
    """One kind of check: so many in time of so many due, for the largest group, the others, and people not recorded."""

    element: str
    largest: Tally = NOTHING
    others: Tally = NOTHING
    not_recorded: Tally = NOTHING

    @property
    def everybody(self) -> Tally:
        return self.largest + self.others + self.not_recorded


def health_checks(
    checks: Iterable[Checked], group_of: Mapping[str, str], groups: tuple[str, ...]
) -> tuple[HealthChecks, ...]:
    """``group_of`` names each person's ethnic group, ``groups`` those known, the largest first."""
    added: dict[str, dict[str, Tally]] = {}
    for each in checks:
        if each.in_time is None:
            continue
        kind = added.setdefault(each.element or "not_recorded", {})
        side = _side(group_of.get(each.person_id or "", ""), groups)
        kind[side] = kind.get(side, NOTHING) + Tally(int(each.in_time), 1)
    return tuple(HealthChecks(element, **sides) for element, sides in sorted(added.items()))


def _side(group: str, groups: tuple[str, ...]) -> str:
    if group not in groups:
        return "not_recorded"
    return "largest" if group == groups[0] else "others"
