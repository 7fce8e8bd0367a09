"""Second figures as a reader sees them: values with units, ranges, and reasons in place of what is not there."""

from __future__ import annotations

import pytest

from dashboard.blocks import one_change as blocks
from dashboard.views.deeper import sections
from metrics.deeper import SecondFigure


def row_of(figure: SecondFigure) -> tuple[str, str, str]:
    (section,) = sections([figure])
    (row,) = section.rows
    return row.value, row.reach, row.no_change


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (SecondFigure("other sums", "x", 0.776, 0.641, 0.942, 1.0, "times"), ("0.78 times", "0.64 to 0.94", "1")),
        (SecondFigure("other sums", "x", -32.0, -58.8, 4.4, 0.0, "in 100"), ("−32 in 100", "−59 to +4.4", "0")),
        (SecondFigure("other sums", "x", 0.0, 0.0, 39.0, 1.0, "times"), ("0 times", "0 to 39", "1")),
        (SecondFigure("other sums", "x", None, 0.5, None, 1.0, "times", word="no estimate"), ("No estimate", "0.5 or more", "1")),
        (SecondFigure("other sums", "x", 2.0, None, 3.0, 1.0, "times"), ("2 times", "Up to 3", "1")),
        (SecondFigure("one person", "NAP", 87.5, 45.3, 98.1, 50.0, "in 100"), ("88 in 100", "45 to 98", "50")),
        (SecondFigure("one person", "r", -0.405, no_change=0.0, unit="correlation"), ("−0.41", "–", "0")),
        (SecondFigure("what could be seen", "p", 0.0004, unit="p"), ("less than 0.001", "–", "–")),
        (SecondFigure("what could be seen", "p", 0.0404, unit="p"), ("0.04", "–", "–")),
    ],
)  # fmt: skip
def test_a_figure_in_words(figure: SecondFigure, said: tuple[str, str, str]) -> None:
    assert row_of(figure) == said


def test_what_has_no_answer_stands_below_with_its_reason() -> None:
    (section,) = sections([
        SecondFigure("other days", "Over 4 weeks on each side", word="better"),
        SecondFigure("other days", "Over 26 weeks on each side", note="Not all of those days are recorded."),
    ])  # fmt: skip
    assert section.in_words
    assert section.left_out == ("Over 26 weeks on each side: not all of those days are recorded.",)
    shown = blocks.second_figures(section)
    assert "Not worked out here:" in shown
    assert "None" not in shown
    assert "nan" not in shown


def test_parts_come_in_reading_order_and_only_where_they_say_something() -> None:
    told = sections([
        SecondFigure("what could be seen", "p", 0.2, unit="p"), SecondFigure("other sums", "x", 1.0, unit="times"),
    ])  # fmt: skip
    assert [section.title for section in told] == ["The same change by other sums", "What these days could have shown"]
    assert sections([]) == ()


def test_what_comes_from_a_file_is_only_text() -> None:
    (section,) = sections([SecondFigure("other sums", "<b>x</b>", 1.0, unit="times", assumes="<i>y</i>")])
    assert "<b>x" not in blocks.second_figures(section)
    assert "<i>y" not in blocks.second_figures(section)
