"""The registry read from its file, and the short questions put to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.instruments.model import Band, Instrument, Noticeable, Range

_KNOWN = (
    "name", "about", "scored", "low", "high", "domain_low", "domain_high", "step", "good", "answered_by", "recall",
    "own_form", "noticeable", "bands", "licence", "remark", "own", "validated", "made_with",
)  # fmt: skip


def _instrument(code: str, told: Mapping[str, Any]) -> Instrument:
    strange = [key for key in told if key not in _KNOWN]
    if strange:
        raise ValueError(f"registry.toml, {code}: nothing is known of {', '.join(strange)}.")
    scored, ends = told["scored"], _ends(told, "low", "high")
    noticeable = told.get("noticeable")
    return Instrument(
        code=code,
        name=told["name"],
        about=told["about"],
        scored=scored,
        good=told["good"],
        answered_by=tuple(told["answered_by"]),
        recall=told["recall"],
        total=ends if scored in ("total", "both") else None,
        domain=ends if scored == "domain" else _ends(told, "domain_low", "domain_high"),
        step=told.get("step", 1.0),
        own_form=told.get("own_form"),
        noticeable=Noticeable(**noticeable) if noticeable else None,
        bands=tuple(Band(band[0], band[1] if len(band) > 1 else None) for band in told.get("bands", [])),
        licence=told.get("licence", ""),
        remark=told.get("remark", ""),
        own=told.get("own", False),
        validated=told.get("validated", False),
        made_with=tuple(told.get("made_with", [])),
    )


def _ends(told: Mapping[str, Any], low: str, high: str) -> Range | None:
    return (told[low], told[high]) if low in told and high in told else None


def _read() -> Mapping[str, Instrument]:
    path = Path(__file__).with_name("registry.toml")
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType({code: _instrument(code, facts) for code, facts in told.items()})


REGISTRY: Mapping[str, Instrument] = _read()
"""Every instrument whose scores may be stored, by its code."""

TOTAL_RANGES: dict[str, Range] = {code: each.total for code, each in REGISTRY.items() if each.total is not None}
"""Lowest and highest total."""

DOMAIN_RANGES: dict[str, Range] = {code: each.domain for code, each in REGISTRY.items() if each.domain is not None}
"""Lowest and highest score of a single domain."""

DOWN_IS_GOOD = frozenset(code for code, each in REGISTRY.items() if each.good == "down")
"""Instruments on which a higher score is worse; on all others a higher one is better."""

STEPS: dict[str, float] = {code: each.step for code, each in REGISTRY.items() if each.step != 1}
"""The least two scores can differ by, where it is not 1."""

PUBLISHED_DIFFERENCE: dict[str, float] = {
    code: each.noticeable.value
    for code, each in REGISTRY.items()
    if each.noticeable is not None and each.noticeable.value is not None
}
"""The least change people would notice, where one was published for the total. For CMAI it is 11 points at one to
three months (4 under one month); DEMQOL 5 to 6, DEMQOL-U 0.02 to 0.05. For QoL-AD about 3 is quoted and not agreed."""


def range_of(instrument: str, domain: str) -> Range | None:
    """Lowest and highest score there can be; None where it is not known."""
    return TOTAL_RANGES.get(instrument) if domain == "total" else DOMAIN_RANGES.get(instrument)


def step_of(instrument: str) -> float:
    """The least two scores of an instrument can differ by."""
    return STEPS.get(instrument, 1.0)


def own_voice_of(instrument: str) -> str | None:
    """The instrument in which people answer for themselves: this one, or the one it is the others' form of; else None."""
    found = REGISTRY.get(instrument)
    if found is None:
        return None
    return found.own_form or (instrument if "self" in found.answered_by else None)


def may_be_answered_by_the_person(instrument: str) -> bool:
    """Whether people may answer it, or its sister form, for themselves: pain or agitation noted by staff is not such."""
    return own_voice_of(instrument) is not None
