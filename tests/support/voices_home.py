"""A home whose views and decisions are drawn row by row, for the pages on voice and choice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.support.exports import load, write

VIEW = (
    "view_id, person_id, service_id, decision_id, intervention_id, element, voice, given_on, how_sought, understood, "
    "stance, used, reason_given, own_words, own_entry, recorded_by"
)
DECISION = (
    "decision_id, person_id, service_id, decided_on, class, domain, element, capacity, decider, followed, risk, "
    "reason_given, consulted, wishes_considered, less_restrictive, intervention_id"
)
FINDING_ON = date(2026, 3, 3)

VIEWS = f"""
{VIEW}
v1, P-1, elm, d1, plan, tea before washing, person, 2026-02-20, pictures, yes,         agree,    adopted,     ,    yes, yes, S-1
v2, P-1, elm, d1, plan, tea before washing, family, 2026-02-21, talk,     ,            disagree, not_adopted, yes, ,    yes, S-2
v3, P-1, elm, d1, plan, tea before washing, staff,  2026-02-21, talk,     ,            agree,    adopted,     ,    ,    yes, S-2
v4, P-2, elm, ,   ,     bedtime,            family, 2026-02-22, writing,  ,            agree,    adopted,     ,    ,    yes, S-1
v5, P-2, elm, ,   ,     walking,            person, 2026-02-23, not_asked,,            ,         ,            ,    ,    yes, S-1
v6, P-2, elm, d2, ,     walking alone,      attorney_deputy, 2026-02-23, talk, ,       mixed,    adapted,     ,    ,    yes, S-1
v7, P-3, elm, ,   ,     music,              person, 2026-02-24, talk,     not_checked, agree,    adopted,     ,    no,  no,  S-1
v8, P-3, elm, ,   ,     music,              family, 2026-02-24, talk,     ,            agree,    adopted,     ,    ,    no,  S-1
"""
DECISIONS = f"""
{DECISION}
d1, P-1, elm, 2026-02-25, everyday_choice, everyday, tea before washing, has, person, person, low, yes, , , , plan
d2, P-2, elm, 2026-02-26, best_interest, risk, walking alone, lacks, family, family, high, no, yes, yes, yes,
d3, P-2, elm, 2026-03-09, best_interest, everyday, clothes, not_assessed, manager, staff, low, no, yes, no, ,
d4, P-2, elm, 2026-03-10, duty, safeguarding, safety at home, lacks, council, law, high, yes, yes, yes, yes,
d5, P-3, elm, 2026-03-11, own_consent, health, medicines, has, person, person, low, yes, , , ,
"""
PEOPLE = """
person_id, birth_year, stage, communication_need, speech, family_contact, advocate
P-1, 1940, middle, speech, some, yes, no
P-2, 1938, early, none, full, yes, no
P-3, 1935, later, hearing, little, no, yes
"""
CONTEXT = f"""
context_id, service_id, person_id, from_on, kind, label
c1, elm, P-2, {FINDING_ON}, capacity_finding, Money matters
"""
PLAN = "intervention_id, service_id, person_id, title, kind, start_on\nplan, elm, P-1, {title}, three_way_planning, 2026-02-24"
STAYS = "person_id, service_id, start_on\nP-1, elm, 2024-01-01\nP-2, elm, 2026-02-10\nP-3, elm, 2024-01-01"


def everyday_choices() -> str:
    """Four choices a day for one person: she leads in all before the finding, in one of four from a fortnight after."""
    rows = ["check_id, measure, service_id, person_id, element, done_at, result"]
    for offset in range(-28, 42):
        day = FINDING_ON + timedelta(days=offset)
        for place, element in enumerate(("clothes", "food", "company", "evening")):
            result = "met" if offset < 0 or place == 0 else "not_met"
            rows.append(f"{day}-{element}, everyday_choice, elm, P-2, {element}, {day}, {result}")
    return "\n".join(rows)


def voices_home(
    folder: Path, *, title: str = "Planning together", label: str = "Elm House", sample: bool = False, **tables: str
) -> Path:
    """A database with this home in it; a table given as empty text is not sent."""
    drawn = {
        "services": f"service_id, setting, nation, beds, label\nelm, residential, EN, 40, {label}",
        "stays": STAYS, "people": PEOPLE, "views": VIEWS, "decisions": DECISIONS, "context": CONTEXT,
        "checks": everyday_choices(), "interventions": PLAN.format(title=title),
    } | tables  # fmt: skip
    exports = write(folder / "exports", **{name: rows for name, rows in drawn.items() if rows})
    load(exports, folder / "voices.duckdb", sample=sample)
    return folder / "voices.duckdb"
