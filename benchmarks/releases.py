"""How long a release takes, of the sample and of three times as many services."""

from __future__ import annotations

import secrets
import time
from datetime import date
from pathlib import Path

from data.anonymity import SampleRules
from data.disclosure import Rules
from data.ingest import ingest
from data.make_sample import write_sample
from data.releases.earlier import Earlier
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.releasing.commissioner import commissioner_release
from metrics.releasing.sample import Draw, make_sample

ON = date(2026, 11, 22)


def rows(folder: Path) -> list[tuple[str, str, str]]:
    """Processor seconds of each kind of release; the second figure says how it grows with the services."""
    told: dict[str, list[float]] = {"commissioner": [], "researcher": []}
    for scale in (1, 3):
        exports, database = folder / f"release-{scale}", folder / f"release-{scale}.duckdb"
        write_sample(exports, scale=scale)
        ingest([exports], database, as_of=ON)
        catalogue, key = load_catalogue(), secrets.token_bytes(32)
        with open_facts(database) as facts:
            begun = time.process_time()
            commissioner_release(facts, catalogue, as_of=ON, rules=Rules(), earlier=Earlier(), version="benchmark")
            told["commissioner"].append(time.process_time() - begun)
            begun = time.process_time()
            make_sample(
                facts, catalogue, Draw(1, key, secrets.token_bytes(32)), SampleRules(), made_on=ON, version="benchmark",
                earlier=0, read_by=None,
            )  # fmt: skip
            told["researcher"].append(time.process_time() - begun)
    return [
        (f"release for a {kind}, 36 services: CPU s", f"{large:.1f}", f"{small:.1f} for 12; × {large / small:.1f}")
        for kind, (small, large) in told.items()
    ]
