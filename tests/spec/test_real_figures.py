"""Published figures that nobody here made, in contract shape, through the whole product, where they are at hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from data.ingest import ingest
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.evaluate import evaluate
from metrics.model import Finding
from tests.support.exports import KEY

REAL = Path(os.environ.get("OUTCOMES_REAL_DATA") or Path(__file__).parents[3] / "shared" / "real")
HEADER = 'kind = "rate"\ntable = "totals"\n'
OWN = {
    "ACES": 'name = "Admissions for acute coronary events"\ngood = "down"\njudged = "change"\nsize = 0.9\nper = 100000\n',
    "KSI_DRIVERS": 'name = "Drivers killed or seriously injured"\ngood = "down"\njudged = "change"\nsize = 0.9\n'
    'beside = ["KSI_REAR"]\n',
    "KSI_REAR": 'name = "Rear passengers killed or seriously injured"\ngood = "no rise"\njudged = "steady"\nsize = 1.25\n',
}

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"no published figures beside the repository ({REAL.name})")


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    folder = tmp_path_factory.mktemp("real")
    own = folder / "own"
    own.mkdir()
    for code, text in OWN.items():
        (own / f"{code.lower()}.toml").write_text(f'code = "{code}"\n{HEADER}{text}', encoding="utf-8")
    database = folder / "real.duckdb"
    for name in ("sicily", "seatbelts"):
        report = ingest([REAL / name], database, as_of=date(2026, 1, 1), key=KEY)
        assert not report.needs_attention
    with open_facts(database) as facts:
        return {each.outcome.code: each for each in evaluate(facts, load_catalogue(own))}


def test_the_plain_before_and_after_of_sicily_cannot_see_the_trend(findings: dict[str, Finding]) -> None:
    """The published model, with trend and season, finds 0.885 (0.839 to 0.933). Admissions were rising before."""
    found = findings["ACES"]
    assert found.change is not None
    assert found.change.effect is not None
    assert found.change.before.tally.numerator == 29_384 or found.change.before.tally.numerator > 25_000
    assert found.change.effect.estimate == pytest.approx(1.034, abs=0.002)
    assert found.verdict.word == "cannot tell yet"


def test_seat_belts_drivers_fell_and_rear_passengers_did_not(findings: dict[str, Finding]) -> None:
    drivers, rear = findings["KSI_DRIVERS"], findings["KSI_REAR"]
    assert drivers.verdict.word == "better"
    assert drivers.verdict.worthwhile
    assert rear.verdict.word == "held steady"
    assert [each.outcome.code for each in drivers.balance] == ["KSI_REAR"]
