"""What a researcher's release is made from. Whoever opted out is absent from the first line of every question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from data import asking
from data.model import Rows
from data.releases.sample_model import Around, MayBeReleased, Stay, Tried
from data.warehouse.contributed import Contributed

KEPT_OUT = (
    "(lower(coalesce(research_opt_out, '')) = 'yes' "
    "OR lower(coalesce(data_use, '')) IN ('service_improvement_only', 'objected'))"
)
MAY_BE_IN = f"SELECT person_id FROM people WHERE NOT {KEPT_OUT}"
"""Nobody who is not in the register: what they agreed to is not known."""
CHECKIN, NOTE = "person_checkin", "not_how_it_feels"
_ASKED = (
    "(SELECT unnest($people::VARCHAR[]) AS person_id, unnest($services::VARCHAR[]) AS service_id, "
    "unnest($before_first::DATE[]) AS before_first, unnest($before_last::DATE[]) AS before_last, "
    "unnest($after_first::DATE[]) AS after_first, unnest($after_last::DATE[]) AS after_last)"
)


class ForSamples(Contributed):
    """What a researcher's release is made from. Answers ``data.facts.FactsForSamples``."""

    def people_for_samples(self) -> tuple[MayBeReleased, ...]:
        stays: dict[str, list[Stay]] = defaultdict(list)
        for person, service, first, last in self._rows(
            f"SELECT person_id, service_id, start_on, end_on FROM stays WHERE person_id IN ({MAY_BE_IN}) "
            "ORDER BY person_id, start_on, end_on NULLS LAST, service_id"
        ):
            stays[person].append(Stay(service, first, last))
        register = self._rows(
            "SELECT person_id, birth_year, lower(coalesce(nullif(gender, ''), 'not_recorded')), "
            "lower(coalesce(nullif(stage, ''), 'not_recorded')) FROM people "
            f"WHERE person_id IN ({MAY_BE_IN}) ORDER BY person_id"
        )
        return tuple(
            MayBeReleased(person, year, gender, stage, tuple(stays[person]))
            for person, year, gender, stage in register
            if person in stays
        )

    def people_kept_out(self) -> int:
        return int(self._rows(f"SELECT count(DISTINCT person_id) FROM people WHERE {KEPT_OUT}")[0][0])

    def changes_for_samples(self) -> tuple[Tried, ...]:
        rows = self._rows(
            "SELECT service_id, nullif(person_id, ''), kind, start_on, settling_days FROM interventions "
            f"WHERE nullif(person_id, '') IS NULL OR person_id IN ({MAY_BE_IN}) "
            "ORDER BY start_on, kind, intervention_id"
        )
        return tuple(Tried(*row) for row in rows)

    def counts_around(self, rows: Rows, asked: Sequence[Around]) -> Mapping[str, tuple[int, int]]:
        if not asked:
            return {}
        source, where, values = asking.matching(rows, None, any_left_out=self._any_left_out())
        found = self._rows(
            f"SELECT e.person_id, {_in('before', 'count(*)')}, {_in('after', 'count(*)')} "
            f"FROM {source} JOIN {_ASKED} a ON a.person_id = e.person_id AND a.service_id = e.service_id "
            f"WHERE {where} AND e.person_id IN ({MAY_BE_IN}) GROUP BY e.person_id ORDER BY e.person_id",
            {**values, **_values(asked)},
        )
        return {person: (before, after) for person, before, after in found if before or after}

    def own_scores_around(self, asked: Sequence[Around]) -> Mapping[str, tuple[float | None, float | None]]:
        if not asked:
            return {}
        found = self._rows(
            f"SELECT e.person_id, {_in('before', 'avg(e.score)', 'e.given_on')}, {_in('after', 'avg(e.score)', 'e.given_on')} "
            f"FROM feedback e JOIN {_ASKED} a ON a.person_id = e.person_id AND a.service_id = e.service_id "
            "WHERE e.rater = 'self' AND e.answer = 'score' AND e.instrument = $checkin AND e.domain <> $note "
            f"AND e.person_id IN ({MAY_BE_IN}) GROUP BY e.person_id ORDER BY e.person_id",
            {"checkin": CHECKIN, "note": NOTE, **_values(asked)},
        )
        return {person: (before, after) for person, before, after in found if (before, after) != (None, None)}


def _in(side: str, what: str, day: str = "CAST(e.occurred_at AS DATE)") -> str:
    return f"{what} FILTER ({day} BETWEEN a.{side}_first AND a.{side}_last)"


def _values(asked: Sequence[Around]) -> dict[str, Any]:
    return {
        "people": [each.person_id for each in asked],
        "services": [each.service_id for each in asked],
        "before_first": [each.before.first for each in asked],
        "before_last": [each.before.last for each in asked],
        "after_first": [each.after.first for each in asked],
        "after_last": [each.after.last for each in asked],
    }
