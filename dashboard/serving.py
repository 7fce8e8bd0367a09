"""Start the Streamlit server in this process, on this computer only, with nothing sent anywhere.

In-process through Streamlit's own command: a child process would live on after Ctrl-C.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard.hosted.settings import may_start, server_options
from dashboard.roles import Role
from data.guarded import DatabaseUnavailable
from data.pseudonyms import check_key_file
from data.releases.kind import file_in, kind_of, refuse_other_kind

SCRIPT = Path(__file__).with_name("app.py")
HOST = "127.0.0.1"
OWN_NAMES = ("localhost", HOST)
"""The names under which a browser on this computer asks for the server; a page elsewhere that asks is refused."""
PORTS_TRIED = 50

OPTIONS = {
    "server.address": HOST,
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": "false",
    "server.showEmailPrompt": "false",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "50",  # MB a file
    "server.maxMessageSize": "50",  # MB from page to server
    "server.disconnectedSessionTTL": "60",  # seconds for which a visit that was cut off is kept
    "server.enableStaticServing": "false",
    "server.enableXsrfProtection": "true",
    "server.enableCORS": "true",
    "server.enableAgentApi": "false",  # lets a program drive the pages
    "server.trustedUserHeaders": "{}",  # else whoever sends the header is believed
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "logger.enableRich": "false",  # it would write the values around an error into the log
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


def arguments(port: int, *, open_browser: bool, host_names: Sequence[str] = ()) -> list[str]:
    """The command line of Streamlit's own command; ``host_names`` are names a proxy asks for the server by."""
    options = (
        OPTIONS
        | server_options(os.environ)
        | {"server.port": str(port), "server.headless": "false" if open_browser else "true"}
    )
    hosts = [f"--server.allowedHosts={name}" for name in (*OWN_NAMES, *host_names)]
    return ["streamlit", "run", str(SCRIPT), *(f"--{name}={value}" for name, value in options.items()), *hosts]


def file_to_serve(named: Path, reader: Role) -> Path:
    """The file a server for this reader opens, looked at before it starts.

    Raises DatabaseUnavailable for a file of another reader or, but for the manager, for none; and KeyFileError for a key
    that cannot be trusted. The manager's file may yet be made, and the pages say when it is damaged.
    """
    path = file_in(named, reader)
    if reader != "manager":
        refuse_other_kind(path, reader)
        return path
    check_key_file()
    if path.is_dir():
        raise DatabaseUnavailable("A folder was named where the manager’s database is one file. Name the file.")
    try:
        kind_of(path)
    except DatabaseUnavailable:
        return path
    refuse_other_kind(path, reader)
    return path


def serve(wanted_port: int, *, open_browser: bool, tell: Callable[[str], None], host_names: Sequence[str] = ()) -> None:
    """Run the dashboard until Ctrl-C. Raises NotServed, RoleTableError where signing in is set up in part."""
    from streamlit.web import cli

    from dashboard import errors, logs

    hosted = may_start(os.environ)
    os.umask(0o077)  # whatever is written from now on is for this user alone
    database = Path(os.environ.get("OUTCOMES_DB", ".")).resolve()
    logs.install(Path.home(), database.parent, database)
    errors.install()
    # a proxy sends a host to one port: on the next free one another reader's server might answer
    port = free_port(wanted_port) if hosted is None else wanted_port
    tell(f"The dashboard is at http://localhost:{port} (this computer only). Press Ctrl+C to stop.")
    sys.argv = arguments(port, open_browser=open_browser, host_names=host_names)
    cli.main(standalone_mode=False)
