"""How many changes came to which verdict, beside the list of the changes of whole services."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from data.disclosure import Rules
from metrics.model import Finding
from metrics.releasing.together import together


def changes(number: int, *, personal: bool, verdict: str = "better", kind: str = "meals") -> list[Finding]:
    told = []
    for n in range(number):
        person = f"{kind}-{verdict}-{n}" if personal else None
        tried = SimpleNamespace(
            kind=kind, ladder_level=2, person_id=person, service_id=f"{kind}-s{n}", is_personal=personal
        )
        told.append(cast(Finding, SimpleNamespace(intervention=tried, verdict=SimpleNamespace(word=verdict))))
    return told


def count_of(findings: list[Finding], by: str, word: str, verdict: str = "") -> int | None:
    told = together(findings, Rules())
    return next(each.count for each in told if (each.by, each.word, each.verdict) == (by, word, verdict))


def test_the_changes_of_few_people_are_not_found_by_taking_those_of_services_away() -> None:
    """Five people and five services make ten; the five services are listed one by one."""
    mixed = changes(5, personal=True) + changes(5, personal=False)
    assert count_of(mixed, "kind", "meals") is None
    assert count_of(mixed, "kind", "meals", "better") is None


def test_enough_people_or_services_alone_are_counted() -> None:
    assert count_of(changes(10, personal=True), "kind", "meals") == 10
    assert count_of(changes(10, personal=False), "kind", "meals") == 10
    assert count_of(changes(10, personal=True) + changes(5, personal=False), "kind", "meals") == 15


def test_a_level_less_its_kinds_gives_no_few_people_away() -> None:
    """Fifteen people with meals, and two with outings, at one level: both are rounded to fifteen."""
    findings = changes(15, personal=True) + changes(2, personal=True, kind="outings")
    assert count_of(findings, "kind", "outings") is None
    assert None in (count_of(findings, "kind", "meals"), count_of(findings, "ladder_level", "2"))
