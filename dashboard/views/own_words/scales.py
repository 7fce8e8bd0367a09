"""Instruments in words: those in use here, each kind of answerer by itself, and the whole registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.own_words.lines import RATERS, behind_words, change_words, score_words
from data.instruments import REGISTRY, Band, Instrument, may_be_answered_by_the_person
from metrics.model import PROXIES
from metrics.own_words.said import Scale
from metrics.words import and_list, number

ABOUT_REGISTRY = (
    "Facts only: what may be stored, who may answer, which way is better. No wording of any published instrument is kept "
    "here. Check the terms of an instrument with its owner before you use it."
)
_ANSWERERS = {**RATERS, "derived": "worked out from another"}


def own_line(made_with: Sequence[str]) -> str:
    """What is said of every instrument of ours: not validated, and who helped make it."""
    helped = and_list(made_with) if made_with else "nobody outside the project has yet"
    return f"Written by this project, not validated. Who helped make it: {helped}."


@dataclass(frozen=True)
class ScaleRow:
    """One instrument and kind of answerer: its name, what is known of it, who answered, the figure, before and after."""

    name: str
    about: str
    who: str
    figure: str
    behind: str
    change: str
    moved: str
    bands: str


def scale_row(scale: Scale, sides: tuple[str, str]) -> ScaleRow:
    """An instrument in use, in words."""
    said = scale.said
    known = REGISTRY[said.line.instrument]
    change, moved = change_words(said.line, said.change, sides)
    value = said.now.value
    what = known.name if said.line.domain == "total" else f"{known.name}: {said.line.domain.replace('_', ' ')}"
    return ScaleRow(
        name=what,
        about=_about(known, said.line.domain),
        who=_who(said.line.rater, known),
        figure="–" if value is None else score_words(value),
        behind=behind_words(said.line, said.now),
        change=change,
        moved=moved,
        bands=_bands(scale),
    )


def _who(rater: str, known: Instrument) -> str:
    told = "staff" if known.own and rater == "staff_about_self" else RATERS[rater]
    about = ", about the person" if rater in PROXIES and may_be_answered_by_the_person(known.code) else ""
    return f"{told[:1].upper()}{told[1:]}{about}"


def _about(known: Instrument, domain: str) -> str:
    """0 to 10, higher is better. Least change that people notice: 5 to 6 points."""
    ends = known.total if domain == "total" else known.domain
    better = "Higher is better." if known.good == "up" else "Lower is better."
    told = better if ends is None else f"{_end(ends[0])} to {_end(ends[1])}, {better[:1].lower()}{better[1:]}"
    if known.own:
        return f"{told} This project's own, not validated."
    if known.noticeable is None:
        return told
    return f"{told} Least change that people notice: {known.noticeable.words}."


def _end(value: float) -> str:
    """An end of a scale as published, to its last figure."""
    return f"{value:g}"


def _bands(scale: Scale) -> str:
    if not scale.bands or not (scale.below or sum(count for _, count in scale.bands)):
        return ""
    below = [f"below {number(scale.bands[0][0].low)}: {scale.below}"] if scale.below else []
    return ", ".join([*below, *(f"{band_words(band)}: {count}" for band, count in scale.bands)])


def band_words(band: Band) -> str:
    """1 to 3; 14 or more; 29."""
    if band.high is None:
        return f"{number(band.low)} or more"
    return number(band.low) if band.low == band.high else f"{number(band.low)} to {number(band.high)}"


@dataclass(frozen=True)
class Known:
    """One instrument of the registry: its name and what it is about, its scores, who may answer about when, what to know."""

    name: str
    about: str
    scores: str
    answered: str
    to_know: tuple[str, ...]


def registry() -> tuple[Known, ...]:
    """Every instrument whose scores may be stored: facts, and no wording."""
    return tuple(
        Known(
            known.name,
            known.about,
            _scores(known),
            f"{and_list([_ANSWERERS[each] for each in known.answered_by])}; {known.recall}",
            tuple(each for each in (*_to_know(known), known.licence, known.remark) if each),
        )
        for known in REGISTRY.values()
    )


def _to_know(known: Instrument) -> tuple[str, ...]:
    if known.own:
        return (own_line(known.made_with),)
    bands = f"bands: {', '.join(map(band_words, known.bands))}" if known.bands else ""
    noticed = "" if known.noticeable is None else f"least change that people notice: {known.noticeable.words}"
    return noticed, bands


def _scores(known: Instrument) -> str:
    better = "higher is better" if known.good == "up" else "lower is better"
    told = [
        f"{_end(ends[0])} to {_end(ends[1])}{' each' if ends is known.domain else ''}"
        for ends in (known.total, known.domain)
        if ends is not None
    ]
    return f"{', '.join(told) or 'range not held here'}; {better}"
