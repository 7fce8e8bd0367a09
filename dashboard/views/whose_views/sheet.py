"""The element and voice sheet in words: what stands in each place, and the same as rows of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.safe import csv_text
from dashboard.views import say
from dashboard.views.codes_in_words import CLASSES, DECIDERS, FOLLOWED, asked
from data.records import Decision, Matter, View
from metrics.voices.sheet import PLACES, TICKS, Place, SheetRow, place_of
from metrics.words import and_list, capital, short_day

HEADINGS: Mapping[Place, str] = {
    "person": "The person", "family": "Family", "staff": "Staff", "others": "Others",
}  # fmt: skip
VOICES = {
    "person": "the person", "family": "family", "staff": "staff", "advocate": "advocate",
    "attorney_deputy": "attorney or deputy", "professional": "outside professional",
}  # fmt: skip
UNDERSTOOD = {
    "yes": "checked: understood", "partly": "checked: understood in part", "no": "checked: not understood",
    "not_checked": "understanding not checked", "not_possible": "understanding could not be checked",
}  # fmt: skip
NOT_WRITTEN = "understanding not written down"
STANCE = {"agree": "Agreed", "disagree": "Disagreed", "mixed": "In two minds", "no_view": "Had no view"}
STANCE_UNKNOWN = "Position not known"
USED = {"adopted": "taken up", "adapted": "taken up in part", "not_adopted": "not taken up"}
USED_UNKNOWN = "use not known"
BOTH_UNKNOWN, NOT_ASKED = "Position and use not known", "Not asked"
RISK = {"low": "low risk", "medium": "medium risk", "high": "high risk"}
NO_OWN_VIEW, NO_VIEW = "No view on record", "no view"
NAMELESS = "Matter without a name"


@dataclass(frozen=True)
class Said:
    """One voice on one matter: its position and use, how it was asked, whether understood, marks, how much is known."""

    who: str
    head: str
    how: str
    understood: str
    marks: tuple[str, ...]
    ticks: int
    known: str
    asked: bool


@dataclass(frozen=True)
class SheetLine:
    """One matter: its name, lines on who decided, and what each place holds, empty where nobody's view is known."""

    name: str
    under: tuple[str, ...]
    places: tuple[tuple[Said, ...], ...]


def lines(rows: Iterable[SheetRow], *, with_person: bool) -> tuple[SheetLine, ...]:
    """The rows in words; the person's short code where the sheet holds more than one person."""
    return tuple(
        SheetLine(
            capital(row.matter.element or NAMELESS),
            _under(row.matter, with_person=with_person),
            tuple(tuple(_said(view) for view in row.places[place]) for place in PLACES),
        )
        for row in rows
    )


def _under(matter: Matter, *, with_person: bool) -> tuple[str, ...]:
    raised = f"raised {short_day(matter.dated)}"
    opening = f"Person {say.person_code(matter.person_id)}, {raised}" if with_person else capital(raised)
    if matter.decision is None:
        return opening, "Who decided is not written down"
    return opening, *decided_lines(matter.decision)


def decided_lines(decision: Decision) -> tuple[str, ...]:
    """Who decided and when, of which kind, whose view was followed, how risky it was thought to be."""
    kind = capital(CLASSES.get(decision.kind, decision.kind))
    who = DECIDERS.get(decision.decider)
    by = f"decided by {who}" if who else "by whom is not written down"
    about = [FOLLOWED[decision.followed]] if decision.followed in FOLLOWED else []
    about += [RISK[decision.risk]] if decision.risk in RISK else []
    told = f"{kind}, {by}, {short_day(decision.decided_on)}"
    return (told, capital("; ".join(about))) if about else (told,)


def _said(view: View) -> Said:
    asked = view.heard
    head = STANCE.get(view.stance, STANCE_UNKNOWN)
    used = USED.get(view.used, USED_UNKNOWN)
    if not asked and view.stance not in STANCE:
        head, used = (NOT_ASKED if view.how_sought == "not_asked" else STANCE_UNKNOWN), ""
    return Said(
        who=VOICES.get(view.voice, view.voice) if place_of(view.voice) == "others" else "",
        head=BOTH_UNKNOWN if (head, used) == (STANCE_UNKNOWN, USED_UNKNOWN) else f"{head}, {used}" if used else head,
        how=_how(view, said_already=head == NOT_ASKED),
        understood=_understood(view),
        marks=_marks(view),
        ticks=view.ticks,
        known=f"{view.ticks} of {TICKS} known",
        asked=asked,
    )


def _how(view: View, *, said_already: bool) -> str:
    """How it was asked, and on which day."""
    how = "written down" if said_already else f"{asked(view.how_sought)},"
    return capital(f"{how} {short_day(view.given_on)}")


def _understood(view: View) -> str:
    """Said of the person always; of others only where somebody wrote it down."""
    if view.understood in UNDERSTOOD:
        return capital(UNDERSTOOD[view.understood])
    return capital(NOT_WRITTEN) if view.voice == "person" and view.heard else ""


def _marks(view: View) -> tuple[str, ...]:
    told = []
    if view.used == "not_adopted":
        told.append({"yes": "reason written", "no": "no reason"}.get(view.reason_given, "reason not written down"))
    elif view.reason_given == "yes":
        told.append("reason written")
    if view.own_words == "yes":
        told.append("own words")
    if view.own_entry == "no":
        told.append("in one entry with others")
    return tuple(told)


# Nobody's view at all --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Silent:
    """Matters without any view, gathered by person: on paper and in the file each has its own row."""

    title: str
    about: str
    matters: tuple[str, ...]


def silent(rows: Sequence[SheetRow], *, with_person: bool) -> Silent | None:
    """The matters nobody was heard on; None where there are none."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if not row.matter.views:
            found.setdefault(row.matter.person_id, []).append(row.matter.element or NAMELESS)
    if not found:
        return None
    count = sum(map(len, found.values()))
    told = []
    for person, names in sorted(found.items()):
        named = capital(and_list(_named(names)))
        told.append(f"{say.person_code(person)}: {named}" if with_person else named)
    if len(told) > MOST_SILENT:
        told = [*told[:MOST_SILENT], f"and {say.plural(len(told) - MOST_SILENT, 'more person', 'more people')}"]
    return Silent(
        f"Nobody’s view is on record on {say.plural(count, 'matter', 'matters')}",
        "They stand in a plan or were decided, and no voice is written down: not the person’s, not anybody’s.",
        tuple(told),
    )


def _named(names: Sequence[str]) -> list[str]:
    """Matters by name, with a small first letter; those without one are counted."""
    told = [name[:1].lower() + name[1:] for name in sorted(names) if name != NAMELESS]
    if nameless := names.count(NAMELESS):
        told.append(f"{'one matter' if nameless == 1 else f'{nameless} matters'} without a name")
    return told


MOST_SILENT = 8

# As a file -------------------------------------------------------------------------------------------

FILE_HEADINGS = (
    "matter", "person", "voice", "date", "how_sought", "understood", "position", "used", "reason_given", "own_words",
    "own_entry", "known_of_4", "decided_on", "kind_of_decision", "decided_by", "followed", "risk", "traced",
)  # fmt: skip


def sheet_csv(rows: Sequence[SheetRow]) -> bytes:
    """The sheet as a file for a spreadsheet: one row a voice, matters in the order of the sheet; no cell is a formula."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    write.writerow(FILE_HEADINGS)
    for row in rows:
        for view in row.matter.views or (None,):
            write.writerow([each if isinstance(each, int) else csv_text(each) for each in _cells(row.matter, view)])
    return out.getvalue().encode("utf-8-sig")


def _cells(matter: Matter, view: View | None) -> list[str | int]:
    decision = matter.decision
    told: list[str | int] = [matter.element or NAMELESS, say.person_code(matter.person_id)]
    if view is None:
        told += ["nobody", *[""] * 8, 0]
    else:
        told += [
            VOICES.get(view.voice, view.voice), view.given_on.isoformat(), view.how_sought, view.understood, view.stance,
            view.used, view.reason_given, view.own_words, view.own_entry, view.ticks,
        ]  # fmt: skip
    if decision is None:
        return [*told, "", "", "", "", "", "no"]
    return [
        *told, decision.decided_on.isoformat(), decision.kind, decision.decider, decision.followed, decision.risk,
        "yes" if matter.traced else "no",
    ]  # fmt: skip


def traced_words(rows: Sequence[SheetRow]) -> str:
    """For a line below the sheet: matters whose decider is not written down."""
    open_ = [capital(row.matter.element or NAMELESS) for row in rows if not row.matter.traced]
    if not open_:
        return "Who decided, and whose views they had, can be traced for every matter."
    names = and_list(sorted(dict.fromkeys(open_))[:6])
    return f"Not to be traced to a view and a decider: {len(open_)} of {len(rows)} ({names})."
