"""What stands in each part of the page “Safe and accountable” once it is opened.

open_part(part, found, service, time)     its sentence, how its outcomes stand, then its lists
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import access, page_data
from dashboard.blocks import accountable as blocks
from dashboard.blocks import pictures
from dashboard.blocks.common import figures
from dashboard.blocks.standing import standing_table
from dashboard.markup import paragraph
from dashboard.page_data import TimeShown
from dashboard.parts import link_to_change, show
from dashboard.views.accountable import lists
from dashboard.views.accountable.page import TITLES, Part, rows_of
from dashboard.views.accountable.plans import plan_told, understanding_rows, understanding_told
from data.model import Service
from metrics.accountable.promises import not_kept
from metrics.accountable.record import Accountable
from metrics.accountable.sections import (
    BALANCE,
    LEARNING,
    RISK,
    SAFEGUARDING,
    SECTIONS,
    SHAPING,
    STAYING,
    TOGETHER,
    Section,
)

Fill = Callable[[Accountable, Service, TimeShown], None]


def open_part(part: Part, found: Accountable, service: Service, time: TimeShown) -> None:
    """One part, opened."""
    show(blocks.section_sentence(part.sentence))
    section = next(each for each in SECTIONS if each.name == part.name)
    before, after = _FILLED.get(section.name, (None, None))
    if before is not None:
        before(found, service, time)
    _standing(section, service, time)
    if after is not None:
        after(found, service, time)


def _standing(section: Section, service: Service, time: TimeShown) -> None:
    found = access.standings(service.service_id, section.outcomes, time.period)
    show(standing_table(TITLES[section.name], rows_of(found, service.day_word), time.now, time.earlier))


def _not_kept(section: Section, found: Accountable, title: str, nothing: str) -> None:
    of_section = found.of(section)
    if not of_section:
        return
    open_or_late = not_kept(of_section)
    rows = lists.promise_rows(open_or_late[: lists.MOST_SHOWN])  # thousands are put into words for the file alone
    show(blocks.listed(title, rows, nothing, len(open_or_late)))
    if len(open_or_late) > lists.MOST_SHOWN:
        _download(lists.promises_csv(open_or_late), section.name)


def _download(made: Callable[[], bytes], name: str) -> None:
    st.download_button(
        "Download the whole list (CSV)",
        data=made,
        file_name=f"not-in-time-{name}.csv" if name != BALANCE.name else "harm-case-by-case.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"list_{name}",
    )


def _plans(found: Accountable, service: Service, _time: TimeShown) -> None:
    headlines = {each.intervention.intervention_id: each.headline for each in page_data.changes_of(service.service_id)}
    for number, plan in enumerate(found.plans):
        told = plan_told(plan, service.day_word)
        with st.container(border=True, key=f"plan_{number}"):
            show(blocks.plan(told))
            headline = headlines.get(plan.intervention.intervention_id)
            if headline is not None:
                link_to_change("See it before and after", plan.intervention, headline.outcome.code)
    if found.plans:
        show(blocks.list_title("The whole service"))


def _risk(found: Accountable, _service: Service, _time: TimeShown) -> None:
    show(
        paragraph(
            "Falls have no aim here: neither more nor fewer recorded falls is good or bad by itself. Read them beside "
            "freedom kept, and harm beside both.",
            kind="leo-muted",
        )
    )
    if not found.plans:
        _not_kept(RISK, found, "Reviews after a trigger that were not in time", "Every review was in time.")


def _safeguarding(found: Accountable, _service: Service, _time: TimeShown) -> None:
    told = understanding_told(found.understanding)
    if told:
        show(blocks.list_title("Do families understand more at the close than at the concern?"))
        show(paragraph(" ".join(told)))
        rows = understanding_rows(found.understanding)
        if rows:
            with st.expander("Each answer, at the concern and at the close", key="understanding"):
                show(figures("Families’ understanding from concern to close", rows))
    _not_kept(
        SAFEGUARDING, found, "Steps that were not in time, what is still open first", "Every step was done in time."
    )


def _staying(_found: Accountable, service: Service, _time: TimeShown) -> None:
    pictures.staying_part(service.service_id)


def _balance(found: Accountable, _service: Service, _time: TimeShown) -> None:
    harm = lists.harm_rows(found.harm)
    show(blocks.listed("Moderate harm or more, case by case", harm, "No fall or incident did moderate harm or more."))
    if len(harm) > lists.MOST_SHOWN:
        _download(lists.list_csv(harm), BALANCE.name)
    show(
        blocks.listed(
            "Injuries nobody could explain",
            lists.injury_rows(found.injuries, found.again),
            "No injury without an explanation is on record.",
        )
    )


def _learning(found: Accountable, _service: Service, _time: TimeShown) -> None:
    rows = lists.lesson_rows(found.lessons, found.shared)
    if rows:
        show(blocks.listed("Lessons, by where they came from", rows, ""))
    _not_kept(LEARNING, found, "Reviews and audits that were not in time", "Every review and audit was in time.")


def _together(found: Accountable, _service: Service, _time: TimeShown) -> None:
    rows = lists.by_source(found.suggestions, "Suggestions from", "Answered in time")
    if rows:
        show(blocks.listed("Suggestions, by where they came from", rows, ""))
    _not_kept(TOGETHER, found, "What was not in time, what is still open first", "Everything promised was in time.")


def _shaping(_found: Accountable, service: Service, _time: TimeShown) -> None:
    show(
        paragraph(
            "The six senses stand here for people themselves; what families and staff say of them is never added to it.",
            kind="leo-muted",
        )
    )
    st.page_link(
        "app_pages/own_words.py",
        label="Person, family and staff side by side: In people’s own words",
        query_params={"service": service.service_id},
    )


_FILLED: dict[str, tuple[Fill | None, Fill | None]] = {
    RISK.name: (_plans, _risk),
    SAFEGUARDING.name: (None, _safeguarding),
    STAYING.name: (None, _staying),
    BALANCE.name: (None, _balance),
    LEARNING.name: (None, _learning),
    TOGETHER.name: (None, _together),
    SHAPING.name: (None, _shaping),
}
"""For each part, what comes before its table of outcomes and what after."""
