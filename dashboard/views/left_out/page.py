"""Who is left out, in words: each group beside everybody else, never without how far the groups are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.interval import Axis, Drawn, axis_for
from dashboard.views import say
from dashboard.views.left_out.words import EVERYBODY_ELSE, KNOWN_AS, gap_found, gap_range, people_of
from dashboard.views.pictured import Cell, csv_file
from metrics.left_out.groups import TOGETHER_FIRST, Known, leading
from metrics.model import Effect, Outcome, Side
from metrics.splits import ETHNICITY, OTHERS, Gap, GroupGap, known_words
from metrics.wording import figure
from metrics.words import and_list, capital, number, whole

NO_VERDICT = (
    "A gap is a question, not a verdict: it does not say why. Groups differ in age, stage and much else. Look at many "
    "groups and outcomes, and some will lie far apart by chance alone."
)
FAMILY = "These are answers of families, by what is known of the person they belong to."
ONE_KIND = "Answers of one kind of answerer: people themselves where both sides have them, families where not."
TOO_FEW = "too few to show apart"
MEASURED_AS = {"ratio": "times as many", "points": "in 100", "score": "points"}
STAGES = ("early", "middle", "later")
STAGE_NOW = "People stand in the stage they are in now."


@dataclass(frozen=True)
class GroupRow:
    """One group: who, its figure, that of everybody else, the gap in words and drawn; ``clear`` where it leaves out none."""

    name: str
    group: str
    rest: str
    found: str
    said: str
    drawn: Drawn
    clear: bool


@dataclass(frozen=True)
class GapTold:
    """An outcome by group: the sentence, how far the groups are known, a row a group, what to know."""

    title: str
    sentence: str
    known: str
    rows: tuple[GroupRow, ...]
    axis: Axis
    left: str
    right: str
    notes: tuple[str, ...]


def gap_told(found: Gap, here: Known, day_word: str) -> GapTold:
    """Everything said of one outcome by group."""
    shown, few = _shown(found)
    pairs = [(each, people_of(found.column, each.words)) for each in shown]
    rows = tuple(_row(each, name, found.outcome, day_word) for each, name in pairs)
    lead = leading(found)
    return GapTold(
        title=f"{found.outcome.name}, by {KNOWN_AS[found.column][:1].lower()}{KNOWN_AS[found.column][1:]}",
        sentence=_sentence(found, lead, day_word),
        known=known_line(here),
        rows=rows,
        axis=axis_for(found.outcome.scale, _figures([each.effect for each, _ in pairs])),
        left="lower" if found.outcome.scale == "score" else "fewer",
        right="higher" if found.outcome.scale == "score" else "more",
        notes=_notes(found, lead, few),
    )


def known_line(here: Known) -> str:
    """How far anybody knows who belongs to which group: said with every gap. For ethnic groups this is E6."""
    asked = here.everybody - here.not_recorded
    is_known = "was asked and written down" if here.column == ETHNICITY else "is known"
    told = f"{KNOWN_AS[here.column]} {is_known} for {asked} of {say.plural(here.everybody, 'person', 'people')}."
    if here.declined:
        told += f" {here.declined} would rather not say."
    if here.not_recorded:
        told += f" It is not recorded for {here.not_recorded}: nobody knows on which side they stand."
    return told


def _shown(found: Gap) -> tuple[list[GroupGap], list[GroupGap]]:
    """The groups with a row of their own, and those too few for one.

    By ethnic group and by language everybody outside the largest group comes first; the largest then has no row, for it would be the same
    gap seen from the other side.
    """
    ranged = [each for each in found.groups if each.effect is not None]
    few = [each for each in found.groups if each.effect is None]
    together = found.together
    if found.column in TOGETHER_FIRST and together is not None and together.effect is not None:
        mirrored = {frozenset(together.words), _largest(found)}
        ranged = [together, *(each for each in ranged if frozenset(each.words) not in mirrored)]
    if found.column == "stage":
        ranged.sort(key=_along_the_way)
    return ranged, few


def _along_the_way(each: GroupGap) -> int:
    """Early, middle, later: the order in which people meet them."""
    return min((STAGES.index(word) for word in each.words if word in STAGES), default=len(STAGES))


def _largest(found: Gap) -> frozenset[str]:
    outside = set(found.together.words) if found.together is not None else set()
    return frozenset(word for word in known_words((word for word, _ in found.people), found.column)) - outside


def _row(each: GroupGap, name: str, outcome: Outcome, day_word: str) -> GroupRow:
    assert each.effect is not None
    effect = each.effect
    said = gap_range(effect)
    return GroupRow(
        name=capital(name),
        group=figure(outcome, each.group, day_word),
        rest=figure(outcome, each.rest, day_word),
        found=capital(gap_found(effect)),
        said=f"{capital(said)}.",
        drawn=Drawn(effect.estimate, effect.low, effect.high, whole=each.name == OTHERS),
        clear=each.clear,
    )


def _sentence(found: Gap, lead: GroupGap | None, day_word: str) -> str:
    if lead is None or lead.effect is None:
        return f"{found.outcome.name}: too few are on record to set one group beside another."
    people = people_of(found.column, lead.words)
    told = (
        f"{found.outcome.name}: {figure(found.outcome, lead.group, day_word)} for {people}, "
        f"{figure(found.outcome, lead.rest, day_word)} for {EVERYBODY_ELSE}."
    )
    gap = gap_found(lead.effect)
    return f"{told} {'No gap was found' if gap == 'no gap' else f'That is {gap}'}; {gap_range(lead.effect)}."


def _notes(found: Gap, lead: GroupGap | None, few: Sequence[GroupGap]) -> tuple[str, ...]:
    ranged = sum(each.effect is not None for each in found.groups)
    notes = []
    if few:
        notes.append(
            f"Too few on record to show apart: {and_list([people_of(found.column, each.words) for each in few])}."
        )
    if lead is not None and lead is not found.together and ranged > 2:
        notes.append(f"The sentence speaks of the widest of {ranged} gaps, so it is likely to be drawn too wide.")
    raters = found.outcome.counts.where.get("rater", ())
    if raters == ("family_about_self",):
        notes.append(FAMILY)
    elif len(raters) > 1:
        notes.append(ONE_KIND)
    if found.column == "stage":
        notes.append(STAGE_NOW)
    return (*notes, NO_VERDICT)


def _figures(effects: Sequence[Effect | None]) -> list[float]:
    ends = [end for each in effects if each is not None for end in (each.estimate, each.low, each.high)]
    return [end for end in ends if end is not None]


def gap_csv(found: Gap, here: Known) -> bytes:
    """The same numbers as a file; every line says how far the groups are known. Groups too few to show have no figures."""
    known_for = here.everybody - here.not_recorded
    shown, few = _shown(found)
    return csv_file(
        ("Outcome", "Group", "They", "Of", "Everybody else", "Of (everybody else)", "Gap", "From", "To", "Measured as",
         "Group known for", "Of people"),
        [
            *(_csv_row(found, each, each.effect, known_for, here.everybody) for each in shown),
            *((found.outcome.code, people_of(found.column, each.words), *(None,) * 7, TOO_FEW, known_for, here.everybody)
              for each in few),
        ],
    )  # fmt: skip


def _csv_row(found: Gap, each: GroupGap, effect: Effect | None, known_for: int, of: int) -> tuple[Cell, ...]:
    assert effect is not None
    return (
        found.outcome.code, people_of(found.column, each.words), *_so_many_of(each.group), *_so_many_of(each.rest),
        effect.estimate, effect.low, effect.high, MEASURED_AS[effect.scale], known_for, of,
    )  # fmt: skip


def _so_many_of(side: Side) -> tuple[Cell, Cell]:
    """So many of so many; of a score its mean, and of how many answers."""
    if side.tally.points is not None:
        return side.value, side.tally.numerator
    return side.tally.numerator, side.tally.denominator


# Several at a glance -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class GlanceRow:
    """One outcome at a glance: whose gap, both figures, the gap; ``clear`` where its range leaves out that there is none."""

    name: str
    whose: str
    group: str
    rest: str
    said: str
    clear: bool


def glance(found: Sequence[Gap], day_word: str) -> tuple[tuple[GlanceRow, ...], str]:
    """Several outcomes in a fixed order, and which of them are too few to show."""
    rows, few = [], []
    for each in found:
        lead = leading(each)
        if lead is None or lead.effect is None:
            few.append(say.small(each.outcome.name))
            continue
        rows.append(
            GlanceRow(
                name=each.outcome.name,
                whose=capital(people_of(each.column, lead.words)),
                group=figure(each.outcome, lead.group, day_word),
                rest=figure(each.outcome, lead.rest, day_word),
                said=f"{capital(gap_found(lead.effect))}; {gap_range(lead.effect)}.",
                clear=lead.clear,
            )
        )
    left = f"Too few on record to set side by side: {and_list(few)}." if few else ""
    return tuple(rows), left


def who_comes(figure_: float | None, nearby: float | None) -> str:
    """E1 beside who lives nearby, which is a line to look at and no aim; empty where neither is known."""
    if figure_ is None:
        return ""
    if nearby is None:
        return (
            "How many people from minority ethnic groups live nearby is not written down for this service "
            "(expected_minority_pct in the table Services), so there is nothing to set it beside."
        )
    return (
        f"Of those who moved in, {whole(figure_)} in 100 were from minority ethnic groups. Of people aged 65 and over "
        f"living nearby it is {number(nearby)} in 100. A few moves more or fewer change the first figure much."
    )
