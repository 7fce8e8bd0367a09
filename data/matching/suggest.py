"""Which table a file is, and which of its headings are which of our columns."""

from __future__ import annotations

from data.matching.match import Match
from data.matching.own import own_match, own_table
from data.matching.profile import Profile
from data.matching.shelf import Shelf
from data.reading.table import NotATable, RawTable


def match_table(
    raw: RawTable,
    file_name: str,
    *,
    table: str | None = None,
    profile: Profile | None = None,
    shelf: Shelf | None = None,
) -> Match:
    """How the file would be read. Raises NotATable when it is no table of the contract."""
    own = own_table(raw.headings, file_name, table)
    if own is not None:
        return own_match(own, raw.headings)
    raise NotATable("No table of the contract fits these headings.")
