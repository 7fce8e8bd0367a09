"""A profile that was saved for a file loads that file again exactly as it was loaded without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.ingest import ingest
from data.matching import Shelf, match_table
from data.matching.toml import profile_from_toml, profile_to_toml
from data.reading import open_table
from data.reports import FileReport
from data.source import Source
from tests.support.exports import KEY
from tests.ugly.make import HERE
from tests.ugly.test_loading import EXPORTS


def outcome(file: FileReport) -> tuple[object, ...]:
    return (file.refused, file.table, file.rows_in, file.accepted, file.duplicates, file.rejected, file.problems)


@pytest.mark.parametrize("stem", EXPORTS)
def test_the_saved_profile_reads_its_file(stem: str, tmp_path: Path) -> None:
    source, when = Source.at(HERE / f"{stem}.csv"), date.fromisoformat(EXPORTS[stem]["as_of"])
    match = match_table(open_table(source), source.name)
    kept = replace(profile_from_toml(profile_to_toml(match.profile)), name="kept")
    (as_it_came,) = ingest([source], tmp_path / "one", as_of=when, key=KEY).files
    (by_profile,) = ingest([source], tmp_path / "two", as_of=when, key=KEY, profile=kept).files
    assert outcome(by_profile) == outcome(as_it_came)
    Shelf(tmp_path / "shelf").save(kept)
    (found_again,) = ingest([source], tmp_path / "three", as_of=when, key=KEY, shelf=Shelf(tmp_path / "shelf")).files
    assert outcome(found_again) == outcome(as_it_came)
    assert found_again.profile == "kept"
