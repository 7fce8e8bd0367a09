"""Three readers as three users of one computer: the system itself keeps a commissioner out of a manager's file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.exports import SERVICES, load, write

ROOT = Path(__file__).parents[2]
NOBODY = 65534
AS_ANOTHER_USER = """
import json, os, sys
import dashboard.access.opened as pages                     # everything that is needed, while we may still read it
from data.schema import DatabaseUnavailable
from data.warehouse import open_facts
from pathlib import Path

os.setgroups([]); os.setgid({uid}); os.setuid({uid})
found = {{}}
for name, path in json.loads(sys.argv[1]).items():
    try:
        Path(path).open("rb").close()
        system = "opened"
    except PermissionError:
        system = "refused"
    try:
        with open_facts(Path(path)) as facts:
            ours = [service.label for service in facts.services()]
    except DatabaseUnavailable as error:
        ours = str(error)
    os.environ["OUTCOMES_DB"] = path
    try:
        page = pages.snapshot().version
    except pages.NoData as nothing:
        page = nothing.reason
    found[name] = [system, ours, page]
print(json.dumps(found))
"""

pytestmark = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can start a process as another user"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Two folders as the deployment guide makes them: root stands for the managers' user, nobody for the commissioners'."""
    exports = write(tmp_path_factory.mktemp("exports"), services=SERVICES)
    with tempfile.TemporaryDirectory() as shared:
        Path(shared).chmod(0o711)
        found = {}
        for name, owner in (("manager", 0), ("commissioner", NOBODY)):
            folder = Path(shared) / name
            folder.mkdir(mode=0o700)
            found[name] = folder / "own.duckdb"
            load(exports, found[name])
            try:
                for path in (folder, found[name]):
                    os.chown(path, owner, owner)
            except OSError:
                pytest.skip("this container knows no other user")
        in_the_open = Path(shared) / "in-the-open.duckdb"
        load(exports, in_the_open)
        yield found | {"in an open folder": in_the_open}


@pytest.fixture(scope="module")
def told(files: dict[str, Path]) -> dict[str, list[object]]:
    asked = json.dumps({name: str(path) for name, path in files.items()})
    done = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER_USER.format(uid=NOBODY), asked],
        cwd=ROOT, env=os.environ | {"HOME": str(files["commissioner"].parent)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ["manager", "in an open folder"])
def test_the_commissioners_process_cannot_open_the_managers_file(
    files: dict[str, Path], told: dict[str, list[object]], name: str
) -> None:
    """Case 54, 55: by the system, by our own door and by the page; and nobody is told where the file lies."""
    assert files[name].stat().st_mode & 0o777 == 0o600
    system, ours, page = told[name]
    assert system == "refused"
    assert "may not open the database" in str(ours)
    assert "may not open the database" in str(page)
    assert not any(word in f"{ours} {page}" for word in ("/", "duckdb", "Elm"))


def test_it_can_open_its_own(told: dict[str, list[object]]) -> None:
    """Case 55, the other way round."""
    assert told["commissioner"][:2] == ["opened", ["Elm House"]]
