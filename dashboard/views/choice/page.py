"""Choice in words: what is decided for people beside what they choose, and the records that call for a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.codes_in_words import CLASSES, DECIDERS, FOLLOWED
from dashboard.views.needs import Need
from dashboard.views.whose_views.sheet import NAMELESS
from data.records import Decision
from metrics.deciding.sides import Choices, Sides, answered_no, missing_parts
from metrics.words import and_list, capital, number, short_day

CODES = ("R1", "R2", "R3", "R4", "R5")
MOST_LISTED = 40
ENOUGH_FOR_A_SHARE = 10
NONE_LISTED = "None on record in this time. None is the aim."

PARTS: Mapping[str, str] = {
    "capacity": "whether they could decide this matter themselves",
    "consulted": "whether anybody was consulted",
    "wishes_considered": "whether their wishes and feelings were considered",
    "less_restrictive": "whether something less restrictive would do",
    "decider": "who decided",
}
"""The five parts of a best-interest record."""
SAYS_NO: Mapping[str, str] = {
    "consulted": "nobody was consulted",
    "wishes_considered": "their wishes were not considered",
    "less_restrictive": "nothing less restrictive was looked for",
}


@dataclass(frozen=True)
class Line:
    """One figure of a side: a number, what it counts, a word under it; ``share`` (0 to 1) is drawn as a bar."""

    figure: str
    what: str
    under: str = ""
    share: float | None = None


@dataclass(frozen=True)
class TwoSides:
    """Both sides as a page shows them."""

    lead: str
    for_people: tuple[Line, ...]
    by_people: tuple[Line, ...]
    by_kind: tuple[Line, ...]
    none_arose: str


def two_sides(found: Sides, time: str) -> TwoSides:
    """Both sides in words."""
    return TwoSides(
        _lead(found, time), _for_people(found), _by_people(found), _by_kind(found.choices), _none_arose(found)
    )


def _lead(found: Sides, time: str) -> str:
    span = f"In the {time[:1].lower()}{time[1:]}" if time.startswith("Last") else "Over the whole record"
    led, looked_at = found.led
    chosen = f"{span} the person led in {led} of {looked_at} everyday choices looked at." if looked_at else ""
    if not chosen and found.everyday:
        chosen = f"{span} {_decided_by_the_person(found.everyday)}"
    count, everyday = len(found.best_interest), len(found.on_everyday_matters)
    if not count:
        decided = "No best-interest decision is on record."
    elif count == 1 and not everyday:
        decided = "The one best-interest decision was not on an everyday matter."
    elif not everyday:
        decided = f"None of {say.plural(count, 'best-interest decision', 'best-interest decisions')} was on an everyday matter."
    else:
        which = "was on an everyday matter, which is" if everyday == 1 else "were on everyday matters, which are"
        whole = say.plural(count, "best-interest decision", "best-interest decisions")
        decided = f"{everyday} of {whole} {which} the person’s to choose."
    return f"{chosen} {decided}".strip() if chosen else f"{span}: {decided[:1].lower()}{decided[1:]}"


def _decided_by_the_person(everyday: Sequence[Decision]) -> str:
    """Of those of which it is written down who decided: nobody knows of the others that it was somebody else."""
    known = [each for each in everyday if each.decider in DECIDERS]
    unknown = len(everyday) - len(known)
    if not known:
        return f"{say.plural(unknown, 'everyday matter', 'everyday matters')} decided, and by whom is not written down."
    theirs = sum(each.decider == "person" for each in known)
    beside = f"; of {unknown} more nobody wrote down who decided" if unknown else ""
    return f"the person decided {theirs} of {len(known)} everyday matters on record{beside}."


def _for_people(found: Sides) -> tuple[Line, ...]:
    count, everyday = len(found.best_interest), len(found.on_everyday_matters)
    if not count:
        lines = [Line("None", "best-interest decisions on record")]
    else:
        complete = count - len(found.incomplete)
        lines = [
            Line(str(count), _words(count, "best-interest decision", "best-interest decisions")),
            Line(f"{everyday} of {count}", "on everyday matters", "aim: none"),
            Line(f"{complete} of {count}", _words(count, "record complete", "records complete"), "aim: all"),
        ]
    duty = len(found.duty)
    lines.append(
        Line(
            str(duty) if duty else "None", "decided because the law or safety asks for it",
            "kept apart: here nobody’s preference decides",
        )
    )  # fmt: skip
    return tuple(lines)


def _by_people(found: Sides) -> tuple[Line, ...]:
    led, looked_at = found.led
    lines = []
    if looked_at:
        share = f"{number(100 * led / looked_at, 0)} in 100" if looked_at >= ENOUGH_FOR_A_SHARE else ""
        lines.append(Line(f"{led} of {looked_at}", "everyday choices led by the person", share))
    if found.everyday:
        theirs = sum(each.decider == "person" for each in found.everyday)
        lines.append(
            Line(f"{theirs} of {len(found.everyday)}", "everyday decisions made by the person", _others(found.everyday))
        )
    consent = len(found.own_consent)
    lines.append(Line(str(consent) if consent else "None", "decisions by the person’s own consent"))
    return tuple(lines)


def _others(everyday: Sequence[Decision]) -> str:
    """Who decided the rest, said plainly; no order of blame."""
    told = []
    for code, name in DECIDERS.items():
        count = sum(each.decider == code for each in everyday)
        if count and code != "person":
            told.append(f"{name.removeprefix('a ').removeprefix('an ').removeprefix('the ')} {count}")
    unknown = sum(each.decider not in DECIDERS for each in everyday)
    if unknown:
        told.append(f"not written down {unknown}")
    return f"the others: {and_list(told)}" if told else ""


def _by_kind(found: Sequence[Choices]) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{each.person} of {each.looked_at}", capital(each.element or "not written down what about"),
            f"{each.shared} shared, {each.others} led by others", each.person / each.looked_at,
        )
        for each in found
        if each.looked_at
    )  # fmt: skip


def _none_arose(found: Sides) -> str:
    count = sum(each.none_arose for each in found.choices)
    return f"{say.plural(count, 'time', 'times')} no choice arose; these are counted with neither." if count else ""


def _words(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


# The records that call for a second look -------------------------------------------------------------


def earlier_line(found: Sides, whole: Sides) -> str:
    """How many best-interest decisions on everyday matters stand in the record outside the time shown."""
    count = len(whole.on_everyday_matters) - len(found.on_everyday_matters)
    if not count:
        return ""
    earlier = say.plural(count, "earlier one is", "earlier ones are")
    return f"{earlier} on record: choose a longer time to see {'it' if count == 1 else 'them'}."


def decision_rows(found: Sequence[Decision]) -> list[dict[str, str]]:
    """Best-interest decisions one by one: when, what about, whose, who decided, what its record lacks."""
    return [
        {
            "Decided": short_day(each.decided_on),
            "What about": capital(each.element or NAMELESS),
            "Person": say.person_code(each.person_id),
            "Decided by": capital(DECIDERS.get(each.decider, "not written down")),
            "What the record lacks": lacks(each),
        }
        for each in found
    ]


def lacks(decision: Decision) -> str:
    """What is not written down, and what is and says no."""
    missing = [PARTS[part] for part in missing_parts(decision)]
    no = [SAYS_NO[part] for part in answered_no(decision)]
    told = []
    if missing:
        told.append(f"It does not say {and_list(missing)}.")
    if no:
        told.append(f"It says that {and_list(no)}.")
    return " ".join(told) or "Nothing: all five parts are there."


def missing_lines(found: Sides) -> tuple[Line, ...]:
    """How often each part of a best-interest record is not written down; parts that are always there need no line.

    One missing part stands in the sentence above already.
    """
    whole = len(found.best_interest)
    lines = [Line(f"{count} of {whole}", f"do not say {PARTS[part]}") for part, count in found.missing.items() if count]
    return tuple(lines) if len(lines) > 1 else ()


def newest(found: Sequence[Decision]) -> tuple[Sequence[Decision], str]:
    """The newest decisions of a long list, and what was left off."""
    if len(found) <= MOST_LISTED:
        return found, ""
    return found[
        :MOST_LISTED
    ], f"The newest {MOST_LISTED} of {len(found)}. The others are in your own record of decisions."


def missing_line(found: Sides) -> str:
    """In one sentence which parts are missing most."""
    whole, missing = len(found.best_interest), {part: count for part, count in found.missing.items() if count}
    if not missing:
        return f"All five parts are written down in {'the one record' if whole == 1 else f'all {whole} records'}."
    most = max(missing.values())
    which = and_list([PARTS[part] for part, count in missing.items() if count == most])
    records = f"{whole} {_words(whole, 'record', 'records')}"
    lack = _words(len(found.incomplete), "lacks", "lack")
    lacking = f"{len(found.incomplete)} of {records} {lack} a part."
    if len(missing) == 1:
        says = "It does not say" if most == 1 else "They do not say"
        return f"{lacking} {says} {which}."
    return f"{lacking} Most often they do not say {which} ({most} of {whole})."


def after_rows(found: Sequence[Decision]) -> list[dict[str, str]]:
    """Decisions about one person, in order of days, everyday matters decided for them marked in words."""
    return [
        {
            "Decided": short_day(each.decided_on),
            "What about": capital(each.element or NAMELESS),
            "Kind": capital(CLASSES.get(each.kind, each.kind))
            + (", on an everyday matter" if (each.kind, each.domain) == ("best_interest", "everyday") else ""),
            "Decided by": capital(DECIDERS.get(each.decider, "not written down")),
            "Followed": capital(FOLLOWED.get(each.followed, "not written down")),
        }
        for each in found
    ]


NEEDS = (
    Need(
        "decisions", "decisions", "We cannot say what was decided for people, and whether its record is complete.",
        "Take the best-interest records of the last three months and write one row each; then go on with new ones.",
        columns=("decided_on", "class", "domain", "element", "capacity", "assessed_on", "decider", "consulted",
                 "wishes_considered", "less_restrictive", "followed", "risk", "reason_given", "method"),
    ),
    Need(
        "checks", "everyday choices", "We cannot say whether people still lead in everyday choices.",
        "Pick two choices a day for one person (clothes, food, activity, company, time, bathing, evening) and write down "
        "who led: the person, shared, or others.",
        columns=("person_id", "done_at", "result", "element"), filled={"measure": "everyday_choice"}, outcomes=("R1",),
    ),
    Need(
        "context", "findings about capacity", "We cannot set everyday choice before such a finding beside choice after it.",
        "When somebody’s capacity for a matter is assessed, write down the day and the matter, on the page Record a change "
        "or in this table.",
        columns=("person_id", "label"), filled={"kind": "capacity_finding"},
    ),
    Need(
        "views", "views", "We cannot say whether a life story spoke where somebody speaks little.",
        "Beside each decision, write one row for every voice, the person’s first.",
        columns=("decision_id", "element", "voice", "given_on", "how_sought", "stance", "used"),
    ),
    Need(
        "people", "notes on speech", "We cannot say how choice is kept where somebody speaks little.",
        "For each person, write down how much they speak: full, some or little.", columns=("stage", "speech"),
    ),
)  # fmt: skip
"""What the page wants, and how to begin."""

NOTHING = (
    "No decision and no everyday choice on record here",
    "Nothing was written down in this time, so we cannot say what people choose and what is decided for them.",
    "Choose a longer time; or begin with one of the tables below.",
)
