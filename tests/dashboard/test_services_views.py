"""All services in words and pictures, from funnels and charts made by hand."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from dashboard.blocks import services as blocks
from dashboard.charts.funnel import funnel as drawn
from dashboard.charts.printed import funnel as printed_funnel
from dashboard.charts.printed import matrix as printed_matrix
from dashboard.charts.printed import paper
from dashboard.theme import PAPER
from dashboard.views import services, services_funnel, services_matrix, services_trend
from data.model import Period, Service, Tally
from metrics.across.funnel import Funnel, funnel
from metrics.across.matrix import Matrix
from metrics.across.pooling import Unit, Units
from metrics.catalogue import load_catalogue
from metrics.model import Outcome
from metrics.series.spc.build import charts
from metrics.series.spc.model import Asked
from tests.support.builders import ANSWERED, FALLS, KEPT, STAYING, months

YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
START = date(2025, 1, 1)
ELM = Service("elm", "residential", "EN", "Elm House", 40)
HOSTILE = "=1+1 <b>x</b> %{y}"
FIGURES = ((60, 10_000), (66, 10_400), (55, 9_700), (61, 9_000), (58, 9_500), (57, 9_800), (210, 10_000), (85, 9_000))
NAMES = ("Ash", "Birch", "Cedar", "Elm", "Fern", "Holly", "Larch", "Oak")


def _funnel(outcome: Outcome = FALLS, names: tuple[str, ...] = NAMES, over: str = "none") -> Funnel:
    pairs = {name.lower(): (name, Tally(*each)) for name, each in zip(names, FIGURES, strict=False)}
    return funnel(outcome, "residential", YEAR, pairs, over=over)  # type: ignore[arg-type]


def _page(**more: object) -> services_funnel.FunnelPage:
    return services_funnel.funnel_page(_funnel(**more), ELM, "fern")  # type: ignore[arg-type]


def test_the_funnel_says_who_is_outside_on_which_side_and_that_the_rest_could_be_chance() -> None:
    page = _page()
    assert page.title == "Falls: 1 of 8 care homes worth a conversation"
    assert (
        "Falls in 8 care homes, November 2025 to October 2026: 8.4 per 1,000 bed days taken together." in page.sentence
    )
    assert "Larch (above) lies outside the outer limits." in page.sentence
    assert "could be chance" in page.sentence


def test_the_method_names_its_paper_and_the_factor() -> None:
    assert "exact Poisson limits, Spiegelhalter 2005" in _page().method
    wide = _page(over="additive").method
    assert "widened" in wide and "Spiegelhalter and others 2012" in wide and "times as much" in wide


def test_with_too_few_services_there_is_a_sentence_and_no_limits() -> None:
    page = _page(names=NAMES[:3])
    assert page.title == "Falls: too few care homes for limits"
    assert "With fewer than 5 there are no limits" in page.sentence
    assert page.method == ""
    assert {row["What it shows"] for row in services_funnel.number_rows(page)} == {"no limits"}


def test_the_numbers_are_in_order_of_name_and_stay_years_are_years() -> None:
    assert [row["Service"] for row in services_funnel.number_rows(_page())] == list(NAMES)
    moves = services_funnel.funnel_page(_funnel(STAYING), ELM)
    assert moves.across == "years lived here"
    assert services_funnel.number_rows(moves)[0]["Years lived here"] == "27"


def test_the_funnel_draws_limits_centre_and_a_mark_of_its_own_for_each_standing() -> None:
    figure = drawn(_page())
    traces = {trace.name: trace for trace in figure.data}
    limits = [f"998 in 1,000, outer_{side}" for side in ("low", "high")]
    limits += [f"95 in 100, inner_{side}" for side in ("low", "high")]
    edge = "at the edge: look again in some months"
    assert list(traces) == [*limits, "together", "could be chance", edge, "worth a conversation"]
    assert (traces[edge].marker.symbol, traces[edge].marker.color) == ("diamond", PAPER)
    assert traces["could be chance"].marker.symbol == "circle"
    assert traces["worth a conversation"].marker.symbol == "diamond"
    assert len(traces["worth a conversation"].x) == 1
    assert all(trace.type == "scatter" for trace in figure.data)
    low, high = figure.layout.yaxis.range
    assert low == 0
    assert high > max(edge.outer_high for edge in _page().funnel.edges)
    assert all(each.font.size >= 14 for each in figure.layout.annotations)


def test_only_those_outside_and_the_chosen_one_have_their_names_on_the_chart() -> None:
    said = " ".join(each.text for each in drawn(_page()).layout.annotations)
    assert "Larch" in said and "Fern" in said
    assert "Ash" not in said and "Cedar" not in said


def test_a_name_from_a_file_is_shown_and_never_obeyed() -> None:
    page = services_funnel.funnel_page(_funnel(names=(HOSTILE, *NAMES[1:])), ELM, HOSTILE.lower())
    assert "<b>x</b>" not in " ".join(each.text for each in drawn(page).layout.annotations)
    file = services_funnel.numbers_csv(page).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(file.split("\r\n")[1])))[0].startswith("'=")


def test_an_empty_funnel_and_one_without_limits_can_be_drawn() -> None:
    assert len(drawn(services_funnel.funnel_page(funnel(FALLS, "nursing", YEAR, {}), ELM)).data) == 0
    names = [trace.name for trace in drawn(_page(names=NAMES[:3])).data]
    assert names == ["together", "services"]


@pytest.mark.parametrize("names", [NAMES, NAMES[:3], ()])
def test_the_funnel_prints_as_it_is_shown(names: tuple[str, ...]) -> None:
    page = _page(names=names)
    text = paper.svg(printed_funnel.funnel(page), title=page.title, description=page.sentence, prefix="f")
    ET.fromstring(text)
    assert ("Larch" in text) == (names == NAMES)


# The matrix ------------------------------------------------------------------------------------------

STEADY = [(8, 1000.0), (9, 1000.0), (7, 1000.0), (10, 1000.0)] * 5
RISING = [*STEADY[:-1], (40, 1000.0)]
FEW = STEADY[:3]
SHARES = [(18, 20), (17, 20), (19, 20), (18, 20)] * 5


def _matrix(label: str = "Elm House") -> services_matrix.MatrixPage:
    elm = Unit(Service("elm", "residential", "EN", label, 40), ("elm",), 38.0)
    oak = Unit(Service("oak", "residential", "EN", "Oak Lodge", 30), ("oak",), 28.0)
    wee = Unit(Service("together:nursing", "nursing", "EN", "3 smaller nursing homes together"), ("a", "b", "c"), 14.0)
    asked = {
        ("elm", "F1"): Asked(FALLS, elm.service, months(START, RISING)),
        ("oak", "F1"): Asked(FALLS, oak.service, months(START, FEW)),
        ("together:nursing", "F1"): Asked(FALLS, wee.service, months(START, STEADY)),
        ("elm", "C3"): Asked(KEPT, elm.service, months(START, SHARES), target=90.0),
    }  # fmt: skip
    matrix = Matrix((elm, oak, wee), (FALLS, KEPT), asked)
    return services_matrix.matrix_page(matrix, dict(zip(asked, charts(list(asked.values())), strict=True)))


def test_the_matrix_says_what_clearly_changed_and_where() -> None:
    page = _matrix()
    assert page.title == "A clear change in 1 of 3 latest figures: 1 to look at"
    assert page.sentence.startswith("Worth a conversation: Elm House (falls). ")
    assert "never against another service" in page.sentence


def test_too_few_points_and_nothing_recorded_are_two_different_things() -> None:
    words = {(cell.unit.name, cell.outcome.code): cell.words for cell in _matrix().cells}
    assert words["Oak Lodge", "F1"] == "too few points"
    assert words["Oak Lodge", "C3"] == "not recorded"
    assert words["3 smaller nursing homes together", "F1"] == "could be chance: no clear change"


def test_a_cell_leads_to_its_chart_and_several_together_lead_nowhere() -> None:
    links = {(cell.unit.service.service_id, cell.outcome.code): cell.link for cell in _matrix().cells}
    assert links["elm", "F1"] == "trends?service=elm&outcome=F1"
    assert links["together:nursing", "F1"] is None
    assert links["oak", "C3"] is None


def test_care_homes_come_before_nursing_homes_and_each_kind_has_its_heading() -> None:
    assert [group.heading for group in _matrix().groups] == ["Care homes", "Nursing homes"]


def test_the_table_can_be_reached_by_keyboard_and_every_cell_says_what_it_shows() -> None:
    markup = blocks.matrix(_matrix())
    assert 'role="region" tabindex="0"' in markup
    assert "Falls at Elm House: 40 per 1,000 bed days in August 2026, clear change to look at, higher" in markup
    assert markup.count("<td") == 6
    assert 'href="trends?service=elm&amp;outcome=F1"' in markup


def test_the_key_names_only_marks_that_occur() -> None:
    key = blocks.matrix_key(_matrix())
    assert "clear change to look at, higher" in key
    assert "for the better" not in key
    assert "the target" in key


def test_names_from_a_file_are_text_in_the_matrix_and_no_formula_in_its_file() -> None:
    page = _matrix(label=HOSTILE)
    assert "<b>x</b>" not in blocks.matrix(page)
    rows = list(csv.reader(io.StringIO(services_matrix.numbers_csv(page).decode("utf-8-sig"))))
    assert rows[1][0].startswith("'=")
    assert len({len(row) for row in rows}) == 1


def test_the_numbers_of_the_matrix_give_every_cell_its_usual_range() -> None:
    rows = services_matrix.number_rows(_matrix())
    assert len(rows) == 6
    assert rows[0]["Latest"] == "August 2026"
    assert " to " in rows[0]["Usual range"]
    assert rows[-1] == {
        "Service": "3 smaller nursing homes together", "Outcome": "Plan kept as agreed", "Latest": "–", "Figure": "–",
        "Usual range": "–", "What it shows": "not recorded",
    }  # fmt: skip


def test_the_matrix_prints_with_every_name_and_figure() -> None:
    page = _matrix()
    text = paper.svg(printed_matrix.matrix(page), title=page.title, description=page.sentence, prefix="m")
    assert "Elm House" in text and ">40" in text.replace(" ", "") and "not recorded" in text


def test_a_matrix_without_figures_says_so() -> None:
    page = services_matrix.matrix_page(Matrix((), ()), {})
    assert page.title == "Nothing is recorded often enough to say what has changed"
    assert paper.png(printed_matrix.matrix(page)).startswith(b"\x89PNG")


# The trend -------------------------------------------------------------------------------------------


def test_the_trend_names_who_changed_and_in_which_way() -> None:
    made = charts(
        [
            Asked(FALLS, ELM, months(START, RISING)),
            Asked(FALLS, Service("oak", "residential", "EN", "Oak Lodge"), months(START, STEADY)),
        ]
    )
    page = services_trend.trend_page(FALLS, "residential", made)
    assert page.title == "Falls: a clear change at 1 of 2 care homes"
    assert page.sentence.startswith("A clear change to look at: Elm House.")
    assert [row["Service"] for row in services_trend.number_rows(page)] == ["Elm House", "Oak Lodge"]
    assert services_trend.numbers_csv(page).count(b"\r\n") == 41
    assert "Oak Lodge" in blocks.trend(page)
    calm = services_trend.trend_page(FALLS, "residential", made[1:])
    assert calm.title == "Falls: no clear change"


# Who is shown, and what can be chosen ------------------------------------------------------------------


def test_who_is_not_shown_is_counted_and_told_why() -> None:
    small, unknown = Service("a", "nursing", "EN", "Ash"), Service("b", "homecare", "EN", "Beech")
    told = services.hidden(Units((), (small,), (unknown,)))
    assert told[0].startswith("1 service is not shown: with fewer than 10 people")
    assert told[1].startswith("1 service is not shown because it is not known how many people")
    assert services.hidden(Units(())) == ()


def test_only_the_matrix_shows_all_kinds_at_once() -> None:
    shown = Units(
        (Unit(ELM, ("elm",), 38), Unit(Service("c", "homecare", "EN", "Care"), ("c",), 30)),
    )
    assert list(services.settings(shown, "matrix")) == ["all", "residential", "homecare"]
    assert services.settings(shown, "funnel") == {"residential": "Care homes", "homecare": "Homecare services"}


def test_scores_can_be_chosen_for_the_trend_and_not_for_the_funnel() -> None:
    catalogue = load_catalogue()
    everywhere = frozenset(outcome.table for outcome in catalogue)
    scores = {outcome.code for outcome in catalogue if outcome.kind == "score" and outcome.starred}
    assert scores & set(services.outcomes(catalogue, everywhere, frozenset(), "trend"))
    assert not scores & set(services.outcomes(catalogue, everywhere, frozenset(), "funnel"))
    assert list(services.outcomes(catalogue, frozenset(), frozenset({"D2"}), "funnel")) == ["D2"]


def test_units_are_said_in_words() -> None:
    assert services.unit_of(FALLS, [ELM]) == "per 1,000 bed days"
    assert services.unit_of(FALLS, [ELM, Service("c", "homecare", "EN", "Care")]) == "per 1,000 person days"
    assert services.unit_of(ANSWERED, [ELM]) == "in 100"


def test_a_change_against_few_points_is_only_perhaps_and_is_not_counted() -> None:
    elm = Unit(ELM, ("elm",), 38.0)
    asked = {("elm", "F1"): Asked(FALLS, ELM, months(START, [*STEADY[:7], (60, 1000.0)]))}
    made = charts(list(asked.values()))
    page = services_matrix.matrix_page(Matrix((elm,), (FALLS,), asked), dict(zip(asked, made, strict=True)))
    (cell,) = page.cells
    assert cell.words == "perhaps a clear change to look at, higher: few points so far"
    assert page.title == "No clear change in the latest figure"
    assert "perhaps, on fewer than 13 points" in blocks.matrix_key(page)
    assert services_trend.trend_page(FALLS, "residential", made).title == "Falls: no clear change"
