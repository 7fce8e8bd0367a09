"""``outcomes list profiles``: how exports are read, those that were saved and those that come with the product."""

from __future__ import annotations

from typing import Any

from data.matching.shelf import Shelf


def profiles_rows(shelf: Shelf | None = None) -> list[dict[str, Any]]:
    """One row a profile: newest saved first, then the shipped ones."""
    return [
        {
            "name": kept.profile.name,
            "table": kept.profile.table,
            "where": kept.where,
            "headings": len(kept.profile.headings or kept.profile.recognised_by),
            "date_order": kept.profile.date_order,
        }
        for kept in (shelf or Shelf()).all()
    ]
