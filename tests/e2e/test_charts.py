"""Every chart where a reader meets it, wide and narrow: drawn, whole, no words cut off or on top of each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.e2e.test_pages import SIZES, chart_drawn, watching
from tests.support.browser import Server

pytestmark = pytest.mark.e2e

CLOCK, STAY, SENSES = "When in the day and in the week", "How long people stay", "The six senses, voice by voice"
ELSEWHERE = ("The same thing tried elsewhere", "The same as one picture, with its numbers")
PICTURE = "[data-testid=stPlotlyChart]"
CHARTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "u-chart-in-phases": ("trends?service=willow-bank&outcome=D2", (), PICTURE),
    "u-prime-chart": ("trends?service=birch-grove&outcome=F1", (), PICTURE),
    "p-chart-with-gaps-and-target": ("trends?service=ash-court&outcome=C3", (), PICTURE),
    "xmr-chart-of-scores": ("trends?service=elm-house&outcome=L4", (), PICTURE),
    "xmr-chart-by-the-week": ("trends?service=elm-house&outcome=D2&step=week&chart=xmr", (), PICTURE),
    "t-chart-of-rare-events": ("trends?service=elm-house&outcome=I9", (), PICTURE),
    "run-chart": ("trends?service=elm-house&outcome=F1&chart=run", (), PICTURE),
    "moving-range-chart": ("trends?service=elm-house&outcome=F1&chart=mr", (), PICTURE),
    "too-few-points": ("trends?service=elm-house&outcome=L1", (), PICTURE),
    "small-multiples": ("trends?service=elm-house&outcome=F1&split=harm", (), ".leo-multiples"),
    "hours-and-weekdays": ("trends?service=elm-house&outcome=F1", (CLOCK,), f"{PICTURE} >> nth=1"),
    "staying-put": ("trends?service=elm-house&outcome=I6", (STAY,), f"{PICTURE} >> nth=1"),
    "six-senses": ("trends?service=elm-house&outcome=L1", (SENSES,), f"{PICTURE} >> nth=1"),
    "before-and-after-of-all-outcomes": (
        "one_change?service=oak-lodge&change=oak-lodge-02", ("All outcomes of this change in one picture",),
        f"{PICTURE} >> nth=1",
    ),
    "funnel": ("services?view=funnel&setting=residential&outcome=F1", (), PICTURE),
    "services-side-by-side": ("services?view=trend&setting=residential&outcome=F1", (), ".leo-multiples"),
    "matrix": ("services?view=matrix", (), ".leo-matrix-box"),
    "before-and-after": ("one_change?service=elm-house&change=elm-house-01&outcome=D1", (), PICTURE),
    "forest": ("?service=willow-bank&period=all&same=environment-service-F1", ELSEWHERE, PICTURE),
}  # fmt: skip

WORDS_OUT_OF_THE_PICTURE = """(picture) => {
    const frame = picture.getBoundingClientRect();
    return [...picture.querySelectorAll('svg text')].filter(each => each.textContent.trim()).filter(each => {
        const box = each.getBoundingClientRect();
        const across = box.left < frame.left - 2 || box.right > frame.right + 2;
        return box.width && (across || box.top < frame.top - 2 || box.bottom > frame.bottom + 2);
    }).map(each => each.textContent);
}"""
WORDS_ON_WORDS = """(picture) => {
    const words = [...picture.querySelectorAll('svg text')].filter(each => each.textContent.trim());
    const boxes = words.map(each => [each.textContent, each.getBoundingClientRect()]).filter(pair => pair[1].width);
    const found = [];
    boxes.forEach((one, place) => boxes.slice(place + 1).forEach(other => {
        const wide = Math.min(one[1].right, other[1].right) - Math.max(one[1].left, other[1].left);
        const tall = Math.min(one[1].bottom, other[1].bottom) - Math.max(one[1].top, other[1].top);
        const least = Math.min(one[1].width * one[1].height, other[1].width * other[1].height);
        if (wide > 4 && tall > 4 && wide * tall > 0.2 * least) found.push(one[0] + ' / ' + other[0]);
    }));
    return found;
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_whole_and_its_words_can_be_read(
    browser: Browser, sample: Server, screenshots: Path, name: str, size: str
) -> None:
    path, labels, where = CHARTS[name]
    with watching(browser, sample, size) as watched:
        watched.open(path)
        for label in labels:
            watched.page.locator("summary", has_text=label).click()
            watched.settle()
        picture: Locator = watched.page.locator(where).first
        picture.wait_for()
        if PICTURE in where:
            chart_drawn(watched)
        watched.grow()
        picture.screenshot(path=screenshots / f"chart-{name}-{size}.png")
        assert picture.evaluate(WORDS_OUT_OF_THE_PICTURE) == []
        assert picture.evaluate(WORDS_ON_WORDS) == []
        watched.assert_clean()
