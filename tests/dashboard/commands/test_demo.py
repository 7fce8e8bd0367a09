"""``outcomes demo`` shows the sample as each reader sees it, as often as one likes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.commands.demo import demo_file
from dashboard.roles import Role
from data.releases.kind import file_in, kind_of

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("reader", ["commissioner", "researcher"])
def test_each_reader_gets_a_file_of_their_own_made_afresh_each_time(tmp_path: Path, reader: Role) -> None:
    for _ in range(2):
        found = demo_file(tmp_path / "demo", reader, DAY, lambda *_: None)
        assert kind_of(file_in(found, reader)) == reader
    assert kind_of(tmp_path / "demo" / "sample.duckdb") == "manager"
