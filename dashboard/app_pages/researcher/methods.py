"""Methods: how the sample was made, what it loses, and how outcomes are worked out."""

import streamlit as st

from dashboard import access
from dashboard.blocks import method as method_blocks
from dashboard.blocks import sample as blocks
from dashboard.blocks.calibration import pictures
from dashboard.markup import bullets, paragraph
from dashboard.parts import heading, show
from dashboard.views import calibration, methods
from dashboard.views.sample import account
from data import __version__

access.require("researcher")

release = access.sample_release()
report = release.report
show(
    paragraph(
        "How this sample was made and what it loses; then how outcomes are worked out where the whole record is at hand.",
        kind="leo-lead",
    )
)
heading("How the sample was made")
show(bullets(account.STEPS))
show(paragraph(account.hidden_line(report)))
show(paragraph(account.closeness_line(report), kind="leo-muted"))
show(blocks.people(release))

heading("How words were merged")
show(blocks.mergings(release))

heading("What it can be used for, and what not")
for part in blocks.uses():
    show(part)

heading("Before you count")
for part in blocks.counting(release):
    show(part)

heading("What it loses")
show(bullets(account.LOSES))
show(blocks.cause())

heading("The four answers")
show(method_blocks.rules())

heading("How a before and after is worked out")
show(bullets(methods.STEPS))

heading("What else it could be")
show(method_blocks.other_explanations())

heading("How often our answers are right")
measured = access.calibration()
if measured is None:
    show(paragraph(calibration.NOT_MEASURED, kind="leo-muted"))
else:
    told = calibration.calibration_page(measured, __version__)
    show(method_blocks.calibration_lead(told))
    with st.expander("Answer by answer, as pictures", key="calibration_pictures", on_change="rerun") as drawn:
        if drawn.open:
            pictures(told)
    with st.expander("The figures", key="calibration_figures"):
        show(method_blocks.calibration_table(told))

heading("What it cannot tell you")
show(bullets(methods.LIMITS))

heading("What is looked at")
with st.expander("Every outcome, area by area", key="areas"):
    for area in methods.areas(access.catalogue(), ""):
        show(method_blocks.area(area))

heading("Words")
show(method_blocks.glossary())
