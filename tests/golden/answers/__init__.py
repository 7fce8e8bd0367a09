"""Which module answers which question. Another question is one module more, and one line here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tests.golden.answers import charts, interrupted, rates, single_case, staying, surveys
from tests.golden.answers.reply import Reply
from tests.golden.reading import Case, NotAnswered

Answerer = Callable[[Case], Reply]

ANSWERERS: Mapping[str, Answerer] = {
    "q1": rates.two_rates,
    "q2": rates.steady_rates,
    "q3": interrupted.interrupted,
    "q4": single_case.one_series,
    "q5": surveys.survey,
    "q6": surveys.survey,
    "q7": staying.staying,
    "chart": charts.control_chart,
}


def answer(case: Case) -> Reply:
    """Our figures for a case. Raises NotAnswered with the reason when there are none."""
    key = _key(case)
    if key in ANSWERERS:
        return ANSWERERS[key](case)
    return _by_shape(case)


def _key(case: Case) -> str:
    """``q1`` for "Q1" or "Q1 event rates"; ``chart`` for any chart without an answerer of its own."""
    if case.asks.startswith("chart "):
        return case.asks if case.asks in ANSWERERS else "chart"
    named = re.match(r"q\d+", case.asks)
    return named.group() if named else case.asks


def _by_shape(case: Case) -> Reply:
    """The first answerer that recognises the input, for entries that do not say what they ask."""
    for answerer in (rates.steady_rates, rates.two_rates, surveys.survey, single_case.one_series, staying.staying):
        try:
            return answerer(case)
        except NotAnswered:
            continue
    asked = f"the question {case.asks!r}" if case.asks else "an entry that names no question or chart"
    raise NotAnswered(f"{asked} is not known to this version")
