"""The readable report of a researcher's release, and its licence: each one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.blocks.common import SAMPLE
from dashboard.blocks.sample import account
from dashboard.markup import join, paragraph, tag
from dashboard.printing.paper import printed_page
from data.releases.sample_file import LICENCE, REPORT_HTML
from data.releases.sample_model import SampleRelease

TITLE = "Disclosure report of a release for researchers"
CSS = """
body { font-size: 17px; }
.leo-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.leo-muted { color: #3A444C; }
.leo-lead { font-size: 1.15em; }
.leo-table { table-layout: fixed; margin-bottom: 1em; overflow-wrap: anywhere; }
@media screen and (max-width: 640px) {
  .leo-table, .leo-table tbody, .leo-table tr, .leo-table th, .leo-table td { display: block; width: auto; }
  .leo-table thead, .leo-table colgroup { display: none; }
  .leo-table td::before { content: attr(data-heading); display: block; color: #3A444C; }
}
"""

LICENCE_TEXT = """\
TERMS OF USE OF THIS RELEASE

A template. It binds nobody until the data controller of the services has
read it, changed what needs changing and signed it off, with the licence for
the data that the controller chooses.

Release: {release_id}
Made on {made_on} by Lived Experience Outcomes {version}.
{synthetic}
You may use these files for research into how support for people living with
dementia can be made better, if you

1. make no attempt to find out who anybody is, or which service they were
   supported by;
2. do not link the rows to any other data about persons, nor to another
   release;
3. tell whoever gave you the release at once, and nobody else, if you believe
   that somebody could be recognised;
4. {passing_on}
5. keep to these rules in what you publish: no count of fewer than {k} people,
   no row on its own, and nothing from which either could be worked out;
6. say where figures come from: the name of this release, its day and its
   version, and that it shows association, not cause;
7. delete the files when your work is done, and say so.

Words about people matter. Please write of people living with dementia with
the respect you would want for your own family.

Data controller:      ______________________
Licence for the data: ______________________
Signed off on:        ______________________
"""
PASSING_ON = "do not pass the files on: others ask for the release themselves;"
PASSING_ON_OPEN = "pass the files on only together, with these terms;"


def sample_report(release: SampleRelease) -> str:
    """The report as a whole document."""
    parts = [tag("section", tag("h2", section.title), *section.parts) for section in account(release)]
    badge = paragraph(SAMPLE, kind="leo-muted") if release.report.synthetic else ""
    return printed_page(TITLE, join([badge, *parts]), css=CSS)


def licence(release: SampleRelease) -> str:
    """The terms, to be signed off."""
    report = release.report
    return LICENCE_TEXT.format(
        release_id=report.release_id,
        made_on=report.made_on.isoformat(),
        version=report.version,
        synthetic="Made from sample data, not a real home.\n" if report.synthetic else "",
        k=report.k_asked,
        passing_on=PASSING_ON_OPEN if report.open_download else PASSING_ON,
    )


def pages(release: SampleRelease) -> Mapping[str, bytes]:
    """The files of a release that are made of words."""
    return {REPORT_HTML: sample_report(release).encode(), LICENCE: licence(release).encode()}
