"""One line of what was said, in words: its figure, who stands behind it, before and after. Shown, never judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.senses_profile import ABOUT as SENSES_ABOUT
from metrics.model import PROXIES, Effect
from metrics.own_words.change import BeforeAfter
from metrics.own_words.counts import FEWEST_ANSWERERS, Answerers, Counts, Figure
from metrics.own_words.lines import Line, Voice
from metrics.own_words.said import OwnWords, Said
from metrics.own_words.sessions import Sessions
from metrics.words import and_list, apart, day, number

DOMAINS = {
    "mood": "mood", "control": "control over daily life", "choice": "choice in daily life", "independence": "independence",
    "heard": "feeling heard", "reflects_me": "care reflects who I am", "support_overall": "the support as a whole",
    "confident": "confident", "valued": "valued", "understands": "understands what happens and why",
    "happy": "happy at work", "proud": "proud of the support", "supported": "supported", "total": "total",
    "engagement": "taken up by what went on", "mood_lift": "mood after less mood before",
}  # fmt: skip
"""What each question is about, in a few words."""
NAMES: dict[tuple[str, str], str] = {
    ("staff_about_self", "control"): "has a say",
    ("family_about_self", "reflects_me"): "sees their relative or friend in the support",
    ("self", "support_overall"): "the support as a whole, at review",
}
"""Where one word of the contract means another thing in another voice."""
RATERS = {
    "self": "people themselves", "family": "relatives and friends", "staff": "staff", "observer": "an observer",
    "advocate": "an advocate", "family_about_self": "relatives and friends, about themselves",
    "staff_about_self": "staff, about themselves",
}  # fmt: skip
TITLES: dict[Voice, tuple[str, str]] = {
    "self": ("The person", "about their own life"),
    "family_about_self": ("Family", "about being a relative or friend here"),
    "staff_about_self": ("Staff", "about working here"),
}
NEVER_TOGETHER = "Three voices, each about their own life. They are never added together or averaged."
ON_BEHALF = "Answered on somebody's behalf"
ABOUT_BEHALF = (
    "Here others answered about the person. Others rate people's lives lower than people do themselves, and relatives and "
    "staff agree only weakly. Each stands by itself, apart from what people said."
)
FORM_CHANGED = "Asked on another form afterwards, so the two are not compared."
PROMISED = "What was promised about this, and what came of it"
DASH = "–"
TOO_FEW = "too few to show"
NO_FIGURE = "No figure is shown: it could give away who said what."
HOW_TO_READ = (
    f"A dash: fewer than {FEWEST_ANSWERERS} people answered (for staff also: fewer than 10 answers). “Likely” is how far the "
    "true difference may lie, 95 times in 100. Before and after shows what was said, not why it changed."
)


@dataclass(frozen=True)
class LineWords:
    """One line. ``figure`` is short; ``behind`` who stands behind it; ``change`` and ``moved`` before and after, "" if none."""

    name: str
    figure: str
    unit: str
    behind: str
    change: str
    moved: str

    @property
    def has_figure(self) -> bool:
        return self.figure != DASH


@dataclass(frozen=True)
class Column:
    """One voice: its title, what it is about, who answered, its lines, the six senses, and what nobody asked yet.

    ``too_few`` says why no line has a figure, "" where one has: the same dash seven times over says nothing more.
    """

    title: str
    about: str
    who: str
    lines: tuple[LineWords, ...]
    senses: tuple[LineWords, ...]
    not_asked: str
    too_few: str = ""


def column(found: OwnWords, voice: Voice, sides: tuple[str, str]) -> Column:
    """One of the three voices. ``sides`` are the words for before and after."""
    title, about = TITLES[voice]
    lines, senses = ([said for said in part[voice] if said.asked] for part in (found.said, found.senses))
    silent = [name_of(said.line) for said in (*found.said[voice], *found.senses[voice]) if not said.asked]
    return Column(
        title,
        about,
        who_words(found.answerers[voice], voice),
        tuple(line_words(said, sides) for said in lines),
        tuple(line_words(said, sides) for said in senses),
        f"Not asked yet: {', '.join(each.split(':')[0] for each in silent)}." if silent and (lines or senses) else "",
        _too_few(lines, voice),
    )


def _too_few(lines: Sequence[Said], voice: Voice) -> str:
    if not lines or any(said.now.value is not None for said in lines):
        return ""
    enough = f"{FEWEST_ANSWERERS} people behind it"
    if voice == "staff_about_self":
        enough = f"{FEWEST_ANSWERERS} members of staff and 10 answers behind it"
    return f"No question has {enough} yet. {NO_FIGURE}"


def who_words(behind: Answerers, voice: Voice) -> str:
    """17 people answered; answers that nobody signed are counted as answers."""
    one, many = {
        "self": ("person", "people"),
        "family_about_self": ("relative or friend", "relatives and friends"),
    }.get(voice, ("member of staff", "members of staff"))
    if not behind.any:
        return "Nobody answered in this time."
    told = [say.plural(behind.known, one, many) + " answered"] if behind.known else []
    if behind.unknown:
        told.append(say.plural(behind.unknown, "answer", "answers") + " without a reference")
    return ", and ".join(told) + "."


def name_of(line: Line) -> str:
    """What the line is about, with a small first letter."""
    return NAMES.get((line.rater, line.domain)) or about(line.domain)


def about(domain: str) -> str:
    """What a question is about, with a small first letter; the six senses with their meaning."""
    if domain in SENSES_ABOUT:
        return f"{domain}: {SENSES_ABOUT[domain]}"
    return DOMAINS.get(domain, domain.replace("_", " "))


def line_words(said: Said, sides: tuple[str, str]) -> LineWords:
    """A line in words."""
    figure, unit = figure_words(said.line, said.now)
    before, after = ("at the review", "at the reassessment") if said.line.moments else sides
    change, moved = change_words(said.line, said.change, (before, after))
    return LineWords(_capital(name_of(said.line)), figure, unit, behind_words(said.line, said.now), change, moved)


def figure_words(line: Line, figure: Figure) -> tuple[str, str]:
    """3.4 out of 5; 29 in 100; a dash where too few answered."""
    if figure.value is None:
        return DASH, TOO_FEW if figure.counts.asked else "not asked in this time"
    if line.is_share:
        return f"{number(figure.value, 0)} in 100", f"said 4 or 5 out of 5 ({figure.hits} of {figure.counts.scored})"
    return score_words(figure.value), "out of 5 on average" if line.outcome != "L7" else "on average"


def score_words(value: float) -> str:
    """A mean to one decimal: 3.4."""
    return f"{value:.1f}" if abs(value) < 20 else number(value, 0)


def behind_words(line: Line, figure: Figure) -> str:
    """38 asked, 36 answered (2 “I don't know”), by 14 people; 2 rather not say."""
    counts = figure.counts
    if not counts.asked:
        return ""
    told = f"{counts.asked} asked, {counts.answered} answered"
    if counts.dont_know:
        told += f" ({counts.dont_know} “I don't know”)"
    told += _people_behind(counts, line)
    silent = [(counts.rather_not, "rather not say"), (counts.not_able, "not able")]
    return ", ".join([told, *(f"{count} {words}" for count, words in silent if count)]) + "."


def _people_behind(counts: Counts, line: Line) -> str:
    if not counts.answerers or counts.answerers == counts.answered:
        return ""
    return f" {'about' if line.rater in PROXIES else 'by'} {say.plural(counts.answerers, 'person', 'people')}"


def change_words(line: Line, change: BeforeAfter, sides: tuple[str, str]) -> tuple[str, str]:
    """("First half 3.5, second half 3.2", "12 asked twice: …"); empty where there is nothing on either side.

    What was said at a review and again is told as counts however few they are; a mean still needs five people.
    """
    if change.why_none == "form_changed":
        return "", FORM_CHANGED
    before, after = change.values
    if before is None or after is None:
        few = _twice_words(line, change) if line.moments and change.twice.people else _one_side(change, sides)
        return "", few
    one, other = (f"{number(before, 0)}", f"{number(after, 0)} in 100") if line.is_share else _apart(before, after)
    both = f"{_capital(sides[0])} {one}, {sides[1]} {other}"
    told = [
        _twice_words(line, change) if change.twice.people >= FEWEST_ANSWERERS else "",
        range_words(change.effect, line) if change.effect is not None else "",
        "Answers on another form are left out." if change.other_forms else "",
    ]
    return both, " ".join(each for each in told if each)


def _twice_words(line: Line, change: BeforeAfter) -> str:
    """Of those asked twice, which way each answer went: counts, so they may be few."""
    twice = change.twice
    asked = "asked at a review and again" if line.moments else "asked twice"
    whose = "These are the " if change.paired else ""
    return f"{whose}{twice.people} {asked}: {twice.higher} higher, {twice.same} the same, {twice.lower} lower."


def _apart(before: float, after: float) -> tuple[str, str]:
    if abs(before - after) < 0.005:
        return score_words(before), score_words(after)
    if max(abs(before), abs(after)) >= 20:
        one, other = apart(before, after)
        return one, other
    one, other = score_words(before), score_words(after)
    return (one, other) if one != other else (f"{before:.2f}", f"{after:.2f}")


def _one_side(change: BeforeAfter, sides: tuple[str, str]) -> str:
    asked = [bool(side.counts.asked) for side in (change.before, change.after)]
    if all(asked):
        return "Too few on one side to compare."
    if asked[0]:
        return f"Not asked {_when(sides[1])}."
    if asked[1]:
        return f"Not asked {_when(sides[0])}."
    return ""


def _when(side: str) -> str:
    return side if side.startswith("at ") else f"in the {side}" if side.endswith("half") else f"on the days {side}"


def range_words(effect: Effect, line: Line) -> str:
    """How far the truth may lie: no word of better or worse."""
    low, high = effect.low, effect.high
    if low is None or high is None:
        return ""
    unit = " in 100" if line.is_share else ""
    if high < 0:
        return f"Likely {_size(high, line)} to {_size(low, line)}{unit} lower."
    if low > 0:
        return f"Likely {_size(low, line)} to {_size(high, line)}{unit} higher."
    return f"Likely {_size(low, line)} lower to {_size(high, line)}{unit} higher."


def _size(value: float, line: Line) -> str:
    """How far, never rounded to nothing: a range that leaves out no change says so."""
    size, decimals = abs(value), 0 if line.is_share or abs(value) >= 20 else 1
    said = number(size, decimals)
    return f"less than {'0.1' if decimals else '1'}" if size and said == "0" else said


def behalf_rows(found: Iterable[Said], sides: tuple[str, str]) -> list[tuple[str, LineWords]]:
    """Who answered about the person, and what: one row a question and kind of answerer."""
    return [(_capital(RATERS[said.line.rater]), line_words(said, sides)) for said in found if said.asked]


def behalf_too_few(rows: Sequence[tuple[str, LineWords]]) -> str:
    """What others were asked with too few answers to show: one sentence in place of a table of dashes."""
    found: dict[str, list[str]] = {}
    for who, line in rows:
        if not line.has_figure:
            found.setdefault(who.lower(), []).append(line.name.split(":")[0].lower())
    told = [f"from {who} about {and_list(names)}" for who, names in found.items()]
    return f"Too few answers to show {'; '.join(told)}." if told else ""


def engaged_words(said: Said, sides: tuple[str, str]) -> tuple[str, str]:
    """What an observer noted in sessions: a count, which says how many, and before and after as counts."""
    now, change = said.now, said.change
    people = say.plural(now.counts.answerers, "person", "people")
    sessions = say.plural(now.counts.scored, "session", "sessions")
    told = f"Joining in was seen in {now.hits} of {sessions} watched, with {people}" if now.counts.scored else ""
    parts = [
        f"{side} {figure.hits} of {figure.counts.scored}"
        for side, figure in zip(sides, (change.before, change.after), strict=True)
        if figure.counts.scored
    ]
    where = [side for side, figure in zip(sides, (change.before, change.after), strict=True) if figure.counts.scored]
    both = f"{_capital(', '.join(parts))}." if len(parts) == 2 else f"All of them {_when(where[0])}." if where else ""
    return told or "No session was watched in this time", both


def session_words(found: Sessions) -> str:
    """Joining in around one person's plan: counts before and after."""
    before, after = found.before, found.after
    return (
        f"From {day(found.intervention.start_on)}, for one person: joining in was seen in {before.hits} of "
        f"{say.plural(before.counts.scored, 'session', 'sessions')} before and {after.hits} of {after.counts.scored} after."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
