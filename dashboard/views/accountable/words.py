"""The words of the page “Safe and accountable”: what was promised, where it came from, what happened."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.views import say
from metrics.accountable.promises import Kept
from metrics.words import and_list, capital


@dataclass(frozen=True)
class Named:
    """A thing promised, one and many, and the word for its being done: "a suggestion … answered"."""

    one: str
    many: str
    done: str


MEASURES = {
    "trigger_review": Named("review after a trigger", "reviews after a trigger", "held"),
    "safeguarding_action": Named("safeguarding action", "safeguarding actions", "done"),
    "notification": Named("notification", "notifications", "sent"),
    "limits_explained": Named(
        "explanation of what cannot be changed", "explanations of what cannot be changed", "given"
    ),
    "disagreement_answered": Named("disagreement", "disagreements", "answered"),
    "review": Named("review", "reviews", "held"),
    "need_change_review": Named("review after a change in need", "reviews after a change in need", "held"),
    "coproduction_audit": Named("co-production audit", "co-production audits", "done"),
    "suggestion": Named("suggestion", "suggestions", "answered"),
    "relatives_group": Named("relatives’ group meeting", "relatives’ group meetings", "held"),
    "change_explained": Named(
        "explanation to family before a change", "explanations to family before a change", "given"
    ),
    "advisory_board": Named("advisory board meeting", "advisory board meetings", "held"),
    "pledge": Named("pledge", "pledges", "kept"),
    "boundary_set": Named("boundary", "boundaries", "agreed"),
}
ELEMENTS = {
    "fall": "a fall", "near_miss": "a near miss", "distress": "distress", "weight": "weight",
    "regulator": "to the regulator", "council": "to the council", "family": "to the family",
    "duties": "duties", "process": "how it goes on", "fixed_points": "fixed points",
    "two_week": "two weeks after the start", "scheduled": "planned", "reassessment": "reassessment",
    "evaluation": "looking back", "relatives_group": "relatives’ group", "advisory_board": "advisory board",
    "box": "suggestion box", "survey": "survey", "not_recorded": "not recorded",
    "keep": "keep as it is", "adjust": "adjust", "stop": "stop", "audit": "audit", "complaint": "complaint",
    "incident": "incident", "review": "review", "influence": "what people can decide", "provider": "what we must decide",
    "disagreement": "what we do when we disagree", "contact": "contact", "money": "money", "home": "home", "care": "care",
    "risk": "risk", "safeguarding": "safeguarding",
}  # fmt: skip
HARMS = {"moderate": "moderate harm", "severe": "severe harm", "fatal": "the person died"}
WHOLE = "whole service"


def measure(name: str) -> Named:
    """What a measure is called; one that is not known here by its own word."""
    plain = name.replace("_", " ")
    return MEASURES.get(name, Named(plain, plain, "done"))


def element(name: str | None) -> str:
    """What narrows a measure, in words; a label somebody wrote stays as it is."""
    return "" if name is None else ELEMENTS.get(name, name.replace("_", " "))


def what(name: str, narrowed: str | None) -> str:
    """Suggestion (survey)."""
    about = element(narrowed)
    return f"{capital(measure(name).one)}{f' ({about})' if about else ''}"


def whose(person_id: str | None) -> str:
    """The person's short code, or that it is about no one person."""
    return WHOLE if person_id is None else say.person_code(person_id)


def kept_words(found: Kept) -> str:
    """ "103 of 132 in time, 20 late, 5 in part, 4 not done yet"."""
    if not found.due:
        return "nothing promised for a day"
    rest = [
        f"{count} {word}"
        for count, word in (
            (found.late, "late"),
            (found.in_part, "in part"),
            (found.not_done, "not done yet"),
            (found.left_before, "not done before the person left"),
        )
        if count
    ]
    if not rest:
        return "the one promised was in time" if found.due == 1 else f"all {found.due} in time"
    return ", ".join([f"{found.in_time} of {found.due} in time", *rest])


def kept_sentence(found: Kept, one: str, many: str) -> str:
    """ "103 of the 132 steps that were due were done in time; 20 were late and 4 are not done yet"."""
    opening = f"{found.in_time} of the {say.plural(found.due, one, many)} {_were(found.in_time)} done in time"
    if found.due == 1:
        opening = f"The only {one} was {'' if found.in_time else 'not '}done in time"
    elif found.in_time == found.due:
        opening = f"All {say.plural(found.due, one, many)} were done in time"
    rest = [
        f"{count} {verb} {word}"
        for count, verb, word in (
            (found.late, _were(found.late), "late"),
            (found.in_part, _were(found.in_part), "done in part"),
            (found.left_before, _were(found.left_before), "not done before the person left"),
            (found.not_done, "is" if found.not_done == 1 else "are", "not done yet"),
        )
        if count
    ]
    return f"{opening}; {and_list(rest)}." if rest and found.due > 1 else f"{opening}."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def some_people(people: tuple[str, ...], most: int = 3) -> str:
    """ " (F2A-81C and 09B-77D)": the short codes where they are few; how many people where they are not."""
    if not people:
        return ""
    if len(people) > most:
        return f" ({len(people)} people)"
    return f" ({and_list([say.person_code(each) for each in people])})"
