"""The real thing in a real browser: every page, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.errors import WENT_WRONG
from tests.support.browser import Server

pytestmark = pytest.mark.e2e

DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 60_000
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
PAGES = {
    "what-changed": ("", "What changed"),
    "one-change": ("one_change", "One change, before and after"),
    "one-person": ("one_person?service=elm-house&change=elm-house-01", "One person"),
    "own-words": ("own_words", "In people's own words"),
    "whose-views": ("whose_views", "Whose views"),
    "choice": ("choice", "Choice"),
    "accountable": ("accountable", "Safe and accountable"),
    "left-out": ("left_out?service=willow-bank", "Who is left out"),
    "services": ("services", "All services"),
    "trends": ("trends?service=willow-bank&outcome=D2", "Trends"),
    "record": ("record", "Record a change"),
    "add-data": ("add_data", "Add data"),
    "trust": ("trust", "Can I trust the data?"),
    "method": ("method", "How we work it out"),
}
BASE_PATH_PROBE = re.compile(r"/_stcore/(health|host-config)$")
"""Opened on a page's own address, Streamlit first looks for its server beside that page and is told 404."""


class Watched:
    """A page, with everything that should not happen written down."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        self.abroad: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("websocket", self._request)
        page.on("console", lambda said: self._said(said.type, said.text, said.location.get("url", "")))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request) -> None:  # type: ignore[no-untyped-def]
        address = urlparse(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.abroad.append(request.url)

    def _said(self, kind: str, text: str, address: str) -> None:
        if kind == "error" and not BASE_PATH_PROBE.search(urlparse(address).path):
            self.errors.append(f"{text} {address}")

    def open(self, path: str) -> None:
        self.page.goto(f"{self.server.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Until the script has run and the page it belongs to has a title."""
        expect(self.page.locator("[data-testid=stMain] h1")).to_be_visible(timeout=PATIENCE)
        self.page.wait_for_selector(DONE, timeout=PATIENCE)
        expect(self.page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE)

    def assert_clean(self) -> None:
        """No error on the page, and nothing was asked of anybody but our own server (case 63)."""
        expect(self.page.get_by_text(WENT_WRONG)).to_have_count(0)
        assert self.page.locator("[data-testid=stException]").count() == 0
        assert self.abroad == []
        assert self.errors == []

    def grow(self) -> None:
        """Streamlit scrolls inside, so the window grows to the length of the page."""
        size = self.page.viewport_size
        assert size is not None
        length = self.page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": min(9000, int(length) + 60)})
        self.page.wait_for_selector(DONE, timeout=PATIENCE)

    def keep(self, folder: Path, name: str) -> None:
        """The whole page as a picture."""
        size = self.page.viewport_size
        assert size is not None
        self.grow()
        self.page.screenshot(path=folder / f"{name}.png")
        self.page.set_viewport_size(size)


@contextmanager
def watching(browser: Browser, server: Server, size: str = "wide") -> Iterator[Watched]:
    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce", accept_downloads=True)  # type: ignore[arg-type]
    try:
        yield Watched(context.new_page(), server)
    finally:
        context.close()


def chart_drawn(watched: Watched) -> None:
    expect(watched.page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_clean_and_fits(
    browser: Browser, sample: Server, screenshots: Path, name: str, size: str
) -> None:
    path, title = PAGES[name]
    with watching(browser, sample, size) as watched:
        watched.open(path)
        page = watched.page
        expect(page.locator("[data-testid=stMain] h1")).to_have_text(title)
        expect(page).to_have_title(title)
        expect(page.get_by_text("Sample data, not a real home")).to_be_visible()
        if name == "one-change":
            chart_drawn(watched)
        sideways = page.evaluate(
            "Math.max(document.documentElement.scrollWidth - innerWidth, "
            "...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth))"
        )
        assert sideways <= 0
        watched.keep(screenshots, f"{name}-{size}")
        watched.assert_clean()


def test_a_title_leads_to_its_change_and_the_address_can_be_sent_on(browser: Browser, sample: Server) -> None:
    with watching(browser, sample) as watched:
        watched.open("?service=elm-house&period=24")
        page = watched.page
        page.get_by_role("link", name="Tea before washing").click()
        page.wait_for_url(re.compile("one_change"))
        watched.settle()
        chart_drawn(watched)
        asked = parse_qs(urlparse(page.url).query)
        assert asked["service"] == ["elm-house"]
        assert asked["change"] == ["elm-house-01"]
        address = page.url
        verdict = page.locator(".leo-answer h2").inner_text()
        watched.assert_clean()
    with watching(browser, sample) as again:
        again.page.goto(address)
        again.settle()
        assert again.page.locator(".leo-answer h2").inner_text() == verdict


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_record_opens_with_what_would_have_been(
    browser: Browser, sample: Server, screenshots: Path, size: str
) -> None:
    with watching(browser, sample, size) as watched:
        watched.open("one_change?service=ash-court&change=ash-court-01&outcome=D2")
        page = watched.page
        chart_drawn(watched)
        assert page.locator(".js-plotly-plot").count() == 1
        page.get_by_text("Month by month, with what would have been").click()
        expect(page.get_by_text("If the earlier pattern had simply continued")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".js-plotly-plot .main-svg").nth(1)).to_be_visible(timeout=PATIENCE)
        watched.settle()
        watched.keep(screenshots, f"over-time-{size}")
        watched.assert_clean()


def test_choosing_another_service_changes_page_and_address(browser: Browser, sample: Server) -> None:
    with watching(browser, sample) as watched:
        watched.open("")
        page = watched.page
        page.get_by_role("combobox", name="Service").click()
        page.get_by_role("option", name="Oak Lodge").click()
        page.wait_for_url(re.compile("service=oak-lodge"))
        watched.settle()
        page.get_by_role("link", name="Can I trust the data?").click()
        expect(page.locator("[data-testid=stMain] h1")).to_have_text("Can I trust the data?")
        watched.settle()
        expect(page.get_by_role("heading", name="What has arrived for Oak Lodge")).to_be_visible()
        watched.assert_clean()


def test_all_services_can_be_seen_at_a_glance(browser: Browser, sample: Server) -> None:
    with watching(browser, sample) as watched:
        watched.open("trust")
        watched.page.get_by_text("All services at a glance").click()
        table = watched.page.get_by_role("table", name="How far each service's records reach")
        expect(table).to_be_visible(timeout=PATIENCE)
        assert table.get_by_role("row").count() == 13
        watched.assert_clean()


def test_the_chart_has_its_sentence_and_the_numbers_can_be_kept(
    browser: Browser, sample: Server, tmp_path: Path
) -> None:
    with watching(browser, sample) as watched:
        watched.open("one_change?service=elm-house&change=elm-house-01")
        page = watched.page
        chart_drawn(watched)
        sentence = page.locator(".leo-sentence").inner_text()
        expect(page.get_by_role("figure", name=sentence)).to_be_visible()
        page.get_by_text("The numbers", exact=True).click()
        expect(page.get_by_role("columnheader", name="Counted as")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download these numbers (CSV)").click()
        kept = tmp_path / "numbers.csv"
        download.value.save_as(kept)
        assert kept.read_text(encoding="utf-8-sig").startswith('"change","outcome"')
        watched.assert_clean()


def test_the_keyboard_reaches_the_links_and_shows_where_it_is(browser: Browser, sample: Server) -> None:
    with watching(browser, sample) as watched:
        watched.open("?service=elm-house&period=24")
        link = watched.page.get_by_role("link", name="Tea before washing")
        link.focus()
        watched.page.keyboard.press("Shift+Tab")
        watched.page.keyboard.press("Tab")
        assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        assert link.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"


@pytest.mark.parametrize("path", [path for path, _ in PAGES.values()])
def test_a_file_that_means_harm_calls_nobody_and_is_only_text(browser: Browser, hostile: Server, path: str) -> None:
    """Case 35: in a browser, page by page."""
    with watching(browser, hostile) as watched:
        watched.open(path)
        if path == "one_change":
            chart_drawn(watched)
        watched.assert_clean()
        page = watched.page
        assert page.locator("a[href*='a.example'], img[src*='a.example']").count() == 0
        if path not in ("method", "add_data"):
            expect(page.get_by_text("http://a.example/p.png").first).to_be_attached()
