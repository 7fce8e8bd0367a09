"""Whose views: the page's choices, its first words, what the sheet shows of how much, how the outcomes are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.standing import StandingRow
from data.model import Intervention, Period, Service
from data.records import Matter
from metrics.voices.sheet import Heard, WithoutReason
from metrics.words import capital, short_day

LOOK = {"service": "Whole service", "change": "One change", "person": "One person"}
"""At whose matters the page looks. The address says which of the three, and never which person."""
THINNEST = 8
"""Matters of a whole service on the page at first: the thinnest. All of them are in the sheet to print and the file."""


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
        "What happens when they differ?",
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
