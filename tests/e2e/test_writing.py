"""Writing in a real browser: a change recorded and files added, seen on the other pages; with the keyboard as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, FileChooser, Page, TimeoutError, expect

from tests.e2e.test_pages import PATIENCE, Watched, chart_drawn, watching
from tests.support.browser import Server, serving
from tests.support.exports import KEY
from tests.support.home import small_home

pytestmark = pytest.mark.e2e
TABS = 80
"""More steps of the keyboard than any way through a form needs."""


@pytest.fixture
def home(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A home of one's own to write in, with the key its codes were made with."""
    key = tmp_path / "pseudonyms.key"
    key.write_text(KEY.hex() + "\n")
    key.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTCOMES_KEY", str(key))
        patch.setenv("OUTCOMES_PROFILES", str(tmp_path / "profiles"))
        with serving(small_home(tmp_path / "home"), tmp_path) as server:
            yield server
            assert "Traceback" not in server.log
            assert "P-1" not in server.log


def choose(watched: Watched, label: str, option: str) -> None:
    box = watched.page.get_by_role("combobox", name=label)
    box.evaluate("e => e.scrollIntoView({block: 'center'})")  # the list closes when the page scrolls under it
    box.click()
    watched.page.get_by_role("option", name=option).first.click()
    watched.settle()


def write_day(page: Page, label: str, day: date) -> None:
    """A day typed into the parts of its field, as a person types it."""
    page.get_by_role("group", name=re.compile(rf"^{label}")).get_by_role("spinbutton").first.focus()
    page.keyboard.type(f"{day:%d%m%Y}")


def press(watched: Watched, name: str) -> None:
    watched.page.get_by_role("button", name=name, exact=True).click()
    watched.settle()


def tab_to(page: Page, name: str) -> None:
    """On with the keyboard until the thing of that name has the focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(() => { const e = document.activeElement; if (['MAIN', 'BODY'].includes(e.tagName)) return '';"
            "const by = e.getAttribute('aria-labelledby');"
            "const label = e.getAttribute('aria-label') || (by && by.split(' ').map(id => "
            "document.getElementById(id)?.innerText || '').join(' ')) || (e.labels && e.labels[0]?.innerText) || e.innerText;"
            "return (label || '').trim(); })()"
        )
        if any(line.startswith(name) for line in found.splitlines()):
            page.evaluate("() => new Promise(requestAnimationFrame)")  # a key right after the focus is lost
            return
    raise AssertionError(f"The keyboard does not reach {name}.")


def test_a_change_is_recorded_and_seen_on_the_other_pages(browser: Browser, home: Server) -> None:
    with watching(browser, home) as watched:
        watched.open("record")
        page = watched.page
        page.get_by_text("One person", exact=True).click()
        watched.settle()
        page.get_by_role("textbox", name="… or the reference used in your records").fill("P-1")
        page.keyboard.press("Tab")
        watched.settle()
        expect(page.get_by_text("That reference is the person with the code")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("textbox", name="… or the reference used in your records")).to_have_value("")
        page.get_by_role("textbox", name="What was tried").fill("Radio on waking")
        choose(watched, "Kind of change", "Daily routine")
        write_day(page, "First day", date(2026, 3, 3))
        press(watched, "Save this change")
        expect(page.get_by_role("status").get_by_text("“Radio on waking” is written down.")).to_be_visible(
            timeout=PATIENCE
        )
        press(watched, "Say what would count as better")
        choose(watched, "What you will look at", "Mornings with distress")
        write_day(page, "Agreed on", date(2026, 3, 1))
        page.get_by_text("Agreed with", exact=True).click()
        expect(page.get_by_text("Agreed 2 days before the start: counts as agreed beforehand.")).to_be_visible(
            timeout=PATIENCE
        )
        press(watched, "Save what would count")
        page.get_by_role("link", name="See it").click()
        watched.settle()
        expect(page.locator("[data-testid=stMain] h1")).to_have_text("One change, before and after")
        chart_drawn(watched)
        expect(page.get_by_text("Agreed beforehand, on 1 March 2026")).to_be_visible()
        watched.assert_clean()
        page.get_by_role("link", name="What changed").click()
        watched.settle()
        expect(page.get_by_role("link", name="Radio on waking")).to_be_visible(timeout=PATIENCE)


def test_a_happening_is_written_down_with_the_keyboard_alone(browser: Browser, home: Server) -> None:
    with watching(browser, home) as watched:
        watched.open("record?write=happened")
        page = watched.page
        tab_to(page, "What happened")
        page.keyboard.type("building")
        page.keyboard.press("Enter")
        watched.settle()
        for _ in range(TABS):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('role')") == "spinbutton":
                break
        page.keyboard.type("12032026")
        tab_to(page, "In a few words")
        page.keyboard.type("New lift")
        page.keyboard.press("Tab")
        watched.settle()
        tab_to(page, "Save what happened")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").get_by_text("“New lift” is written down.")).to_be_visible(timeout=PATIENCE)
        watched.assert_clean()


def test_faults_stand_at_the_top_and_what_was_typed_stays(browser: Browser, home: Server) -> None:
    with watching(browser, home, "narrow") as watched:
        watched.open("record")
        page = watched.page
        page.get_by_role("textbox", name="What was tried").fill("Radio on waking")
        press(watched, "Save this change")
        expect(page.get_by_role("alert").get_by_text("2 things to put right; nothing is saved yet")).to_be_visible(
            timeout=PATIENCE
        )
        expect(page.get_by_role("textbox", name="What was tried")).to_have_value("Radio on waking")
        page.get_by_role("button", name="Open sidebar").or_(page.get_by_test_id("stExpandSidebarButton")).first.click()
        page.get_by_role("link", name="How we work it out").click()
        watched.settle()
        page.get_by_role("link", name="Record a change").click()
        watched.settle()
        expect(page.get_by_role("textbox", name="What was tried")).to_have_value("Radio on waking")
        watched.assert_clean()


def test_what_was_recorded_can_be_kept_as_a_file(browser: Browser, home: Server, tmp_path: Path) -> None:
    with watching(browser, home) as watched:
        watched.open("record")
        with watched.page.expect_download() as download:
            watched.page.get_by_role("button", name="Changes tried (CSV)").click()
        kept = tmp_path / "kept.csv"
        download.value.save_as(kept)
        assert re.search(
            r"^one,elm,code:[A-Z2-7]{16},Music before breakfast,", kept.read_text("utf-8-sig"), re.MULTILINE
        )
        watched.assert_clean()


# Adding data ------------------------------------------------------------------------------------------


def falls_log(first: date, days: int) -> bytes:
    """A home's own log: a title, a semicolon, cp1252, two columns for a moment, a word of its own, a bad day, totals."""
    harms = ["No harm", "Minor", "Moderate", "Skin tear – dressed"]
    rows = [
        f"{1000 + n};{first + timedelta(days=n):%d/%m/%Y};{8 + n % 12:02d}:{7 * n % 60:02d};P-{2 + n % 5};A Person;{harms[n % 4]};"
        f"{['Bedroom', 'Day room'][n % 2]};{'YN'[n % 2]}"
        for n in range(0, days, 5)
    ]
    rows.insert(3, "999;31/09/2026;14:00;P-3;A Person;Minor;Bedroom;Y")
    head = "Fall Ref;Date of Fall;Time of Fall;Resident ID;Resident Name;Severity;Where did it happen;Witnessed?"
    return "\r\n".join(
        ["Elm House – falls log;;;;;;;", "Printed by: Office;;;;;;;", head, *rows, f"Total;{len(rows)};;;;;;"]
    ).encode("cp1252")


def upload(watched: Watched, name: str, content: bytes) -> None:
    watched.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    expect(watched.page.get_by_text(re.compile(r"\d rows?, "))).to_be_visible(timeout=PATIENCE)
    watched.settle()


def sideways(page: Page) -> int:
    return int(
        page.evaluate(
            "Math.max(document.documentElement.scrollWidth - innerWidth, "
            "...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth))"
        )
    )


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_an_ugly_export_becomes_new_months_on_the_chart(
    browser: Browser, home: Server, screenshots: Path, tmp_path: Path, size: str
) -> None:
    with watching(browser, home, size) as watched:
        page = watched.page
        watched.open("")
        expect(page.get_by_role("img", name=re.compile(r"Falls, month by month, .* to May 2026"))).to_be_visible()
        watched.open("add_data")
        assert sideways(page) <= 0
        upload(watched, "Falls log.csv", falls_log(date(2026, 6, 29), 120))
        expect(page.get_by_text("Falls, 25 rows, 29 Jun 2026 to 22 Oct 2026")).to_be_visible()
        watched.keep(screenshots, f"add-data-1-{size}")
        press(watched, "Next: match columns")
        expect(page.get_by_text("“29/06/2026 08:00” is 29 Jun 2026, 08:00")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("Seen and never stored")).to_be_visible()
        assert page.get_by_text("A Person").count() == 0
        choose(watched, "“Skin tear – dressed” (6 rows)", "Low")
        assert sideways(page) <= 0
        watched.keep(screenshots, f"add-data-2-{size}")
        press(watched, "Next: check and save")
        expect(page.get_by_text("25 rows read = 24 will be added + 0 already there + 1 refused.")).to_be_visible(
            timeout=PATIENCE
        )
        expect(page.get_by_text("31/09/2026 14:00")).to_be_visible()
        assert sideways(page) <= 0
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the rows to correct").click()
        download.value.save_as(tmp_path / "fix.csv")
        assert "31/09/2026" in (tmp_path / "fix.csv").read_text("utf-8-sig")
        watched.keep(screenshots, f"add-data-3-{size}")
        press(watched, "Save")
        expect(page.get_by_role("status").get_by_text("24 rows are saved; 1 row was refused.")).to_be_visible(
            timeout=PATIENCE
        )
        expect(page.get_by_text("4 new months of falls on Elm House.")).to_be_visible()
        watched.keep(screenshots, f"add-data-4-{size}")
        page.get_by_role("link", name="See Elm House on “What changed”").click()
        expect(page.locator("[data-testid=stMain] h1")).to_have_text("What changed", timeout=PATIENCE)
        watched.settle()
        chart = page.get_by_role("img", name=re.compile(r"Falls, month by month, .* to September 2026"))
        expect(chart).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text(re.compile("falls to 22 Oct 2026"))).to_be_visible()
        watched.assert_clean()


def choose_by_keyboard(page: Page) -> FileChooser:
    """The computer's own window for choosing files, opened with Enter. A field drawn anew takes the focus away: again then."""
    for _ in range(3):
        tab_to(page, "Upload")
        try:
            with page.expect_file_chooser(timeout=10_000) as chooser:
                page.keyboard.press("Enter")
            return chooser.value
        except TimeoutError:
            page.evaluate("document.activeElement.blur()")
    raise AssertionError("Enter on Upload opens no window.")


def test_files_are_checked_and_saved_with_the_keyboard_alone_and_taken_back(browser: Browser, home: Server) -> None:
    with watching(browser, home) as watched:
        watched.open("add_data")
        page = watched.page
        choose_by_keyboard(page).set_files(
            {"name": "Falls log.csv", "mimeType": "text/csv", "buffer": falls_log(date(2026, 6, 29), 40)}
        )
        expect(page.get_by_text("Falls, 9 rows")).to_be_visible(timeout=PATIENCE)
        watched.settle()
        for name in ("Next: match columns", "Next: check and save", "Save"):
            expect(page.get_by_role("button", name=name, exact=True)).to_be_visible(timeout=PATIENCE)
            watched.settle()
            tab_to(page, name)
            page.keyboard.press("Enter")
        expect(page.get_by_role("status").get_by_text("6 rows are saved; 3 rows were refused.")).to_be_visible(
            timeout=PATIENCE
        )
        watched.settle()
        tab_to(page, "Take this load back")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").get_by_text("6 rows are gone again.")).to_be_visible(timeout=PATIENCE)
        watched.assert_clean()


def test_an_export_that_means_harm_calls_nobody_and_is_only_text(browser: Browser, home: Server) -> None:
    """Case 35: while a file is looked over, before anything is loaded."""
    evil = "![t](http://a.example/p.png) <img src=http://a.example/q.png> [l](http://a.example) :red[x]"
    text = f"Fall Ref,Date of Fall,Resident ID,Severity,{evil}\n" + "".join(
        f"{n},{n}/05/2026,P-{n},{evil if n % 2 else 'Minor'},{evil}\n" for n in range(13, 19)
    )
    with watching(browser, home) as watched:
        watched.open("add_data")
        upload(watched, "![t](http:a.example) falls.csv", text.encode())
        press(watched, "Next: match columns")
        expect(watched.page.get_by_text("http\u200b://a.example/p.png").first).to_be_attached()
        press(watched, "Next: check and save")
        expect(watched.page.get_by_text("6 rows read = 3 will be added")).to_be_visible(timeout=PATIENCE)
        watched.assert_clean()
        assert watched.page.locator("a[href*='a.example'], img[src*='a.example']").count() == 0


def test_an_upload_of_ten_gigabytes_is_refused_and_the_server_goes_on(browser: Browser, sample: Server) -> None:
    """Case 39: refused for what it says it is, before a byte of it is taken."""
    with watching(browser, sample) as watched:
        watched.open("add_data")
        with watched.page.expect_request(lambda request: "upload_file" in request.url) as small:
            upload(watched, "falls.csv", b"fall_id,person_id,service_id,occurred_at\nF1,P-1,elm,2026-05-13\n")
        address = urlparse(small.value.url)
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in watched.page.context.cookies())  # type: ignore[typeddict-item]
        token = small.value.headers.get("x-xsrftoken", "")
        connection = HTTPConnection("127.0.0.1", address.port or 80, timeout=30)
        try:
            connection.putrequest("PUT", address.path)
            for name, value in (
                ("Cookie", cookies),
                ("X-Xsrftoken", token),
                ("Content-Type", "multipart/form-data; boundary=x"),
                ("Content-Length", str(10 * 1024**3)),
            ):
                connection.putheader(name, value)
            connection.endheaders()
            assert connection.getresponse().status == 413
        finally:
            connection.close()
        watched.open("")
        watched.assert_clean()
