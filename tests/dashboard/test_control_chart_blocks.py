"""What stands around a control chart: signs, key, marks, reasons, and the pictures that are markup."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import get_args

import pytest

from dashboard.blocks import control_chart as blocks
from dashboard.charts.cell_spark import cell_spark
from dashboard.charts.icons import (
    ASSURANCE_WORDS,
    TOO_FEW,
    VARIATION_WORDS,
    assurance_icon,
    variation_icon,
)
from dashboard.charts.mini import drawing, shape
from dashboard.charts.small_multiples import MOST, panel_names, small_multiples, small_multiples_html
from dashboard.theme import AMBER, BLUE, PURPLE
from metrics.series.spc.model import Assurance, ControlChart, Variation
from tests.support import control_charts as made

FORBIDDEN = re.compile(r"significant|caused|p-value|patient|service user|baseline|%", re.IGNORECASE)


def drawings(markup: str) -> list[str]:
    return [base64.b64decode(each).decode() for each in re.findall(r"base64,([A-Za-z0-9+/=]+)", markup)]


def words(markup: str) -> str:
    return re.sub(r"<[^>]*>", " ", markup)


def test_every_sign_has_words_and_a_drawing_of_its_own() -> None:
    found = [variation_icon(each) for each in (*get_args(Variation), None)]
    found += [assurance_icon(each) for each in (*get_args(Assurance), None)]
    shapes = [re.sub(r'(fill|stroke)="[^"]*"', "", drawings(each)[0]) for each in found]
    assert len(set(shapes)) == len(found)
    assert set(VARIATION_WORDS) == set(get_args(Variation))
    assert set(ASSURANCE_WORDS) == set(get_args(Assurance))
    assert 'alt="clear change for the better, lower"' in variation_icon("improvement_low")
    assert f'alt="{TOO_FEW}"' in variation_icon(None)


def test_a_sign_from_few_points_is_grey_and_says_so() -> None:
    found = variation_icon("concern_high", greyed=True)
    assert "by few points" in found
    assert not any(colour in drawings(found)[0] for colour in (BLUE, AMBER, PURPLE))


def test_a_sign_beside_its_words_is_silent() -> None:
    assert 'alt=""' in variation_icon("concern_high", silent=True)


@pytest.mark.parametrize("name", [name for name in made.ALL if name != "nothing"])
def test_every_small_picture_is_sound_svg(name: str) -> None:
    chart = made.ALL[name]()
    for text in (*drawings(cell_spark(chart)), drawing(chart, 340, 130, every=True)):
        ET.fromstring(text)


def test_the_small_line_breaks_at_gaps_and_at_the_border_of_a_phase() -> None:
    for chart, pieces in ((made.with_gaps(), 3), (made.everyday(), 2), (made.on_trial(), 1)):
        (path,) = re.findall(r'd="([^"]*)" fill="none"', drawing(chart, 150, 40))
        assert path.count("M") == pieces


def test_the_small_picture_ends_in_the_shape_of_the_last_point() -> None:
    assert BLUE in drawing(made.not_rebased(), 150, 40)
    assert AMBER in drawing(made.missing_target(), 150, 40)
    assert PURPLE in drawing(made.neutral(), 150, 40)
    looks = {re.sub(r'fill="[^"]*"', "", shape(name, 5, 5, 8)) for name in ("common_cause", "improvement",
             "concern_high", "concern_low", "neutral")}  # fmt: skip
    assert len(looks) == 5


def test_the_small_band_is_one_for_each_phase() -> None:
    assert drawing(made.everyday(), 150, 40).count("z") == 2
    assert "#E3E9EE" not in drawing(made.without_limits(), 150, 40)


def test_a_cell_without_a_record_says_so_in_words() -> None:
    assert "no record" in cell_spark(made.nothing())


def test_nothing_in_markup_comes_through_unescaped() -> None:
    chart = made.hostile()
    whole = "".join(
        (
            cell_spark(chart), small_multiples_html([chart]), blocks.chart_title(chart), blocks.chart_key(chart),
            blocks.icons_line(chart), blocks.marks_list(chart), blocks.why_this_chart(chart),
        )
    )  # fmt: skip
    assert "<script" not in whole
    assert "<b>&amp;" not in whole
    assert "&lt;script&gt;" in whole


def test_the_key_explains_only_what_is_there() -> None:
    calm, marked = words(blocks.chart_key(made.with_gaps())), words(blocks.chart_key(made.missing_target()))
    assert "for the better" not in calm
    assert "no record" in calm
    assert "target" not in calm
    assert "target" in marked
    assert "no record" not in marked
    assert "on trial" in words(blocks.chart_key(made.everyday()))
    assert blocks.chart_key(made.nothing()) == ""


def test_the_signs_stand_with_their_words() -> None:
    said = words(blocks.icons_line(made.missing_target()))
    assert "Clear change to look at, lower" in said
    assert "Target 90: will miss the target if nothing changes" in said
    assert "by few points" in words(blocks.icons_line(made.on_trial()))
    assert "Too few points to say" in words(blocks.icons_line(made.without_limits()))


def test_the_marks_are_listed_under_the_chart() -> None:
    said = words(blocks.marks_list(made.everyday()))
    assert "began 1 Jan 2025: Music at tea; the usual range begins anew" in said
    assert "10 May 2025: an outbreak" in said
    assert blocks.marks_list(made.with_gaps()) == ""


def test_both_families_of_rules_stand_side_by_side() -> None:
    said = words(blocks.why_this_chart(made.not_rebased()))
    assert "Making Data Count" in said
    assert "points; chance gives up to 8." in said
    assert "Crossings of the line: 9; chance gives at least 13." in said
    assert "12 of 36 points: in a long row on one side of the average." in said
    assert "Not applied" in words(blocks.why_this_chart(made.without_limits()))


@pytest.mark.parametrize("name", [name for name in made.ALL if name != "hostile"])
def test_no_word_that_misleads(name: str) -> None:
    chart = made.ALL[name]()
    whole = (
        blocks.chart_title(chart) + blocks.chart_key(chart) + blocks.icons_line(chart) + blocks.marks_list(chart)
    ) + "".join((*VARIATION_WORDS.values(), *ASSURANCE_WORDS.values()))
    assert not FORBIDDEN.search(words(whole))


def parts(count: int) -> list[ControlChart]:
    return [replace(made.everyday(), part=f"part {number}") for number in range(count)]


def test_cards_side_by_side_carry_name_latest_figure_and_both_ends_of_the_time() -> None:
    said = words(small_multiples_html(parts(2)))
    for piece in ("Part 0", "Part 1", "5", "per 1,000 bed days", "Jan 2024", "Dec 2025"):
        assert piece in said


def test_at_most_twelve_are_drawn_and_the_rest_is_said() -> None:
    whole = small_multiples_html(parts(15))
    assert whole.count("<img") == MOST
    assert "and 3 more" in whole
    assert len({each.xaxis for each in small_multiples(parts(15)).data}) == MOST


def test_all_share_one_scale_unless_each_is_to_have_its_own() -> None:
    charts = [made.everyday(), replace(made.missing_target(), part="other")]
    ranges = {tuple(small_multiples(charts).layout[axis].range) for axis in ("yaxis", "yaxis2")}
    assert len(ranges) == 1
    own = {tuple(small_multiples(charts, own_scale=True).layout[axis].range) for axis in ("yaxis", "yaxis2")}
    assert len(own) == 2
    assert drawings(small_multiples_html(charts)) != drawings(small_multiples_html(charts, own_scale=True))


def test_panels_in_one_column_stand_below_each_other() -> None:
    figure = small_multiples(parts(3), columns=1)
    assert figure.layout.xaxis.domain == figure.layout.xaxis3.domain
    assert figure.layout.height > small_multiples(parts(3)).layout.height


def test_nothing_to_draw_is_an_empty_figure_and_an_empty_list() -> None:
    assert len(small_multiples([]).data) == 0
    assert "<li" not in small_multiples_html([])
    assert "no record" in small_multiples_html([made.nothing()])
    assert "no record" in str(small_multiples([made.nothing()]).layout.annotations)


def test_panels_are_named_by_what_tells_them_apart() -> None:
    one = made.everyday()
    assert panel_names([one, one]) == ["Falls", "Falls"]
    assert panel_names([one, replace(one, part="washing")]) == ["Altogether", "Washing"]
    other = replace(one, service=replace(one.service, service_id="oak", label="Oak House"))
    assert panel_names([one, other]) == ["Elm House", "Oak House"]


def test_markup_in_a_panels_name_is_shown_not_obeyed() -> None:
    assert "<script" not in str(small_multiples([made.hostile()]).layout.annotations)
