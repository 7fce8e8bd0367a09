"""Looks that can be checked: contrast, the style sheet, the options of the server."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from streamlit import config

from dashboard.serving import OPTIONS
from dashboard.theme import INK, MARKS, MUTED, PURPLE, STYLE_SHEET, template

CONFIG = Path(STYLE_SHEET).parent / ".streamlit" / "config.toml"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str = "#FFFFFF") -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [INK, MUTED, PURPLE, *(mark.colour for mark in MARKS.values())])
def test_every_text_colour_reads_on_white_and_on_the_side_bar(colour: str) -> None:
    assert contrast(colour) >= 4.5
    assert contrast(colour, "#F5F7F9") >= 4.5


def test_no_verdict_is_red_or_green() -> None:
    for mark in MARKS.values():
        red, green, blue = (int(mark.colour[at : at + 2], 16) for at in (1, 3, 5))
        assert not (red > 150 and green < 60 and blue < 60)
        assert not (green > red + 40 and green > blue + 40)


def test_the_style_sheet_uses_the_verdicts_own_colours() -> None:
    sheet = STYLE_SHEET.read_text(encoding="utf-8")
    for mark in MARKS.values():
        assert f".leo-{mark.name} {{ color: {mark.colour}; }}" in sheet
    assert ":focus-visible" in sheet
    assert "@media print" in sheet
    assert "prefers-reduced-motion" in sheet
    assert "http" not in sheet
    assert not re.search(r"url\(|@import", sheet)


def test_the_template_draws_no_legend_and_moves_nothing() -> None:
    layout = template().layout
    assert layout.showlegend is False
    assert layout.transition.duration == 0


def options() -> dict[str, object]:
    found: dict[str, object] = {}

    def flatten(table: dict[str, object], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                flatten(value, f"{prefix}{key}.")
            else:
                found[f"{prefix}{key}"] = value

    flatten(tomllib.loads(CONFIG.read_text(encoding="utf-8")), "")
    return found


def test_every_option_of_the_config_file_exists() -> None:
    known = set(config.get_config_options())
    assert set(options()) <= known


def test_nothing_listens_to_the_network_and_nothing_is_sent() -> None:
    found = options()
    assert found["server.address"] == "127.0.0.1"
    assert found["browser.gatherUsageStats"] is False
    assert found["client.showErrorDetails"] == "none"
    assert found["client.toolbarMode"] == "viewer"
    assert found["client.disableDataExport"] is True
    assert found["server.fileWatcherType"] == "none"


def test_the_command_line_and_the_config_file_agree() -> None:
    found = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in options().items()}
    shared = set(found) & set(OPTIONS)
    assert {key: found[key] for key in shared} == {key: OPTIONS[key] for key in shared}
