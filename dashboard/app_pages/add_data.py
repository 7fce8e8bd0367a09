"""Add data: choose files, match columns, check and save. A file stays on this computer."""

import streamlit as st

from dashboard import access
from dashboard.blocks import add_data as blocks
from dashboard.blocks import add_data_basket as basket
from dashboard.blocks import add_data_steps as steps
from dashboard.blocks.common import empty
from dashboard.parts import NO_SAVING, show

access.require("manager")
if why := access.why_not_save():
    show(empty(NO_SAVING, why, "Until then the other pages can be read as usual."))

step = basket.step()
if step == basket.SAVED:
    steps.after_saving()
else:
    show(blocks.steps(step))
    with st.container(key=f"step_{step + 1}"):
        if step == basket.CHOOSE:
            steps.choose_files()
        elif step == basket.MATCH:
            steps.match_columns()
        else:
            steps.check_and_save()
steps.what_is_missing()
