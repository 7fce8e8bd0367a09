"""The sample as a manager asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from tests.support.asked import Asked


@pytest.fixture
def sample(whole_sample: Path) -> Iterator[Asked]:
    with open_facts(whole_sample) as facts:
        yield Asked(facts, load_catalogue())
