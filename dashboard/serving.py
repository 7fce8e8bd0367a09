"""Start the Streamlit server in this process, on this computer only, with nothing sent anywhere.

In-process through Streamlit's own command: a child process would live on after Ctrl-C.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from dashboard.hosted.settings import may_start, server_options

SCRIPT = Path(__file__).with_name("app.py")
HOST = "127.0.0.1"
PORTS_TRIED = 50

OPTIONS = {
    "server.address": HOST,
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": "false",
    "server.showEmailPrompt": "false",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "50",
    "server.enableStaticServing": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
}


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one. Raises OSError when none of the next fifty is free."""
    for port in range(wanted, min(65536, wanted + PORTS_TRIED)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port from {wanted} on.")


def arguments(port: int, *, open_browser: bool) -> list[str]:
    """The command line of Streamlit's own command."""
    options = (
        OPTIONS
        | server_options(os.environ)
        | {"server.port": str(port), "server.headless": "false" if open_browser else "true"}
    )
    return ["streamlit", "run", str(SCRIPT), *(f"--{name}={value}" for name, value in options.items())]


def serve(wanted_port: int, *, open_browser: bool, tell: Callable[[str], None]) -> None:
    """Run the dashboard until Ctrl-C. Raises NotServed, RoleTableError where signing in is set up in part."""
    from streamlit.web import cli

    # a proxy sends a host to one port: on the next free one another reader's server might answer
    port = free_port(wanted_port) if may_start(os.environ) is None else wanted_port
    tell(f"The dashboard is at http://localhost:{port} (this computer only). Press Ctrl+C to stop.")
    sys.argv = arguments(port, open_browser=open_browser)
    cli.main(standalone_mode=False)
