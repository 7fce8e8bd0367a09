"""Everything the page "In people's own words" rests on, for one service and one time, worked out at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.facts import ManagersFacts
from data.instruments import REGISTRY, Band
from data.model import Answer, Period, Rows, Scope
from metrics.catalogue import Catalogue
from metrics.kinds.common import hull
from metrics.model import PROXIES, Outcome
from metrics.own_words.change import BeforeAfter, Sides, at_review, before_after
from metrics.own_words.counts import Answerers, Figure, answerers, figure_of, on_last_form, within
from metrics.own_words.coverage import Coverage, coverage_of
from metrics.own_words.lines import AT_REVIEW, ENGAGED, LINES, SENSES_OF, VOICES, Line, Voice
from metrics.own_words.others import Proxies, proxies_of
from metrics.own_words.sessions import Sessions, sessions_around

CHECKINS = ("person_checkin", "family_checkin", "staff_checkin")
NOT_A_QUESTION = ("not_how_it_feels",)
"""Notes kept beside a figure, and no answer to a question."""


@dataclass(frozen=True)
class Said:
    """One line in the time shown, and before and after."""

    line: Line
    name: str
    now: Figure
    change: BeforeAfter

    @property
    def asked(self) -> bool:
        """Whether it was asked at all, in the time shown or on one of the two sides."""
        return bool(self.now.counts.asked) or self.change.any_answer


@dataclass(frozen=True)
class Scale:
    """An instrument somebody else wrote, or an audit of ours: one question and kind of answerer. ``bands``: scores in each."""

    said: Said
    bands: tuple[tuple[Band, int], ...] = ()
    below: int = 0


@dataclass(frozen=True)
class OwnWords:
    """What was said at one service. ``said`` and ``senses`` by voice, never added together; ``answerers`` in the time shown."""

    period: Period
    sides: Sides
    coverage: Coverage
    proxies: Proxies
    answerers: Mapping[Voice, Answerers]
    said: Mapping[Voice, tuple[Said, ...]]
    senses: Mapping[Voice, tuple[Said, ...]]
    on_behalf: tuple[Said, ...]
    engaged: Said
    sessions: tuple[Sessions, ...]
    scales: tuple[Scale, ...]

    @property
    def anything(self) -> bool:
        """Whether anybody said or noted anything, in the time shown or on one of the two sides."""
        each = [said for part in (*self.said.values(), *self.senses.values()) for said in part]
        return any(
            said.asked for said in (*each, *self.on_behalf, self.engaged, *(scale.said for scale in self.scales))
        )


def own_words(facts: ManagersFacts, catalogue: Catalogue, service_id: str, period: Period, sides: Sides) -> OwnWords:
    """Who was asked, what each said, and what it was before and after."""
    scope = Scope(service_id)
    whole = hull([each for each in (period, sides.before, sides.after) if each is not None])
    assert whole is not None
    noted = facts.score_answers(scope, Rows("feedback"), whole)
    every = tuple(each for each in noted if each.domain not in NOT_A_QUESTION)
    shown = within(every, period)

    def said(line: Line) -> Said:
        outcome = _outcome(catalogue, line)
        if line.moments:
            return _at_review(facts, scope, line, outcome.name, period)
        answers = line.among(every)
        changed = before_after(facts, outcome, scope, line, answers, sides)
        return Said(line, outcome.name, figure_of(line, within(answers, period)), changed)

    return OwnWords(
        period=period,
        sides=sides,
        coverage=_coverage(facts, scope, within(noted, period), period),
        proxies=proxies_of(shown),
        answerers={voice: answerers(each for each in shown if each.rater == voice) for voice in VOICES},
        said={voice: tuple(map(said, lines)) for voice, lines in LINES.items()},
        senses={voice: tuple(map(said, lines)) for voice, lines in SENSES_OF.items()},
        on_behalf=tuple(said(line) for line in _for_others(every)),
        engaged=said(ENGAGED),
        sessions=sessions_around(facts, service_id, period),
        scales=tuple(_scale(said(line), shown) for line in _of_scales(every)),
    )


def _coverage(facts: ManagersFacts, scope: Scope, noted: Sequence[Answer], period: Period) -> Coverage:
    """As L9 counts: whoever says "this is not how it feels" speaks for themselves, and whoever left before anybody
    wrote answers down could not be asked."""
    recorded = facts.span("feedback", scope.service_id)
    asked_in = period.within(recorded) or period
    heard = [each for each in noted if each.rater == "self" or each.domain not in NOT_A_QUESTION]
    return coverage_of(heard, facts.people_here(scope, asked_in))


def _outcome(catalogue: Catalogue, line: Line) -> Outcome:
    """The outcome file of a line; a line without one of its own stands under "an instrument's total"."""
    found = catalogue.get(line.outcome) or catalogue.get("L7")
    assert found is not None
    return found


def _at_review(facts: ManagersFacts, scope: Scope, line: Line, name: str, period: Period) -> Said:
    parts = [
        facts.score_answers(scope, Rows("feedback", {**line.rows.where, "moment": (moment,)}), period)
        for moment in line.moments
    ]
    both = tuple(sorted((*parts[0], *parts[1]), key=lambda each: each.given_on))
    return Said(line, name, figure_of(line, both), at_review(line, *parts))


def _for_others(answers: Sequence[Answer]) -> list[Line]:
    """What others answered about people on our own check-ins, each kind of answerer by itself."""
    found = {
        (PROXIES.index(each.rater), each.domain, each.instrument)
        for each in answers
        if each.rater in PROXIES and each.instrument in CHECKINS
    }
    outcomes = {line.domain: line.outcome for line in LINES["self"] if line is not AT_REVIEW}
    return [
        Line(outcomes.get(domain, "L1"), PROXIES[place], instrument, domain)
        for place, domain, instrument in sorted(found)
    ]


def _of_scales(answers: Sequence[Answer]) -> list[Line]:
    """Every other instrument in use, one line a question and kind of answerer, in the order of the registry."""
    order = list(REGISTRY)
    found = {
        (order.index(each.instrument), each.domain, each.rater)
        for each in answers
        if each.instrument in REGISTRY and each.instrument not in (*CHECKINS, ENGAGED.instrument)
    }
    return [Line("L7", rater, order[place], domain) for place, domain, rater in sorted(found)]


def _scale(said: Said, shown: Sequence[Answer]) -> Scale:
    known = REGISTRY[said.line.instrument]
    if not known.bands or said.line.domain != "total":
        return Scale(said)
    scores = [each.score for each in on_last_form(said.line.among(shown)) if each.score is not None]
    held = [known.band_of(score) for score in scores]
    return Scale(said, tuple((band, held.count(band)) for band in known.bands), held.count(None))
