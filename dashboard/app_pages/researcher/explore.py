"""Explore: the sample, its dictionary, what was withheld and why."""

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import sample as blocks
from dashboard.blocks.common import figures
from dashboard.markup import paragraph
from dashboard.parts import heading, show
from dashboard.views.sample import account, ends, explore
from data.releases.sample_dictionary import COUNT_WITHHELD

access.require("researcher")

release = access.sample_release()
show(
    paragraph(
        f"{len(release.rows)} people, one row each, drawn at random and hidden among others. No day, no place, nobody's words.",
        kind="leo-lead",
    )
)
show(blocks.cause())
with st.expander("What it can be used for, and what not", key="uses"):
    for part in blocks.uses():
        show(part)

heading("Before and after")
offered = explore.outcomes(release)
if not offered:
    show(paragraph("Every outcome had to be given up in this release; the dictionary says what is left."))
else:
    with st.container(horizontal=True, vertical_alignment="bottom", key="sample_filters"):
        with st.container(width="content"):
            stem = choices.chosen_from_row("Outcome", offered, name="counted")
        picks = {}
        for column, words in explore.filters(release).items():
            with st.container(width=260):
                label = explore.COLUMN_NAMES[column]
                picks[column] = choices.chosen_from_list(label, words, name=f"with_{column}")
    told = explore.crosstab(release, stem, picks)
    if isinstance(told, str):
        show(paragraph(told))
    else:
        show(paragraph(told.lead))
        maybe = ends.may_belong(release, picks)
        if maybe:
            show(paragraph(maybe))
        show(figures(told.title, [dict(zip(told.headings, row, strict=True)) for row in told.rows]))
        heading("How many had any")
        show(paragraph(COUNT_WITHHELD))
        show(figures(ends.TITLE, ends.share_rows(release, stem, picks)))
    show(paragraph(account.ASSOCIATION, kind="leo-muted"))

heading("Dictionary")
show(paragraph("Every column and word of the sample, with how many people have it. Open a column to read on."))
show(blocks.dictionary(release))

heading("What was withheld, and why")
for part in blocks.withheld(release):
    show(part)
with st.expander("What is left of each column", key="columns"):
    show(blocks.columns(release))

heading("Who with lived experience read it")
show(paragraph(account.read_by_line(release.report)))
