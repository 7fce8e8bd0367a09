"""How we work it out, in words: the outcomes from their files, the rules of the verdicts, the words, the limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.views import say
from metrics import explaining
from metrics.catalogue import Catalogue
from metrics.model import Outcome, VerdictWord

AREAS = {
    "D": "Distress and comfort",
    "C": "Help that suits the person",
    "F": "Freedom and falls",
    "I": "Safety",
    "V": "Whose views were heard",
    "R": "Choice and decisions",
    "L": "How life feels",
    "K": "Family",
    "T": "Staff",
    "G": "Learning together",
    "E": "Who is left out",
    "X": "Taking part",
    "Q": "Can we trust the record",
}
"""What the letter of an outcome's code stands for."""
OWN = "Your own outcomes"

RULES: tuple[tuple[VerdictWord, str], ...] = (
    (
        "better",
        "The whole 95 % range of the change lies on the good side of no change, and it still does when the other "
        "explanations below have been heard. We add “and worthwhile” when the change is as large as was agreed beforehand. "
        "If something it must be read beside got worse, it is not called better.",
    ),
    (
        "held steady",
        "For things that should not get worse: the worst end of the range still lies inside the margin that was agreed "
        "beforehand. Finding no difference is not enough.",
    ),
    ("worse", "The whole range lies on the bad side of no change, even where it is small. Nothing makes it kinder."),
    (
        "cannot tell yet",
        "Everything else, always with its reason: too early, too few records, no clear change, another explanation that "
        "would do as well, or nobody watching often enough. It does not mean “no difference”. Where more of the same would "
        "settle it, we say about how many weeks.",
    ),
)

STEPS = (
    "For one person we compare the 28 days before a change with 28 days after 14 days of settling in. For a whole "
    "service it is 180 days on each side of 28 days. Days agreed beforehand replace these.",
    "If a change began because of recent incidents, the fortnight before it is left out of “before”: after a bad spell "
    "things tend to look better whatever is done.",
    "Counts are set against the days people lived here or were supported. Nights in hospital are not counted as nights here.",
    "Days in one person come in runs, good and bad weeks follow one another, and people differ widely, so the ranges are made "
    "wider than simple sums would have them.",
    "Answers are compared one kind of answerer at a time, on the same form, and where they can be known the same people twice: "
    "the last answer before the change and the first of the days after. What families and staff said stands apart.",
    "Moves out of a home are set against the years people lived there. Death ends a stay without being a move.",
    "What should be better is always shown beside what must not get worse. “Better, and still safe” is said only when every "
    "part is met: falls, falls with harm, safeguarding actions, and views that can be traced.",
)

OTHER_EXPLANATIONS = (
    ("A bad spell", "Were the four weeks before the start unusually bad? Then the sum is done again without them."),
    ("A trend", "Was it already getting better before the start? Then the change must stand out from that."),
    (
        "The season",
        "Do the two sides lie at different times of year? With a year of record its own season is allowed for, with less an "
        "ordinary one.",
    ),
    ("Other days", "Do 4, 8, 12 or 26 weeks on each side say the opposite?"),
    ("Earlier dates", "How often did the same sum give as good a change at earlier dates, when nothing was done?"),
    (
        "What is written down",
        "Did all other incidents fall as much, or did the way of recording change near the start?",
    ),
    ("Few people", "Does it rest on few people, so that who came and who left could make as much difference?"),
    ("One of many", "Where several outcomes were declared, could one of them have moved this much by chance?"),
    ("Who was here", "Are there too many weeks for which nobody is known to have been here, or was watching?"),
)
"""What is heard before a change is believed. Each can lower an answer or be said beside it; none can make it kinder."""

CHARTS = (
    (
        "Usual range",
        "Where a service's own figures lie as long as nothing in particular happens: the average and three standard deviations "
        "on either side. It comes from how the figures move by themselves, or from how counts stray by chance.",
    ),
    (
        "Clear change",
        "A figure outside the usual range, 7 in a row on one side of the average, 7 in a row rising or falling, or 2 of 3 far "
        "out on one side: the rules of Making Data Count. The chart prints those in force.",
    ),
    ("Could be chance", "Everything else. Ups and downs inside the usual range need no explanation."),
    (
        "Few points",
        "With fewer than 5 figures there is no usual range; from 5 to 12 it is on trial and drawn paler; from 13 it counts in full.",
    ),
    (
        "A new usual range",
        "Only from a day on which something is known to have changed: a change of the whole service declared for this "
        "outcome, or the way of recording. It is never found by looking at the figures.",
    ),
    ("Gaps", "A month without a record is left open. Nothing is read across it, and it is not a month without events."),
    (
        "Rare events",
        "Where hardly anything happens in a month, the chart shows how long it was from one event to the next.",
    ),
    (
        "Funnel",
        "Services side by side, each against how much its figure rests on. Outside the limits is a question to ask, not a grade.",
    ),
    (
        "No verdict",
        "A chart shows what varied. Better, held steady and worse come from the comparison of before and after alone.",
    ),
)
"""What the charts over time go by."""

VOICES = (
    (
        "Voices apart",
        "What people, families and staff say of their own lives stands in three places and is never added together. What somebody "
        "answers about another person stands apart again, and says so.",
    ),
    (
        "“I don't know”",
        "Counts as an answer and never as a score. Any question may be left out; a question left out is no answer.",
    ),
    (
        "A matter",
        "One part of a plan, or one decision. Views are counted by matter: a voice is heard when it was asked, whatever it said.",
    ),
    (
        "Four ticks",
        "How a view was sought, whether understanding was checked, what the view was, and what came of it. Views with fewer come "
        "first in the list, because they need somebody to go back and ask.",
    ),
    (
        "When they differ",
        "That the person and the family differ is a sign that both were asked. It is neither good nor bad; no difference anywhere "
        "would be odd.",
    ),
    (
        "How things stand",
        "Many figures on the pages about voice, choice and safety have no before and after. They are the figure for the time "
        "shown, beside the same length of time before it. “Likely 40 to 74” allows for the answers of one person being alike. What "
        "was due and done is counted in full and has no such range.",
    ),
    (
        "An aim",
        "Some things are promised, such as every safeguarding step in time. A full dot says that the aim is reached, an open one "
        "that it is not yet. Distress and falls have no aim.",
    ),
    (
        "A gap between groups",
        "One group beside everybody else in the same days. It is never shown without how far the group is known at all. With many "
        "groups, some will differ by chance.",
    ),
    (
        "“This is not how it feels”",
        "Anybody may say so of the figures about a plan. The note is kept and stands beside the figures. It changes none of them.",
    ),
    (
        "One person's weeks",
        "Weeks are counted from the first day of the plan. Of all pairs of a week before and a week after, we count those in which "
        "the later one was better. Fewer than five weeks on a side are too few to say so.",
    ),
)
"""What the pages about voice and experience go by."""

LIMITS = (
    "A before and after says what happened around a change. It cannot say that the change brought it about.",
    "A trend or a season is seen only where the record reaches back far enough; whatever else changed in the same days is not "
    "allowed for unless somebody wrote it down.",
    "Small homes and single people give few records. “Cannot tell yet” is then the honest answer, and often the only one.",
    "An event nobody wrote down is not counted; a rise may be better recording.",
    "No service is ranked, no member of staff is named, and nobody's falls are forecast.",
)

GLOSSARY = (
    ("Bed day", "One person sleeping in the home that night. Nights in hospital are left out."),
    ("Person day", "One person supported on one day, wherever they live."),
    ("Distress", "A record that the person was upset, calling out, searching, pushing away, or similar."),
    ("Care declined", "Help was offered and not accepted at that time. Saying no is a right."),
    ("Settling in", "The days just after a start. They belong to neither side."),
    ("Asked twice", "The same people answered the same question before and after."),
    ("Still there", "Of people who moved in, how many live there so many days later. Respite stays are not counted."),
    ("Range", "Where the true figure very likely lies, given the ups and downs: the 95 % interval."),
    ("Worthwhile", "As large as was agreed beforehand to be worth the effort."),
    ("Margin", "How much worse would still count as steady. Agreed beforehand."),
    ("Read beside", "What must not get worse while the main thing gets better."),
    ("Agreed beforehand", "Written down, with its date, before the follow-up began."),
    ("Chosen afterwards", "Nobody wrote it down in time. The answer carries less weight."),
    ("In 100", "Out of every hundred: 31 in 100 is a little under a third."),
    (
        "Told, asked, designed together, decided together, led",
        "How much people living with dementia shaped the change.",
    ),
)


@dataclass(frozen=True)
class Entry:
    """One outcome as the page explains it."""

    code: str
    name: str
    why: str
    counts: str
    good: str
    judged: str
    beside: str


@dataclass(frozen=True)
class Area:
    """Outcomes that belong together."""

    name: str
    entries: tuple[Entry, ...]


def areas(catalogue: Catalogue, find: str = "") -> tuple[Area, ...]:
    """The outcomes whose words contain what was typed, by area in the order of the handbook."""
    words = find.casefold().split()
    found: dict[str, list[Entry]] = {}
    for outcome in catalogue:
        entry = _entry(outcome, catalogue)
        text = " ".join((entry.code, entry.name, entry.why, entry.counts, _area(outcome))).casefold()
        if all(word in text for word in words):
            found.setdefault(_area(outcome), []).append(entry)
    order = [*AREAS.values(), OWN]
    return tuple(Area(name, tuple(found[name])) for name in sorted(found, key=order.index))


def count_line(shown: Iterable[Area], total: int) -> str:
    """How many outcomes are shown."""
    count = sum(len(area.entries) for area in shown)
    if count == total:
        return f"All {total} outcomes."
    return f"{say.plural(count, 'outcome', 'outcomes')} of {total}."


def _area(outcome: Outcome) -> str:
    return OWN if outcome.source == "own" else AREAS.get(outcome.code[:1], OWN)


def _entry(outcome: Outcome, catalogue: Catalogue) -> Entry:
    beside = [catalogue.outcomes[code].name for code in outcome.beside if code in catalogue.outcomes]
    return Entry(
        code=outcome.code,
        name=outcome.name,
        why=outcome.why,
        counts=explaining.what_it_counts(outcome),
        good=explaining.which_way_is_good(outcome),
        judged=explaining.how_it_is_judged(outcome),
        beside=", ".join(beside) if beside else "Nothing in particular.",
    )
