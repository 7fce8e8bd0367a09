"""How often our answers are right, in words: made-up homes with planted truth, and what was said of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.calibrating.report import Kept, Line
from metrics.model import VERDICT_WORDS, VerdictWord
from metrics.words import number, whole

NOTHING_CHANGED = "nothing changed"
NOT_MEASURED = "Not measured yet with this copy of the program. “outcomes calibrate” does it, in a few minutes."

NOTES = (
    "Shares in 100, ± one Monte Carlo standard error: how far the share itself may be off because only so many homes were "
    "made; what we ask counts as met within two of them. A 95 % range should hold the truth in 95 of 100; a dash where the "
    "range answers another question, such as a trend that goes on."
)

NAMES = {
    "independent": "Distress, 40 beds: every event by itself",
    "bunched": "Distress, 40 beds: events come in bunches",
    "runs": "Distress, 40 beds: good and bad weeks",
    "runs_two_years": "Good and bad weeks, two years of record",
    "season": "A tenth more in winter, 40 beds",
    "season_large": "A tenth more in winter, 150 beds",
    "season_two_years": "Winters, 150 beds, two years of record",
    "spike": "Begun after four bad weeks",
    "falling": "Falling all along, halving in 8 months",
    "falling_stops": "Fell until the start, then stayed level",
    "falling_short": "Falling, only half a year of record",
    "coming_and_going": "Distress: people come and go, and differ",
    "mornings": "One person, four weeks of record",
    "mornings_year": "One person, a year of record",
    "mornings_spike": "One person, begun after a bad fortnight",
    "visits": "Visit times of 25 people who differ",
    "check_ins": "How 15 people feel, each asked twice",
    "check_ins_strangers": "How 15 people feel, others each time",
    "unsafe": "Falls rose by a quarter, 300 beds",
    "recording": "More falls written down, harm as before",
    "sedation": "Distress fell, calming medicine doubled",
    "mornings_better": "One person: 70 to 25 bad mornings in 100",
    "better": "Distress fell by 45 in 100, 40 beds",
    "better_runs": "Fell by 45 in 100, in good and bad weeks",
    "better_two_years": "Fell by 45 in 100, two years of record",
    "better_coming_and_going": "Fell by 45 in 100, people come and go",
    "quarter_less": "Fell by a quarter, two years of record",
    "falls_steady": "Falls stayed as they were, 300 beds",
    "visits_better": "Visit times better by 12 in 100",
    "check_ins_better": "15 people feel a point better",
}
"""The made-up worlds in plain words; one that is not named here keeps the name it came with."""


@dataclass(frozen=True)
class Bar:
    """One kind of world: shares of each answer in 100, and what we ask of ourselves, where on the bar and in words."""

    name: str
    shares: tuple[tuple[VerdictWord, float], ...]
    mark: float | None
    asked: str
    met: bool | None
    missed: str
    """Where what we ask is not met, how often the word asked about was said instead; empty otherwise."""

    def share(self, word: VerdictWord) -> float:
        """The share of one answer, in 100."""
        return dict(self.shares)[word]


@dataclass(frozen=True)
class Group:
    """Worlds in which nothing changed, or those in which something did."""

    key: str
    title: str
    said: str
    bars: tuple[Bar, ...]
    alt: str
    says_asked: bool
    """Whether each bar says what is asked of it; not where the sentence above says it for all."""


@dataclass(frozen=True)
class CalibrationPage:
    """What the section says."""

    lead: str
    groups: tuple[Group, ...]
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: str


def calibration_page(kept: Kept, version: str) -> CalibrationPage:
    """The section for a result; ``version`` is the program's own, in case the result is older."""
    nothing = [line for line in kept.lines if line.truth == NOTHING_CHANGED]
    something = [line for line in kept.lines if line.truth != NOTHING_CHANGED]
    groups = tuple(
        group
        for group in (
            _group("nothing", "When nothing truly changed", _false(nothing), nothing, says_asked=False),
            _group(
                "something",
                "When something did, or safety was the question",
                _right(something),
                something,
                says_asked=True,
            ),
        )
        if group.bars
    )
    older = "" if kept.version == version else f" This copy is version {version}, so they are to be measured anew."
    return CalibrationPage(
        lead="We made up homes in which we know what is true, and put each through the same sums as your own records.",
        groups=groups,
        caption=(
            f"{whole(kept.worlds)} made-up homes of each kind, seed {kept.seed}, version {kept.version}.{older} "
            "The black line on a bar is what we ask of ourselves, give or take the luck of so many draws."
        ),
        columns=("What is true", *(f"{word[:1].upper()}{word[1:]}" for word in VERDICT_WORDS), "Range holds the truth", "We ask"),
        rows=tuple(_row(line, kept.worlds) for line in kept.lines),
        notes=NOTES,
    )  # fmt: skip


def _group(key: str, title: str, said: str, lines: Sequence[Line], *, says_asked: bool) -> Group:
    bars = tuple(_bar(line) for line in lines)
    told = "; ".join(f"{bar.name}: {_shares_said(bar)}" for bar in bars)
    return Group(key, title, said, bars, f"{title}. {said} {told}.", says_asked)


def _bar(line: Line) -> Bar:
    shares = tuple((word, 100 * line.shares.get(word, 0.0)) for word in VERDICT_WORDS)
    return Bar(
        NAMES.get(line.code, line.name), shares, _mark(line, dict(shares)), _asked(line), line.met,
        _missed(line, dict(shares)),
    )  # fmt: skip


def _shares_said(bar: Bar) -> str:
    said = ", ".join(f"{word} {number(share, 1)}" for word, share in bar.shares if share >= 0.05)
    return said if bar.met is not False else f"{said} (we ask: {bar.asked}; not met)"


def _parts_asked(line: Line) -> tuple[VerdictWord, str, float] | None:
    """The word asked about, at most or at least, and the share in 100; from the line's own short words."""
    if line.asked.startswith("never "):
        word = line.asked.removeprefix("never ")
        return next(((each, "at most", 0.0) for each in VERDICT_WORDS if each == word), None)
    for bound in ("at most", "at least"):
        word, found, share = line.asked.partition(f" {bound} ")
        known = next((each for each in VERDICT_WORDS if each == word), None)
        if found and known is not None:
            return known, bound, float(share)
    return None


def _mark(line: Line, shares: dict[VerdictWord, float]) -> float | None:
    """Where the bound lies on the bar: behind the answers that are drawn before the one it is about."""
    asked = _parts_asked(line)
    if asked is None:
        return None
    word, _, share = asked
    before = sum(shares[each] for each in VERDICT_WORDS[: VERDICT_WORDS.index(word)])
    return min(100.0, before + share)


def _missed(line: Line, shares: dict[VerdictWord, float]) -> str:
    asked = _parts_asked(line)
    if asked is None or line.met is not False:
        return ""
    share = shares[asked[0]]
    return "less than 0.1" if 0 < share < 0.05 else number(share, 2 if share < 1 else 1)


def _asked(line: Line) -> str:
    asked = _parts_asked(line)
    if asked is None:
        return ""
    word, bound, share = asked
    return f"never {word}" if not share else f"{word} in {bound} {number(share, 1)} of 100"


def _false(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    worst = max(100 * line.shares.get("better", 0.0) for line in lines)
    most = max(100 * line.shares.get("worse", 0.0) for line in lines)
    return (
        f"“Better” was said wrongly in at most {number(worst, 1)} of 100. We ask for at most 3, and at most 5 where the start "
        "followed a bad spell or a fall (the line is for “better” alone). “Worse” was said in up to "
        f"{number(most, 1)} of 100: it is never made kinder, and a season, or people who come and go, can look like it."
    )


def _right(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    asked = [line for line in lines if line.met is not None]
    met = sum(1 for line in asked if line.met)
    return (
        f"What we ask of ourselves is met in {met} of {len(asked)} of these. Where the answer is “cannot tell yet”, something "
        "real was missed: that is the price of rarely being wrong."
    )  # fmt: skip


def _row(line: Line, worlds: int) -> tuple[str, ...]:
    asked = _asked(line)
    met = {True: "met", False: "NOT met", None: ""}[line.met]
    return (
        NAMES.get(line.code, line.name),
        *(_with_error(line.shares.get(word, 0.0), worlds) for word in VERDICT_WORDS),
        "–" if line.coverage is None else _with_error(line.coverage, worlds),
        f"{asked}: {met}" if asked else "–",
    )


def _with_error(share: float, worlds: int) -> str:
    error = math.sqrt(share * (1 - share) / worlds) if worlds else 0.0
    return f"{100 * share:.1f} ± {100 * error:.1f}"
