"""A small home's exports for the pages: two people's plans, one for the whole home, and some rows that are refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.support.exports import load
from tests.support.story import START, mornings

FIRST = date(2025, 6, 1)
LAST = date(2026, 6, 28)
TITLE, SHOP, LOUNGE = "Music before breakfast", "Walking to the shop", "Evening lounge"


def small_home(
    folder: Path, *, title: str = TITLE, label: str = "Elm House", bad_rows: bool = True, sample: bool = False
) -> Path:
    """A database with a home in it; what a title or label holds comes from somebody's file."""
    exports = folder / "exports"
    exports.mkdir(parents=True)
    before, after = "xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x......x.......xx....x...."
    incidents, checks = mornings(before, after)
    distress = [
        f"E{day},elm,P-{2 + day.day % 5},{day} {15 + day.day % 4}:10,distress,none"
        for day in _days(FIRST, LAST)
        if day.day % (3 if day < date(2025, 12, 1) else 7) == 0
    ]
    heads, *rows = incidents.strip().splitlines()
    if bad_rows:
        distress += ["X1,elm,P-2,31/02/2026,distress,none", "X2,elm,P-2,2026-05-01,dancing,none"]
    lines = [f"{heads},harm", *(f"{row}," for row in rows), *distress]
    _write(exports, "incidents", "\n".join(lines))
    _write(exports, "checks", checks)
    falls = [
        f"F{day},P-{2 + day.day % 5},elm,{day} 14:05,{'low' if day.day % 2 else 'none'}"
        for day in _days(FIRST, LAST, 9)
    ]
    _write(exports, "falls", "\n".join(["fall_id,person_id,service_id,occurred_at,harm", *falls]))
    _write(exports, "services", f'service_id,setting,nation,beds,label\nelm,residential,EN,12,"{label}"')
    _write(
        exports, "stays", "\n".join(["person_id,service_id,start_on", *(f"P-{n},elm,2024-01-01" for n in range(1, 13))])
    )
    asked = [
        f"A{day}{n},elm,P-{n},{day},{'self' if n % 3 else 'staff'},person_checkin,control,{1 + n % 5}"
        for day in _days(FIRST, LAST, 30)
        for n in range(1, 11)
    ]
    heading = "feedback_id,service_id,person_id,given_on,rater,instrument,domain,score"
    _write(exports, "feedback", "\n".join([heading, *asked]))
    _write(
        exports,
        "interventions",
        "intervention_id,service_id,person_id,title,kind,start_on,ladder_level,designed_with\n"
        f'one,elm,P-1,"{title}",music,{START},3,person;family;staff\n'
        f"two,elm,P-2,{SHOP},positive_risk,2026-04-01,2,staff\n"
        f"three,elm,,{LOUNGE},environment,2025-12-01,1,family;staff",
    )
    _write(
        exports,
        "declarations",
        "declaration_id,intervention_id,outcome,question,size,role,declared_on,declared_with\n"
        f"d1,one,D1,change,15,main,{START - timedelta(days=7)},person;family\n"
        "d2,two,F1,steady,1.25,main,2026-03-20,person\n"
        "d3,three,D2,change,0.8,main,2025-11-20,family",
    )
    _write(
        exports,
        "context",
        "context_id,service_id,from_on,kind,label\nc1,elm,2026-02-10,outbreak,Winter sickness\n"
        "c2,elm,2026-02-12,manager_change,New manager",
    )
    database = folder / "home.duckdb"
    load(exports, database, sample=sample)
    return database


def _days(first: date, last: date, step: int = 1) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


def _write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
