"""How long things take, as ratios against a peer in the same run: ``python -m benchmarks [--rows N] [--write]``.

Timing never fails a test; ``--write`` keeps the result in ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import charts, exports, pages, releases

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
FIVE_OUTCOMES = ("D1", "D2", "F1", "F2", "D5")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000, help="rows of the incidents export")
    parser.add_argument("--large", action="store_true", help="ten times as many rows as well: time and peak memory")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["OUTCOMES_KEY"] = str(folder / "benchmark.key")
        rows = [
            *ingest_rows(folder, asked.rows, large=asked.large),
            *evaluate_rows(folder),
            *series_rows(),
            *charts.rows(),
            *page_rows(folder),
            *releases.rows(folder),
        ]
    text = report(rows)
    print(text)
    if asked.write:
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


def ingest_rows(folder: Path, rows: int, *, large: bool) -> list[tuple[str, str, str]]:
    """The whole ingest of one incidents export beside DuckDB's own load of the same file, all as text."""
    import duckdb

    from data.ingest import ingest
    from data.reading import open_table
    from data.source import Source

    path = exports.incidents(folder / "incidents.csv", rows, seed=1)

    def bare() -> None:
        with duckdb.connect(str(folder / f"bare-{time.monotonic_ns()}.duckdb")) as con:
            con.execute(
                "CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar=true, auto_detect=false, header=true, delim=',', "
                f"quote='\"', escape='\"', columns={{{', '.join(f'{name!r}: {chr(39)}VARCHAR{chr(39)}' for name in exports.COLUMNS)}}})",
                [str(path)],
            )

    def ours() -> None:
        ingest([path], folder / f"ours-{time.monotonic_ns()}.duckdb", as_of=date(2026, 11, 1))

    ours()  # what a process does once, importing and such, is no part of a million rows
    peer, own = median_cpu(bare), median_cpu(ours)
    found = [
        (
            f"ingest, {rows:,} incidents, 16 columns: CPU s",
            f"{own:.2f}",
            f"{own / peer:.1f} × DuckDB reading it as text ({peer:.2f})",
        ),
        ("the same, rows a CPU second", f"{rows / own:,.0f}", f"{own / rows * 1e6:.1f} CPU s a million rows"),
        (
            "reading alone: CPU s",
            f"{(reading := median_cpu(lambda: sum(map(len, open_table(Source.at(path)).chunks())))):.2f}",
            f"{reading / own:.0%} of the ingest",
        ),
    ]
    if large:
        spent, peak = in_its_own_process(exports.incidents(folder / "large.csv", rows * 10, seed=1), folder)
        found.append(
            ("ten times the rows: CPU s", f"{spent:.1f}", f"{spent / own:.1f} × the time, {peak:,.0f} MB at most")
        )
    return found


def in_its_own_process(path: Path, folder: Path) -> tuple[float, float]:
    """CPU seconds and the highest memory in MB of one ingest, its process and all."""
    script = (
        "import sys, time, resource; from datetime import date; from pathlib import Path; from data.ingest import ingest; "
        "ingest([Path(sys.argv[1])], Path(sys.argv[2]), as_of=date(2026, 11, 1), table='incidents'); "
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(folder / "large.duckdb")],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    spent, peak = map(float, done.stdout.split())
    return spent, peak


def evaluate_rows(folder: Path) -> list[tuple[str, str, str]]:
    """Findings a second on the sample, and on three times as many services."""
    from data.ingest import ingest
    from data.make_sample import write_sample
    from data.warehouse import open_facts
    from metrics.catalogue import load_catalogue
    from metrics.evaluate import evaluate

    told, each, five = [], [], []
    for scale in (1, 3):
        write_sample(folder / f"sample-{scale}", scale=scale)
        database = folder / f"sample-{scale}.duckdb"
        ingest([folder / f"sample-{scale}"], database, as_of=date(2026, 11, 1), sample=True)
        with open_facts(database) as facts:
            started = time.process_time()
            found = evaluate(facts, load_catalogue())
            spent = time.process_time() - started
            started = time.process_time()
            asked = evaluate(facts, load_catalogue(), outcomes=FIVE_OUTCOMES)
            five.append((time.process_time() - started) / len(asked) * 1000)
        outcomes = len(found) + len(
            {(f.intervention.intervention_id, b.outcome.code) for f in found for b in f.balance}
        )
        each.append(spent / outcomes * 1000)
        told.append(
            (
                f"evaluate, sample × {scale}: ms an outcome, one core",
                f"{each[-1]:.1f}",
                f"{outcomes} outcomes in {spent:.1f} CPU s",
            )
        )
    told.append(("three times the services, time an outcome", f"× {each[1] / each[0]:.2f}", "1 is linear"))
    told.append(
        (
            "1,000 interventions × 5 outcomes, one core: s",
            f"{five[1] * 5:.0f}",
            f"{five[1]:.1f} ms a finding with what stands beside it; × {five[1] / five[0]:.2f} of that at a third of the services",
        )
    )
    return told


SINGLE_CASE_ES_SECONDS = 6.6
"""What R's SingleCaseES 0.7.4 takes for the same 1,000 series on two cores (measured once, see the methods sheet)."""


def series_rows() -> list[tuple[str, str, str]]:
    """1,000 people's series, 10 points before and 14 after: NAP with its standard error and limits."""
    import numpy as np

    from metrics.estimators.single_case.overlap import nap

    chance = np.random.default_rng(1)
    series = [(chance.poisson(6, 10).tolist(), chance.poisson(4, 14).tolist()) for _ in range(1_000)]

    def all_of_them() -> None:
        for before, after in series:
            nap(before, after, "down")

    spent = median_cpu(all_of_them)
    peer = f"{spent / SINGLE_CASE_ES_SECONDS:.4f} × SingleCaseES ({SINGLE_CASE_ES_SECONDS} s)"
    return [("1,000 NAP with limits: CPU s", f"{spent:.3f}", peer)]


def page_rows(folder: Path) -> list[tuple[str, str, str]]:
    """Server milliseconds for each page on the sample: first run, then the median of five reruns."""
    told = [
        (f"page “{title}”: ms a rerun on the server", f"{again:.0f}", f"{first:.0f} the first time")
        for title, first, again in pages.timed(folder / "sample-1.duckdb")
    ]
    cells, cold, warm = pages.matrix_timed(folder / "sample-3.duckdb")
    told.append(
        (
            f"page “services” as a matrix, 36 services, {cells} cells: ms a rerun on the server",
            f"{warm:.0f}",
            f"{cold:.0f} after a load, with nothing kept",
        )
    )
    return told


def median_cpu(work: Callable[[], None], runs: int = 3) -> float:
    spent = []
    for _ in range(runs):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def report(rows: list[tuple[str, str, str]]) -> str:
    head = f"# Benchmarks\n\nPython {platform.python_version()}, {os.cpu_count()} cores. Written by `python -m benchmarks --write`.\n\n"
    table = "| what | figure | beside it |\n|---|---|---|\n"
    return head + table + "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    main()
