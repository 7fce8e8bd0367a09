"""How often the answers are right, drawn: the same on the manager's page of methods and the researcher's."""

from __future__ import annotations

import streamlit as st

from dashboard.blocks.method import calibration_group
from dashboard.charts.calibration import calibration as bars
from dashboard.parts import show
from dashboard.views.calibration import CalibrationPage


def pictures(told: CalibrationPage) -> None:
    """One framed picture for each kind of world."""
    for group in told.groups:
        with st.container(border=True, key=f"calibration_{group.key}"):
            show(calibration_group(group))
            st.plotly_chart(
                bars(group), theme=None, key=f"calibration_bars_{group.key}", alt=group.alt,
                config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
            )  # fmt: skip
