"""The few steps that every page takes: header, service, and what to show when there is nothing to show."""

from __future__ import annotations

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks.common import empty
from dashboard.markup import Html, tag
from dashboard.safe import md_escape
from dashboard.views import say
from data.model import Intervention, Service

NO_DATA = "Nothing to show yet"
NO_SAVING = "Nothing can be saved here at the moment"


def show(markup: Html) -> None:
    """Put markup on the page; nothing where there is nothing to put."""
    if markup:
        st.html(markup)


def heading(words: str) -> None:
    """A section heading; the words may hold a service's own name."""
    st.header(md_escape(words), anchor=False)


def link_to_change(words: str, intervention: Intervention, outcome: str) -> None:
    """To the page of one change, without loading the dashboard anew. The address holds codes, no title and no person."""
    st.page_link(
        "app_pages/one_change.py",
        label=md_escape(words),
        query_params={
            "service": intervention.service_id,
            "change": intervention.intervention_id,
            "outcome": outcome,
        },
    )


def choose_service() -> Service:
    """The service whose record is shown. Stops with an empty state when the database knows none."""
    services = access.services()
    if not services:
        show(
            empty(
                NO_DATA,
                "The database is there, and no service has any record in it.",
                "Load your exports with: outcomes ingest FOLDER. Then open this page again.",
            )
        )
        st.stop()
    labels = {service.service_id: service.label for service in services}
    code = choices.chosen_from_list("Service", unique_labels(labels), name="service", first=access.most_tried())
    service = next(service for service in services if service.service_id == code)
    st.sidebar.html(tag("p", f"{service.label}: {say.place(service)}", class_="leo-role"))
    return service


def choose_time(service: Service) -> page_data.TimeShown:
    """How far back a page looks. Stops with an empty state when nothing dated is on record."""
    picked = choices.chosen_from_row(
        "Time back from the last record", page_data.PERIODS, name="time", first=page_data.USUAL_TIME
    )
    shown = page_data.time_shown(service.service_id, picked)
    if shown is None:
        show(
            empty(
                NO_DATA,
                f"No dated record has arrived for {service.label}.",
                "Load its incidents, falls, feedback or checks on the page Add data.",
            )
        )
        st.page_link("app_pages/add_data.py", label="Add data")
        st.stop()
    return shown


def unique_labels(labels: dict[str, str]) -> dict[str, str]:
    """Two services of the same name are told apart by their code."""
    names = list(labels.values())
    return {code: f"{name} ({code})" if names.count(name) > 1 else name for code, name in labels.items()}
