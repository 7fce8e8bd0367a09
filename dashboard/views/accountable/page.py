"""Safe and accountable in words: what was promised and kept, what needs a look, and what each part says at its head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.charts.spark import Spark
from dashboard.views import say
from dashboard.views.accountable.words import kept_sentence, kept_words, measure, some_people
from dashboard.views.standing import StandingRow, standing_rows
from data.model import Tally
from metrics.accountable.attention import Attention
from metrics.accountable.promises import kept
from metrics.accountable.record import Accountable
from metrics.accountable.sections import BALANCE, LEARNING, RISK, SAFEGUARDING, SHAPING, STAYING, TOGETHER, Section
from metrics.standing import Standing
from metrics.words import and_list, day

TITLES = {
    RISK.name: "Positive risk plans",
    SAFEGUARDING.name: "Safeguarding, step by step",
    STAYING.name: "Staying put",
    BALANCE.name: "Harm, and what must not get worse",
    LEARNING.name: "What we learn",
    TOGETHER.name: "Relatives, suggestions and pledges",
    SHAPING.name: "People shaping the service",
}
NO_VERDICT = (
    "Counts of what is on record, not a judgement. What is not written down does not show here, and a list of what is "
    "late names no one who works here."
)
NOTHING_WAITING = (
    "Nothing is waiting: no promise is open, nobody was hurt twice without an explanation, no harm lately."
)
MOST_NEEDS = 6
"""As many lines as are read at the end of a shift; the parts below hold all."""
NOTHING_KNOWN = (
    "Nothing on record asks for a look. That is all we can say: nothing that was promised for a day is on record here."
)
NEITHER_WAY = (
    "More or fewer of these is not good or bad by itself: a home that writes everything down has more. Read them beside "
    "each other and ask what lies behind a change."
)


@dataclass(frozen=True)
class Head:
    """What the page says before its parts: the sentence, then what needs attention, each with its part of the page."""

    sentence: str
    needs: tuple[str, ...]
    nothing: str = NOTHING_WAITING
    """What stands there when nothing needs attention."""


@dataclass(frozen=True)
class Part:
    """One part as its closed heading says it, and the sentence that opens it."""

    name: str
    title: str
    label: str
    sentence: str


def head(found: Accountable, now: str) -> Head:
    """Was it done in time, and what is open; ``now`` names the days ("Last 12 months")."""
    needs = tuple(attention_line(each) for each in found.attention[:MOST_NEEDS])
    if more := len(found.attention) - len(needs):
        needs = (*needs, f"And {say.plural(more, 'other thing', 'other things')} still open: see the parts below.")
    return Head(_sentence(found, now), needs, NOTHING_WAITING if found.kept.due else NOTHING_KNOWN)


def _sentence(found: Accountable, now: str) -> str:
    when = f"in the {now[:1].lower()}{now[1:]}" if now.startswith("Last") else "in the whole record"
    if not found.kept.due:
        return f"Nothing that was promised for a day is on record {when}, so we cannot say what was done in time."
    return kept_sentence(found.kept, f"thing we promised for a day {when}", f"things we promised for a day {when}")


def attention_line(found: Attention) -> str:
    """One thing to look at, calmly: how many, since when, whose."""
    if found.why == "unexplained again":
        one = found.count == 1
        return (
            f"{'One person' if one else f'{found.count} people'}{some_people(found.people)} had two or more injuries "
            f"that nobody could explain within 90 days, the latest on {day(found.newest)}. Look at them together."
        )
    if found.why == "harm":
        return (
            f"{say.plural(found.count, 'fall or incident', 'falls or incidents')} in the last 90 days "
            f"did moderate harm or more{some_people(found.people)}, the latest on {day(found.newest)}."
        )
    named = measure(found.measure or "")
    many = named.one if found.of == 1 else named.many
    opening = f"{found.count} of {found.of} {many} {'is' if found.count == 1 else 'are'} not {named.done} yet"
    whose = some_people(found.people)
    if found.count == 1:
        return f"{opening}{whose}; it was due on {day(found.oldest)}."
    return f"{opening}{whose}; the oldest was due on {day(found.oldest)}."


def on_record(found: Iterable[Standing]) -> tuple[Standing, ...]:
    """Those with anything to count in the days shown or in those before: a row of nothing tells nobody anything."""
    return tuple(
        each
        for each in found
        if any(side.tally.denominator or side.tally.numerator for side in (each.now, each.earlier))
    )


def rows_of(found: Iterable[Standing], day_word: str) -> tuple[StandingRow, ...]:
    """How outcomes stand; answers of so few staff that one could be known by them are not shown."""
    rows = []
    for each in on_record(found):
        for row in standing_rows((each,), day_word):
            rows.append(_few_hidden(row, each))
    return tuple(rows)


def _few_hidden(row: StandingRow, found: Standing) -> StandingRow:
    fewest = found.outcome.fewest
    if fewest <= 1:
        return row
    words = [
        f"fewer than {fewest} {found.outcome.many_of}" if 0 < side.tally.denominator < fewest else said
        for side, said in ((found.now, row.now), (found.earlier, row.earlier))
    ]
    share = row.share if found.now.tally.denominator >= fewest else ""
    return replace(row, now=words[0], earlier=words[1], share=share, spark=Spark(()))


def parts(found: Accountable) -> tuple[Part, ...]:
    """All parts in reading order, each with what its closed heading says."""
    told = {
        RISK.name: _risk(found),
        SAFEGUARDING.name: _promised(found, SAFEGUARDING, "steps"),
        STAYING.name: (_moves(found.moves), "Does somebody who lives here stay here, unless they choose to move?"),
        BALANCE.name: _balance(found),
        LEARNING.name: _learning(found),
        TOGETHER.name: _promised(found, TOGETHER, "promises"),
        SHAPING.name: (
            _shaped(found.shaped),
            "Do people decide, lead and give, or are things laid on for them? And do staff say that they are well here too?",
        ),
    }
    return tuple(Part(name, title, *told[name]) for name, title in TITLES.items())


def _promised(found: Accountable, section: Section, many: str) -> tuple[str, str]:
    counted = kept(found.of(section))
    if not counted.due:
        return f"no {many} with a day on record", f"No {many} with a promised day are on record for this time."
    return kept_words(counted), kept_sentence(counted, f"{many[:-1]} that was due", f"{many} that were due")


def _risk(found: Accountable) -> tuple[str, str]:
    plans = len(found.plans)
    if not plans:
        return (
            "none running",
            "No positive risk plan was running in this time. The figures below are those of the whole service.",
        )
    triggers = kept(trigger for plan in found.plans for trigger in plan.triggers)
    answered = (
        f"{triggers.in_time} of {triggers.due} triggers answered in time"
        if triggers.due
        else "no trigger has come up yet"
    )
    return (
        f"{say.plural(plans, 'plan', 'plans')}, {answered}",
        "A plan to keep doing something that matters is safe when somebody looks again each time it was agreed to. "
        "One person’s falls alone are nearly always too few to judge.",
    )


def _moves(moves: int | None) -> str:
    if moves is None:
        return "no stays on record"
    return say.plural(moves, "unplanned move", "unplanned moves") if moves else "no unplanned move"


def _shaped(shaped: Tally) -> str:
    if not shaped.denominator:
        return "no activities on record"
    return f"{shaped.numerator} of {shaped.denominator:.0f} activities decided on or led by people"


def _balance(found: Accountable) -> tuple[str, str]:
    harm, again = len(found.harm), len(found.again)
    told = [f"{harm} with moderate harm or more" if harm else "none with moderate harm or more"]
    if again:
        told.append(f"{say.plural(again, 'person', 'people')} hurt again without explanation")
    return ", ".join(told), NEITHER_WAY


def _learning(found: Accountable) -> tuple[str, str]:
    counted = kept(found.of(LEARNING))
    learned = sum(count for _, count in found.learned)
    told = kept_words(counted) if counted.due else "no reviews with a day on record"
    if learned:
        told += f"; {say.plural(learned, 'review', 'reviews')} learned something and decided"
    decided = [f"{count} to {'keep things as they are' if word == 'keep' else word}" for word, count in found.learned
               if word in ("keep", "adjust", "stop")]  # fmt: skip
    sentence = "A review is worth its hour when something was learned and it was decided to keep, adjust or stop."
    if decided:
        sentence += f" Of the reviews here that did both, it was {and_list(decided)}."
    return told, sentence
