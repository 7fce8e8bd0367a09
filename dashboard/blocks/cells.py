"""The small pictures of a matrix: the same few signs hundreds of times, so each is put together once."""

from __future__ import annotations

from functools import lru_cache

from dashboard.charts import icons
from dashboard.charts.cell_spark import cell_spark
from dashboard.markup import Html
from metrics.series.spc.model import Assurance, ControlChart, Variation

ICON = 20
SPARK_WIDTH, SPARK_HEIGHT = 96, 34


@lru_cache(maxsize=64)
def variation_sign(variation: Variation | None, greyed: bool = False) -> Html:
    """What the last point says. Silent: the words stand beside it, or are the name of the cell."""
    return icons.variation_icon(variation, greyed=greyed, size=ICON, silent=True)


@lru_cache(maxsize=64)
def assurance_sign(assurance: Assurance, greyed: bool = False) -> Html:
    """Whether the target will be met. Silent, as above."""
    return icons.assurance_icon(assurance, greyed=greyed, size=ICON, silent=True)


def line(chart: ControlChart) -> Html:
    """The line of a cell."""
    return cell_spark(chart, width=SPARK_WIDTH, height=SPARK_HEIGHT)
