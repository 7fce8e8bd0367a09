"""Download: every file of the release, with its licence."""

from functools import partial

import streamlit as st

from dashboard import access
from dashboard.markup import paragraph, tag
from dashboard.parts import heading, show
from dashboard.views.sample import account, files

access.require("researcher")

release = access.sample_release()
found = access.sample_files()
show(paragraph("Everything that belongs to this release. By taking a file you agree to its licence.", kind="leo-lead"))
show(paragraph(account.use_line(release.report)))
show(paragraph(account.ASSOCIATION))

heading("Files")
if not found:
    show(paragraph("The other files of the release are not beside its database. Ask for the whole folder again."))
for each in found:
    name, about = files.ABOUT[each.name]
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"file_{each.name.split('.')[0]}_{each.name.split('.')[1]}",
    ):
        with st.container(width=520):
            show(
                paragraph(
                    tag("b", name), " ", tag("span", f"{about} {files.size_said(each.size_bytes)}.", class_="leo-muted")
                )
            )
        st.download_button(
            f"Download {each.name}",
            data=partial(access.sample_file, each.name),
            file_name=each.name,
            mime=files.kind_of(each.name),
            key=f"get_{each.name}",
            on_click="ignore",
        )

if any(each.name == "LICENCE.txt" for each in found):
    heading("Licence")
    st.code(access.sample_file("LICENCE.txt").decode(), language=None, wrap_lines=True)
