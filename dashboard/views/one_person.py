"""One person, in words: who, what was tried with them, week by week, and everything else with a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.views import say
from dashboard.views.codes_in_words import HAPPENED, HOW_SOUGHT, NEEDS, STAGES, VOICES
from dashboard.views.pictured import Cell, csv_file
from data.contract import NOT_RECORDED
from data.model import Answer, ContextEvent, Period, Tally, total
from data.records import Checked, Happened, PersonHere, View
from metrics.deeper import SecondFigure
from metrics.deeper.by_person import FIGURES, FIRST, TOO_FEW
from metrics.model import Finding, Outcome
from metrics.one_person import LANES, Lane, Moment, OnePerson
from metrics.words import and_list, capital, day, number, short_day, whole

LANE_NAMES: dict[Lane, str] = {
    "said": "The person's own answers",
    "views": "Views: ● the person  ■ family  ◆ others",
    "plan": "The plan: ● kept as agreed  ○ in part or not",
    "reviews": "Reviews: ● in time  ○ late or not held",
    "falls": "Falls: ▲ with moderate harm or worse  △ other",
    "medicine": "Calming medicine",
    "other": "Other records",
    "distress": "Distress at other times",
    "happenings": "What else happened",
}
MEASURES = {
    "review": "review", "trigger_review": "review after a trigger", "need_change_review": "review after a change in need",
    "review_learning": "review with its learning",
}  # fmt: skip
KEPT = {"met": "kept as agreed", "partly": "kept in part", "not_met": "not kept"}
BAD_HARM = ("moderate", "severe", "fatal")
NOTHING_WEEKLY = "Nothing of this plan is recorded in a way that can be counted week by week."


@dataclass(frozen=True)
class Mark:
    """One mark of a lane: its day, its shape, what is said of it, and the last day of what lasted."""

    day: date
    symbol: str
    words: str
    until: date | None = None


@dataclass(frozen=True)
class LaneShown:
    """One lane of the timeline."""

    lane: Lane
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Bar:
    """One week: so many of so many, None of them where nobody looked."""

    period: Period
    count: int
    of: int


@dataclass(frozen=True)
class Timeline:
    """What the timeline shows. ``sentence`` is its alt text and stands above it."""

    title: str
    sentence: str
    counted: str
    looked_at: str
    bars: tuple[Bar, ...]
    lanes: tuple[LaneShown, ...]
    period: Period
    start: date
    settling: Period | None
    end: date | None


def about(service_label: str, found: OnePerson) -> tuple[str, ...]:
    """Short facts: the code, where, how far along, what helps to be understood."""
    assert found.intervention.person_id is not None
    told = [f"Code {say.person_code(found.intervention.person_id)}", service_label]
    if found.person is not None:
        told += _register(found.person)
    return tuple(told)


def _register(person: PersonHere) -> Iterable[str]:
    if person.stage in STAGES:
        yield capital(STAGES[person.stage])
    if person.communication_need in NEEDS and person.communication_need != "none":
        need = NEEDS[person.communication_need]
        yield "Several communication needs" if person.communication_need == "several" else f"Needs help with {need}"
    if person.language_match in ("yes", "no"):
        met = "somebody here speaks it" if person.language_match == "yes" else "nobody here speaks it"
        yield (
            f"First language {person.first_language}: {met}"
            if person.first_language != NOT_RECORDED
            else (f"First language: {met}")
        )
    if person.family_contact == "no":
        yield "No family nearby" + (", has an advocate" if person.advocate == "yes" else ", no advocate written down")


def timeline(found: OnePerson) -> Timeline:
    """The weeks and lanes, those with anything in them, and the sentence that says what they show."""
    bars = tuple(Bar(week.period, week.tally.numerator, round(week.tally.denominator)) for week in found.weeks)
    lanes = tuple(
        LaneShown(lane, LANE_NAMES[lane], marks) for lane in LANES if (marks := _marks(found.of(lane), found.period))
    )
    outcome, plan = found.outcome, found.intervention
    settling = None
    if plan.settling_days:
        settling = Period(plan.start_on, plan.start_on + timedelta(days=plan.settling_days - 1))
    return Timeline(
        title=f"{outcome.name}, week by week" if outcome is not None and bars else "Everything with a day",
        sentence=_sentence(found),
        counted="" if outcome is None else outcome.many_things,
        looked_at="" if outcome is None else outcome.many_of,
        bars=bars,
        lanes=lanes,
        period=found.period,
        start=plan.start_on,
        settling=settling,
        end=plan.end_on if plan.end_on is not None and plan.end_on <= found.period.last else None,
    )


def _sentence(found: OnePerson) -> str:
    outcome, start = found.outcome, found.intervention.start_on
    if outcome is None or not any(week.tally.denominator for week in found.weeks):
        return NOTHING_WEEKLY
    seen = [week for week in found.weeks if week.tally.denominator]
    before = [week for week in seen if week.period.first < start]
    after = [week for week in seen if week.period.first >= start]
    told = []
    if before:
        told.append(f"{_count(outcome, [week.tally for week in before])} in {_weeks(len(before))} before it began")
    if after:
        told.append(f"{_count(outcome, [week.tally for week in after])} in {_weeks(len(after))} since")
    return f"{outcome.tells or capital(outcome.many_things) + ':'} {', and '.join(told)}."


def _count(outcome: Outcome, tallies: Sequence[Tally]) -> str:
    together = total(tuple(tallies))
    things = outcome.one_of if together.denominator == 1 else outcome.many_of
    return f"{whole(together.numerator)} of {whole(together.denominator)} {things}"


def _weeks(count: int) -> str:
    return "one week" if count == 1 else f"{count} weeks"


# Marks ------------------------------------------------------------------------------------------------


def _marks(moments: Sequence[Moment], period: Period) -> tuple[Mark, ...]:
    """One mark a day and shape; several on one day say all they stand for."""
    grouped: dict[tuple[date, str], list[Moment]] = defaultdict(list)
    for each in moments:
        grouped[each.day, _symbol(each.source)].append(each)
    return tuple(
        Mark(
            when,
            symbol,
            f"{short_day(when)}: {_together([_words(each.source) for each in ours])}",
            _until(ours, period),
        )
        for (when, symbol), ours in sorted(grouped.items())
    )


def _until(moments: Sequence[Moment], period: Period) -> date | None:
    last = max((each.until for each in moments if each.until is not None), default=None)
    return None if last is None else min(last, period.last)


def _together(words: Sequence[str]) -> str:
    counts: dict[str, int] = {}
    for each in words:
        counts[each] = counts.get(each, 0) + 1
    return ", ".join(each if many == 1 else f"{each} ({many} times)" for each, many in counts.items())


def _symbol(source: object) -> str:
    match source:
        case View(voice="person"):
            return "circle"
        case View(voice="family"):
            return "square"
        case View():
            return "diamond"
        case Checked(measure="element_delivered", result=result):
            return "circle" if result == "met" else "circle-open"
        case Checked(in_time=True):
            return "circle"
        case Checked(in_time=None, result="met"):
            return "circle"
        case Checked():
            return "circle-open"
        case Happened(table="falls", harm=harm):
            return "triangle-up" if harm in BAD_HARM else "triangle-up-open"
        case Happened(kind="distress"):
            return "line-ns-open"
        case ContextEvent():
            return "diamond-open"
        case _:
            return "circle"


def _words(source: Happened | View | Answer | Checked | ContextEvent) -> str:
    match source:
        case View():
            about_ = f" on {source.element}" if source.element else ""
            return f"{VOICES.get(source.voice, source.voice)}{about_}, {HOW_SOUGHT.get(source.how_sought, source.how_sought)}"
        case Checked():
            return _check_words(source)
        case Happened():
            harm = "" if source.harm in ("none", NOT_RECORDED) else f", {source.harm} harm"
            return f"{HAPPENED.get(source.kind, source.kind.replace('_', ' '))}{harm}"
        case Answer():
            return f"{source.domain.replace('_', ' ')}: {_answer(source)}"
        case ContextEvent():
            what = say.HAPPENINGS.get(source.kind, source.kind.replace("_", " "))
            return f"{what} ({source.label})" if source.label else what


def _check_words(check: Checked) -> str:
    if check.measure == "element_delivered":
        return f"{check.element or 'a part of the plan'}, {KEPT.get(check.result, 'looked at')}"
    name = MEASURES.get(check.measure, check.measure.replace("_", " "))
    if check.in_time is True:
        return f"{name}, held in time"
    if check.result == "not_applicable":
        return f"{name}, called off"
    if check.due_on is not None and check.done_on is None:
        return f"{name}, not held by {short_day(check.due_on)}"
    if (
        check.in_time is False
        and check.due_on is not None
        and check.done_on is not None
        and check.done_on > check.due_on
    ):
        late = (check.done_on - check.due_on).days
        return f"{name}, {late} {'day' if late == 1 else 'days'} late"
    return name


def _answer(answer: Answer) -> str:
    if answer.score is not None:
        return number(answer.score)
    return {"dont_know": "“I don't know”", "rather_not": "rather not say", "not_able": "not able to answer"}.get(
        answer.answer, answer.answer
    )


# In words and numbers ---------------------------------------------------------------------------------


def week_rows(shown: Timeline) -> list[dict[str, str]]:
    """The weeks as a table."""
    return [
        {
            "Week": say.short_days(bar.period), capital(shown.counted): whole(bar.count) if bar.of else "–",
            f"Of so many {shown.looked_at}": whole(bar.of) if bar.of else "nobody looked",
            "Side": "before it began" if bar.period.first < shown.start else "since",
        }
        for bar in shown.bars
    ]  # fmt: skip


def day_rows(shown: Timeline) -> list[dict[str, str]]:
    """Everything else in order of days."""
    listed = [(mark.day, lane, mark) for lane in shown.lanes for mark in lane.marks]
    listed.sort(key=lambda each: each[0])
    return [
        {"Day": short_day(when), "What": lane.name.split(":")[0], "More": mark.words.split(": ", 1)[-1]}
        for when, lane, mark in listed
    ]


def timeline_csv(shown: Timeline) -> bytes:
    """Weeks and days as one file; it names no person."""
    rows: list[tuple[Cell, ...]] = [
        (bar.period.first.isoformat(), bar.period.last.isoformat(), shown.counted, bar.count, bar.of, "")
        for bar in shown.bars
    ]
    rows += [
        (mark.day.isoformat(), (mark.until or mark.day).isoformat(), lane.name.split(":")[0], 1, "", mark.words)
        for lane in shown.lanes
        for mark in lane.marks
    ]
    return csv_file(("from", "to", "what", "count", "of", "words"), rows)


def series_sentences(figures: Iterable[SecondFigure], finding: Finding) -> tuple[str, ...]:
    """What one person's weeks say as a series, in a sentence or two; empty where it cannot be worked out."""
    pairs = next((each for each in figures if each.part == "one person" and each.name == FIGURES[FIRST][0]), None)
    if pairs is None:
        return ()
    if pairs.value is None or TOO_FEW in pairs.note:
        return (f"Not enough weeks to say more than the two figures above. {pairs.note}",)
    reach = ""
    if pairs.low is not None and pairs.high is not None:
        reach = f", likely between {number(pairs.low, 0)} and {number(pairs.high, 0)}"
    told = [
        f"Take any week before and any week after: in {number(pairs.value, 0)} of 100 such pairs the later week was the "
        f"better one{reach}. No difference would be 50."
    ]
    if pairs.note:
        told.append(pairs.note)
    told.append(
        f"This is one person's time, counted by {finding.outcome.name.lower()}. It does not show what brought a change about."
    )
    return tuple(told)


def others(found: OnePerson) -> tuple[str, ...]:
    """What else was tried with the same person."""
    return tuple(f"{each.title}, from {day(each.start_on)}" for each in found.others)


def summary(found: OnePerson) -> str:
    """Who was heard around this plan, in one line."""
    views = [each.source for each in found.moments if isinstance(each.source, View)]
    if not views:
        return "No views are written down around this plan, so we cannot say whose voice counted."
    heard = {view.voice for view in views if view.heard}
    named = [VOICES[voice] for voice in VOICES if voice in heard]
    silent = "" if "person" in heard else " The person's own view is not among them."
    return f"{say.plural(len(views), 'view is', 'views are')} written down, of {and_list(named) or 'nobody who was asked'}.{silent}"
