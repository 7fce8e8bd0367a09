"""How we work it out: the outcomes, the rules, the words and the limits."""

import streamlit as st

from dashboard import access
from dashboard.blocks import method as blocks
from dashboard.markup import bullets, paragraph
from dashboard.parts import heading, show
from dashboard.views import methods
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
