"""A control chart's surroundings as markup: title, key, signs with their words, list of marks, why it is drawn so."""

from __future__ import annotations

from dashboard.charts import anatomy
from dashboard.charts.icons import assurance_icon, assurance_words, variation_icon, variation_words
from dashboard.charts.mini import picture, shape
from dashboard.markup import Html, Piece, bullets, card, grid, join, paragraph, tag
from dashboard.theme import HATCH, INK, SHADE, SLATE
from dashboard.views.chart_numbers import middle_word
from metrics.series.run_chart import RunChart
from metrics.series.spc.model import ControlChart, Mark, Phase
from metrics.words import capital, number, short_day

STANDING = {
    "full": "usual range in full",
    "trial": "usual range on trial, from few points: it may still move",
    "none": "no usual range",
}
_EACH = {
    "week": "Each mark is one week",
    "month": "Each mark is one month",
    "quarter": "Each mark is one quarter of a year",
    "event": "Each mark is one event, and how long it was since the one before",
}


def chart_title(chart: ControlChart) -> Html:
    """What the chart shows, as a sentence, and what one mark is."""
    return tag(
        "div",
        tag("h2", chart.title, class_="leo-chart-title"),
        paragraph(f"{_EACH[chart.step]}: {chart.unit}.", kind="leo-muted"),
    )


def chart_key(chart: ControlChart) -> Html:
    """What the marks and lines mean, in place of a legend: only those that occur on this chart."""
    items: list[Piece] = [join([_mark(name), anatomy.LOOKS[name].words]) for name in anatomy.looks_on(chart)]
    if any(point.centre is not None for point in chart.points):
        items.append(join([_stroke(INK, 2.4), middle_word(chart)]))
    standings = {phase.standing for phase in chart.phases}
    if "full" in standings and chart.has_limits:
        items.append(join([_stroke(SLATE, 2, "6 4"), "usual range"]))
    if "trial" in standings and chart.has_limits:
        items.append(join([_stroke(HATCH, 2, "2 3"), "usual range on trial: few points"]))
    if chart.target is not None:
        items.append(join([_stroke(INK, 2, "11 3 3 3"), "target"]))
    if anatomy.gaps(chart):
        items.append(join([_swatch(f'<rect x="2" y="1" width="20" height="14" fill="{SHADE}"/>'), "no record"]))
    return tag("ul", *(tag("li", item) for item in items), class_="leo-key") if items else Html("")


def _swatch(inside: str) -> Html:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16">{inside}</svg>'
    return tag("img", src=picture(drawing), alt="", class_="leo-swatch", width="24", height="16")


def _mark(name: str) -> Html:
    return _swatch(shape(name, 12, 8, 10))


def _stroke(colour: str, width: float, dashes: str | None = None) -> Html:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return _swatch(f'<path d="M1 8h22" stroke="{colour}" stroke-width="{width}"{dashed}/>')


def icons_line(chart: ControlChart) -> Html:
    """What the last point says, and whether the target will be met: each sign with its words."""
    latest = chart.latest
    greyed = latest is not None and chart.phases[latest.phase].standing == "trial"
    few = ", by few points" if greyed else ""
    said = [
        (
            variation_icon(chart.variation, greyed=greyed, silent=True),
            capital(variation_words(chart.variation)) + (few if chart.variation else ""),
        )
    ]
    if chart.target is not None:
        said.append(
            (
                assurance_icon(chart.assurance, greyed=greyed, silent=True),
                f"Target {number(chart.target)}: {assurance_words(chart.assurance)}" + (few if chart.assurance else ""),
            )
        )
    return tag("ul", *(tag("li", icon, tag("span", words)) for icon, words in said), class_="leo-icons")


def marks_list(chart: ControlChart) -> Html:
    """What the numbers and letters on the chart stand for; nothing where there are none."""
    found = anatomy.marked(chart)
    if not found:
        return Html("")
    tried = [_listed(sign, mark) for sign, mark in found if mark.kind == "change"]
    happened = [_listed(sign, mark) for sign, mark in found if mark.kind != "change"]
    parts = []
    for heading, items in (("What was tried:", tried), ("What else happened:", happened)):
        if items:
            parts.append(paragraph(heading, kind="leo-key-title"))
            parts.append(tag("ul", *(tag("li", item) for item in items), class_="leo-key"))
    return tag("div", *parts)


def _listed(sign: str, mark: Mark) -> Html:
    """The sign in its box, the day, what it was, and whether a new usual range begins there."""
    change = mark.kind == "change"
    box = tag("b", sign, class_="leo-mark leo-mark-change" if change else "leo-mark")
    anew = "; the usual range begins anew" if mark.rebased else ""
    words = f"began {short_day(mark.on)}: {mark.label}{anew}" if change else f"{short_day(mark.on)}: {mark.label}{anew}"
    return join([box, f" {words}"])


# Why this chart --------------------------------------------------------------------------------------


def why_this_chart(chart: ControlChart) -> Html:
    """The reason for the type, the rules in force, the phases, the notes, and the two families of rules side by side."""
    cards = [card("Why this chart", *_reasons(chart))]
    if chart.notes:
        cards.append(card("Know before you believe it", bullets(chart.notes)))
    if chart.points:
        cards.append(card("Marked by Making Data Count’s rules", bullets(_counted(chart))))
    if chart.run_chart is not None:
        cards.append(card("By the order of the points alone (Anhøj)", bullets(run_lines(chart.run_chart))))
    return grid(cards, "leo-grid leo-looks")


def _reasons(chart: ControlChart) -> list[Html]:
    found = [paragraph(chart.why)]
    if chart.phases:
        found.append(bullets(phase_line(phase) for phase in chart.phases))
    if chart.dispersion is not None:
        found.append(
            paragraph(
                f"The points scatter {number(chart.dispersion)} times as much as counting alone would have it (1 is what "
                "chance gives)."
            )
        )
    found.append(paragraph(chart.convention, kind="leo-muted leo-method"))
    return found


def phase_line(phase: Phase) -> str:
    """From when, why, from how many points, and how far its usual range may be believed."""
    since = f", {phase.why}" if phase.why else ""
    points = f"{phase.known} {'point' if phase.known == 1 else 'points'}"
    rests = f", resting on the first {phase.baseline}" if phase.baseline is not None else ""
    same = "; every figure is the same" if phase.no_variation else ""
    return f"From {short_day(phase.period.first)}{since}: {points}, {STANDING[phase.standing]}{rests}{same}."


def _counted(chart: ControlChart) -> list[str]:
    """How many points each rule marks; a point may be marked by more than one."""
    if not chart.has_limits:
        return ["Not applied: there is no usual range."]
    names = (
        ("outside", "outside the usual range"),
        ("shift", f"in a long row on one side of the {middle_word(chart)}"),
        ("trend", "in a long row rising or falling"),
        ("two_in_three", f"two of three in a row far from the {middle_word(chart)}"),
    )
    known = sum(point.value is not None for point in chart.points)
    return [
        f"{sum(name in point.signals for point in chart.points)} of {known} points: {words}." for name, words in names
    ]


def run_lines(runs: RunChart) -> list[str]:
    """Anhøj's two figures, each beside what chance gives."""
    if runs.longest_run is None or runs.crossings is None:
        return ["Too few points off the line to say."]
    return [
        f"Longest run on one side: {runs.longest_run} points; chance gives up to {runs.longest_run_max}.",
        f"Crossings of the line: {runs.crossings}; chance gives at least {runs.crossings_min}.",
        f"{runs.useful} points lie off the line. "
        + ("That is a clear change." if runs.signal else "That could be chance: no clear change."),
    ]
