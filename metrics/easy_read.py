"""A finding in easy words, for the person and their family: short sentences, no jargon, nothing claimed beyond it.

The same finding as everywhere else, said again. Every sentence has fewer than fifteen words and stands on a line of
its own; the whole reads aloud in under two minutes. What stays long is a title somebody wrote, and it stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.model import Answer, Tally
from metrics.model import Finding, Outcome, Side, Verdict
from metrics.words import and_list, capital, day, number, whole

MOST_WORDS = 14
WORDS_A_MINUTE = 110
"""Slower than talking: a page read to somebody who takes it in word by word."""
LONGEST_MINUTES = 2.0
DAYS_A_MONTH = 365.25 / 12
MOST_BESIDE = 3
IN_A_BREATH = 3
"""Names in one sentence; more make another."""

FEELS = {1: "very bad", 2: "bad", 3: "in between", 4: "good", 5: "very good"}
"""How something feels instead, from 1 to 5: the words beside the five faces."""

WHO_SAYS = {
    "self": "the person",
    "family": "family or a friend",
    "advocate": "an advocate",
    "staff": "a member of staff",
}
"""Who may say that a figure is not how it feels, as feedback calls them."""

_WITH_ONE = {
    "person": "you", "family": "your family", "advocate": "your advocate", "attorney_deputy": "your attorney",
    "staff": "staff", "professional": "a professional",
}  # fmt: skip
_WITH_ALL = {
    "person": "people we support", "family": "families", "advocate": "advocates", "attorney_deputy": "attorneys",
    "staff": "staff", "professional": "professionals",
}  # fmt: skip
_SAID_BY = {
    "self": "you", "family": "your family", "family_about_self": "your family", "advocate": "your advocate",
    "staff": "staff", "staff_about_self": "staff",
}  # fmt: skip
_SAID_TO_STAFF = {
    "self": "the person", "family": "family or a friend", "family_about_self": "family or a friend",
    "advocate": "an advocate", "staff": "a member of staff", "staff_about_self": "a member of staff",
}  # fmt: skip
_SAID_HERE = {
    "self": "somebody", "family": "a family", "family_about_self": "a family", "advocate": "an advocate",
    "staff": "staff", "staff_about_self": "staff",
}  # fmt: skip

_WHY_NOT = {
    "early_look": "It is too early to say.",
    "too_early": "It has only just begun.",
    "no_data": "Nothing was written down.",
    "no_data_before": "Nothing was written down before it began.",
    "no_data_after": "Nothing was written down since it began.",
    "no_exposure": "We do not know how many people were here.",
    "too_few_events": "It happens too rarely to say.",
    "too_few_rows": "We looked too few times.",
    "too_few_answers": "Too few people answered.",
    "form_changed": "The questions changed on the way.",
    "rater_changed": "Somebody else gave the answers.",
    "too_few_days": "We looked on too few days.",
    "too_few_person_days": "We need more time.",
    "windows_unwatched": "Too often nobody was there to see.",
    "recording_changed": "We changed how we write things down.",
    "definition_changed": "We changed what we count.",
    "balance_worse": "Something else got worse.",
    "balance_leaning": "Something else may be worse.",
    "spike_baseline": "It began after a bad time, and bad times pass.",
    "trend_before": "It was getting better before.",
    "season": "It may be the time of year.",
    "recording_fell": "We wrote less down than before.",
    "no_verdict_of_its_own": "We only show the numbers here.",
    "neither_way_is_good": "More is not better here, and fewer is not either.",
}
"""Why it cannot be told, in fewer than fifteen words; anything else is chance."""
CHANCE = "It could still be chance."
NO_WORSE = "stayed about the same, or got better"
"""Held steady rules out a fall beyond what was agreed, and no rise: "the same" alone would not be true of 24 after 15."""


@dataclass(frozen=True)
class Picture:
    """So many of so many, before and now, small enough to draw one by one; what one of them is."""

    before: tuple[int, int]
    now: tuple[int, int]
    one_of: str


@dataclass(frozen=True)
class Part:
    """One heading of the page with its sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class EasyRead:
    """The page: what was tried (a title somebody wrote), its parts, a picture where one helps, and what people said."""

    title: str
    parts: tuple[Part, ...]
    picture: Picture | None
    said: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of the page, in reading order, without the title."""
        first, rest = (
            tuple(sentence for part in parts for sentence in (part.heading, *part.sentences))
            for parts in (self.found, self.beside)
        )
        return (*first, *self.said, *rest)

    @property
    def found(self) -> tuple[Part, ...]:
        """What was tried and what was found: the figures, and so the place of what people said of them."""
        return self.parts[:2]

    @property
    def beside(self) -> tuple[Part, ...]:
        """What stands below the figures."""
        return self.parts[2:]

    @property
    def minutes(self) -> float:
        """How long it takes to read the page aloud, slowly."""
        words = len(self.title.split()) + sum(len(sentence.split()) for sentence in self.sentences)
        return words / WORDS_A_MINUTE


def easy_read(finding: Finding, notes: Sequence[Answer] = ()) -> EasyRead:
    """The page for one finding; ``notes`` are what people said of its figures."""
    return EasyRead(
        title=finding.intervention.title,
        parts=tuple(
            part for part in (_tried(finding), _found(finding), _beside(finding), _next(finding)) if part.sentences
        ),
        picture=picture(finding),
        said=tuple(sentence for note in notes for sentence in said(note, personal=finding.intervention.is_personal)),
    )


def counted_as(outcome: Outcome) -> str:
    """What is counted, in easy words."""
    return outcome.easy or (outcome.name if outcome.kind == "score" else outcome.many_things)


def verdict_words(verdict: Verdict) -> tuple[str, ...]:
    """The verdict in one or two short sentences."""
    if verdict.word == "better":
        return ("This got better.", "It is as much as we hoped for.") if verdict.worthwhile else ("This got better.",)
    if verdict.word == "held steady":
        return (f"This {NO_WORSE}.", "That is what we hoped for.")
    if verdict.word == "worse":
        return ("This got worse.", "We need to talk about it.")
    return ("We cannot tell yet.", _WHY_NOT.get(verdict.reason or "", CHANCE))


def said(note: Answer, *, personal: bool, to_the_person: bool = True) -> tuple[str, ...]:
    """One note: who said it and when, and how it feels instead. The person is "you" on their own page alone."""
    names = _SAID_HERE if not personal else _SAID_BY if to_the_person else _SAID_TO_STAFF
    who = names.get(note.rater, "somebody")
    told = [f"On {day(note.given_on)}, {who} said: this is not how it feels."]
    if note.score is not None and round(note.score) in FEELS:
        told.append(f"It feels {FEELS[round(note.score)]}.")
    return tuple(told)


def picture(finding: Finding) -> Picture | None:
    """Days, choices or visits one by one; None for what is not so many of so many."""
    change = finding.change
    if change is None or finding.outcome.kind not in ("day_share", "share"):
        return None
    sides = [(tally.numerator, round(tally.denominator)) for tally in (change.before.tally, change.after.tally)]
    if not all(0 < of <= MOST_DRAWN for _, of in sides):
        return None
    return Picture(sides[0], sides[1], finding.outcome.one_of)


MOST_DRAWN = 60
"""More dots than this nobody counts."""


def _tried(finding: Finding) -> Part:
    plan = finding.intervention
    told = [f"It began on {day(plan.start_on)}."]
    if plan.end_on is not None:
        told.append(f"It ended on {day(plan.end_on)}.")
    words = _WITH_ONE if plan.is_personal else _WITH_ALL
    voices = [words[voice] for voice in plan.designed_with if voice in words]
    if voices:
        told.append(f"We planned it together: {and_list(voices[:IN_A_BREATH])}.")
        if voices[IN_A_BREATH:]:
            told.append(f"Also there: {and_list(voices[IN_A_BREATH:])}.")
    else:
        told.append("We did not write down who planned it.")
    return Part("How it began", tuple(told))


def _found(finding: Finding) -> Part:
    told = [f"We looked at: {counted_as(finding.outcome)}."]
    change = finding.change
    if change is not None:
        before, after = sides_in_words(finding)
        told += [f"{label}: {words}." for label, words in (("Before", before), ("Now", after)) if words]
    return Part("What we found", (*told, *verdict_words(finding.verdict)))


def sides_in_words(finding: Finding) -> tuple[str, str]:
    """Both figures in easy words; empty where there is none."""
    change = finding.change
    if change is None:
        return "", ""
    outcome = finding.outcome
    if outcome.kind == "score":
        best = f" out of {_best(outcome)}" if _best(outcome) else " points"
        return _score(change.before, best), _score(change.after, best)
    if outcome.kind in ("day_share", "share"):
        return _so_many(change.before.tally, outcome), _so_many(change.after.tally, outcome)
    if outcome.kind == "rate" and not finding.intervention.is_personal:
        return _a_month(change.before, change.after)
    return tuple(_times(side) for side in (change.before, change.after))  # type: ignore[return-value]


def _best(outcome: Outcome) -> str:
    checkins = {"person_checkin", "family_checkin", "staff_checkin"}
    asked = set(outcome.counts.where.get("instrument", ()))
    about = set(outcome.counts.where.get("domain", ()))
    ours = (asked and asked <= checkins) or (about and about <= _ON_CHECKINS_ALONE)
    return "5" if ours else ""


_ON_CHECKINS_ALONE = {"support_overall", "reflects_me"}
"""Asked on our own check-ins and nowhere else, so the scale is known even where no instrument is named."""


def _score(side: Side, best: str) -> str:
    return "" if side.value is None else f"{number(side.value)}{best}"


def _so_many(tally: Tally, outcome: Outcome) -> str:
    if not tally.denominator:
        return ""
    if tally.denominator > 200:
        many = _plain(outcome.many_of)
        return f"about {whole(100 * tally.numerator / tally.denominator)} in every 100 {many}".strip()
    things = outcome.one_of if tally.denominator == 1 else outcome.many_of
    return f"{whole(tally.numerator)} of {whole(tally.denominator)} {_plain(things)}".strip()


def _plain(things: str) -> str:
    """What the whole is made of, where it is a plain word; nothing where it would take explaining."""
    words = things.split()
    return things if len(words) <= MOST_WORDS_OF_THINGS and not _EXPLAINED.intersection(words) else ""


MOST_WORDS_OF_THINGS = 3
_EXPLAINED = {"matter", "matters", "element", "elements", "view", "views", "decision", "decisions"}
"""Words that a handbook explains and a family has not read."""


def _times(side: Side) -> str:
    if side.period is None:
        return ""
    count = "none" if not side.tally.numerator else whole(side.tally.numerator)
    return f"{count} in {side.period.days} days"


def _a_month(before: Side, after: Side) -> tuple[str, str]:
    """Times a month for as many people as live there now: whoever moved in or out does not change the number."""
    people = after.tally.denominator / after.period.days if after.period is not None else 0.0

    def said_(side: Side) -> str:
        if side.tally.ratio is None or not people:
            return _times(side)
        times = side.tally.ratio * people * DAYS_A_MONTH
        if not times:
            return "none"
        return "less than once a month" if 0 < times < 1 else f"about {number(times, 0)} a month"

    return said_(before), said_(after)


def _beside(finding: Finding) -> Part:
    """What must not get worse meanwhile; worse first, and no more than fits in a short page."""
    order = {"worse": 0, "held steady": 1, "better": 1, "cannot tell yet": 2}
    words = {
        "worse": "this got worse", "held steady": "about the same, or better", "better": "this got better",
        "cannot tell yet": "we cannot tell yet",
    }  # fmt: skip
    kept = [each for each in finding.balance if each.verdict.reason not in _NOT_JUDGED]
    kept.sort(key=lambda each: order[each.verdict.word])
    told = tuple(f"{capital(counted_as(each.outcome))}: {words[each.verdict.word]}." for each in kept[:MOST_BESIDE])
    return Part("What else we watched", told)


_NOT_JUDGED = ("no_verdict_of_its_own", "neither_way_is_good", "outcome_unknown", "no_data")


def _next(finding: Finding) -> Part:
    told = ["Other things may have helped, or got in the way."]
    until = _followed_until(finding)
    if until is not None:
        told.append(f"We look again after {day(until)}.")
    return Part("Please remember", tuple(told))


def _followed_until(finding: Finding) -> date | None:
    comparison = finding.comparison
    return comparison.planned_after.last if comparison is not None and comparison.early_look else None
