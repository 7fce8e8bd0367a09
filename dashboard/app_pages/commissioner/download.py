"""Download the quarter's table: the figures as the pages show them, with definitions, rules and what was hidden."""

from functools import partial

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import released as blocks
from dashboard.blocks.common import empty, figures
from dashboard.parts import NO_DATA, heading, show
from dashboard.views.released import report as reports
from dashboard.views.released import table as files
from dashboard.views.released import words
from data.releases import csv_files

access.require("commissioner")

book = access.book()
report = book.release.report
show(blocks.head(reports.head_sentence(report), words.release_line(book)))


def download(label: str, data: partial[bytes], name: str) -> None:
    """A button that makes its file when it is pressed."""
    st.download_button(
        label, data=data, file_name=f"{name}.csv", mime="text/csv", on_click="ignore", key=f"download_{name}"
    )


if book.quarters:
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        with st.container(width=240):
            quarter = choices.chosen_from_list("Quarter", files.quarters_offered(book), name="quarter")
        name = "all-quarters" if quarter == files.ALL else quarter.lower().replace(" ", "-")
        download("Download this table (CSV)", partial(files.table_csv, book, quarter), name)
    show(blocks.notes([f"Each line: {files.rounding_words(book)}. In order of name and code."]))
    heading("Other files of this release")
    show(blocks.notes([reports.definition_words(len(book.definitions))]))
    with st.container(horizontal=True, key="other_files"):
        download("Definitions (CSV)", partial(csv_files.definitions_csv, book.release), "definitions")
        download("Gaps between groups (CSV)", partial(csv_files.gaps_csv, book.release), "gaps")
        download("Changes tried (CSV)", partial(csv_files.changes_csv, book.release), "changes")
else:
    show(
        empty(
            NO_DATA,
            "No quarter in this release has ended with anything that can be shown.",
            "Ask for the next release.",
        )
    )

heading("What was hidden, and why")
show(
    figures("Why figures are hidden", [{"Reason": why, "Figures": count} for why, count in reports.hidden_rows(report)])
)
show(blocks.notes([reports.proof_line(report), *report.notes, words.hidden_services(book), words.not_given_note(book)]))
rows = reports.count_rows(report)
if rows:
    show(figures("How much this release holds", rows))
heading("The rules")
show(figures("The rules of this release", reports.rule_rows(report)))
heading("Who read it first")
show(blocks.listed(reports.reading_lines(report)))
heading("Earlier releases")
show(blocks.listed(reports.history_lines(report)))
