"""Server time of each page, measured with Streamlit's own test runner."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
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
