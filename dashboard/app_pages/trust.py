"""Can I trust the data? What arrived, what was refused and why, what is missing."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import access, page_data
from dashboard.blocks import trust as blocks
from dashboard.markup import bullets, card, paragraph
from dashboard.parts import choose_service, heading, show
from dashboard.views import trust

access.require("manager")

with st.container(width=300, key="filters"):
    service = choose_service()

page = page_data.trust_page_of(service)
show(paragraph(page.summary, kind="leo-lead"))

if page.missing:
    heading(f"What we cannot show for {service.label}")
    show(blocks.missing_list(page.missing))

heading(f"What has arrived for {service.label}")
show(blocks.kinds_table(page.kinds))

if page.left_out or page.notes:
    heading("Kept, and to be read with care")
    if page.left_out:
        show(card("Left out of some figures", bullets(page.left_out)))
    if page.notes:
        show(card("Worth knowing", bullets(page.notes)))

heading("What was refused, and why")
unusable = access.refused_files()
if unusable:
    show(card("Files that could not be used", bullets(trust.unusable_files(unusable))))
refused = access.refused_rows()
if not refused:
    show(paragraph("No row of any file was refused."))
else:
    show(blocks.refused_table(page.groups))
    with st.expander(f"Every refused cell, one by one ({len(refused):,})", key="refused_list"):
        st.dataframe(
            pd.DataFrame(trust.refused_rows(refused)), hide_index=True, key="refused_rows",
            alt="Every refused cell with its file, line, column, reason and remedy",
        )  # fmt: skip
    st.download_button(
        "Download the list (CSV)", data=partial(trust.refused_csv, refused), file_name="refused-rows.csv",
        mime="text/csv", on_click="ignore", key="download_refused",
    )  # fmt: skip

heading("Files loaded")
files = access.files_loaded()
if files:
    show(blocks.files_table(trust.file_rows(files)))
else:
    show(paragraph("No file has been loaded into this database yet."))

if len(access.services()) > 1:
    overview = st.expander("All services at a glance", key="all_services", on_change="rerun")
    if overview.open:
        headings, rows = page_data.coverage()
        with overview:
            show(blocks.all_services_table(rows, headings))
