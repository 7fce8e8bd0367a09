"""What is worth a second look in the record of views, in words: why it matters, what to do, which records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.views import say
from metrics.voices.alerts import FIRST_DAYS, Alert, Case
from metrics.words import short_day

MOST_CASES = 12


@dataclass(frozen=True)
class Look:
    """One gentle alert: what is on record, why it matters, what to do, which cases."""

    title: str
    why: str
    do: str
    cases: tuple[str, ...]


def looks(alerts: Iterable[Alert]) -> tuple[Look, ...]:
    """The alerts in words."""
    return tuple(_look(alert) for alert in alerts)


def _look(alert: Alert) -> Look:
    why, do = ALERTS[alert.code]
    shown = [case_words(case) for case in alert.cases[:MOST_CASES]]
    if len(alert.cases) > MOST_CASES:
        shown.append(f"and {len(alert.cases) - MOST_CASES} more")
    return Look(_title(alert), why, do, tuple(shown))


def _title(alert: Alert) -> str:
    count, over = alert.count, alert.over
    if alert.code == "one_recorder":
        assert alert.quarter is not None
        return f"One person wrote {count} of {over} views, {say.months(alert.quarter)}"
    if alert.code == "no_disagreement":
        return f"Person and family were of one mind on all {over} matters"
    if alert.code == "never_asked":
        return f"{_of(count, over, 'person', 'people')} with several matters {'was' if count == 1 else 'were'} heard on none of them"
    if alert.code == "unadapted":
        need = f"{_of(count, over, 'person', 'people')} with a communication need"
        return f"{need} {'was' if count == 1 else 'were'} only ever asked by talking or in writing"
    if alert.code == "unchecked":
        return f"For {_of(count, over, 'view', 'views')} nobody wrote down whether the person understood"
    if alert.code == "together":
        return f"On {_of(count, over, 'matter', 'matters')} the person and the family stand in one entry"
    return f"On {say.plural(count, 'matter', 'matters')} only family was asked, early in the journey"


def _of(count: int, over: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count == over else f"{count} of {over} {many}"


ALERTS: Mapping[str, tuple[str, str]] = {
    "never_asked": (
        "A view can be sought without talking: with pictures, with objects, by watching how somebody responds, from "
        "their life story.",
        "Pick one matter for each person this month. Write down how you asked, also where no answer could be had.",
    ),
    "only_family_early": (
        f"In the first {FIRST_DAYS} days, and at an early stage, most people can say what they want. Habits made now "
        "tend to stay.",
        "Put the same question to the person, and write it as their own entry beside the family’s.",
    ),
    "unadapted": (
        "Words alone easily leave out somebody who hears, sees, speaks or understands less.",
        "Try pictures, objects or two simple choices with the next question, and write down which one worked.",
    ),
    "unchecked": (
        "A yes to a question that was not understood is no yes.",
        "Say the next question again in other words, or on another day, and write down what you found: understood, in part, or "
        "not.",
    ),
    "together": (
        "Where two voices are written as one, the louder is easily taken for both.",
        "From now on write two entries, even where both say the same.",
    ),
    "one_recorder": (
        "What happens when they are away? A practice that rests on one pair of hands leaves with them. Nobody is at fault "
        "for writing much.",
        "Let others sit in and write the next ones, so that asking becomes everybody’s habit.",
    ),
    "no_disagreement": (
        "Disagreement is evidence of voice; none at all is odd. Perhaps differences are settled before anybody writes, or "
        "one is asked in front of the other.",
        "Ask each by themselves, and write a difference down as it is.",
    ),
}  # fmt: skip
"""For each alert why it matters and what to do."""


def case_words(case: Case) -> str:
    """One record: the person's short code, what about, when."""
    parts = [] if case.person_id is None else [say.person_code(case.person_id)]
    if case.on is not None:
        parts += [case.element or "matter without a name", short_day(case.on)]
    return " · ".join(parts)
