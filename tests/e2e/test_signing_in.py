"""A hosted server, a sign-in service and a browser: who gets in, and what no longer opens anything afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import Server, serving
from tests.support.exports import SERVICES, load, write
from tests.support.sign_in_service import CLIENT, SignInService, sign_in_service

pytestmark = pytest.mark.e2e

COOKIE = "_streamlit_user"
STRANGER, TURNED_AWAY = "This page is for people who have been given access", "You are not signed in for this page"
OF_ELM, OF_OAK = "account-of-elm", "account-of-oak"
FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"


@dataclass
class Hosted:
    server: Server
    service: SignInService
    table: Path

    def let_in(self, *subs: str, more: str = "") -> None:
        """Write the role table again: these people, each a manager of their own file."""
        entries = "".join(
            f'[[person]]\niss = "{self.service.issuer}"\nsub = "{sub}"\nrole = "manager"\n'
            f'database = "{sub.removeprefix("account-of-")}.duckdb"\n{more}\n'
            for sub in subs
        )
        self.table.write_text(entries, encoding="utf-8")
        self.table.chmod(0o600)


@pytest.fixture(scope="module")
def hosted(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("hosted")
    files = folder / "files"
    for name in ("elm", "oak"):
        told = {"services": SERVICES, "falls": FALLS}
        named = {each: text.replace("elm", name).replace("Elm", name.title()) for each, text in told.items()}
        files.mkdir(exist_ok=True)
        load(write(folder / name, **named), files / f"{name}.duckdb")
    with sign_in_service() as service:
        secrets = folder / "secrets.toml"
        secrets.write_text(
            '[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            'cookie_secret = "q8Zt3Lw0Vb7Ns2Xc5Jk9Hd4Gf6Rp1MyT"\nclient_secret = "only for this test"\n'
            f'client_id = "{CLIENT}"\nserver_metadata_url = "{service.issuer}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        secrets.chmod(0o600)
        table = folder / "roles.toml"
        hosting = {"OUTCOMES_ROLES": str(table), "OUTCOMES_SECRETS": str(secrets), "OUTCOMES_FOLDER": str(files)}
        empty = Hosted(Server("", folder / "server.log"), service, table)
        empty.let_in()
        with serving(files / "oak.duckdb", folder, **hosting) as server:
            yield Hosted(server, service, table)


@contextmanager
def opened(browser: Browser, hosted: Hosted, *, cookie: str | None = None) -> Iterator[Page]:
    context = browser.new_context()
    if cookie is not None:
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": hosted.server.address}])
    page = context.new_page()
    page.goto(hosted.server.address)
    yield page
    context.close()


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in").click()


def cookie_of(page: Page) -> str:
    (found,) = [each["value"] for each in page.context.cookies() if each.get("name") == COOKIE]
    return str(found)


def test_a_manager_signs_in_and_sees_their_own_file_and_no_other(browser: Browser, hosted: Hosted) -> None:
    """Case 51, 54: the server was started on the other home's file; neither that nor the address counts."""
    hosted.service.sub = OF_ELM
    hosted.let_in(OF_ELM, OF_OAK)
    with opened(browser, hosted) as page:
        expect(page.get_by_text(STRANGER)).to_be_visible()
        expect(page).to_have_title("Sign in")
        expect(page.get_by_text("Elm House")).to_have_count(0)
        sign_in(page)
        expect(page.get_by_text("Elm House").first).to_be_visible()
        page.goto(f"{hosted.server.address}/?role=researcher&database=oak.duckdb&service=oak")
        expect(page.get_by_text("Elm House").first).to_be_visible()
        expect(page.get_by_text("Oak House")).to_have_count(0)


def test_whoever_is_taken_off_the_table_is_out_at_the_next_click(browser: Browser, hosted: Hosted) -> None:
    """Case 52: a revoked user, in a page that is already open."""
    hosted.service.sub = OF_ELM
    hosted.let_in(OF_ELM)
    with opened(browser, hosted) as page:
        sign_in(page)
        expect(page.get_by_text("Elm House").first).to_be_visible()
        hosted.let_in(OF_OAK)
        page.get_by_role("link", name="Trends").click()
        expect(page.get_by_text(TURNED_AWAY)).to_be_visible()
        expect(page.get_by_text("Elm House")).to_have_count(0)


def test_a_cookie_that_was_changed_is_no_cookie(browser: Browser, hosted: Hosted) -> None:
    """Case 53."""
    hosted.service.sub = OF_ELM
    hosted.let_in(OF_ELM)
    with opened(browser, hosted) as page:
        sign_in(page)
        expect(page.get_by_text("Elm House").first).to_be_visible()
        good = cookie_of(page)
    middle = len(good) // 2
    changed = good[:middle] + ("A" if good[middle] != "A" else "B") + good[middle + 1 :]
    with opened(browser, hosted, cookie=changed) as page:
        expect(page.get_by_text(STRANGER)).to_be_visible()
    with opened(browser, hosted, cookie=good) as page:
        expect(page.get_by_text("Elm House").first).to_be_visible()


def test_a_cookie_kept_from_before_signing_out_opens_nothing(browser: Browser, hosted: Hosted) -> None:
    """Case 52: Streamlit itself would take the replayed cookie for 30 days."""
    hosted.service.sub = OF_ELM
    hosted.let_in(OF_ELM)
    with opened(browser, hosted) as page:
        sign_in(page)
        expect(page.get_by_text("Elm House").first).to_be_visible()
        kept = cookie_of(page)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_text(STRANGER)).to_be_visible()
    with opened(browser, hosted, cookie=kept) as page:
        expect(page.get_by_text(TURNED_AWAY)).to_be_visible()
    moment = (datetime.now(UTC) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    hosted.let_in(OF_ELM, more=f"not_before = {moment}")
    with opened(browser, hosted, cookie=kept) as page:
        expect(page.get_by_text(TURNED_AWAY)).to_be_visible()
    log = hosted.server.log
    assert "Not let in: signed_out" in log
    assert "Not let in: before_revocation" in log
    assert not any(each in log for each in (OF_ELM, OF_OAK, "duckdb", kept[:20], "Traceback"))
