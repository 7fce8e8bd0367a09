"""A home's exports for the pages “Safe and accountable” and “Who is left out”: promises, harm, cases, groups of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.support.exports import load, write

LAST = date(2026, 6, 30)
START = date(2026, 1, 10)
TITLE = "Walking to the shop"
GROUPS = ["white"] * 12 + ["black"] * 6 + ["asian"] * 4 + ["not_recorded", "prefer_not_to_say"]
PEOPLE = (
    "person_id, ethnicity_group, first_language, language_match, communication_need, stage, family_contact, advocate\n"
    + "\n".join(
        f"P-{n}, {group}, {'English' if group == 'white' else 'Twi'}, {'not_needed' if group == 'white' else 'no'}, "
        f"{'hearing' if n % 2 else 'none'}, {('early', 'middle', 'later')[n % 3]}, {'no' if n % 4 == 0 else 'yes'}, yes"
        for n, group in enumerate(GROUPS)
    )
)
NOBODY_ASKED = "person_id, stage\n" + "\n".join(f"P-{n}, early" for n in range(24))


def on(month: int, day: int) -> str:
    return date(2026, month, day).isoformat()


def checks(element: str = "fall", triggers: str = "met met met") -> str:
    """Promises of every kind; ``triggers`` says what became of each review after a trigger, in order."""
    rows = [("measure", "person_id", "intervention_id", "element", "due_on", "done_at", "result")]
    for n, result in enumerate(triggers.split()):
        done = on(2 + n, 9) if result == "met" else on(2 + n, 20) if result == "late" else ""
        word = {"late": "met", "not": "not_met"}.get(result, result)
        rows.append(("trigger_review", "P-0", "walk", element, on(2 + n, 12), done, word))
    for n in range(60):
        day = (START + timedelta(days=n)).isoformat()
        rows.append(("freedom_day", "P-0", "walk", "walk", "", day, "met" if n % 3 else "not_met"))
    for month in (2, 3, 4):
        rows.append(("safeguarding_action", "P-2", "", "", on(month, 10), on(month, 8), "met"))
    rows.append(("safeguarding_action", "P-3", "", "", on(5, 10), "", "not_met"))
    rows.append(("suggestion", "", "", "survey", on(3, 10), on(3, 22), "met"))
    rows.append(("suggestion", "", "", "box", on(3, 11), on(3, 9), "met"))
    rows.append(("review", "P-4", "", "scheduled", on(4, 1), on(4, 1), "met"))
    for n, what in enumerate(("keep", "adjust", "stop", "adjust")):
        rows.append(("review_learning", f"P-{n}", "", what, "", on(4, 2 + n), "met"))
    rows.append(("lesson", "", "", "audit", on(4, 10), on(4, 9), "met"))
    for n in range(24):
        done = on(5, 2) if n < 12 or n % 3 == 0 else ""
        rows.append(("health_check", f"P-{n}", "", "dental", on(5, 5), done, "met" if done else "not_met"))
    rows.append(("daily_monitoring", "P-0", "walk", "", on(6, 30), on(6, 30), "met"))
    heads, *lines = rows
    told = [f"K{n}, elm, {', '.join(line)}" for n, line in enumerate(lines)]
    return f"check_id, service_id, {', '.join(heads)}\n" + "\n".join(told)


def feedback(cases: int = 6) -> str:
    """Each case asked about at the concern and at its close, by the same relative; understanding rises by one point."""
    rows = [
        "feedback_id, service_id, person_id, rater_key, given_on, rater, instrument, domain, score, moment, case_id"
    ]
    for n in range(cases):
        for moment, month, score in (("concern", 2, 2), ("close", 4, 3)):
            rows.append(
                f"F{n}{moment}, elm, P-{n}, R-{n}, {on(month, 1 + n)}, family_about_self, family_checkin, understands, "
                f"{score}, {moment}, C-{n}"
            )
    return "\n".join(rows)


def views() -> str:
    """The view of most white people is there, that of few others."""
    rows = ["view_id, person_id, service_id, element, voice, given_on, how_sought"]
    for n in range(22):
        for k, element in enumerate(("tea", "walks", "music")):
            heard = k < 2 if GROUPS[n] == "white" else k == 0 and n % 2 == 0
            how = "talk" if heard else "not_asked"
            rows.append(f"V{n}{k}, P-{n}, elm, {element}, person, {on(3, 1 + n)}, {how}")
    return "\n".join(rows)


def incidents() -> str:
    rows = ["incident_id, service_id, person_id, occurred_at, kind, harm, explained, location"]
    rows += [f"I{n}, elm, P-5, {on(4, 1 + 20 * n)} 08:00, injury, low, no, bedroom" for n in range(2)]
    rows.append(f"I9, elm, P-6, {on(6, 30)} 10:00, injury, moderate, yes, lounge")
    return "\n".join(rows)


def tables(*, title: str = TITLE, element: str = "fall", triggers: str = "met met met") -> dict[str, str]:
    """Every table of the home, as drawn."""
    return {
        "services": "service_id, setting, nation, beds, label, expected_minority_pct\nelm, residential, EN, 30, Elm House, 20",
        "stays": "person_id, service_id, start_on\n"
        + "\n".join(f"P-{n}, elm, {'2026-02-01' if n in (10, 21) else '2025-01-01'}" for n in range(24)),
        "people": PEOPLE,
        "interventions": "intervention_id, service_id, person_id, title, kind, start_on, designed_with\n"
        f"walk, elm, P-0, {title}, positive_risk, {START}, person;family",
        "declarations": "declaration_id, intervention_id, outcome, question, size, role, declared_on\n"
        "d1, walk, F1, steady, 1.25, main, 2026-01-03",
        "checks": checks(element, triggers),
        "feedback": feedback(),
        "views": views(),
        "incidents": incidents(),
        "falls": "fall_id, person_id, service_id, occurred_at, harm\n"
        f"X1, P-0, elm, {on(2, 1)} 14:00, none\nX2, P-0, elm, {on(3, 1)} 14:00, none\nX3, P-7, elm, {on(6, 30)} 14:00, none",
    }


def safe_home(folder: Path, changed: Mapping[str, str | None] | None = None, **drawn: str) -> Path:
    """A database with the home in it; ``changed`` replaces tables, None leaves one out."""
    wanted = {**tables(**drawn), **(changed or {})}
    exports = write(folder / "exports", **{name: text for name, text in wanted.items() if text is not None})
    load(exports, folder / "home.duckdb", as_of=LAST)
    return folder / "home.duckdb"
