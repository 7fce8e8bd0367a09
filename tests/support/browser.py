"""A real server and a real browser for the tests marked ``e2e``."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
STARTS_WITHIN = 60.0


def chromium() -> str:
    """Where the browser is. Without one the test is skipped, and fails where the build runs (CI=true)."""
    named = os.environ.get("CHROMIUM")
    found = named if named and Path(named).is_file() else shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    why = "no Chromium found: install Debian's chromium, or set CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@dataclass
class Server:
    """The dashboard, started as a manager starts it."""

    address: str
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")


@contextmanager
def serving(database: Path, folder: Path, **environment_too: str) -> Iterator[Server]:
    """``outcomes serve`` on a free port, ended by its process id."""
    port = _free_port()
    log_file = folder / "server.log"
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "HOME": str(folder)} | environment_too
    environment.pop("OUTCOMES_DIR", None)
    command = [
        sys.executable,
        "-m",
        "dashboard.cli",
        "serve",
        "--db",
        str(database),
        "--port",
        str(port),
        "--no-browser",
    ]
    with log_file.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        server = Server(f"http://127.0.0.1:{port}", log_file)
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=15)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The server stopped by itself:\n{server.log}")
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server was not healthy within {STARTS_WITHIN:.0f} seconds:\n{server.log}")
