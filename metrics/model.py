"""The vocabulary of judging: outcome, comparison, change, verdict, finding. Read this file first.

Outcome      what is counted, over what, which way is good, what it must be read beside
Comparison   the days before, the days of settling in, the days after
Change       the two figures and the effect between them, with its interval
Verdict      better · held steady · worse · cannot tell yet, always with a reason for the last
Finding      all of it together, with cautions, balance and one sentence: what every surface shows
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from data.model import (
    ClockWindow,
    Declaration,
    ExposureBasis,
    Impossible,
    Intervention,
    Period,
    Question,
    Role,
    Rows,
    Tally,
)
from metrics.estimators.follow_up import MoreWeeks

if TYPE_CHECKING:
    from metrics.series.interrupted import Interrupted

Kind = Literal["rate", "day_share", "share", "score", "stay"]
Good = Literal["down", "up", "no rise", "no fall", "none"]
Judged = Literal["change", "steady", "target", "trend", "list"]
VerdictWord = Literal["better", "held steady", "worse", "cannot tell yet"]
Scale = Literal["ratio", "points", "score"]
ShareOf = Literal["rows", "on_time", "people"]

PROXIES = ("family", "staff", "observer", "advocate")
"""Kinds of answerer who answer about the person, not about themselves."""

VERDICT_WORDS: tuple[VerdictWord, ...] = get_args(VerdictWord)


@dataclass(frozen=True)
class Outcome:
    """One outcome file: ``metrics/outcomes/<code>.toml`` or one of the user's own.

    ``line`` names a column of services whose figure is drawn as a line to compare with; a ``snapshot`` says how
    things are now and makes no claim about how they came to be so.
    """

    code: str
    name: str
    kind: Kind
    table: str
    good: Good
    judged: Judged
    size: float | None
    unit: str
    why: str
    counts: Rows
    over: Rows | None = None
    share_of: ShareOf = "rows"
    window: ClockWindow | None = None
    observed: Rows | None = None
    per: float = 100.0
    beside: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    starred: bool = False
    survives_recording_change: bool = False
    one_thing: str = "record"
    many_things: str = "records"
    one_of: str = "time"
    many_of: str = "times"
    tells: str = ""
    easy: str = ""
    """What is counted, in the words of the easy-read page; empty: ``many_things``, or the name of a score."""
    fewest: int = 1
    for_one_person: bool = True
    line: str | None = None
    snapshot: bool = False
    source: str = "shipped"
    comparison: str | None = None
    """Another outcome that a change could not have reached: what it is set beside as an interrupted series."""

    def __post_init__(self) -> None:
        if self.judged in ("change", "steady") and self.size is None:
            raise Impossible(f"{self.code}: a {self.judged} question needs the size that would count.")
        if self.good in ("no rise", "no fall") and self.judged == "change":
            raise Impossible(f"{self.code}: '{self.good}' is a steady question, not a change question.")
        if self.code in self.beside:
            raise Impossible(f"{self.code} cannot be read beside itself.")
        if self.code == self.comparison:
            raise Impossible(f"{self.code} cannot be its own comparison.")

    @property
    def scale(self) -> Scale:
        """How a change in it is measured: as a ratio, in percentage points, or in points of a score."""
        if self.kind in ("rate", "stay"):
            return "ratio"
        return "score" if self.kind == "score" else "points"

    @property
    def fewer_is_better(self) -> bool | None:
        """True when down is good, False when up is good, None when neither is."""
        return {"down": True, "no rise": True, "up": False, "no fall": False, "none": None}[self.good]


@dataclass(frozen=True)
class Comparison:
    """The days before and after a change. ``before`` or ``after`` is None when no recorded day falls in it.

    ``planned_after`` is the follow-up as agreed; when ``after`` ends earlier the look is early.
    """

    before: Period | None
    after: Period | None
    planned_before: Period
    planned_after: Period
    settling: Period | None
    declared: bool
    excluded_trigger: Period | None = None

    @property
    def early_look(self) -> bool:
        return self.after is None or self.after.last < self.planned_after.last

    @property
    def short_baseline(self) -> bool:
        return self.before is not None and self.before.days < self.planned_before.days


@dataclass(frozen=True)
class Side:
    """One side of a comparison, in the outcome's own unit."""

    period: Period | None
    tally: Tally
    value: float | None


@dataclass(frozen=True)
class Effect:
    """How much changed, after compared with before: a ratio (1 = none) or a difference (0 = none)."""

    scale: Scale
    estimate: float | None
    low: float | None
    high: float | None
    method: str
    level: float = 0.95

    def __post_init__(self) -> None:
        for figure in (self.estimate, self.low, self.high):
            if figure is not None and not math.isfinite(figure):
                raise Impossible("A limit that does not exist is None, never infinity.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise Impossible("The lower limit lies above the upper one.")

    @property
    def no_change(self) -> float:
        return 1.0 if self.scale == "ratio" else 0.0


@dataclass(frozen=True)
class VoiceApart:
    """Another kind of answerer's line: shown beside the first, never averaged with it nor subtracted from it."""

    rater: str
    before: Side
    after: Side
    effect: Effect | None


@dataclass(frozen=True)
class Answered:
    """Who stands behind a score: which kind of answerer, how many twice, and how many of the people living there.

    ``higher``, ``same`` and ``lower`` count those who were asked twice; ``paired`` says whether the effect rests on
    them. ``people`` are people who answered over people there, before and after; ``worst_case`` the mean after had
    everybody else scored lowest and highest; ``other_forms`` that answers on another form were left out.
    """

    rater: str
    paired: bool = False
    higher: int = 0
    same: int = 0
    lower: int = 0
    people: tuple[Tally, Tally] | None = None
    worst_case: tuple[float, float] | None = None
    other_forms: bool = False
    hardly_differed: bool = False
    apart: tuple[VoiceApart, ...] = ()

    @property
    def twice(self) -> int:
        """How many were asked twice."""
        return self.higher + self.same + self.lower


@dataclass(frozen=True)
class StillThere:
    """Of people who moved in, the share still there, moved as counted, and gone otherwise, ``days`` later.

    ``low`` and ``high`` are limits of the share who moved; ``at_risk`` is how many were followed so far.
    """

    days: int
    still_there: float
    moved: float
    gone_otherwise: float
    low: float | None
    high: float | None
    at_risk: int


@dataclass(frozen=True)
class Staying:
    """How long people stay, before and after: shown beside the moves, never judged. None where too few were seen."""

    before: tuple[StillThere, ...] | None
    after: tuple[StillThere, ...] | None


@dataclass(frozen=True)
class Change:
    """Two sides and the effect between them; ``effect`` is None when none can be worked out.

    ``intervals`` are the stretches of days or clusters each side rests on; ``basis`` says where the denominators came
    from; ``worth`` how many independent trials each side of a share is worth; ``watched_share`` is the part of the days
    present on which somebody watched; ``why_none`` is the kind's own reason for giving no effect.
    ``method`` is the name of a method chosen by hand, and ``interrupted`` the series it was worked out from.
    """

    before: Side
    after: Side
    effect: Effect | None
    basis: ExposureBasis = "given"
    intervals: tuple[int, int] = (0, 0)
    dispersion: float | None = None
    watched_share: tuple[float, float] | None = None
    assumed_watched: bool = False
    why_none: str | None = None
    answered: Answered | None = None
    staying: Staying | None = None
    worth: tuple[float, float] | None = None
    method: str = "default"
    interrupted: Interrupted | None = None


@dataclass(frozen=True)
class Verdict:
    """The word, and why. ``worthwhile`` when the estimate reaches the size agreed."""

    word: VerdictWord
    reason: str | None = None
    worthwhile: bool = False

    def __post_init__(self) -> None:
        if self.word == "cannot tell yet" and not self.reason:
            raise Impossible("'Cannot tell yet' always says why.")


@dataclass(frozen=True)
class Caution:
    """Something a fair reader should know before believing the verdict. It can only lower one."""

    code: str
    text: str


@dataclass(frozen=True)
class Declared:
    """The question put to the data: as written down by the service, or the outcome file's default."""

    question: Question
    size: float
    role: Role
    declaration: Declaration | None
    afterwards: bool

    @property
    def beforehand(self) -> bool:
        return self.declaration is not None and not self.afterwards


@dataclass(frozen=True)
class Part:
    """One condition of a joint verdict: met, not met, or not to be told (None); what was found, when it was declared."""

    code: str
    name: str
    met: bool | None
    found: str
    declared_on: date | None


@dataclass(frozen=True)
class JointVerdict:
    """Better without losing safety: the word over all parts.

    ``reason``: ``part_open`` or ``part_not_met`` where it is "cannot tell yet".
    """

    word: VerdictWord
    parts: tuple[Part, ...]
    reason: str | None = None


@dataclass(frozen=True)
class Finding:
    """One intervention, one outcome, one honest answer. Pages, CLI, pack and notebooks all show this object."""

    intervention: Intervention
    outcome: Outcome
    question: Question
    declared: Declared | None
    comparison: Comparison | None
    change: Change | None
    verdict: Verdict
    cautions: tuple[Caution, ...] = ()
    balance: tuple[Finding, ...] = ()
    rules_out: float | None = None
    sentence: str = ""
    day_word: str = "days"
    more_weeks: MoreWeeks | None = None
    joint: JointVerdict | None = None

    @property
    def service_id(self) -> str:
        return self.intervention.service_id
