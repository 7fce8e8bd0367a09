"""In people's own words: what people, families and staff each say, never added together."""

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks import own_words as blocks
from dashboard.blocks import own_words_scales as scale_blocks
from dashboard.blocks.common import empty, figures
from dashboard.blocks.needs import needs_part
from dashboard.blocks.pictures import senses_part
from dashboard.markup import Html, paragraph
from dashboard.parts import choose_service, choose_time, heading, link_to_change, show
from dashboard.views.own_words import lines, scales
from dashboard.views.own_words import page as views
from dashboard.views.own_words import sides as both
from dashboard.views.own_words.needs import NEEDS
from metrics.own_words.lines import VOICES
from metrics.wording import verdict_line

access.require("manager")

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        time = choose_time(service)
    changes = page_data.changes_of(service.service_id)
    recorded = access.spans(service.service_id).get("feedback")
    options = both.options(changes, recorded)
    around = both.HALVES
    if recorded is not None and len(options) > 1:
        with st.container(width=420):
            around = choices.chosen_from_list("Before and after", options, name="around", first=both.HALVES)

sides = both.sides_of(around, changes, time.period, recorded)
found = access.own_words(service.service_id, time.period, sides)
standing = next(iter(access.standings(service.service_id, ("L9",), time.period)), None)

warned = views.warned(found.proxies, service)
if recorded is None:
    show(empty(*views.NOTHING))
else:
    if warned is not None and warned.wholly:
        show(blocks.warning(warned))
    show(blocks.head_card(views.head(found, standing, service, time.now, time.earlier)))
    if found.coverage.not_asked:
        with st.expander(f"Who was not asked ({len(found.coverage.not_asked)})", key="not_asked"):
            show(figures("People who were not asked in this time", views.not_asked_rows(found)))
    if warned is not None and not warned.wholly:
        show(blocks.warning(warned))

if found.anything:
    heading("What each voice says")
    show(paragraph(lines.NEVER_TOGETHER))
    names = both.words(sides)
    show(paragraph(both.line(sides), kind="leo-muted"))
    columns = [lines.column(found, voice, names) for voice in VOICES]
    show(blocks.voices(columns))
    if any(each.lines and not each.too_few for each in columns):
        show(paragraph(lines.HOW_TO_READ, kind="leo-muted"))

    heading("The six senses")
    show(paragraph(both.whole_record(sides), kind="leo-muted"))
    senses_part(service.service_id, sides.around)

    rows = lines.behalf_rows(found.on_behalf, names)
    if rows:
        heading(lines.ON_BEHALF)
        show(paragraph(lines.ABOUT_BEHALF, kind="leo-muted"))
        show(blocks.behalf_table([each for each in rows if each[1].has_figure], both.title(sides)))
        show(paragraph(few, kind="leo-muted") if (few := lines.behalf_too_few(rows)) else Html(""))
    if found.engaged.asked or found.sessions:
        heading("Noted by somebody who watched")
        show(blocks.engaged_card(*lines.engaged_words(found.engaged, names)))
        for sessions in found.sessions:
            show(paragraph(lines.session_words(sessions)))
            main = next((each for each in changes if each.intervention == sessions.intervention), None)
            if main is not None:
                link_to_change(sessions.intervention.title, sessions.intervention, main.headline.outcome.code)

    promised = both.promised(access.findings(service.service_id))
    if promised:
        heading(lines.PROMISED)
        for finding in promised:
            words = f"{finding.intervention.title}: {finding.outcome.name} – {verdict_line(finding)}"
            link_to_change(words, finding.intervention, finding.outcome.code)
elif recorded is not None:
    show(paragraph(views.NOT_IN_THIS_TIME))

heading("Ask somebody today")
show(paragraph(scale_blocks.ABOUT_CARDS))
with st.expander("Check-in cards to print, and tables to fill in", expanded=recorded is None, key="cards"):
    scale_blocks.checkin_downloads(service.service_id)
st.page_link(
    "app_pages/record.py",
    label="Write down here what somebody answered",
    query_params={"service": service.service_id, "write": "said"},
)

heading("Other questionnaires")
if found.scales:
    with st.expander(f"What was answered on them ({len(found.scales)})", key="scales"):
        rows_of_scales = [scales.scale_row(each, both.words(sides)) for each in found.scales]
        show(scale_blocks.scales_table(rows_of_scales, both.title(sides)))
else:
    show(paragraph("No total of any published instrument is on record here.", kind="leo-muted"))
with st.expander("All instruments whose scores may be stored", key="registry"):
    show(paragraph(scales.ABOUT_REGISTRY, kind="leo-muted"))
    show(scale_blocks.registry())

needs_part(service, NEEDS)
