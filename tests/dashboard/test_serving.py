"""``outcomes serve``: for one reader, on its own kind of file, for this computer's own pages alone."""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit import config

from dashboard import serving as serve
from data.guarded import DatabaseUnavailable
from data.pseudonyms import KeyFileError
from tests.support.browser import Server, serving
from tests.support.home import small_home
from tests.support.release_files import release_file

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    release_file(folder / "commissioner.duckdb", "commissioner")
    release_file(folder / "sample.duckdb", "researcher")
    return folder


@pytest.fixture(scope="module")
def server(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One real server for all that is asked of it below; no browser."""
    with serving(home, tmp_path_factory.mktemp("server"), "--host-name", "care.example") as server:
        yield server


# What is opened ----------------------------------------------------------------------------------------


def test_each_reader_is_served_its_own_kind_of_file(home: Path, release: Path) -> None:
    assert serve.file_to_serve(home, "manager") == home
    assert serve.file_to_serve(release, "commissioner") == release / "commissioner.duckdb"
    assert serve.file_to_serve(release / "sample.duckdb", "researcher") == release / "sample.duckdb"


def test_a_file_of_another_reader_is_refused_at_the_start_in_one_sentence(home: Path, release: Path) -> None:
    """Case 54."""
    for named, reader in (
        (home, "commissioner"),
        (home, "researcher"),
        (release / "commissioner.duckdb", "manager"),
        (release / "sample.duckdb", "manager"),
        (release / "sample.duckdb", "commissioner"),
        (release / "commissioner.duckdb", "researcher"),
    ):
        with pytest.raises(DatabaseUnavailable, match=r"^This file is .* so it is not opened\.$") as error:
            serve.file_to_serve(named, reader)  # type: ignore[arg-type]
        assert str(named) not in str(error.value)


def test_what_is_not_there_is_refused_but_the_managers_file_may_yet_be_made(tmp_path: Path) -> None:
    assert serve.file_to_serve(tmp_path / "new.duckdb", "manager") == tmp_path / "new.duckdb"
    with pytest.raises(DatabaseUnavailable, match="one file"):
        serve.file_to_serve(tmp_path, "manager")
    for reader in ("commissioner", "researcher"):
        with pytest.raises(DatabaseUnavailable, match="no database file"):
            serve.file_to_serve(tmp_path, reader)  # type: ignore[arg-type]


def test_a_damaged_managers_file_is_left_to_the_pages_to_explain(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"junk" * 4000)
    assert serve.file_to_serve(tmp_path / "damaged", "manager") == tmp_path / "damaged"


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_with_a_key_that_others_can_read_or_guess_it_does_not_start(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 59."""
    key = tmp_path / "pseudonyms.key"
    monkeypatch.setenv("OUTCOMES_KEY", str(key))
    serve.file_to_serve(home, "manager")  # none yet: the pages say that nothing can be saved
    for text, mode in (("ab" * 40, 0o600), ("", 0o600), (os.urandom(32).hex(), 0o644), (os.urandom(31).hex(), 0o600)):
        key.write_text(text)
        key.chmod(mode)
        with pytest.raises(KeyFileError):
            serve.file_to_serve(home, "manager")
        key.unlink()


# The limits --------------------------------------------------------------------------------------------


def test_the_command_line_says_what_the_file_of_settings_says() -> None:
    """Both must agree: the file is read when somebody starts Streamlit by hand."""
    import tomllib

    document = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, value in serve.OPTIONS.items():
        section, _, option = name.partition(".")
        kept = document.get(section, {}).get(option)
        if name == "browser.serverAddress":
            continue
        assert json.dumps(kept).strip('"') == value, name
    assert document["server"]["allowedHosts"] == list(serve.OWN_NAMES)


def test_every_option_is_one_that_streamlit_knows() -> None:
    known = set(config._config_options_template)
    assert set(serve.OPTIONS) | {"server.allowedHosts"} <= known


def test_names_of_a_proxy_are_added_and_the_own_names_stay() -> None:
    words = serve.arguments(8501, open_browser=False, host_names=("care.example",))
    assert [each.partition("=")[2] for each in words if each.startswith("--server.allowedHosts")] == [
        "localhost", "127.0.0.1", "care.example",
    ]  # fmt: skip


Ask = Callable[..., int]


def knock(server: Server, **headers: str) -> int:
    """The answer to somebody who wants to open the dashboard's connection under these headers."""
    address = urlsplit(server.address)
    asking = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    try:
        asking.putrequest("GET", "/_stcore/stream", skip_host=True)
        said = {
            "Host": f"127.0.0.1:{address.port}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Protocol": "streamlit",
        } | headers
        for name, value in said.items():
            asking.putheader(name, value)
        asking.endheaders()
        return asking.getresponse().status
    finally:
        asking.close()


def test_a_foreign_host_or_origin_opens_nothing(server: Server) -> None:
    """Case 58: 403 for both, also for a name that resolves to this computer; the own names are let in."""
    port = urlsplit(server.address).port
    assert knock(server) == 101
    assert knock(server, Host=f"localhost:{port}", Origin=f"http://localhost:{port}") == 101
    assert knock(server, Host="care.example", Origin="https://care.example") == 101
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", ""):
        assert knock(server, Host=host) == 403, host
    for origin in ("http://evil.example", f"http://evil.example:{port}", "null", "https://127.0.0.1.evil.example"):
        assert knock(server, Origin=origin) == 403, origin


def asked(server: Server, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    address = urlsplit(server.address)
    asking = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
    try:
        asking.request(method, path, body=body, headers=headers)
        answer = asking.getresponse()
        return answer.status, answer.read()
    finally:
        asking.close()


def test_a_file_sent_without_the_pages_token_is_refused(server: Server) -> None:
    """Case 39: what comes beside the page is not taken in at all."""
    status, _ = asked(server, "PUT", "/_stcore/upload_file/a/b", body=b"x" * 1000)
    assert status in (400, 403, 405)


def test_no_program_drives_the_pages_and_no_file_of_the_folder_is_served(server: Server) -> None:
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp"):
        status, body = asked(server, "POST", path, body=b"{}", **{"Content-Type": "application/json"})
        assert status >= 400, (path, body[:200])
        assert b"not_available" in body or status in (403, 404, 405), (path, body[:200])
    page = asked(server, "GET", "/")[1]
    for path in ("/app/static/config.toml", "/app.py", "/../serving.py", "/.streamlit/config.toml"):
        status, body = asked(server, "GET", path)
        assert status in (400, 403, 404) or body == page, path


def test_the_log_names_neither_the_file_nor_anybody(server: Server, home: Path) -> None:
    """Case 37: nothing of a path, and no traceback, after all that was asked above."""
    assert str(home.parent) not in server.log
    assert "Traceback" not in server.log


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_the_server_writes_for_this_user_alone(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> None:
    def started(**_: object) -> None:
        (tmp_path / "written while serving").write_text("x")

    monkeypatch.setenv("OUTCOMES_DB", str(shutil.copy(home, tmp_path / "db")))
    monkeypatch.setattr("streamlit.web.cli.main", started)
    monkeypatch.setattr("dashboard.logs.install", lambda *_: None)
    monkeypatch.setattr("dashboard.errors.install", lambda: None)
    monkeypatch.setattr("sys.argv", ["outcomes"])
    before = os.umask(0)
    try:
        serve.serve(8501, open_browser=False, tell=lambda _: None)
    finally:
        os.umask(before)
    assert (tmp_path / "written while serving").stat().st_mode & 0o077 == 0
