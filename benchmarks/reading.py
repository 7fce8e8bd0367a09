"""What reading alone costs, beside DuckDB reading the same file as text: ``python -m benchmarks.reading [--rows N]``."""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from data.contract import TABLES
from data.reading import open_table
from data.source import Source

NOTE = '"Sat together, had tea and listened to music until calm again; called family"'


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, damage in (("clean", 0.0), ("1 row in 50 damaged", 0.02)):
            path = wide_incidents(folder / f"{title}.csv", rows, damage, seed=1)
            size = path.stat().st_size / 1e6
            own = median_cpu(lambda path=path: read(path))  # type: ignore[misc]
            print(f"{title}: {rows:,} rows, {size:,.0f} MB, {own:.2f} CPU s ({size / own:,.0f} MB a CPU second)")
        peer = median_cpu(lambda: bare(folder / "clean.csv"))
        print(f"DuckDB, the clean file into a table, all text: {peer:.2f} CPU s")
        print(f"most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def read(path: Path) -> None:
    """All chunks, taken and let go."""
    table = open_table(Source.at(path))
    for _ in table.chunks():
        pass
    if not table.reconciled:
        raise AssertionError("lines do not add up")


def bare(path: Path) -> None:
    """DuckDB's own reader, told everything."""
    import duckdb

    names = [*list(TABLES["incidents"].columns)[:15], "what_helped"]
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE t AS SELECT * FROM read_csv(?, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
            f"columns={dict.fromkeys(names, 'VARCHAR')})",
            [str(path)],
        )


def wide_incidents(path: Path, rows: int, damage: float, *, seed: int) -> Path:
    """``rows`` incidents of 16 columns and about 230 bytes, two in three with a quoted note; a share of them damaged."""
    rng = np.random.default_rng(seed)
    headings = [*list(TABLES["incidents"].columns)[:15], "what_helped"]
    bad = rng.random(rows) < damage
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(headings) + "\r\n")
        for n in range(rows):
            when = f"{n % 28 + 1:02}/{n % 12 + 1:02}/2024 {n % 24:02}:{n % 60:02}"
            note = NOTE if n % 3 else "Went for a walk round the garden and no further upset that afternoon"
            if bad[n]:
                note = ('"two\r\nlines"', '"never closed', "x,y,z", "")[n % 4]
            out.write(
                f"INC-{n:08},Home number {n % 400},NHS-{n % 40000:06},{when},minute,{when},staff-{n % 900},calming_medicine,"
                f"{'searching' if n % 2 else ''},moderate,low,yes,{n % 3 + 1},{n % 90},dining,{note}\r\n"
            )
    return path


def median_cpu(work: Callable[[], None], runs: int = 3) -> float:
    spent = []
    for _ in range(runs):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
