"""All services in a browser: from a cell to its chart, and the table by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_pages import watching
from tests.support.browser import Server

pytestmark = pytest.mark.e2e


def test_a_cell_leads_to_its_chart(browser: Browser, sample: Server) -> None:
    with watching(browser, sample) as watched:
        watched.open("services?view=matrix")
        cell = watched.page.get_by_role("link", name="Falls at Elm House", exact=False)
        cell.click()
        expect(watched.page.locator("[data-testid=stMain] h1")).to_have_text("Trends")
        expect(watched.page.get_by_text("Falls at Elm House", exact=False).first).to_be_attached()
        assert "service=elm-house" in watched.page.url
        assert "outcome=F1" in watched.page.url


def test_the_table_moves_sideways_by_keyboard_while_the_names_stay(browser: Browser, sample: Server) -> None:
    with watching(browser, sample) as watched:
        watched.open("services?view=matrix")
        box = watched.page.get_by_role("region", name="Services and outcomes", exact=False)
        name = box.locator("tbody th[scope=row]").first
        before = name.bounding_box()
        box.focus()
        for _ in range(12):
            watched.page.keyboard.press("ArrowRight")
        watched.page.wait_for_function("document.querySelector('.leo-matrix-box').scrollLeft > 50")
        after = name.bounding_box()
        assert before is not None and after is not None
        assert after["x"] == pytest.approx(before["x"], abs=1)
