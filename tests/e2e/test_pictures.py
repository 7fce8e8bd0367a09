"""The pictures behind their expanders, in a browser: they open, fit a telephone, and call nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_pages import PATIENCE, SIZES, chart_drawn, watching
from tests.support.browser import Server

pytestmark = pytest.mark.e2e
OPENS = {
    "all-outcomes": (
        "one_change?service=oak-lodge&change=oak-lodge-02",
        ("All outcomes of this change in one picture",),
        "outcomes in 100:",
    ),
    "staying": (
        "one_change?service=maple-gardens&change=maple-gardens-03&outcome=I6",
        ("How long people stay, before and after",),
        "Still here after",
    ),
    "elsewhere": (
        "?service=willow-bank&period=all&same=environment-service-F1",
        ("The same thing tried elsewhere", "The same as one picture, with its numbers"),
        "have a range to show",
    ),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", OPENS)
def test_a_picture_opens_and_fits(browser: Browser, sample: Server, screenshots: Path, name: str, size: str) -> None:
    path, labels, said = OPENS[name]
    with watching(browser, sample, size) as watched:
        watched.open(path)
        page = watched.page
        for label in labels:
            page.locator("summary", has_text=label).click()
            watched.settle()
        expect(page.get_by_text(said).first).to_be_visible(timeout=PATIENCE)
        chart_drawn(watched)
        sideways = page.evaluate(
            "Math.max(document.documentElement.scrollWidth - innerWidth, "
            "...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth))"
        )
        assert sideways <= 0
        watched.keep(screenshots, f"{name}-{size}")
        watched.assert_clean()
