"""The figures an entry expects, whether they stand in one block or in one for each package that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PREFIX = "expected_"


def expected_of(entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """``expected`` as it stands, and each ``expected_X`` under the name ``X``; None when there is no such block.

    An ``expected`` that is not a set of named figures counts as no block.
    """
    plain = entry.get("expected")
    merged = dict(plain) if isinstance(plain, Mapping) else {}
    for name, block in entry.items():
        if name.startswith(PREFIX) and isinstance(block, Mapping):
            merged[name.removeprefix(PREFIX)] = block
    return merged if merged or isinstance(plain, Mapping) else None
