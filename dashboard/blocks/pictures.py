"""Pictures a page can call for in one line: title, sentence, chart, key, numbers and file, or why there is none.

    clock_pattern_part(service_id, outcome_code, first, last)
    staying_part(service_id, outcome_code)                 over the whole record
    staying_around_part(finding)                           before and after a change
    senses_part(service_id, around=None)                   before and after a day, else two halves of the record
    dumbbell_part(findings) · parts_part(finding, column)
    forest_part(forest_of(group)) · service_forest_part(service_id)

Each fetches through ``dashboard.access`` and may stand once a page under one ``key``; ``framed=False`` inside an
expander, which has a frame of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from dashboard import access
from dashboard.blocks.common import figures
from dashboard.charts import clock_pattern as clock_chart
from dashboard.charts import dumbbell as dumbbell_chart
from dashboard.charts import forest as forest_chart
from dashboard.charts import senses_profile as senses_chart
from dashboard.charts import staying_curve as staying_chart
from dashboard.markup import Html, bullets, paragraph, tag
from dashboard.views import clock_pattern as clock_words
from dashboard.views import dumbbell as dumbbell_words
from dashboard.views import forest as forest_words
from dashboard.views import senses_profile as senses_words
from dashboard.views import staying_curve as staying_words
from dashboard.views.pictured import Mark, Pictured
from data.model import Impossible
from metrics.model import Finding
from metrics.pictures.clock_pattern import can_have
from metrics.pictures.dumbbell import Dumbbell, dumbbell_of_change, dumbbell_of_parts
from metrics.pictures.forest import Forest, forest_of_findings, forest_of_group
from metrics.pictures.staying_curve import StayCurves
from metrics.side_by_side import SideBySide

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def clock_pattern_part(
    service_id: str, outcome_code: str, first: date, last: date, *, key: str = "clock_pattern"
) -> None:
    """Hours and weekdays of one outcome, from the first to the last day."""
    outcome = access.catalogue().get(outcome_code)
    if outcome is None or not can_have(outcome):
        st.html(nothing(clock_words.NO_CLOCK))
        return
    found = access.clock_pattern(service_id, outcome_code, first, last)
    if found is None or not found.counts.events:
        st.html(nothing(clock_words.NOTHING))
        return
    _picture(clock_words.pictured(found, place_name(service_id)), clock_chart.clock_pattern(found), key)


def staying_part(service_id: str, outcome_code: str = "I6", *, key: str = "staying") -> None:
    """How long people stay, over all that is recorded."""
    _staying(access.stay_curves(service_id, outcome_code), service_id, key)


def staying_around_part(finding: Finding, *, key: str = "staying_around", framed: bool = True) -> None:
    """How long people stay, before and after a change."""
    _staying(access.stay_curves_around(finding), finding.service_id, key, framed=framed)


def _staying(found: StayCurves | None, service_id: str, key: str, *, framed: bool = True) -> None:
    if found is None:
        st.html(nothing(staying_words.NOTHING))
        return
    _picture(
        staying_words.pictured(found, place_name(service_id)), staying_chart.staying_curve(found), key, framed=framed
    )


def senses_part(service_id: str, around: date | None = None, *, key: str = "senses") -> None:
    """The six senses, each voice on its own."""
    found = access.senses_profile(service_id, around)
    if found is None or not any(map(senses_words.was_asked, (sense for each in found.voices for sense in each.senses))):
        st.html(nothing(senses_words.NOTHING))
        return
    if not any(voice.any_shown for voice in found.voices):
        st.html(nothing(senses_words.TOO_FEW))
        return
    _picture(senses_words.pictured(found, place_name(service_id)), senses_chart.senses_profile(found), key)


def dumbbell_of(findings: Iterable[Finding]) -> Dumbbell | None:
    """All outcomes of one change that are said in 100; None with fewer than two. Cheap: nothing is asked of the file."""
    return dumbbell_of_change(findings, access.catalogue())


def dumbbell_part(found: Dumbbell, *, key: str = "dumbbell", framed: bool = True) -> None:
    """The picture of ``dumbbell_of``."""
    _picture(dumbbell_words.pictured(found), dumbbell_chart.dumbbell(found), key, framed=framed)


def parts_part(finding: Finding, column: str, *, key: str = "parts", framed: bool = True) -> None:
    """One outcome of a change taken apart."""
    try:
        found = dumbbell_of_parts(finding, access.parts(finding, column))
    except Impossible as reason:
        st.html(nothing(str(reason)))
        return
    if found is None:
        st.html(nothing("There are not two parts to show side by side."))
        return
    dumbbell_part(found, key=key, framed=framed)


def forest_of(group: SideBySide) -> Forest | None:
    """The same kind of thing and outcome in several services; None with fewer than two ranges to show."""
    return forest_of_group(group)


def service_forest_part(service_id: str, *, key: str = "service_forest", framed: bool = True) -> None:
    """All findings of one service that are said as a ratio, in order of the day the change began."""
    found = forest_of_findings(access.findings(service_id))
    forest_part(found, place_name(service_id), key=key, framed=framed)


def forest_part(found: Forest | None, place: str = "", *, key: str = "forest", framed: bool = True) -> None:
    """Answers side by side, each with its range."""
    if found is None:
        st.html(nothing("There are not two answers with a range to show side by side."))
        return
    _picture(forest_words.pictured(found, place), forest_chart.forest(found), key, framed=framed)


def place_name(service_id: str) -> str:
    """The service's own name."""
    return next((each.label for each in access.services() if each.service_id == service_id), service_id)


def nothing(why: str) -> Html:
    """One line where there is no picture."""
    return paragraph(why, kind="leo-muted")


def _picture(words: Pictured, figure: go.Figure, key: str, *, framed: bool = True) -> None:
    with st.container(border=framed, key=f"{key}_card"):
        st.html(
            tag("div", tag("h2" if framed else "h3", words.title, class_="leo-chart-title"), picture_key(words.key))
        )
        st.plotly_chart(figure, theme=None, key=key, alt=words.sentence, config=CONFIG)
        st.html(tag("div", bullets(words.notes), class_="leo-muted leo-picture-notes"))
        with st.expander("The numbers", key=f"{key}_numbers"):
            st.html(figures(words.title, words.rows))
        st.download_button(
            "Download these numbers (CSV)",
            data=words.csv,
            file_name=words.file_name,
            mime="text/csv",
            on_click="ignore",
            key=f"{key}_download",
        )


def picture_key(items: Iterable[tuple[Mark, str]]) -> Html:
    """What the marks mean, in place of a legend."""
    told = (
        tag("li", tag("span", class_=f"leo-swatch leo-mark-{mark}", aria_hidden="true") if mark else "", words)
        for mark, words in items
    )
    return tag("ul", *told, class_="leo-key leo-picture-key")
