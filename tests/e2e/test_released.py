"""What a commissioner and a researcher get, in a browser: every page, wide and narrow, quiet, fitting and open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dashboard.printing.sample_report import pages
from data.releases.cube_file import NAME, write_cube
from data.releases.sample_file import write_sample
from tests.dashboard.test_explore_view import release as small_sample
from tests.e2e.test_accessible import AT_REST, RULES
from tests.e2e.test_pages import SIZES, watching
from tests.support.browser import Server, serving
from tests.support.cube import full_release

pytestmark = pytest.mark.e2e
LONGEST_NARROW = 6_000
"""Pixels of a telephone that anybody may be asked to scroll, before they open anything."""

COMMISSIONER = {
    "commissioner-all-services": ("", "All services"),
    "commissioner-changes-tried": ("changes_tried", "Changes tried"),
    "commissioner-who-is-left-out": ("who_is_left_out", "Who is left out"),
    "commissioner-download": ("download", "Download the quarter's table"),
}
RESEARCHER = {
    "researcher-explore": ("", "Explore"),
    "researcher-methods": ("methods", "Methods"),
    "researcher-download": ("download", "Download"),
}


@pytest.fixture(scope="module")
def commissioner(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("commissioner")
    write_cube(full_release(), folder / NAME)
    yield from _served(folder, folder, "commissioner")


@pytest.fixture(scope="module")
def researcher(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("researcher")
    ages, arms, falls = ("under 85", "85 or over"), ("a change", "no change recorded"), ("0", "1 or more", "withheld")
    rows = [
        (f"P{number:03d}", *row, "under 3" if number % 2 else "4 or 5")
        for number, row in enumerate(row for row in product(ages, arms, falls, falls) for _ in range(6))
    ]
    write_sample(folder / "given", small_sample(rows), pages, lambda report: None)
    yield from _served(folder / "given", folder, "researcher")


def _served(release: Path, folder: Path, role: str) -> Iterator[Server]:
    with serving(release, folder, "--role", role) as server:
        yield server
        assert "Traceback" not in server.log
        assert "Reference" not in server.log


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", COMMISSIONER)
def test_a_commissioners_page_is_quiet_fits_and_keeps_nobody_out(
    browser: Browser, commissioner: Server, screenshots: Path, name: str, size: str
) -> None:
    look(browser, commissioner, screenshots, name, *COMMISSIONER[name], size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", RESEARCHER)
def test_a_researchers_page_is_quiet_fits_and_keeps_nobody_out(
    browser: Browser, researcher: Server, screenshots: Path, name: str, size: str
) -> None:
    look(browser, researcher, screenshots, name, *RESEARCHER[name], size)


def test_on_a_telephone_a_service_opens_by_a_tap(browser: Browser, commissioner: Server) -> None:
    with watching(browser, commissioner, "narrow") as watched:
        watched.open("")
        service = watched.page.locator("details.leo-m-narrow", has_text="Fir Bank")
        expect(service.get_by_text("too few people to show", exact=True).first).to_be_hidden()
        service.locator("summary").click()
        expect(service.get_by_text("too few people to show", exact=True).first).to_be_visible()
        expect(watched.page.locator(".leo-matrix")).to_be_hidden()
        watched.assert_clean()


def look(
    browser: Browser, server: Server, screenshots: Path, name: str, path: str, title: str, size: str
) -> None:  # fmt: skip
    with watching(browser, server, size) as watched:
        watched.open(path)
        page = watched.page
        expect(page.locator("[data-testid=stMain] h1")).to_have_text(title)
        expect(page.get_by_text("Sample data, not a real home").first).to_be_visible()
        sideways, length = page.evaluate(
            """() => {
                const main = document.querySelector('[data-testid=stMain]')
                const over = Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth)
                return [over, main.scrollHeight]
            }"""
        )
        assert sideways <= 0
        assert size == "wide" or name == "researcher-methods" or length <= LONGEST_NARROW
        watched.keep(screenshots, f"{name}-{size}")
        page.evaluate("document.querySelectorAll('[data-testid=stHtml] details').forEach(each => { each.open = true })")
        page.wait_for_function(AT_REST)
        found: dict[str, Any] = Axe().run(page, options=RULES).response
        assert [(rule["id"], node["html"][:200]) for rule in found["violations"] for node in rule["nodes"]] == []
        assert len(found["passes"]) > 10, "the check itself did not run"
        watched.assert_clean()
