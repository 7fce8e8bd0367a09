"""The sample, loaded once for all stories that walk through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from tests.support.asked import Asked
from tests.support.sample import sample_database


@pytest.fixture(scope="session")
def whole_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample in it; read, never written."""
    return sample_database(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def sample(whole_sample: Path) -> Iterator[Asked]:
    with open_facts(whole_sample) as facts:
        yield Asked(facts, load_catalogue())
