"""How a printed picture leaves: as SVG that says what it shows, or as PNG."""

import xml.etree.ElementTree as ET

from matplotlib.figure import Figure

from dashboard.charts.printed import paper


def _figure() -> Figure:
    with paper.looks():
        figure, axes = paper.sheet()
        axes.plot([1, 2, 3], [2, 1, 3])
        axes.text(1, 2, "5 $ and 6 $ a <week>")
        return figure


def test_an_svg_has_a_title_a_description_and_names_of_its_own() -> None:
    text = paper.svg(_figure(), title="Falls", description="Falls & all.", prefix="one")
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == ["Falls", "Falls & all."]
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert all(name is not None and name.startswith("one-") for name in names)
    assert len(names) == len(set(names))


def test_words_stay_words_and_money_is_no_formula() -> None:
    assert "5 $ and 6 $ a &lt;week&gt;" in paper.svg(_figure(), title="", description="", prefix="a")


def test_the_same_figure_gives_the_same_bytes() -> None:
    said = [paper.svg(_figure(), title="t", description="d", prefix="p") for _ in range(2)]
    assert said[0] == said[1]
    assert paper.png(_figure()) == paper.png(_figure())


def test_a_png_is_a_png() -> None:
    assert paper.png(_figure()).startswith(b"\x89PNG")
