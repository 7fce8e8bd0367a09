"""Record a change, in words: what the choices are called, what a size means, when something was agreed, what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.views import say
from data.facts import RecordedRow
from data.model import Declaration, Intervention, Question, Service
from metrics import explaining
from metrics.catalogue import Catalogue
from metrics.comparison import PERSON_SETTLING, SERVICE_SETTLING, compare
from metrics.model import Outcome
from metrics.wording import VOICES
from metrics.words import and_list, capital, day, number, short_day

WHAT = {
    "change": "A change",
    "counts": "What would count as better",
    "happened": "What else happened",
    "said": "What somebody answered",
}
"""What can be written down."""

KINDS = {
    "routine": "Daily routine",
    "positive_risk": "Positive risk plan",
    "visits": "Visits and calls",
    "three_way_planning": "Planning together: person, family, staff",
    "music": "Music",
    "meals": "Meals",
    "activities": "Activities",
    "relatives_group": "Relatives' group",
    "environment": "The place itself: light, noise, rooms",
    "safeguarding": "Safeguarding",
    "choice": "Everyday choice",
    "other": "Something else",
}
REASONS = {
    "planned": "It was planned",
    "after_incidents": "After recent incidents",
    "change_in_need": "Somebody's needs changed",
    "request": "The person or family asked for it",
}
LADDER = {
    0: "Told: it was decided, then explained",
    1: "Asked: views were sought before it was decided",
    2: "Designed together",
    3: "Decided together",
    4: "Led by people living with dementia",
}
BOUNDARIES = {
    "influence": "What people and families can change",
    "provider": "What the service has to decide, and why",
    "disagreement": "What happens when we disagree",
    "review": "When we look at it again together",
}
"""The four boundaries of ``boundary_set`` in the handbook."""
AGREED = {"met": "in writing", "partly": "spoken about", "not_met": "not agreed"}
REVIEW = {
    "not_met": "Not held yet",
    "met": "Held",
    "partly": "Begun, not finished",
    "not_applicable": "Called off by the person",
}
STAGES = {"early": "Early", "middle": "Middle", "later": "Later"}
MOBILITY = {
    "independent": "Walks alone",
    "aid": "Walks with an aid",
    "one_person": "Help of one person",
    "two_people": "Help of two people",
    "bed": "In bed",
}
ROLES = {"main": "What we mainly hope for", "balance": "What must not get worse meanwhile"}
ABOUT_ONE_PERSON = ("need_change", "capacity_finding", "hospital", "away", "move_of_room")
"""Happenings that always concern somebody in particular."""

MADE_HERE = "agreed-"
"""How the references of agreements begin that were written down on this page."""


def voices(choices: Sequence[str] = tuple(VOICES)) -> dict[str, str]:
    """Who can have been part of it."""
    return {voice: capital(VOICES[voice]) for voice in choices}


def usual_settling(personal: bool) -> int:
    """The settling-in days that are taken where nothing else is said."""
    return PERSON_SETTLING if personal else SERVICE_SETTLING


# Sizes -----------------------------------------------------------------------------------------------


def offered(catalogue: Catalogue, personal: bool) -> dict[str, Outcome]:
    """The outcomes that can be agreed on: those we can work out and of which one way is good, the usual ones first.

    How well something was watched (Q) tells whether a record can be trusted; nobody hopes for it.
    """
    fits = [
        outcome
        for outcome in catalogue
        if (outcome.source == "own" or not outcome.code.startswith("Q"))
        and outcome.fewer_is_better is not None
        and (outcome.for_one_person or not personal)
    ]
    return {outcome.code: outcome for outcome in sorted(fits, key=lambda each: not each.starred)}


def questions(outcome: Outcome) -> dict[Question, str]:
    """The two questions, as this outcome would put them."""
    less, more = ("lower", "higher") if outcome.scale == "score" else ("fewer", "more")
    good, bad = (less, more) if outcome.fewer_is_better else (more, less)
    return {"change": f"It gets better: {good}", "steady": f"It holds steady: not much {bad}"}


def usual_question(outcome: Outcome) -> Question:
    """The question the outcome file puts."""
    return "steady" if outcome.judged == "steady" else "change"


def usual_size(outcome: Outcome, question: Question) -> float:
    """The size from the outcome file, in 100 or in points; a worthwhile tenth or a quarter's margin where it has none."""
    if outcome.size is not None and outcome.judged == question:
        return shown_size(outcome, outcome.size)
    if outcome.scale == "ratio":
        return 20.0 if question == "change" else 25.0
    return 0.5 if outcome.scale == "score" else 10.0


def shown_size(outcome: Outcome, size: float) -> float:
    """A size as people say it: the ratio 0.8 is 20 (in 100 fewer), 1.25 is 25; points and scores as they are."""
    return round(abs(1 - size) * 100, 4) if outcome.scale == "ratio" else size


def stored_size(outcome: Outcome, question: Question, shown: float) -> float:
    """The size in the outcome's unit, as the contract keeps it: a ratio for rates."""
    if outcome.scale != "ratio":
        return shown
    down = outcome.fewer_is_better if question == "change" else not outcome.fewer_is_better
    return round(1 + (-shown if down else shown) / 100, 6)


def what_it_is(outcome: Outcome) -> str:
    """What is counted and which way is good."""
    return f"{explaining.what_it_counts(outcome)} {explaining.which_way_is_good(outcome)}"


def size_label(outcome: Outcome, question: Question) -> str:
    """What the number to fill in is."""
    fewer = bool(outcome.fewer_is_better) == (question == "change")
    word = "fewer" if fewer else "more"
    if outcome.scale == "score":
        word = "lower" if fewer else "higher"
    unit = "points" if outcome.scale == "score" else "in 100"
    return f"At least how many {unit} {word}?" if question == "change" else f"At most how many {unit} {word}?"


def size_line(outcome: Outcome, question: Question, shown: float | None) -> str:
    """What the size means, said out."""
    if not shown:
        return ""
    many = number(shown)
    fewer = bool(outcome.fewer_is_better) == (question == "change")
    word = "fewer" if fewer else "more"
    opening = "Worth the effort: at least" if question == "change" else "Still steady: at most"
    if outcome.scale == "score":
        return f"{opening} {many} points {'lower' if fewer else 'higher'}."
    if outcome.scale == "points":
        return f"{opening} {many} {word} in every 100 {outcome.many_of}."
    after = 100 - shown if fewer else 100 + shown
    ratio = number(stored_size(outcome, question, shown), 2)
    return (
        f"{opening} {many} in 100 {word}: where there were 100 {outcome.many_things}, {number(after)}. "
        f"It is kept as the ratio {ratio}."
    )


# When it was agreed ----------------------------------------------------------------------------------


def follow_up_begins(change: Intervention, follow_from: date | None = None) -> date:
    """The first of the days that will be compared as "after"."""
    return follow_from or compare(change, None, None).planned_after.first


def timing_line(agreed_on: date, change: Intervention, follow_from: date | None = None) -> str:
    """Whether that day counts as beforehand: until the days that are compared begin."""
    days, begins = (agreed_on - change.start_on).days, follow_up_begins(change, follow_from)
    if agreed_on > begins:
        return (
            f"Agreed after the days to compare had begun ({day(begins)}): the answer will say that it was agreed "
            "afterwards, and it will carry less weight."
        )
    if days < 0:
        return f"Agreed {say.plural(-days, 'day', 'days')} before the start: counts as agreed beforehand."
    if days == 0:
        return "Agreed on the day of the start: counts as agreed beforehand."
    return (
        f"Agreed {say.plural(days, 'day', 'days')} after the start, before the days to compare begin on {day(begins)}: "
        "counts as agreed beforehand."
    )


def written_later_line(agreed_on: date, today: date) -> str:
    """That the day of writing is kept beside the day of agreeing."""
    days = (today - agreed_on).days
    if days <= 0:
        return ""
    return f"You are writing it down {say.plural(days, 'day', 'days')} later; both days are kept."


def windows_line(change: Intervention) -> str:
    """The days that are compared where nobody says otherwise."""
    usual = compare(change, None, None)
    return (
        f"Usually compared: {say.days(usual.planned_before)} with {say.days(usual.planned_after)}. "
        "Leave the dates empty to keep to that."
    )


# What is written down --------------------------------------------------------------------------------


@dataclass(frozen=True)
class AgreedLine:
    """One thing that was agreed about a change, and whether it still counts."""

    declaration: Declaration
    text: str
    in_force: bool


@dataclass(frozen=True)
class Line:
    """One change or happening in the list of what is written down."""

    ref: str
    title: str
    under: str
    agreed: tuple[AgreedLine, ...] = ()


def change_lines(
    rows: Iterable[RecordedRow], service: Service, declarations: Sequence[RecordedRow], catalogue: Catalogue
) -> tuple[Line, ...]:
    """The changes of a service, the newest first, with what was agreed about each."""
    found = [intervention(row.cells) for row in rows if row.cells["service_id"] == service.service_id]
    return tuple(
        Line(each.intervention_id, each.title, _change_under(each), agreed_lines(each, declarations, catalogue))
        for each in sorted(found, key=lambda each: (each.start_on, each.intervention_id), reverse=True)
    )


def _change_under(change: Intervention) -> str:
    who = f"one person, {say.person_code(change.person_id)}" if change.person_id else "the whole service"
    with_whom = say.made_with(change)
    made = f"designed with {with_whom}" if with_whom else "not written down who designed it"
    return f"From {short_day(change.start_on)}, for {who}; {made}."


def agreed_lines(change: Intervention, rows: Sequence[RecordedRow], catalogue: Catalogue) -> tuple[AgreedLine, ...]:
    """Everything agreed about a change: what counts first, then what it replaced, which stays in view."""
    ours = [
        (declaration(row.cells), row.arrived_on)
        for row in rows
        if row.cells["intervention_id"] == change.intervention_id
    ]
    newest: dict[str, Declaration] = {}
    for each, _ in ours:
        known = newest.get(each.outcome)
        if known is None or (each.declared_on, each.declaration_id) > (known.declared_on, known.declaration_id):
            newest[each.outcome] = each
    lines = []
    for each, arrived_on in ours:
        counts = newest[each.outcome]
        text = _agreed_text(each, change, arrived_on, catalogue)
        if each is not counts:
            text += f" Replaced by what was agreed on {short_day(counts.declared_on)}."
        lines.append(AgreedLine(each, text, each is counts))
    return tuple(
        sorted(
            lines,
            key=lambda line: (not line.in_force, line.declaration.role != "main", line.declaration.declaration_id),
        )
    )


def _agreed_text(each: Declaration, change: Intervention, arrived_on: date, catalogue: Catalogue) -> str:
    outcome = catalogue.get(each.outcome)
    name = outcome.name if outcome else f"The outcome {each.outcome}"
    size = _short_size(outcome, each) if outcome else f"size {each.size:g}"
    with_whom = and_list([VOICES.get(voice, voice) for voice in each.declared_with])
    late = each.declared_on > follow_up_begins(change, each.follow_from)
    agreed = f"Agreed {'afterwards' if late else 'beforehand'}, on {short_day(each.declared_on)}"
    agreed += f" with {with_whom}" if with_whom else ""
    here = each.declaration_id.startswith(MADE_HERE) and arrived_on != each.declared_on
    return f"{name}: {size}. {agreed}{f', written down on {short_day(arrived_on)}' if here else ''}."


def _short_size(outcome: Outcome, each: Declaration) -> str:
    fewer = bool(outcome.fewer_is_better) == (each.question == "change")
    much = "at least" if each.question == "change" else "at most"
    many, word = number(shown_size(outcome, each.size)), "fewer" if fewer else "more"
    match outcome.scale:
        case "ratio":
            return f"{much} {many} in 100 {word}"
        case "score":
            return f"{much} {many} points {'lower' if fewer else 'higher'}"
        case _:
            return f"{much} {many} {word} in every 100 {outcome.many_of}"


def happening_lines(rows: Iterable[RecordedRow], service: Service) -> tuple[Line, ...]:
    """What else happened in a service, the newest first."""
    ours = [row.cells for row in rows if row.cells["service_id"] == service.service_id]
    ours.sort(key=lambda cells: (cells["from_on"], cells["context_id"]), reverse=True)
    return tuple(_happening(cells) for cells in ours)


def _happening(cells: Mapping[str, str]) -> Line:
    words = cells["label"] or capital(happening_name(cells["kind"]))
    kind = "" if not cells["label"] else f"{capital(happening_name(cells['kind']))}. "
    first, until = date.fromisoformat(cells["from_on"]), cells["until_on"]
    days = short_day(first) if not until else f"{short_day(first)} to {short_day(date.fromisoformat(until))}"
    who = f"one person, {say.person_code(code_of(cells['person_id']))}" if cells["person_id"] else "the whole service"
    return Line(cells["context_id"], words, f"{kind}{days}, {who}.")


def happening_name(kind: str) -> str:
    """A kind of happening in words."""
    return say.HAPPENINGS.get(kind, kind.replace("_", " "))


def code_of(cell: str) -> str:
    """The bare code of a person written as ``code:…``."""
    return cell.removeprefix("code:")


def intervention(cells: Mapping[str, str]) -> Intervention:
    """A recorded row as a change."""
    return Intervention(
        cells["intervention_id"],
        cells["service_id"],
        code_of(cells["person_id"]) or None,
        cells["title"],
        cells["kind"],
        date.fromisoformat(cells["start_on"]),
        int(cells["settling_days"]) if cells["settling_days"] else None,
        _day(cells["end_on"]),
        cells["reason"] or "not_recorded",
        int(cells["ladder_level"]) if cells["ladder_level"] else None,
        tuple(voice for voice in cells["designed_with"].split(";") if voice),
    )


def declaration(cells: Mapping[str, str]) -> Declaration:
    """A recorded row as something agreed."""
    return Declaration(
        cells["declaration_id"],
        cells["intervention_id"],
        cells["outcome"].upper(),
        "steady" if cells["question"] == "steady" else "change",
        float(cells["size"]),
        "balance" if cells["role"] == "balance" else "main",
        date.fromisoformat(cells["declared_on"]),
        tuple(voice for voice in cells["declared_with"].split(";") if voice),
        *(_day(cells[name]) for name in ("baseline_from", "baseline_to", "follow_from", "follow_to")),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def lead(service: Service, changes: int) -> str:
    """The first line of the page, where changes are written down."""
    told = "No system exports what was tried. Write it down here, and before and after can be compared."
    if not changes:
        return f"{told} Nothing is written down for {service.label} yet."
    return f"{told} {say.plural(changes, 'change is', 'changes are')} written down for {service.label}."


SAID_LEAD = (
    "Copy here what somebody answered on a check-in card, or what they tell you now. Any line may be left out, and "
    "“I don't know” is an answer."
)
"""The first line where answers are written down: nothing about changes."""


def how_many(faults: int) -> str:
    """How many things are wrong."""
    return "One thing" if faults == 1 else f"{faults} things"


def saved_line(what: str, title: str, shown_already: bool) -> str:
    """What was saved, and where it is to be seen."""
    match what:
        case "change" if shown_already:
            return f"“{title}” is written down. You see it on “What changed” and on “One change, before and after”."
        case "change":
            return (
                f"“{title}” is written down. It appears on “What changed” once you say what would count as better, "
                "or once records from before and after have arrived."
            )
        case "counts":
            return f"What would count as better for “{title}” is written down. You see it on “One change, before and after”."
        case "said":
            return f"“{title}” is written down. It counts on “In people's own words” from now on."
        case _:
            return f"“{title}” is written down. It is marked on the charts of “One change, before and after”."


def taken_back_line(title: str) -> str:
    """What taking back did."""
    return f"What you had just written down about “{title}” is gone; what it had replaced counts again."
