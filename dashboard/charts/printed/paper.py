"""What every printed picture shares: size, letters, colours, and how it leaves as SVG or PNG.

The same figure gives the same bytes each time. An SVG says what it shows in its own title and description, and its
element names carry a prefix, so that several can stand in one page.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from dashboard.theme import HATCH, INK, PAPER, SHADE

CM = 1 / 2.54
WIDTH_CM, HEIGHT_CM = 17.0, 8.5
"""The width between the margins of an A4 page."""
LETTERS = ["Arial", "Liberation Sans", "DejaVu Sans"]
SVG = "http://www.w3.org/2000/svg"
LOOKS: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": LETTERS,
    "font.size": 9.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "lived-experience-outcomes",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": HATCH,
    "axes.labelcolor": INK,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": SHADE,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "ytick.left": False,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "text.parse_math": False,
}


@contextmanager
def looks() -> Iterator[None]:
    """Our letters and lines, for as long as a figure is drawn or written."""
    with mpl.rc_context(LOOKS):
        yield


def sheet(width_cm: float = WIDTH_CM, height_cm: float = HEIGHT_CM) -> tuple[Figure, Axes]:
    """An empty figure with one pair of axes, without any window behind it. To be called inside ``looks``."""
    figure = Figure(figsize=(width_cm * CM, height_cm * CM), layout="constrained")
    return figure, figure.add_subplot()


def svg(figure: Figure, *, title: str, description: str, prefix: str) -> str:
    """The figure as SVG text: words stay words, the description is there for those who listen.

    ``prefix`` goes before every element name inside, so that two pictures in one page do not share any.
    """
    out = io.StringIO()
    with looks():
        FigureCanvasSVG(figure)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r'\bid="', f'id="{prefix}-', out.getvalue())
    text = re.sub(r'href="#', f'href="#{prefix}-', text)
    text = re.sub(r"url\(#", f"url(#{prefix}-", text)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(text)
    for kind, words in (("desc", description), ("title", title)):
        told = ET.Element(f"{{{SVG}}}{kind}", {"id": f"{prefix}-{kind}"})
        told.text = words
        root.insert(0, told)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    return ET.tostring(root, encoding="unicode")


def png(figure: Figure, dpi: int = 150) -> bytes:
    """The figure as a PNG picture."""
    out = io.BytesIO()
    with looks():
        FigureCanvasAgg(figure)
        figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()
