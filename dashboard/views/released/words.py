"""How a released cell is said, on every page and in every file: its figure, or that it is hidden, not recorded or none."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.views import say
from dashboard.views.left_out.words import people_of
from dashboard.views.services import exposure_words, unit_of
from data.model import Period
from data.releases import csv_files
from data.releases.model import Cell, ReleaseReport, Unit
from metrics.across.pooling import kind_words
from metrics.across.released import Book, service_of
from metrics.splits import ETHNICITY
from metrics.words import capital, counted, day, number, whole

TOO_FEW, NOT_RECORDED, NONE, NOT_GIVEN = csv_files.TOO_FEW, csv_files.NOT_RECORDED, csv_files.NONE, "not given"
STATUS: Mapping[str, str] = {"shown": "shown", "suppressed": TOO_FEW, "missing": NOT_RECORDED, "absent": NOT_GIVEN}
"""What each status is called; ``absent``: the release has no such cell, because it would give hidden ones away."""
WHY_NOT_GIVEN = (
    f"“{NOT_GIVEN.capitalize()}”: a total or a year that would give hidden figures away is left out of the release."
)
GROUPS = {
    "others": "people from smaller ethnic groups together", "not_recorded": "people whose ethnic group is not recorded",
    "others_or_not_recorded": "people from smaller ethnic groups, or whose group is not recorded",
}  # fmt: skip
"""Groups that a release puts together because each is too small."""
NO_RANKING = (
    "In order of name. This is not a league table: services differ in whom they support and in what they write down."
)


def status_of(cell: Cell | None) -> str:
    """Whether a cell is shown, hidden or not recorded, or absent from the release."""
    if cell is None:
        return "absent"
    return "missing" if cell.status == "shown" and cell.value is None else cell.status


def is_shown(cell: Cell | None) -> bool:
    """Whether there is a figure to say."""
    return cell is not None and cell.status == "shown" and cell.value is not None


def short(cell: Cell | None, decimals: int) -> str:
    """A cell without its unit: "6.8", "none", "too few people to show", "not recorded"."""
    return NOT_GIVEN if cell is None else csv_files.figure_words(cell, decimals)


def with_unit(cell: Cell | None, book: Book) -> str:
    """A cell as a sentence has it: "6.8 per 1,000 bed days", "45 in 100", "none"."""
    said = short(cell, decimals_of(cell, book))
    return (
        said
        if cell is None or not is_shown(cell) or said == NONE
        else f"{said} {unit_words(cell.outcome, cell.unit, book)}"
    )


def range_words(cell: Cell | None, book: Book) -> str:
    """How far the figure may be off: "5.9 to 7.8"; a dash where there is none."""
    if cell is None or not is_shown(cell) or cell.low is None or cell.high is None:
        return "–"
    places = decimals_of(cell, book)
    return f"{number(round(cell.low, places), places)} to {number(round(cell.high, places), places)}"


def counts_words(cell: Cell | None, book: Book) -> str:
    """What the figure rests on, rounded: "about 25 of 60 people living here"; a dash where nothing is shown."""
    if cell is None or not is_shown(cell) or cell.numerator is None or cell.denominator is None:
        return "–"
    outcome, unit = book.outcomes[cell.outcome], book.unit[cell.unit]
    if outcome.kind == "score":
        return f"about {whole(cell.numerator)} answers"
    between = "in" if outcome.kind in ("rate", "stay") else "of"
    over = service_of(unit).day_word if outcome.kind in ("rate", "stay") else exposure_words(outcome, service_of(unit))
    return f"about {whole(cell.numerator)} {between} {whole(cell.denominator)} {over}"


def decimals_of(cell: Cell | None, book: Book) -> int:
    """As many decimals as the release says the outcome bears."""
    return 0 if cell is None or cell.outcome not in book.definitions else book.definitions[cell.outcome].decimals


def unit_words(outcome: str, unit: str, book: Book) -> str:
    """The unit of a figure: "per 1,000 bed days", "in 100", "points"."""
    return unit_of(book.outcomes[outcome], [service_of(book.unit[unit])])


def named(outcome: str, book: Book) -> str:
    """An outcome by its name; by its code where nobody has a name for it."""
    held = book.definitions.get(outcome)
    return held.name if held is not None else book.names.get(outcome, outcome)


def outcomes_offered(book: Book) -> dict[str, str]:
    """Outcomes to choose from: those of which any quarter is shown; all of them where none is."""
    drawn = {code for _, code in book.charts}
    return {code: each.name for code, each in book.definitions.items() if code in drawn or not drawn}


def unit_named(code: str, book: Book) -> str:
    """A unit by its name; by its code where the release does not list it."""
    held = book.unit.get(code)
    return held.name if held is not None else code


def group_words(column: str, word: str) -> str:
    """A group of people in words: "people from Asian ethnic groups"."""
    return GROUPS[word] if column == ETHNICITY and word in GROUPS else people_of(column, (word,))


def what_it_is(unit: Unit) -> str:
    """What kind of row it is, where it is more than one service."""
    return "" if unit.level == "service" else counted(unit.services, "service", "services")


def setting_names(book: Book) -> dict[str, str]:
    """The kinds of service to choose from."""
    return {each: capital(kind_words(each)) for each in book.settings}


# The release itself ----------------------------------------------------------------------------------


def release_line(book: Book) -> str:
    """Which quarter, made when, from what, and the rules: the line under every page's head."""
    report = book.release.report
    latest = "No quarter is closed yet" if book.latest is None else f"Latest closed quarter: {say.months(book.latest)}"
    of_what = "From invented sample data, not real homes" if report.synthetic else "From the services’ own records"
    return (
        f"{latest}. {of_what}; made on {day(report.made_on)}, release {report.release_id}. {rules_in_one_line(report)}"
    )


def rules_in_one_line(report: ReleaseReport) -> str:
    """The rules a reader must know to read any figure."""
    rules = report.rules
    people, under, to = rules.get("fewest_people", 8), rules.get("fewest_under", 10), rules.get("rounding", 5)
    return (
        f"A figure is shown where {people} or more people stand behind it, out of {under} or more; counts are "
        f"rounded to the nearest {to}. What is hidden says “{TOO_FEW}”."
    )


def hidden_services(book: Book) -> str:
    """How many services have no row of their own or together; empty where all have one."""
    small = {setting: count for setting, count in book.release.not_shown.items() if count}
    if not small:
        return ""
    told = [f"{count} {kind_words(setting)}" for setting, count in sorted(small.items())]
    return f"Not shown, because they are too small even together: {', '.join(told)}."


def not_given_note(book: Book) -> str:
    """What "not given" means; empty where everything is given."""
    there = (
        (book.quarter(unit.code, code), book.in_year(unit.code, code))
        for unit in book.units
        for code in book.definitions
    )
    return WHY_NOT_GIVEN if any(cell is None for pair in there for cell in pair) else ""


def quarter_words(period: Period) -> str:
    """July to September 2026."""
    return say.months(period)
