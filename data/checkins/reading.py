"""The check-ins read from their files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.checkins.model import Checkin, Part, Question

FILES = ("person", "family", "staff")


def _checkin(told: Mapping[str, Any]) -> Checkin:
    return Checkin(
        instrument=told["instrument"],
        rater=told["rater"],
        title=told["title"],
        asked_of=told["asked_of"],
        scale=tuple(told["scale"]["words"]),
        parts=tuple(
            Part(part["title"], tuple(Question(**question) for question in part["question"]), part.get("moment", ""))
            for part in told["part"]
        ),
        made_with=tuple(told["made_with"]),
    )


def _read() -> Mapping[str, Checkin]:
    folder = Path(__file__).parent
    found = [_checkin(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))) for name in FILES]
    return MappingProxyType({each.instrument: each for each in found})


CHECKINS: Mapping[str, Checkin] = _read()
"""The three check-ins by instrument, the person's first."""
