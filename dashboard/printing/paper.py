"""The paper every printed document stands on: A4, large type, one heading, nothing that has to be fetched.

    printed_page(title, body, css="", print_button=True)      a whole HTML document, as text

The body is markup made by ``dashboard.markup``, so text from files is already harmless in it.
"""

from __future__ import annotations

import html

from dashboard.markup import Html

PAPER_CSS = """
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body {
  margin: 0 auto; padding: 1.5rem; max-width: 190mm; background: #FFFFFF; color: #0B0C0C;
  font-family: Arial, "Liberation Sans", "DejaVu Sans", sans-serif; font-size: 20px; line-height: 1.45;
}
h1 { font-size: 1.7em; line-height: 1.2; margin: 0 0 0.4em; }
h2 { font-size: 1.25em; line-height: 1.3; margin: 1.2em 0 0.4em; break-after: avoid; }
h3 { font-size: 1.05em; margin: 1em 0 0.3em; break-after: avoid; }
p, ul, ol { margin: 0 0 0.7em; max-width: 40em; }
li { margin: 0 0 0.3em; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 700; padding-bottom: 0.3em; }
th, td { text-align: left; vertical-align: top; padding: 0.4em 0.6em 0.4em 0; border-bottom: 1px solid #8A96A0; }
thead { display: table-header-group; }
tr, .keep { break-inside: avoid; }
.small { font-size: 16px; color: #3A444C; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.write-here { border: 1.5px solid #0B0C0C; border-radius: 6px; min-height: 3em; }
.new-page { break-before: page; }
.print-button {
  font: inherit; padding: 0.4em 1em; margin: 0 0 1em; border: 2px solid #0B0C0C; border-radius: 6px; background: #FFFFFF;
  color: #0B0C0C; cursor: pointer;
}
.print-button:focus-visible { outline: 3px solid #FFB81C; outline-offset: 2px; box-shadow: 0 0 0 6px #0B0C0C; }
@media print {
  body { padding: 0; max-width: none; }
  .print-button { display: none; }
}
""".strip()
"""Letters of 20 px are 15 points on paper. Rules that every document shares; each adds its own after them."""


def printed_page(title: str, body: Html, *, css: str = "", print_button: bool = True) -> str:
    """A whole document. ``title`` is its name in the browser and its one h1; ``body`` follows under the heading.

    ``css`` is the document's own style sheet, put after the shared one. Raises ValueError for a style sheet that would
    end the style element or fetch something.
    """
    lowered = css.lower()
    if "</" in css or "url(" in lowered or "@import" in lowered:
        raise ValueError("A printed page fetches nothing, and its style sheet holds no markup.")
    name = html.escape(" ".join(title.split()))
    button = '<button class="print-button" type="button" onclick="print()">Print this</button>' if print_button else ""
    own = f"\n{css.strip()}" if css.strip() else ""
    return (
        "<!doctype html>\n"
        '<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>\n{PAPER_CSS}{own}\n</style>\n</head>\n"
        f"<body>\n{button}\n<main>\n<h1>{name}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
