"""How we work it out: the outcomes, the rules, the words and the limits."""

import streamlit as st

from dashboard import access
from dashboard.blocks import method as blocks
from dashboard.blocks.calibration import pictures
from dashboard.markup import bullets, paragraph
from dashboard.parts import heading, show
from dashboard.views import calibration, methods
from data import __version__

show(
    paragraph(
        "We compare the days before a change with the days after it, and say no more than the records can bear.",
        kind="leo-lead",
    )
)
heading("The four answers")
show(blocks.rules())

heading("How a before and after is worked out")
show(bullets(methods.STEPS))

heading("What else it could be")
show(
    paragraph(
        "Before a change is called better, other explanations are heard. Each can lower an answer, or is said beside it; "
        "none can make it kinder."
    )
)
show(blocks.other_explanations())

heading("How often our answers are right")
measured = access.calibration()
if measured is None:
    show(paragraph(calibration.NOT_MEASURED, kind="leo-muted"))
else:
    told = calibration.calibration_page(measured, __version__)
    show(blocks.calibration_lead(told))
    pictures(told)
    with st.expander("The figures", key="calibration_figures"):
        show(blocks.calibration_table(told))

heading("Charts over time")
show(blocks.charts())

heading("Voices, choice and how things stand")
show(blocks.voices())

heading("What it cannot tell you")
show(bullets(methods.LIMITS))

heading("What we look at")
catalogue = access.catalogue()
find = st.text_input("Find an outcome", placeholder="for example: falls, choice, family", key="find_outcome")
areas = methods.areas(catalogue, find)
show(paragraph(methods.count_line(areas, len(catalogue)), kind="leo-muted"))
for area in areas:
    show(blocks.area(area))

heading("Words")
show(blocks.glossary())
show(paragraph(f"Lived Experience Outcomes, version {__version__}.", kind="leo-muted"))
