"""What holds for every test: how long an example takes never decides whether it passes; the sample is loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.exports import KEY
from tests.support.releases import commissioner_folder
from tests.support.sample import sample_database

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def key_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key that the tests' databases are made with, where a server started by a test looks for it."""
    path = tmp_path_factory.mktemp("key") / "pseudonyms.key"
    path.write_text(KEY.hex() + "\n", encoding="ascii")
    path.chmod(0o600)
    before = os.environ.get("OUTCOMES_KEY")
    os.environ["OUTCOMES_KEY"] = str(path)
    yield
    if before is None:
        del os.environ["OUTCOMES_KEY"]
    else:
        os.environ["OUTCOMES_KEY"] = before


@pytest.fixture(scope="session")
def whole_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample in it; read, never written."""
    return sample_database(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_release(whole_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release to commissioners, made from the sample as the command makes it; read, never written."""
    return commissioner_folder(whole_sample, tmp_path_factory.mktemp("commissioner"))
