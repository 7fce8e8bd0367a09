"""Server time of each page, measured with Streamlit's own test runner."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

APP = Path(__file__).parents[1] / "dashboard" / "app.py"


def timed(database: Path) -> Iterator[tuple[str, float, float]]:
    """(page, ms of the first run, median ms of five reruns)."""
    from streamlit.testing.v1 import AppTest

    os.environ["OUTCOMES_DB"] = str(database)
    for page in sorted((APP.parent / "app_pages").glob("[a-z]*.py")):
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        app.switch_page(f"app_pages/{page.name}")
        spent = []
        for _ in range(6):
            started = time.perf_counter()
            app.run()
            spent.append((time.perf_counter() - started) * 1000)
        yield page.stem.replace("_", " "), spent[0], statistics.median(spent[1:])


def matrix_timed(database: Path) -> tuple[int, float, float]:
    """All services as a matrix: how many cells, ms with nothing kept yet, median ms of five reruns.

    "Nothing kept" is the first visit after a load: the program is warm, what was worked out from the data is not.
    """
    from streamlit.testing.v1 import AppTest

    from dashboard.access import every_service, opened

    os.environ["OUTCOMES_DB"] = str(database)
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.switch_page("app_pages/services.py")
    app.query_params["view"] = "matrix"
    app.run()
    cold = []
    for _ in range(3):
        for kept in (opened._snapshot, opened._services, every_service._services_matrix, every_service._finished):
            kept.clear()
        cold.append(_run_ms(app.run))
    warm = [_run_ms(app.run) for _ in range(5)]
    matrix = every_service.services_matrix().matrix
    return len(matrix.units) * len(matrix.outcomes), statistics.median(cold), statistics.median(warm)


def _run_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
