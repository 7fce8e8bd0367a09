"""The account of a release to commissioners as one page to read or print: what was hidden, why, and what was checked.

It says what the page "Download the quarter's table" says, in the same words: both take them from ``views.released.report``.
"""

from __future__ import annotations

from dashboard.blocks.common import SAMPLE
from dashboard.markup import Column, bullets, join, paragraph, table, tag
from dashboard.printing.paper import printed_page
from dashboard.views.released import report as say
from data.releases.model import CommissionerRelease
from metrics.words import day

TITLE = "What this release shows, and what it hides"
CSS = """
.leo-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tbody th { font-weight: 400; }
.leo-number { text-align: right; }
""".strip()


def release_report(release: CommissionerRelease) -> str:
    """The whole page, as text."""
    report = release.report
    reasons = say.hidden_rows(report)
    rules = [(row["Rule"], row["Set to"]) for row in say.rule_rows(report)]
    told = [
        paragraph(SAMPLE) if report.synthetic else "",
        paragraph(f"Release {report.release_id}, made on {day(report.made_on)}. {say.head_sentence(report)}"),
        paragraph(say.PLAINLY),
        tag("h2", "Why figures are hidden"),
        table("Why figures are hidden", (Column("Reason", 4), Column("Figures", 1, number=True)), reasons),
        paragraph(say.proof_line(report)),
        *(paragraph(note) for note in report.notes),
        tag("h2", "The rules"),
        table("The rules", (Column("Rule", 4), Column("Set to", 1, number=True)), rules),
        tag("h2", "Services without a row"),
        paragraph(say.not_shown_line(release)),
        tag("h2", "Who read it first"),
        bullets(say.reading_lines(report)),
        tag("h2", "Earlier releases"),
        bullets(say.history_lines(report)),
    ]  # fmt: skip
    return printed_page(TITLE, join(told), css=CSS)
