"""When something goes wrong that nobody foresaw: the page says so with a number, the log has that number and the place.

Neither holds what the error says. Streamlit's own page for it is put aside while the server runs, for its log would hold
the whole text; ``client.showErrorDetails = "none"`` stands behind it, should Streamlit ever be built another way.
"""

from __future__ import annotations

import logging
import secrets
import threading

import streamlit as st
from streamlit import error_util
from streamlit.delta_generator_singletons import get_dg_singleton_instance

from dashboard.blocks.common import empty
from dashboard.logs import kind_and_place

WENT_WRONG = "Something went wrong on this page"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are mistaken for one another when they are read out."""
_last = threading.local()


def new_reference() -> str:
    """Six letters and digits by which a message on a page is found in the log."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def note(error: BaseException) -> str:
    """Write down what kind of error it was and where, under a new reference, which is returned."""
    reference = new_reference()
    logging.getLogger("outcomes.errors").error("Reference %s: %s", reference, kind_and_place(error))
    return reference


def install() -> None:
    """From now on an error on a page, in a part of one, or in what a button does is told this way."""
    error_util._log_uncaught_app_exception = _noted
    error_util.show_uncaught_app_exception = _shown


def _noted(ex: BaseException) -> None:
    _last.reference = note(ex)


def _shown(ex: BaseException) -> None:
    reference = getattr(_last, "reference", None) or note(ex)
    with get_dg_singleton_instance().main_dg:
        st.html(
            empty(
                WENT_WRONG,
                f"What you did last may not have been saved. The reference is {reference}.",
                "Open the page again. If it happens again, give this reference to whoever looks after this computer.",
            )
        )
