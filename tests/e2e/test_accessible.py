"""Every page against the rules of WCAG 2.2 AA that a machine can check (axe-core), with everything opened that opens.

What a machine cannot see (does the sentence make sense, is the order right, can it all be reached by keyboard) is
looked at by people.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.e2e.test_pages import SIZES, watching
from tests.support.browser import Server

pytestmark = pytest.mark.e2e

PAGES = {
    "what-changed": "",
    "one-change": "one_change",
    "one-change-of-a-home": "one_change?service=willow-bank&change=willow-bank-01&outcome=D2",
    "one-person": "one_person?service=elm-house&change=elm-house-01",
    "own-words": "own_words",
    "whose-views": "whose_views",
    "choice": "choice",
    "accountable": "accountable",
    "left-out": "left_out?service=willow-bank",
    "left-out-without-anything": "left_out?service=hazel-homecare",
    "trends": "trends?service=willow-bank&outcome=D2",
    "trends-taken-apart": "trends?service=elm-house&outcome=F1&split=harm",
    "all-services-matrix": "services?view=matrix",
    "all-services-funnel": "services?view=funnel",
    "all-services-trend": "services?view=trend",
    "record": "record",
    "add-data": "add_data",
    "trust": "trust",
    "method": "method",
}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
AT_REST = """() => !document.querySelector('[data-stale=true]')
    && document.getAnimations().every(each => each.playState !== 'running')"""
"""Streamlit fades in what is new: half-faded letters have half the contrast."""
KNOWN = {("presentation-role-conflict", "stFileUploaderDropzone")}
"""Streamlit's own, which a page cannot change: the place to drop files is focusable and says it is nothing."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_keeps_anybody_out(browser: Browser, sample: Server, name: str, size: str) -> None:
    with watching(browser, sample, size) as watched:
        watched.open(PAGES[name])
        for place in range(watched.page.locator("[data-testid=stExpander] > details > summary").count()):
            watched.page.locator("[data-testid=stExpander] > details > summary").nth(place).click()
            watched.settle()
        watched.page.wait_for_function(AT_REST)
        found: dict[str, Any] = Axe().run(watched.page, options=RULES).response
        new = [
            (rule["id"], node["html"][:200])
            for rule in found["violations"]
            for node in rule["nodes"]
            if not any(rule["id"] == known and where in node["html"] for known, where in KNOWN)
        ]
        assert new == []
        assert len(found["passes"]) > 10, "the check itself did not run"
