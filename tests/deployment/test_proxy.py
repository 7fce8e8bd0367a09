"""The example proxy, really started on this computer in front of a stub, and looked at by the script for data controllers."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

EXAMPLES = Path(__file__).parents[2] / "docs" / "deployment"
HOST = "manager.outcomes.example"
SIGNED_IN = {"Cookie": "_oauth2_proxy=good"}
STARTS_WITHIN = 20.0
IDENTITY = (
    "Authorization", "Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Groups",
    "X-Auth-Request-User", "X-Auth-Request-Email", "X-Streamlit-User", "X-Forwarded-Preferred-Username",
)  # fmt: skip


class Stub(BaseHTTPRequestHandler):
    """The dashboard, which tells what it was sent, and the proxy's sign-in, which knows one cookie."""

    def do_GET(self) -> None:
        asked_whether_signed_in = self.path == "/oauth2/auth"
        good = "_oauth2_proxy=good" in self.headers.get("Cookie", "")
        self.send_response(200 if not asked_whether_signed_in else 202 if good else 401)
        body = json.dumps(dict(self.headers)).encode()
        self.send_header("Set-Cookie", "_streamlit_user=x; HttpOnly; Path=/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Proxy:
    port: int
    folder: Path
    certificate: Path

    def get(self, path: str, *, name: str = HOST, **headers: str) -> Answer:
        """What a browser that went to our host is answered; ``name`` is the Host it claims."""
        trust = ssl.create_default_context(cafile=str(self.certificate))
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as plain:
            wrapped = trust.wrap_socket(plain, server_hostname=HOST)
            connection = HTTPSConnection(HOST, self.port)
            connection.sock = wrapped
            sent = {each.replace("_", "-"): value for each, value in headers.items()}
            connection.request("GET", path, headers={"Host": f"{name}:{self.port}", **sent})
            answer = connection.getresponse()
            found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
            connection.close()
            return found


def nginx() -> str:
    """Where nginx is. Without it the test is skipped, and fails where the build runs (CI=true)."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found:
        return found
    why = "no nginx found: install Debian's nginx-light"
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


def certificate_for(folder: Path) -> tuple[Path, Path]:
    """A certificate for our host and its key, both in a folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "outcomes.pem", folder / "outcomes.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def installed(folder: Path, upstream: int, tls: int, plain: int) -> Path:
    """The example as it is, but for places and ports; the settings above it are what Debian's own file says."""

    def moved(name: str) -> str:
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        text = re.sub(r"127\.0\.0\.1:(8501|8502|8503|4180)", f"127.0.0.1:{upstream}", text)
        text = text.replace("listen 443", f"listen 127.0.0.1:{tls}").replace("listen 80", f"listen 127.0.0.1:{plain}")
        for place in ("/etc/outcomes/tls", "/etc/nginx", "/var/log/nginx"):
            text = text.replace(place, str(folder))
        return text

    (folder / "outcomes-site.conf").write_text(moved("nginx-site.conf"), encoding="utf-8")
    main = folder / "main.conf"
    places = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main.write_text(
        f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 1;\nevents {{}}\n"
        f"http {{\n{places}\n{moved('nginx.conf')}\n}}\n",
        encoding="utf-8",
    )
    return main


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    program, folder = nginx(), tmp_path_factory.mktemp("proxy")
    folder.chmod(0o755)
    certificate, _ = certificate_for(folder)
    stub = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=stub.serve_forever, daemon=True)
    thread.start()
    tls, plain = free_ports(2)
    main = installed(folder, stub.server_port, tls, plain)
    tested = subprocess.run([program, "-t", "-c", str(main)], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    process = subprocess.Popen(
        [program, "-c", str(main), "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(tls, process)
        yield Proxy(tls, folder, certificate)
    finally:
        process.terminate()
        process.wait(timeout=15)
        stub.shutdown()
        stub.server_close()
        thread.join(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not start")


@pytest.mark.parametrize("path", ["/media/x.csv", "/_stcore/health", "/_stcore/stream", "/static/a.js", "/media"])
def test_no_path_answers_without_signing_in(proxy: Proxy, path: str) -> None:
    """Case 57: a download's address, shared or found, opens nothing; with the sign-in it does."""
    assert proxy.get(path).status == 401
    assert proxy.get(path, Cookie="_oauth2_proxy=copied").status == 401
    assert proxy.get(path, **SIGNED_IN).status == 200


def test_a_page_sends_a_stranger_to_the_sign_in(proxy: Proxy) -> None:
    answer = proxy.get("/trends")
    assert (answer.status, answer.headers["location"]) == (302, f"https://{HOST}/oauth2/start?rd=/")


def test_every_answer_carries_the_headers_that_streamlit_does_not_send(proxy: Proxy) -> None:
    for answer in (proxy.get("/", **SIGNED_IN), proxy.get("/media/x.csv"), proxy.get("/")):
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        policy = answer.headers["content-security-policy"]
        assert "img-src 'self' data:;" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["server"] == "nginx"


def test_the_sign_in_cookie_only_travels_over_tls(proxy: Proxy) -> None:
    cookie = proxy.get("/", **SIGNED_IN).headers["set-cookie"].lower()
    assert "secure" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_headers_that_say_who_one_is_do_not_get_through(proxy: Proxy) -> None:
    """Case 51: neither a role nor a name from the browser reaches the dashboard."""
    claimed = {name.replace("-", "_"): "manager" for name in IDENTITY}
    arrived = json.loads(proxy.get("/", X_Forwarded_For="8.8.8.8", **claimed, **SIGNED_IN).body)
    assert not [name for name in IDENTITY if name in arrived]
    assert arrived["X-Forwarded-For"] == "127.0.0.1"
    assert arrived["Host"] == HOST


def test_a_foreign_host_or_origin_is_refused(proxy: Proxy) -> None:
    """Case 58."""
    assert proxy.get("/", name="elsewhere.example", **SIGNED_IN).status == 403
    assert proxy.get("/_stcore/stream", Origin="https://elsewhere.example", **SIGNED_IN).status == 403
    assert proxy.get("/_stcore/stream", Origin="null", **SIGNED_IN).status == 403
    assert proxy.get("/_stcore/stream", Origin=f"https://{HOST}:{proxy.port}", **SIGNED_IN).status == 200


def test_addresses_with_a_code_in_them_are_not_logged(proxy: Proxy) -> None:
    proxy.get("/one_person?person=QZ7KMTW2PXLRVD4A", **SIGNED_IN)
    until = time.monotonic() + 10
    log = proxy.folder / "outcomes.log"
    while "/one_person" not in log.read_text(encoding="utf-8") and time.monotonic() < until:
        time.sleep(0.05)
    assert "/one_person" in log.read_text(encoding="utf-8")
    assert "QZ7KMTW2" not in log.read_text(encoding="utf-8")
    assert "_oauth2_proxy" not in log.read_text(encoding="utf-8")


def test_the_script_for_data_controllers_finds_nothing_to_mend(proxy: Proxy) -> None:
    """Case 57, 58, on a live host: the same looks, from outside."""
    told = look(proxy, HOST)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "FAULT" not in told.stdout
    assert told.stdout.count("ok     ") > 20


def test_and_it_does_find_a_proxy_that_lets_everybody_in(proxy: Proxy) -> None:
    site = proxy.folder / "outcomes-site.conf"
    good = site.read_text(encoding="utf-8")
    weak = good.replace("auth_request /_signed_in;", "").replace("add_header X-Frame-Options", "# add_header")
    try:
        site.write_text(weak, encoding="utf-8")
        reload(proxy)
        told = look(proxy, HOST)
    finally:
        site.write_text(good, encoding="utf-8")
        reload(proxy)
    assert told.returncode == 1
    assert "FAULT  X-Frame-Options" in told.stdout
    assert "FAULT  /media/0123456789abcdef.csv without signing in" in told.stdout


def reload(proxy: Proxy) -> None:
    """Have nginx read its files again, and wait until the new workers answer: the old ones have ended."""
    before = workers(proxy)
    subprocess.run([nginx(), "-c", str(proxy.folder / "main.conf"), "-s", "reload"], check=True, capture_output=True)
    until = time.monotonic() + STARTS_WITHIN
    while workers(proxy) & before or not workers(proxy):
        assert time.monotonic() < until, "nginx did not read its files again"
        time.sleep(0.05)


def workers(proxy: Proxy) -> set[str]:
    master = (proxy.folder / "nginx.pid").read_text().strip()
    children = Path(f"/proc/{master}/task/{master}/children")
    return set(children.read_text().split())


def look(proxy: Proxy, host: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("curl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no curl found: install Debian's curl")
        pytest.skip("no curl found: install Debian's curl")
    curl = f"--cacert {proxy.certificate} --resolve {host}:{proxy.port}:127.0.0.1"
    return subprocess.run(
        ["bash", str(EXAMPLES / "check.sh"), f"https://{host}:{proxy.port}"],
        capture_output=True, text=True, timeout=180, check=False, env=os.environ | {"CHECK_CURL": curl},
    )  # fmt: skip
