"""Exports as homes write them, each with the one right reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.contract import TABLES
from data.matching import arrangement, match_table
from data.matching.toml import profile_from_toml, profile_to_toml
from tests.data.matching.drawn import raw
from tests.data.matching.gallery import GALLERY, Export


@pytest.mark.parametrize("export", GALLERY, ids=lambda export: export.name)
def test_it_is_read_as_it_should_be(export: Export) -> None:
    match = match_table(raw(export.rows[0], export.rows[1:]), export.file)
    profile, wide = match.profile, match.profile.wide
    assert (profile.table, match.how) == (export.table, export.how)
    assert {ours: " + ".join(theirs) for ours, theirs in profile.columns.items()} == export.columns
    assert profile.date_order == export.order
    assert {name: dict(profile.codes.get(name, {})) for name in export.codes} == export.codes
    assert (dict(wide.columns) if wide else None) == export.wide
    assert (wide.denominators if wide else ()) == export.denominators
    assert dict(profile.defaults) == export.defaults
    assert dict(profile.read_as) == export.read_as
    unused = {each.heading: each.why for each in match.unused}
    assert {heading: unused.get(heading) for heading in export.unused} == export.unused
    assert tuple(each.word for each in match.unknown_words) == export.unknown
    assert match.missing == export.missing
    assert tuple(question.about for question in match.questions) == export.asked
    assert (match.lacks_service, match.numbered) == (export.lacks_service, export.numbered)
    assert match.ready == export.ready


@pytest.mark.parametrize("export", GALLERY, ids=lambda export: export.name)
def test_every_heading_is_a_column_or_said_to_be_left_out(export: Export) -> None:
    match = match_table(raw(export.rows[0], export.rows[1:]), export.file)
    used = {heading for theirs in match.profile.columns.values() for heading in theirs}
    spread = set(match.profile.wide.columns) if match.profile.wide else set()
    left = {each.heading for each in match.unused}
    assert used | spread | left == set(export.rows[0])
    assert not used & left
    assert not spread & (used | left)


@pytest.mark.parametrize("export", GALLERY, ids=lambda export: export.name)
def test_the_profile_lays_itself_on_the_file_it_came_from(export: Export) -> None:
    table = raw(export.rows[0], export.rows[1:])
    match = match_table(table, export.file)
    again = profile_from_toml(profile_to_toml(replace(match.profile, name="kept")))
    assert again == replace(match.profile, name="kept")
    arranged = arrangement(again, table.headings).apply(table.first)
    assert set(arranged.columns) <= set(TABLES[export.table].columns)
    given = match_table(table, export.file, profile=again)
    assert given.how == "given"
    assert (given.missing, given.profile.codes) == (match.missing, match.profile.codes)


@pytest.mark.parametrize("export", GALLERY, ids=lambda export: export.name)
def test_samples_never_say_who_somebody_is(export: Export) -> None:
    match = match_table(raw(export.rows[0], export.rows[1:]), export.file)
    for column in match.columns:
        if TABLES[export.table].columns[column.ours].type in ("id", "text") or column.ours == "birth_year":
            assert column.samples == ()
        assert len(column.samples) <= 5


def test_there_are_enough_exports() -> None:
    assert len(GALLERY) >= 25
    assert {export.table for export in GALLERY} >= set(TABLES) - {"declarations"}
