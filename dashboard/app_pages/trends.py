"""Trends: what varies as it always did, and what is a clear change?"""

from functools import partial

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import control_chart as blocks
from dashboard.blocks import pictures
from dashboard.blocks.common import empty, figures
from dashboard.charts.control_chart import control_chart
from dashboard.charts.small_multiples import small_multiples_html
from dashboard.markup import paragraph
from dashboard.parts import NO_DATA, choose_service, heading, show
from dashboard.views import chart_numbers, trends
from data.model import Impossible
from metrics.series.spc.model import ControlChart

access.require("manager")


def printed(chart: ControlChart, kind: str) -> bytes:
    """The picture as a file; what draws on paper is loaded when somebody asks for it, not with every page."""
    from dashboard.charts.printed.control_chart import picture_png, picture_svg

    return picture_png(chart) if kind == "png" else picture_svg(chart).encode()


service_at, outcome_at = st.columns([30, 70])
with service_at:
    service = choose_service()
outcomes = {each.code: each for each in access.outcomes_recorded(service.service_id)}
if not outcomes:
    show(
        empty(
            NO_DATA,
            f"No dated record has arrived for {service.label}, so there is nothing to follow over time.",
            "Load its incidents, falls, feedback, checks or monthly totals on the page Add data.",
        )
    )
    st.page_link("app_pages/add_data.py", label="Add data")
    st.stop()
with outcome_at:
    code = choices.chosen_from_list(
        "Outcome", trends.outcome_labels(outcomes.values()), name="outcome", first=trends.usual_outcome(outcomes)
    )
outcome = outcomes[code]
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width="content"):
        step = trends.step_of(
            outcome,
            choices.chosen_from_row("Each point is", trends.step_labels(outcome), name="step", first=trends.USUAL),
        )
    with st.container(width=300):
        split = choices.chosen_from_list("Taken apart", trends.split_labels(outcome), name="split")

shown = st.container()
charts: tuple[ControlChart, ...] = ()
with st.expander("Settings, for those who know control charts", key="chart_settings"):
    left, right = st.columns(2)
    with left:
        ranges = trends.range_of(choices.chosen_from_list("Usual range", trends.range_labels(), name="range"))
        chart_type = choices.chosen_from_list("Chart", trends.chart_labels(outcome), name="chart")
    with right:
        six = choices.switched_on("A trend is 6 points", name="six", help=trends.SIX_HELP)
        older = choices.switched_on("Older rule of two in three", name="older", help=trends.OLDER_HELP)
        screened = choices.switched_on("Screen large moving ranges", name="screened", help=trends.SCREEN_HELP)
    try:  # the chart as it stands without these choices: the same as the one shown when nothing is chosen
        stretches = trends.stretch_labels(
            access.control_chart(
                code,
                service.service_id,
                trends.wanted(step=step, chart=chart_type, ranges=ranges, six=six, older=older, screened=screened),
            )
        )
    except Impossible:
        stretches = {}
    rebase = choices.chosen_some("Begin a new usual range with", stretches, name="rebase", help=trends.REBASE_HELP)
    excluded = choices.chosen_some("Leave out of the usual range", stretches, name="exclude", help=trends.EXCLUDE_HELP)
wanted = trends.wanted(
    step=step, chart=chart_type, ranges=ranges, six=six, older=older, screened=screened, rebase=rebase,
    excluded=excluded,
)  # fmt: skip

with shown:
    try:
        if split == trends.WHOLE:
            charts = (access.control_chart(code, service.service_id, wanted),)
        else:
            charts = access.control_charts_by(code, service.service_id, split, wanted)
    except Impossible as reason:
        show(empty("Not on this chart", str(reason), "Choose another chart in the settings below."))
    if split == trends.WHOLE and charts:
        chart = charts[0]
        with st.container(border=True, key="chart_card"):
            show(blocks.chart_title(chart))
            show(paragraph(chart.sentence, kind="leo-sentence"))
            show(blocks.icons_line(chart))
            if chart.points:
                st.plotly_chart(
                    control_chart(chart),
                    theme=None,
                    key="control_chart",
                    alt=chart.sentence,
                    config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
                )
                show(blocks.chart_key(chart))
                show(blocks.marks_list(chart))
        for mark in trends.changes_marked(chart):
            st.page_link(
                "app_pages/one_change.py",
                label=trends.change_link(mark),
                query_params={"service": service.service_id, "change": mark.code or "", "outcome": code},
            )
        with st.expander("Why this chart?", key="why_this_chart"):
            show(blocks.why_this_chart(chart))
    elif charts:
        heading(trends.apart_title(outcome, split))
        show(paragraph(trends.shown_apart(charts)))
        show(small_multiples_html(charts))
    elif split != trends.WHOLE:
        show(
            empty(
                "Nothing to take apart",
                "No record of this outcome says anything there.",
                "Choose another way to take it apart.",
            )
        )
    if any(chart.points for chart in charts):
        with st.expander("The numbers", key="numbers"):
            for chart in charts:
                if chart.part:
                    show(paragraph(trends.part_title(chart), kind="leo-key-title"))
                show(figures(chart.title, chart_numbers.chart_rows(chart)))
        with st.container(horizontal=True, key="downloads"):
            name = trends.file_name(outcome, service, step)
            st.download_button(
                "Download these numbers (CSV)",
                data=partial(trends.charts_csv, charts),
                file_name=f"{name}.csv",
                mime="text/csv",
                on_click="ignore",
                key="download_numbers",
            )
            if len(charts) == 1:
                st.download_button(
                    "Download the picture (PNG)",
                    data=partial(printed, charts[0], "png"),
                    file_name=f"{name}.png",
                    mime="image/png",
                    on_click="ignore",
                    key="download_png",
                )
                st.download_button(
                    "Download the picture (SVG)",
                    data=partial(printed, charts[0], "svg"),
                    file_name=f"{name}.svg",
                    mime="image/svg+xml",
                    on_click="ignore",
                    key="download_svg",
                )

    picture = trends.picture_of(outcome)
    if picture is not None and (days := trends.days_shown(charts)) is not None:
        with st.expander(trends.PICTURES[picture], key="picture", on_change="rerun") as closer:
            if closer.open and picture == "clock":
                pictures.clock_pattern_part(service.service_id, code, days.first, days.last)
            elif closer.open and picture == "staying":
                pictures.staying_part(service.service_id, code)
            elif closer.open:
                pictures.senses_part(service.service_id)
