"""The paper of printed documents: whole by itself, in British English, and harmless whatever a title says."""

from __future__ import annotations

import pytest

from dashboard.markup import paragraph
from dashboard.printing.paper import printed_page


def test_a_printed_page_is_whole_and_fetches_nothing() -> None:
    page = printed_page("How life feels", paragraph("One line."))
    assert page.startswith("<!doctype html>")
    assert '<html lang="en-GB">' in page
    assert page.count("<h1>") == 1 and "<title>How life feels</title>" in page
    assert "@page { size: A4;" in page and "@media print" in page
    assert "http" not in page and "<script" not in page and "src=" not in page


def test_a_title_with_markup_is_text() -> None:
    page = printed_page("<b>Tea & toast</b>", paragraph("<i>x</i>"))
    assert "<b>" not in page and "&lt;b&gt;Tea &amp; toast&lt;/b&gt;" in page and "<i>" not in page


def test_the_button_can_be_left_out() -> None:
    assert "<button" not in printed_page("Easy to read", paragraph("One."), print_button=False)


def test_an_own_style_sheet_follows_the_shared_one() -> None:
    page = printed_page("T", paragraph("One."), css=".mine { color: #0B0C0C; }")
    assert page.index("@page") < page.index(".mine {") < page.index("</style>")


@pytest.mark.parametrize("css", ["</style><script>", "a { background: URL(x) }", "@import 'x';"])
def test_a_style_sheet_that_fetches_or_ends_itself_is_refused(css: str) -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        printed_page("T", paragraph("One."), css=css)
