"""One cache, and nobody gets from it what was kept for somebody else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import access
from dashboard.access.caching import Denied, Key, cached
from data.releases.kind import release_id
from tests.support.exports import load, write
from tests.support.release_files import release_file

DASHBOARD = Path(__file__).parents[2] / "dashboard"
THE_ONE = DASHBOARD / "access" / "caching.py"
OF_STREAMLIT = {"cache_data", "cache_resource", "cache", "experimental_memo", "experimental_singleton", "memo"}
OF_FUNCTOOLS = {"cache", "lru_cache", "cached_property"}
WITHOUT_DATA = {
    "blocks/cells.py": {"variation_sign", "assurance_sign"},
    "charts/sketch.py": {"_looks"},
    "charts/printed/letters.py": {"letters"},
}
"""Signs, a template and the names of fonts: the same for everybody, whatever a database holds."""
FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(DASHBOARD.rglob("*.py")):
        if path != THE_ONE:
            yield path.relative_to(DASHBOARD).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_no_other_cache_is_used_in_the_dashboard() -> None:
    """Case 50: a cache of Streamlit's own, outside the one wrapper, is a fault wherever it stands."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in OF_STREAMLIT - {"cache"})
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit")
            and OF_STREAMLIT & {each.name for each in node.names})
    ]  # fmt: skip
    assert found == []


def test_what_python_itself_keeps_holds_nothing_of_a_database() -> None:
    """Case 50: the few caches of Python's own are named here, each with a reason."""
    found: dict[str, set[str]] = {}
    for name, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if word in OF_FUNCTOOLS:
                    found.setdefault(name, set()).add(node.name)
    assert found == WITHOUT_DATA
    calls = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and any(
            isinstance(part, ast.Name) and part.id in OF_FUNCTOOLS for part in ast.walk(node.value)
        )
    ]  # fmt: skip
    assert calls == []


def test_every_answer_that_is_kept_is_kept_under_its_key() -> None:
    """Case 50: the first parameter of every cached function is the key, by name and type."""
    seen = 0
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(each, ast.Call) and getattr(each.func, "id", "") == "cached" for each in node.decorator_list
            ):
                seen += 1
                first = node.args.args[0]
                assert (first.arg, ast.unparse(first.annotation or ast.Constant(None))) == ("key", "Key"), (
                    f"{name}: {node.name}"
                )
                assert name.startswith("access/"), f"{name} keeps answers; only access/ may"
    assert seen > 30


def test_a_function_without_the_key_in_front_is_refused() -> None:
    def by_service(service: str) -> str:
        return service

    with pytest.raises(TypeError, match="the key comes first"):
        cached(at_most=1)(by_service)  # type: ignore[arg-type]


@cached(at_most=5)
def _whose(key: Key, asked: str) -> str:
    return f"{key.role} asked for {asked}"


@cached(at_most=5)
def _read(key: Key) -> str:
    return release_id(Path(key.path))


def test_only_a_key_is_taken_for_a_key() -> None:
    with pytest.raises(TypeError, match="not a key"):
        _whose(("manager", "a", "b", "c"), "x")  # type: ignore[arg-type]


def test_one_readers_key_opens_nothing_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 50: what was kept for the manager is not given out in a commissioner's process, not even by its key."""
    key = Key("manager", "a", "1", "")
    assert _whose(key, "x") == "manager asked for x"
    for other in ("commissioner", "researcher"):
        monkeypatch.setenv("OUTCOMES_ROLE", other)
        with pytest.raises(Denied):
            _whose(key, "x")
        assert _whose(key._replace(role=other), "x") == f"{other} asked for x"


def test_three_readers_in_one_process_each_get_their_own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 50: first as manager, then as commissioner, then as researcher, then as manager again."""
    load(write(tmp_path / "exports", falls=FALLS), tmp_path / "m")
    release_file(tmp_path / "commissioner.duckdb", "commissioner", name="C-7")
    release_file(tmp_path / "sample.duckdb", "researcher", name="R-9")

    def serve(role: str, database: Path) -> None:
        monkeypatch.setenv("OUTCOMES_ROLE", role)
        monkeypatch.setenv("OUTCOMES_DB", str(database))

    serve("manager", tmp_path / "m")
    assert [each.service_id for each in access.services()] == ["elm"]
    kept = access.snapshot().key
    for role, name in (("commissioner", "C-7"), ("researcher", "R-9")):
        serve(role, tmp_path)
        assert _read(access.released_key()) == name
        for asked in (access.snapshot, access.services, access.files_loaded, access.any_data, access.shelf):
            with pytest.raises(Denied):
                asked()
        with pytest.raises(Denied):
            _whose(kept, "x")
    serve("manager", tmp_path / "m")
    assert [each.service_id for each in access.services()] == ["elm"]
    with pytest.raises(Denied):
        access.released_key()
