"""Expected beside ours, figure by figure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Tolerance = tuple[float, float]
"""Relative and absolute; a figure agrees when it meets either."""

ROUNDING = 1e-12
LENGTH = ".length"

BY_NAME: tuple[tuple[str, float], ...] = (
    # How far the reference's own searches can be trusted, as its notes say; the first that fits counts.
    (r"\.p_[zt]$|F_test.*\.p$|ljung_box_\d+_p$", 1e-2),  # a standard error right to 1e-4 leaves this in a small p
    (r"hl_.*asymptotic|hl_est_r", 2e-3),
    (r"gls.*ar1", 1e-2),
    (r"negbin|negative_binomial|omega", 1e-3),
    (r"midp.*ci|ci\d*_midp|score|miettinen|mee_|tango", 1e-4),
    (r"poisson|binomial|coef|cluster|_HC\d|newey|cox|averted|diagnostics|F_test|dispersion|prais", 1e-4),
)
EXACT_OR_CLOSED_FORM = 1e-6


@dataclass(frozen=True)
class Comparison:
    """How many figures agreed, which did not (in words), and which have no answer of ours."""

    agreed: int
    disagreements: tuple[str, ...]
    unanswered: tuple[str, ...]


def compare(
    expected: object,
    ours: object,
    tolerance: object = None,
    given: object = None,
    of_models: Mapping[str, object] | None = None,
) -> Comparison:
    """Every figure in ``expected`` that ``ours`` also has; figures echoing the input are passed over.

    ``of_models`` holds what single models of an entry state as their tolerance; it wins over the entry's.
    """
    own = of_models or {}
    agreed, disagreements, unanswered = 0, [], []
    answers, echoes = dict(_figures(ours)), dict(_figures(given))
    for path, value in _figures(expected):
        if path in answers:
            if _agree(value, answers[path], _tolerance_for(path, own.get(_trunk(path), tolerance))):
                agreed += not path.endswith(LENGTH)
            else:
                disagreements.append(f"{path} ours {_shown(answers[path])} expected {_shown(value)}")
        elif path not in echoes or echoes[path] != value:
            unanswered.append(path)
    # A whole branch without an answer is named once.
    touched = {_trunk(path) for path in answers}
    branches = (_stem(path) if _trunk(path) in touched else _trunk(path) for path in unanswered)
    return Comparison(agreed, tuple(disagreements), tuple(dict.fromkeys(branches)))


def _figures(tree: object, path: str = "") -> Iterator[tuple[str, object]]:
    """The leaves of lists and mappings, named like ``poisson.after.se`` and ``exact_central_ci[0]``."""
    if isinstance(tree, Mapping):
        for name, branch in tree.items():
            yield from _figures(branch, f"{path}.{name}" if path else str(name))
    elif isinstance(tree, Sequence) and not isinstance(tree, str):
        yield path + LENGTH, len(tree)
        for place, branch in enumerate(tree):
            yield from _figures(branch, f"{path}[{place}]")
    elif path:
        yield path, tree


def _stem(path: str) -> str:
    return re.sub(r"(\[\d+\]|\.length)$", "", path)


def _trunk(path: str) -> str:
    return re.split(r"[.\[]", path)[0]


def _tolerance_for(path: str, stated: object) -> Tolerance:
    """What the case or its file states wins; a mapping may speak of single figures by name."""
    if isinstance(stated, Mapping):
        names = (path, _stem(path), *reversed(_stem(path).split(".")))
        own = next((stated[name] for name in names if name in stated), None)
        if own is not None:
            return _tolerance_for(path, own)
        if "relative" in stated or "absolute" in stated:
            return _number(stated.get("relative")), max(ROUNDING, _number(stated.get("absolute")))
    elif isinstance(stated, int | float) and not isinstance(stated, bool):
        return float(stated), ROUNDING
    found = (width for pattern, width in BY_NAME if re.search(pattern, path, re.IGNORECASE))
    return next(found, EXACT_OR_CLOSED_FORM), ROUNDING


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _agree(expected: object, ours: object, tolerance: Tolerance) -> bool:
    wanted, got = _plain(expected), _plain(ours)
    if isinstance(wanted, float) and isinstance(got, float):
        relative, absolute = tolerance
        return abs(got - wanted) <= max(relative * abs(wanted), absolute)
    return bool(wanted == got)


def _plain(value: object) -> Any:
    """Numbers as float, truth values and words as they are; no finite value, however written, as None."""
    if value is None or value in ("Infinity", "-Infinity", "Inf", "-Inf", "NaN", "NA"):
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None


def _shown(value: object) -> str:
    plain = _plain(value)
    if plain is None:
        return "none"
    return f"{plain:.10g}" if isinstance(plain, float) else str(plain)
