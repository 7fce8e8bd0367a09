"""The six senses, one voice at a time: how security, continuity and the rest were answered in two stretches of time.

Person, family and staff answer about their own lives. They are three profiles and never become one: nothing here adds
across voices, nor across the six senses of a voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.facts import Facts
from data.model import Answer, Period, Scope
from metrics.kinds import common
from metrics.model import Outcome

SENSES = ("security", "continuity", "belonging", "purpose", "achievement", "significance")
VOICES = ("self", "family_about_self", "staff_about_self")
LOWEST, HIGHEST = 1.0, 5.0
FEWEST_ANSWERERS = 5
"""A mean of fewer says who answered, not how it is."""
OUTCOME = "L1"


@dataclass(frozen=True)
class Mean:
    """The mean over answerers, each counted once; ``mean`` is None with fewer than five. ``unscored`` had no score."""

    answerers: int
    unscored: int
    mean: float | None

    @property
    def shown(self) -> bool:
        return self.mean is not None


@dataclass(frozen=True)
class Sense:
    """One sense in one voice: earlier and later."""

    name: str
    before: Mean
    after: Mean


@dataclass(frozen=True)
class VoiceProfile:
    """One voice. ``other_forms``: answers on a form used in one of the two stretches only were left out."""

    voice: str
    senses: tuple[Sense, ...]
    other_forms: bool

    @property
    def any_shown(self) -> bool:
        return any(sense.before.shown or sense.after.shown for sense in self.senses)


@dataclass(frozen=True)
class SensesProfile:
    """Three voices apart; a voice nobody spoke in is there, without any mean."""

    outcome: Outcome
    before: Period
    after: Period
    halves: bool
    """Whether the two stretches are halves of the record rather than before and after something."""
    voices: tuple[VoiceProfile, ...]


def senses_profile(
    facts: Facts, outcome: Outcome, scope: Scope, before: Period | None = None, after: Period | None = None
) -> SensesProfile | None:
    """The profile of two stretches, or of the first and second half of the record; None without any record of it."""
    recorded = common.recorded(facts, outcome, scope)
    if recorded is None or recorded.days < 2 or outcome.table != "feedback":
        return None
    halves = before is None or after is None
    if before is None or after is None:
        before, after = halved(recorded)
    answers = facts.score_answers(
        scope, outcome.counts, Period(min(before.first, after.first), max(before.last, after.last))
    )
    return profile_of(outcome, answers, before, after, halves=halves)


def senses_around(facts: Facts, outcome: Outcome, scope: Scope, around: date | None) -> SensesProfile | None:
    """The profile before and from a day on; of the two halves of the record where no day is named, or none lies on one side."""
    recorded = common.recorded(facts, outcome, scope)
    if recorded is None or around is None or not recorded.first < around <= recorded.last:
        return senses_profile(facts, outcome, scope)
    before, after = Period(recorded.first, around - timedelta(days=1)), Period(around, recorded.last)
    return senses_profile(facts, outcome, scope, before, after)


def halved(period: Period) -> tuple[Period, Period]:
    """The first and second half of a period; the odd day belongs to the second."""
    middle = period.first + timedelta(days=period.days // 2)
    return Period(period.first, middle - timedelta(days=1)), Period(middle, period.last)


def profile_of(
    outcome: Outcome, answers: Sequence[Answer], before: Period, after: Period, *, halves: bool = False
) -> SensesProfile:
    """The profile of these answers; answers outside both stretches count in neither."""
    sides = tuple(
        [each for each in answers if period.first <= each.given_on <= period.last] for period in (before, after)
    )
    return SensesProfile(outcome, before, after, halves, tuple(_voice(voice, *sides) for voice in VOICES))


def _voice(voice: str, before: Sequence[Answer], after: Sequence[Answer]) -> VoiceProfile:
    ours = [[each for each in side if each.rater == voice and each.domain in SENSES] for side in (before, after)]
    forms = [{_form(each) for each in side} for side in ours]
    other_forms = all(forms) and forms[0] != forms[1]
    if other_forms:  # no before and after crosses a form
        ours = [[each for each in side if _form(each) in forms[0] & forms[1]] for side in ours]
    return VoiceProfile(
        voice,
        tuple(
            Sense(name, *(_mean([each for each in side if each.domain == name]) for side in ours)) for name in SENSES
        ),
        bool(other_forms),
    )


def _form(answer: Answer) -> tuple[str, str | None]:
    return answer.instrument, answer.form


def _mean(answers: Sequence[Answer]) -> Mean:
    """Each answerer once, by the mean of what they said; whoever answered without a name counts as one each time."""
    said: dict[str, list[float]] = defaultdict(list)
    unscored = 0
    for number, answer in enumerate(answers):
        if answer.score is None:
            unscored += 1
        else:
            said[answer.rater_key or f"answer {number}"].append(answer.score)
    enough = len(said) >= FEWEST_ANSWERERS
    mean = sum(sum(each) / len(each) for each in said.values()) / len(said) if enough else None
    return Mean(len(said), unscored, mean)
