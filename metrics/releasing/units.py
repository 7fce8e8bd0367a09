"""What is shown as one: a service of ten people or more, smaller ones of a setting together, all of a setting."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from data.disclosure import Rules
from data.facts import FactsOfAll
from data.model import Service
from data.releases.model import Unit
from metrics.across.pooling import kind_words, setting_order, sizes

UNKNOWN_NATION = "not_recorded"


@dataclass(frozen=True)
class Members:
    """A unit with the services in it."""

    unit: Unit
    services: tuple[str, ...]


@dataclass(frozen=True)
class Arranged:
    """Services, groups, and the whole of each setting; ``not_shown``: services too small even together, by setting."""

    shown: tuple[Members, ...]
    settings: tuple[Members, ...]
    not_shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def every(self) -> tuple[Members, ...]:
        return (*self.shown, *self.settings)


def arrange(facts: FactsOfAll, services: Sequence[Service], rules: Rules, *, small_before: frozenset[str]) -> Arranged:
    """Who is shown alone and who together.

    ``small_before``: services that an earlier release showed in a group or not at all; they stay there, or the
    difference between two releases would show them alone. A service of unknown size is not shown.
    """
    people = sizes(facts, services)
    small = {
        service.service_id
        for service in services
        if (people[service.service_id] or 0) < rules.fewest_under or service.service_id in small_before
    }
    shown: list[Members] = [
        Members(Unit(each.service_id, each.label, "service", each.setting, each.nation, 1), (each.service_id,))
        for each in sorted(services, key=lambda each: (each.label.casefold(), each.service_id))
        if each.service_id not in small
    ]
    settings: list[Members] = []
    hidden: dict[str, tuple[str, ...]] = {}
    for setting in sorted({service.setting for service in services}, key=setting_order):
        there = [service for service in services if service.setting == setting]
        group = [service for service in there if service.service_id in small]
        size = sum(people[service.service_id] or 0 for service in group)
        if len(group) >= rules.fewest_services and size >= rules.fewest_under:
            name = f"{len(group)} smaller {kind_words(setting)} together"
            shown.append(_members(f"together:{setting}", name, "group", group, people))
        elif group:
            hidden[setting] = tuple(sorted(service.service_id for service in group))
        if len(there) >= rules.fewest_services:
            settings.append(_members(f"all:{setting}", f"All {kind_words(setting)}", "setting", there, people))
    return Arranged(tuple(shown), tuple(settings), hidden)


def _members(code: str, name: str, level: str, services: Sequence[Service], taken: Container[str]) -> Members:
    nations = {service.nation for service in services}
    nation = nations.pop() if len(nations) == 1 else UNKNOWN_NATION
    codes = tuple(sorted(service.service_id for service in services))
    while code in taken:  # a service that is called so itself must not be taken for the whole
        code += ":"
    unit = Unit(code, name, "group" if level == "group" else "setting", services[0].setting, nation, len(codes))
    return Members(unit, codes)
