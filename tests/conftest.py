"""What holds for every test: how long an example takes never decides whether it passes; the sample is loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.releases import commissioner_folder
from tests.support.sample import sample_database

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def whole_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample in it; read, never written."""
    return sample_database(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_release(whole_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release to commissioners, made from the sample as the command makes it; read, never written."""
    return commissioner_folder(whole_sample, tmp_path_factory.mktemp("commissioner"))
