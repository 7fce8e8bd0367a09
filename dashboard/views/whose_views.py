"""Whose views: the page's first words, its choices, what is worth a second look, how the outcomes are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.needs import Need
from dashboard.views.standing import StandingRow
from data.model import Intervention, Period, Service
from data.records import Matter
from metrics.voices.alerts import FIRST_DAYS, Alert, Case
from metrics.voices.sheet import Heard, WithoutReason
from metrics.words import capital, short_day

LOOK = {"service": "The whole service", "change": "One change", "person": "One person"}
"""At whose matters the page looks. The address says which of the three, and never which person."""
THINNEST = 8
"""Matters of a whole service on the page at first: the thinnest. All of them are in the sheet to print and the file."""
MOST_CASES = 12


def person_labels(matters: Iterable[Matter]) -> dict[str, str]:
    """Each person with a matter, by short code, with how many; what is kept under it never reaches the address."""
    counted: dict[str, int] = {}
    for matter in matters:
        counted[matter.person_id] = counted.get(matter.person_id, 0) + 1
    people = sorted(counted)
    labels = say.unique(
        [f"{say.person_code(each)} · {say.plural(counted[each], 'matter', 'matters')}" for each in people]
    )
    return dict(zip(people, labels, strict=True))


def change_labels(plans: Sequence[Intervention]) -> dict[str, str]:
    """Each change by its title, the newest first; no two alike."""
    labels = say.unique([f"{each.title} · {say.whose(each)} · {each.start_on:%b %Y}" for each in plans])
    return {each.intervention_id: label for each, label in zip(plans, labels, strict=True)}


def lead(found: Heard, where: str) -> tuple[str, str]:
    """The answer in one sentence, and what else the counts say."""
    if found.matters == 1:
        first = (
            f"{where} there is one matter, and the person’s own view on it is {'' if found.person else 'not '}there."
        )
    elif found.person == found.matters:
        first = f"{where} the person’s own view is there on all {found.matters} matters."
    else:
        first = f"{where} the person’s own view is there on {found.person or 'none'} of {found.matters} matters."
    if found.only_family:
        first += f" On {found.only_family} only family was asked."
    both = found.same + found.differ
    compared = "On none are the positions of both person and family known."
    if both:
        differ = f"they differ on {found.differ}" if found.differ else "they never differ"
        compared = f"Person and family can be set beside each other on {both}: {differ}."
    return first, f"{compared} Who decided can be traced on {found.traced or 'none'} of {found.matters}."


def trail(found: Heard, checked: tuple[int, int]) -> tuple[str, ...]:
    """The trail from voice to decision: who decided, kept apart, differ, understanding checked; what cannot be is left out."""
    both = found.same + found.differ
    parts = (
        (found.matters, f"Traced from a view to who decided: {found.traced} of {found.matters}"),
        (found.family, f"Person and family kept apart: {found.apart} of {found.family} with family heard"),
        (both, f"Person and family differ: {found.differ} of {both}"),
        (checked[1], f"Understanding checked: {checked[0]} of {checked[1]}"),
    )
    return tuple(words for known, words in parts if known)


# Worth a second look ---------------------------------------------------------------------------------


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
        return f"{_of(count, over, 'person was', 'people were')} not heard on any of their matters"
    if alert.code == "unadapted":
        need = f"{_of(count, over, 'person', 'people')} with a communication need"
        return f"{need} {'was' if count == 1 else 'were'} only ever asked by talking or in writing"
    if alert.code == "unchecked":
        return f"For {count} of {over} views nobody wrote down whether the person understood"
    if alert.code == "together":
        return f"On {count} of {over} matters the person and the family stand in one entry"
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
        "Say it again in other words, or on another day, and write down what you found: understood, in part, or not.",
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


def without_reason_rows(found: Sequence[WithoutReason]) -> list[dict[str, str]]:
    """The cases of V17 as a table."""
    return [
        {
            "What it was about": capital(each.element or "not written down"),
            "Person": say.person_code(each.person_id),
            "Decided": short_day(each.decided_on),
        }
        for each in found
    ]


# How the outcomes stand ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Outcomes under one plain question, with a word on how to read them."""

    title: str
    about: str
    codes: tuple[str, ...]


GROUPS = (
    Group("Was the person heard?", "", ("V1", "V10", "V19", "V11", "V18")),
    Group("Can we see whose views shaped it?", "", ("V2", "V3", "V12", "V13", "V17", "G8")),
    Group(
        "What when they differ?",
        "Disagreement is evidence of voice: it shows that each was asked. None at all would be odd. Neither more nor less "
        "of it is good or bad.",
        ("V6", "V7", "V4", "V5"),
    ),
    Group("How were they asked?", "", ("V9", "V8")),
    Group("Were agreements and disagreements answered?", "", ("V14", "V15", "V16")),
)  # fmt: skip


def group_label(group: Group, rows: Sequence[StandingRow]) -> str:
    """The question with the figure that answers it first, so that a closed list answers already."""
    return f"{group.title} {rows[0].name}: {rows[0].now}" if rows else f"{group.title} Nothing on record in this time"


def codes_of(groups: Iterable[Group] = GROUPS) -> tuple[str, ...]:
    """Every outcome of the page, in its order."""
    return tuple(code for group in groups for code in group.codes)


def thin_line(matters: int, views: int, thin: int) -> str:
    """What "thin" means, and how many of the views shown are."""
    if not views:
        return f"{say.plural(matters, 'matter', 'matters')}, and nobody’s view on any of them."
    said = "none of them thin" if not thin else f"{thin} of them thin"
    return (
        f"{say.plural(matters, 'matter', 'matters')} and {say.plural(views, 'view', 'views')}, {said}: fewer than three "
        "of four things known (how it was sought, whether it was understood, the position, what came of it)."
    )


def shown_line(shown: int, whole: int, look: str = "service") -> str:
    """How much of the sheet is on the page: matters with a view on them."""
    if look == "change":
        return "Everything on record about this change, whenever it was raised."
    if shown == whole:
        return ""
    return (
        f"These are the {shown} thinnest of {whole} with a view. All are in the sheet to print and in the file; or look at one "
        "change or one person."
    )


NEEDS = (
    Need(
        "views", "views", "We cannot say whose voice counted.",
        "Take one person’s plan. For each thing agreed in it, write one row for every voice: how you asked, what they "
        "said, what came of it.",
        columns=("element", "intervention_id", "voice", "given_on", "how_sought", "understood", "stance", "used",
                 "reason_given", "own_words", "own_entry", "recorded_by"),
    ),
    Need(
        "decisions", "decisions", "We cannot say who decided, and whose view was followed.",
        "Write down the next five decisions as they are made: who decided, whose view was followed, why.",
        columns=("decided_on", "class", "domain", "decider", "followed", "risk", "reason_given", "element"),
    ),
    Need(
        "people", "notes on communication needs and advocates", "We cannot say whether people were asked in a way that suits them.",
        "For each person, write down one communication need, or none, and whether they have family and an advocate.",
        columns=("stage", "communication_need", "speech", "family_contact", "advocate"),
    ),
    Need(
        "checks", "answers to disagreements", "We cannot say whether a disagreement was answered when promised.",
        "When somebody disagrees, write down the day you promised an answer, and the day it was given.",
        columns=("person_id", "due_on", "done_at", "result", "element"), filled={"measure": "disagreement_answered"},
        outcomes=("V15",),
    ),
    Need(
        "checks", "boundaries agreed at the start", "We cannot say whether all knew what could be decided together.",
        "When a plan begins, write down what is open to influence, what is not, and the day that was agreed.",
        columns=("intervention_id", "due_on", "done_at", "result", "element"), filled={"measure": "boundary_set"},
        outcomes=("V14",),
    ),
    Need(
        "checks", "records of who took part", "We cannot say who was part of planning, review and looking back.",
        "After each meeting, write one row: whether the person took part, sent their views, or did not.",
        columns=("person_id", "done_at", "result", "element"), filled={"measure": "person_took_part"}, outcomes=("V16",),
    ),
    Need(
        "checks", "preferences acted on", "We cannot say whether a preference ever changed the support.",
        "At each review, write down whether something the person prefers has changed the plan, a visit or a purchase.",
        columns=("person_id", "done_at", "result"), filled={"measure": "preference_acted_on"}, outcomes=("V12",),
    ),
)  # fmt: skip
"""What the page wants, and how to begin."""

NOTHING_YET = (
    "No view on record here",
    "Nobody’s view and no decision is on record {where}, so we cannot say whose voice shaped it.",
)


def where_words(look: str, time: str, title: str = "", person_id: str = "") -> str:
    """Where the lead sentence looks: a time, a change by its title, a person by short code."""
    if look == "change":
        return f"For “{title}”"
    span = time[:1].lower() + time[1:]
    inside = f"In the {span}" if span.startswith("last") else "Over the whole record"
    return inside if look == "service" else f"{inside}, for {say.person_code(person_id)},"


def nothing_words(look: str, time: str) -> str:
    """Why there is nothing, inside the empty page."""
    where = {"change": "for this change", "person": "for this person"}.get(look, f"for this time ({time.lower()})")
    return NOTHING_YET[1].format(where=where)


NEXT = {
    "service": "Choose a longer time, or begin with one person’s plan: the table below says how.",
    "change": "Write down who was asked about this change, one row for each voice, with the change’s reference.",
    "person": "Choose a longer time, or begin with one person’s plan: the table below says how.",
}
"""What to do where there is nothing, by what was looked at."""


def paper_title(service: Service, look: str, title: str, person_id: str | None) -> str:
    """What stands at the top of the printed sheet."""
    if look == "change":
        return f"Whose views shaped “{title}”: {service.label}"
    if person_id is not None:
        return f"Whose views: {say.person_code(person_id)}, {service.label}"
    return f"Whose views: {service.label}"


def days_line(look: str, period: Period) -> str:
    """On paper: which days the sheet speaks of."""
    if look == "change":
        return "Everything on record about this change, whenever it was raised."
    return f"Matters raised from {say.days(period)}."


def standing_title(look: str, person_id: str | None) -> str:
    """Over the outcomes: whose figures they are."""
    if look == "person" and person_id is not None:
        return f"How it stands for {say.person_code(person_id)}"
    return "How it stands in the whole service"
