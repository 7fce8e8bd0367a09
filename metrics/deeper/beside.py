"""Everything that stands beside a finding."""

from __future__ import annotations

from collections.abc import Sequence

from data.facts import Facts
from metrics.catalogue import Catalogue
from metrics.deeper.by_person import one_person
from metrics.deeper.elsewhen import other_days
from metrics.deeper.figure import SecondFigure
from metrics.deeper.other_sums import by_other_sums
from metrics.deeper.seen_at_all import what_could_be_seen
from metrics.evaluate import situation_of
from metrics.model import Finding


def deeper(
    facts: Facts, catalogue: Catalogue, finding: Finding, declared_with_it: Sequence[Finding] = ()
) -> tuple[SecondFigure, ...]:
    """Every second figure that fits the outcome's kind, in reading order; empty where nothing was compared.

    ``declared_with_it`` are all findings of the same intervention, for the chance among several outcomes.
    """
    try:
        seen = situation_of(facts, catalogue, finding)
    except ValueError:
        return ()
    return tuple(
        figure
        for figures in (
            by_other_sums(seen, facts),
            one_person(seen),
            other_days(seen),
            what_could_be_seen(seen, finding, declared_with_it),
        )
        for figure in figures
    )
