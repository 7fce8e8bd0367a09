"""Files whose letters, lines or shape are damaged; the values in them are good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.ugly.sheet import Sheet

INCIDENTS = ("Incident No", "Home", "Resident", "Date of Incident", "Incident Type", "Severity", "Place", "Duration")
FALLS = ("Fall Ref", "Resident", "Home", "Date of Fall", "Time of Fall", "Severity", "Location of Fall", "Witnessed")
KINDS = ("Distress", "Fall", "Calming medicine", "Restrictive", "Other")
HARMS = ("None", "Low", "", "Moderate")
PLACES = ("Bedroom", "Lounge", "Bathroom", "Dining", "Garden")


def incident(number: int, **other: str) -> tuple[str, ...]:
    """The cells of one incident; ``other`` replaces some, blanks in a heading written as underscores."""
    cells = dict(
        zip(
            INCIDENTS,
            (f"I{100 + number}", "Elm House", f"R{number % 7 + 1}", f"{number % 28 + 1:02}/02/2025 {8 + number % 12:02}:{5 + number:02}",
             KINDS[number % 5], HARMS[number % 4], PLACES[number % 5], str(5 + number)),
            strict=True,
        )
    )  # fmt: skip
    cells |= {heading.replace("_", " "): text for heading, text in other.items()}
    return tuple(cells.values())


def when(number: int) -> str:
    """The moment of an incident as it is stored."""
    return f"2025-02-{number % 28 + 1:02} {8 + number % 12:02}:{5 + number:02}"


def fall(number: int, **other: str) -> tuple[str, ...]:
    """The cells of one fall."""
    cells = dict(
        zip(
            FALLS,
            (f"F{number}", f"R{number % 7 + 1}", "Oak Court", f"{number % 28 + 1:02}/03/2025", f"{8 + number % 12:02}:{5 + number:02}",
             HARMS[number % 4], PLACES[number % 5], ("Yes", "No")[number % 2]),
            strict=True,
        )
    )  # fmt: skip
    cells |= {heading.replace("_", " "): text for heading, text in other.items()}
    return tuple(cells.values())


def incidents(name: str, about: str, first: int = 1, last: int = 0, **how: Any) -> Sheet:
    """A sheet of incidents with its headings and some rows."""
    sheet = Sheet(name, about, table="incidents", **how).head(*INCIDENTS)
    return more(sheet, first, last)


def more(sheet: Sheet, first: int, last: int) -> Sheet:
    """Good incidents, one a line; the first of them is looked up afterwards."""
    for number in range(first, last + 1):
        facts: Mapping[str, str] = {}
        if number == first:
            facts = {"Incident No": f"I{100 + number}", "Incident Type": KINDS[number % 5]}
        sheet.row(*incident(number), read=facts, stored={"occurred_at": when(number)} if number == first else None)
    return sheet


def in_other_letters(name: str, about: str, encoding: str, reported: str, note: str | None = None, **how: Any) -> Sheet:
    sheet = incidents(name, about, 1, 6, encoding=encoding, reported_encoding=reported, **how)
    sheet.row(
        *incident(7, Home="Café Court – North"), read={"Home": "Café Court – North"},
        stored={"service_id": "Café Court – North"},
    )  # fmt: skip
    return sheet.noted(*([note] if note else []))


def utf8_bom() -> Sheet:
    return in_other_letters("utf8-bom.csv", "A byte order mark before the first heading.", "utf-8-sig", "utf-8")


def cp1252() -> Sheet:
    sheet = in_other_letters(
        "cp1252-smart-quotes.csv", "Windows letters: dashes, accents and curly marks.", "cp1252", "cp1252", "cp1252"
    )
    return sheet.row(
        *incident(8, Home="“The Elms” – St Mary’s"), read={"Home": "“The Elms” – St Mary’s"},
        stored={"service_id": "“The Elms” – St Mary’s"},
    )  # fmt: skip


def utf16_le() -> Sheet:
    return in_other_letters(
        "utf16-little-endian-tabs.csv", "What a spreadsheet calls Unicode text.", "utf-16", "utf-16", delimiter="\t"
    )


def utf16_be() -> Sheet:
    sheet = in_other_letters("utf16-big-endian.csv", "The other byte order.", "utf-16-be", "utf-16")
    sheet.raw = b"\xfe\xff" + sheet.content()
    return sheet


def utf16_without_mark() -> Sheet:
    return in_other_letters("utf16-without-mark.csv", "UTF-16 that does not say so.", "utf-16-le", "utf-16")


def utf8_cut() -> Sheet:
    sheet = in_other_letters("utf8-cut-in-a-letter.csv", "The file breaks off inside a letter.", "utf-8", "utf-8")
    sheet.bad("I120,Maison d’É", "too_few_cells")
    sheet.raw = sheet.content()[: -(len(sheet.end) + 1)]
    return sheet.noted("breaks off")


def utf8_stray() -> Sheet:
    sheet = in_other_letters("utf8-with-stray-bytes.csv", "One cell was pasted in Windows letters.", "utf-8", "utf-8")
    sheet.row(*incident(8, Home="Caf@ Court"), read={"Home": "Café Court"}, stored={"service_id": "Café Court"})
    sheet.raw = sheet.content().replace(b"Caf@", b"Caf\xe9")
    return sheet.noted("not in UTF-8")


def nuls() -> Sheet:
    sheet = incidents("nul-bytes.csv", "NUL bytes that a database left in its export.", 1, 5)
    sheet.row(*incident(6, Place="Bed@room@"), read={"Place": "Bedroom"}, stored={"location": "bedroom"})
    sheet.raw = sheet.content().replace(b"@", b"\x00")
    return sheet.noted("NUL")


def semicolons() -> Sheet:
    sheet = incidents(
        "semicolons.csv", "A spreadsheet set to another country, with commas in the cells.", 1, 5, delimiter=";"
    )
    return sheet.row(
        *incident(6, Home="Elm House, North"),
        read={"Home": "Elm House, North"},
        stored={"service_id": "Elm House, North"},
    )


def sep_line() -> Sheet:
    sheet = Sheet("sep-line.csv", "The first line tells a spreadsheet the delimiter.", delimiter=";", table="incidents")
    return more(sheet.aside("sep=;", "separator_line").head(*INCIDENTS), 1, 5)


def tabs() -> Sheet:
    return incidents("tabs.csv", "Tabs between cells, commas inside them.", 1, 5, delimiter="\t", end="\n").row(
        *incident(6, Home="Elm House, North"), read={"Home": "Elm House, North"}
    )


def bars() -> Sheet:
    return incidents("upright-bars.csv", "Upright bars between cells.", 1, 6, delimiter="|", end="\n")


def cr_only() -> Sheet:
    return incidents("carriage-returns-only.csv", "Lines end as on an old Macintosh.", 1, 6, end="\r")


def mixed_ends() -> Sheet:
    sheet = incidents("mixed-line-ends.csv", "Three kinds of line end in one file.", 1, 2)
    sheet.end = "\n"
    more(sheet, 3, 4)
    sheet.end = "\r"
    more(sheet, 5, 6)
    sheet.end = ""
    return more(sheet, 7, 7)


def newlines_in_cells() -> Sheet:
    heads = (*INCIDENTS, "Action Taken")
    sheet = Sheet("newlines-in-cells.csv", "Notes over several lines.", table="incidents").head(*heads)
    sheet.row(*incident(1), "Sat together,\r\nhad tea.", lines=2, read={"Action Taken": "Sat together,\r\nhad tea."})
    sheet.row(*incident(2), "Went for a walk.", stored={"occurred_at": when(2)})
    sheet.row(*incident(3), "First\nsecond, with comma\n\nfourth", lines=4, read={"Incident No": "I103"})
    return sheet.row(*incident(4), "", read={"Incident No": "I104"}, stored={"occurred_at": when(4)})


def quotes() -> Sheet:
    heads = (*INCIDENTS, "Action Taken")
    sheet = Sheet("quotation-marks.csv", "Doubled, stray and undoubled quotation marks.", table="incidents").head(
        *heads
    )
    sheet.row(*incident(1), 'Said "no thank you".', read={"Action Taken": 'Said "no thank you".'})
    start = ",".join(incident(2))
    sheet.row(raw=f'{start},Cut of 2" on the arm', read={"Action Taken": 'Cut of 2" on the arm'})
    start = ",".join(incident(3))
    sheet.row(raw=f'{start},"Said "not now" and slept"', read={"Action Taken": 'Said "not now" and slept'})
    return sheet.row(*incident(4), "", stored={"occurred_at": when(4)})


def unclosed_middle() -> Sheet:
    sheet = incidents("unclosed-quote-in-the-middle.csv", "One quotation mark is never closed.", 1, 4)
    cells = incident(5)
    sheet.bad(",".join((*cells[:6], f'"{cells[6]}', cells[7])), "unclosed_quote")
    more(sheet, 6, 9)
    sheet.row(
        *incident(10, Place="Lounge"), raw=",".join((*incident(10)[:6], '"Lounge"', "15")), read={"Place": "Lounge"}
    )
    return more(sheet, 11, 12)


def unclosed_quoted() -> Sheet:
    sheet = incidents(
        "unclosed-quote-in-a-quoted-file.csv", "Every cell is quoted; one mark is missing.", 1, 4, quoted=True
    )
    sheet.bad(",".join(f'"{cell}"' for cell in incident(5))[:-1], "unclosed_quote")
    more(sheet, 6, 8)
    sheet.bad(",".join(f'"{cell}"' for cell in incident(9)).replace('Elm House"', "Elm House"), "unclosed_quote")
    return more(sheet, 10, 12)


def unclosed_end() -> Sheet:
    sheet = incidents("unclosed-quote-at-the-end.csv", "The export stopped inside a quoted cell.", 1, 6)
    return sheet.bad(",".join((*incident(7)[:6], '"Loun')), "unclosed_quote").cut(2)


def unclosed_notes() -> Sheet:
    heads = (*INCIDENTS, "Action Taken")
    sheet = Sheet("unclosed-quote-among-long-notes.csv", "Notes over lines, and one never closed.", table="incidents")
    sheet.head(*heads).row(*incident(1), "Tea,\nthen a walk", lines=2)
    sheet.bad(",".join((*incident(2), '"Sat with')), "unclosed_quote")
    sheet.row(*incident(3), "Music,\nwindow open", lines=2, read={"Action Taken": "Music,\nwindow open"})
    return sheet.row(*incident(4), "Called family", stored={"occurred_at": when(4)})


def ragged() -> Sheet:
    sheet = incidents("ragged-rows.csv", "Rows with too few and too many cells.", 1, 5)
    sheet.bad(",".join(incident(6)[:5]), "too_few_cells")
    sheet.bad(",".join((*incident(7)[:1], "Elm House", "North", *incident(7)[2:])), "too_many_cells")
    more(sheet, 8, 9)
    sheet.bad(",".join((*incident(10)[:2], *incident(10)[3:])), "too_few_cells")
    return more(sheet, 11, 11)


def left_off() -> Sheet:
    heads = (*INCIDENTS, "Cause Known")
    sheet = Sheet(
        "trailing-empties-left-off.csv", "A spreadsheet dropped the empty cells at the end.", table="incidents"
    )
    sheet.head(*heads)
    for number in range(1, 13):
        answer = "Yes" if number % 3 == 0 else ""
        row = (*incident(number), answer)
        sheet.row(*(row if answer else row[:-1]), read={"Cause Known": answer} if number < 4 else None)
    return sheet.noted("missing cells were read as empty")


def surplus() -> Sheet:
    sheet = incidents("surplus-empty-cells.csv", "Commas at the end of every line but the headings.")
    for number in range(1, 7):
        sheet.row(*incident(number), "", "")
    return sheet


def title_above() -> Sheet:
    sheet = Sheet("title-and-filters-above.csv", "A title and the filters stand above the headings.", table="incidents")
    sheet.aside("Incident report,,,,,,,", "preamble").aside("Home:,Elm House,,,,,,", "preamble")
    sheet.aside("From,01/02/2025,To,28/02/2025,,,,", "preamble").aside(",,,,,,,", "blank")
    return more(sheet.head(*INCIDENTS), 1, 6)


def totals_and_footer() -> Sheet:
    sheet = incidents("totals-row-and-printed-by.csv", "A totals row, then the report's own words.", 1, 6)
    sheet.aside("Grand total,,,,,,,57", "totals").aside("Count of records: 6", "totals").aside("", "blank")
    sheet.aside("Printed by: duty office,,,,,,,", "footer").aside("Report generated 01/03/2025 09:12", "footer")
    return sheet.aside("Page 1 of 1", "footer").aside("*** End of report ***", "footer")


def subtotals() -> Sheet:
    sheet = incidents("subtotals-between.csv", "A subtotal after each home.", 1, 3)
    sheet.aside("Elm House total,,,,,,,21", "totals")
    for number in range(4, 7):
        sheet.row(*incident(number, Home="Oak Court"), stored={"service_id": "Oak Court"} if number == 4 else None)
    return sheet.aside("Oak Court total,,,,,,,30", "totals").aside("Total: 6", "totals")


def pages() -> Sheet:
    sheet = incidents("page-breaks-with-headings-again.csv", "A printed report: headings on every page.", 1, 4)
    sheet.aside("Page 1 of 2,,,,,,,", "footer").aside("", "blank").aside(",".join(INCIDENTS), "repeated_heading")
    return more(sheet, 5, 8).aside("Page 2 of 2,,,,,,,", "footer").aside("Confidential,,,,,,,", "footer")


def second_table() -> Sheet:
    sheet = incidents("second-table-below.csv", "A summary stands under the records.", 1, 6)
    sheet.aside("", "blank").aside("Summary by kind", "second_table").aside("Kind,Count", "second_table")
    sheet.aside("Distress,2", "second_table").aside("Fall,2", "second_table")
    return sheet.noted("A second table begins on line 9")


def second_table_padded() -> Sheet:
    sheet = incidents("second-table-padded.csv", "The same from a spreadsheet: every line as wide as the first.", 1, 6)
    sheet.aside(",,,,,,,", "blank").aside("Month,Falls,Bed days,,,,,", "second_table")
    sheet.aside("Jan 2025,3,1178,,,,,", "second_table").aside("Feb 2025,5,1064,,,,,", "second_table")
    return sheet.noted("A second table begins on line 9")


def blank_lines() -> Sheet:
    sheet = incidents("blank-lines-between.csv", "Each line is followed by an empty one.")
    sheet.aside("", "blank")
    for number in range(1, 6):
        more(sheet, number, number).aside("", "blank")
    return more(sheet, 6, 6).aside('"",,," ",,,,', "blank")


def double_cr() -> Sheet:
    sheet = Sheet("doubled-carriage-returns.csv", "Line ends were converted twice.", end="\r\r\n", table="incidents")
    sheet.headings, sheet.heading_line = list(INCIDENTS), 1
    lines = [",".join(INCIDENTS), *(",".join(incident(number)) for number in range(1, 6))]
    sheet.rows = sheet.accepted = 5
    sheet.set_aside = [(at, at, "blank") for at in range(2, 13, 2)]
    sheet.cells, sheet.stored = [(3, "Incident No", "I101")], [(3, "occurred_at", when(1))]
    sheet.raw = "".join(line + sheet.end for line in lines).encode()
    return sheet


def odd_headings() -> Sheet:
    sheet = Sheet("duplicate-and-empty-headings.csv", "A heading twice, and columns without one.", table="incidents")
    sheet.head(
        *INCIDENTS, "", "Notes", "Notes", "", named=(*INCIDENTS, "Column 9", "Notes", "Notes (2)", "Column 12")
    ).noted('"Notes (2)"')  # fmt: skip
    for number in range(1, 6):
        sheet.row(*incident(number), "", "a", "b", "", read={"Notes (2)": "b"} if number == 1 else None)
    return sheet


def broken_headings() -> Sheet:
    sheet = Sheet("headings-with-line-breaks.csv", "Headings over two lines, with no-break spaces.", table="incidents")
    raw = '"Incident\r\nNo",Home,Resident,"Date of\r\nIncident",Incident\u00a0Type, Severity ,Place,Duration'
    return more(sheet.head(*INCIDENTS, raw=raw, lines=3), 1, 6)


def survey_monkey() -> Sheet:
    question = "What helps you on a hard day? (tick all)"
    sheet = Sheet("surveymonkey-two-headings.csv", "A survey whose options stand on a second line of headings.")
    sheet.head(
        "Respondent ID", "Collector ID", "Start Date", "End Date", "How are you\ntoday?", question, "", "", "Anything else?",
        named=("Respondent ID", "Collector ID", "Start Date", "End Date", "How are you today?", f"{question} [Music]",
               f"{question} [A walk]", f"{question} [Other (please specify)]", "Anything else?"),
        lines=2,
    )  # fmt: skip
    sheet.aside(",,,,Response,Music,A walk,Other (please specify),Open-Ended Response", "second_heading")
    sheet.row("118001", "4001", "02/03/2025 10:01:00", "02/03/2025 10:04:00", "Good", "Music", "", "", "No",
              read={f"{question} [Music]": "Music", "How are you today?": "Good"})  # fmt: skip
    sheet.row("118002", "4001", "02/03/2025 11:20:00", "02/03/2025 11:27:00", "Not good", "", "A walk", "The cat", "")
    return sheet.row("118003", "4001", "03/03/2025 09:15:00", "03/03/2025 09:20:00", "Good", "Music", "A walk", "", "Thanks",
                     read={f"{question} [A walk]": "A walk"}).noted("two lines")  # fmt: skip


def survey_condensed() -> Sheet:
    sheet = Sheet("surveymonkey-condensed.csv", "A condensed survey: the second line of headings is empty.")
    sheet.head("Respondent ID", "Collector ID", "Start Date", "How are you today?", "Do you feel heard?")
    sheet.aside(",,,,", "blank")
    sheet.row("118001", "4001", "02/03/2025 10:01:00", "Good", "Yes", read={"Do you feel heard?": "Yes"})
    return sheet.row("118002", "4001", "02/03/2025 11:20:00", "Not good", "No")


def microsoft_forms() -> Sheet:
    sheet = Sheet("microsoft-forms.csv", "A form: month first, two-digit years, several answers in one cell.")
    sheet.head("ID", "Start time", "Completion time", "Email", "Name", "How was your week?", "What did you enjoy?")
    sheet.row("1", "2/13/25 12:51:45", "2/13/25 12:55:02", "anonymous", "", "Very good", "Music;Walks;",
              read={"What did you enjoy?": "Music;Walks;"})  # fmt: skip
    sheet.row("2", "2/14/25 9:01", "2/14/25 9:07", "anonymous", "", "Good", "Music;")
    return sheet.row("3", "3/1/25 18:01", "3/1/25 18:03", "anonymous", "", "Poor", "")


def google_forms() -> Sheet:
    sheet = Sheet("google-forms.csv", "A form with times of another zone and commas among the answers.")
    sheet.head("Timestamp", "Which home?", "How was your week?", "What did you enjoy?")
    sheet.row("2025/05/13 9:01:02 am GMT+1", "Elm House", "Very good", "Music, Walks, tea and cake",
              read={"What did you enjoy?": "Music, Walks, tea and cake"})  # fmt: skip
    return sheet.row("2025/05/14 2:11:40 pm GMT+1", "Oak Court", "Good", "Music")


def care_ltd() -> Sheet:
    heads = ("Home", *(heading for heading in INCIDENTS if heading != "Home"))
    sheet = Sheet(
        "total-care-ltd-is-a-record.csv", "Names that begin like a total or a footer.", table="incidents"
    ).head(*heads)
    homes = ("Total Care Ltd", "Confidential Care", "Page House", "Printworks Court", "Countess House", "Note House")
    for number, home in enumerate(homes, start=1):
        cells = incident(number)
        sheet.row(home, cells[0], *cells[2:], read={"Home": home}, stored={"service_id": home})
    return sheet.aside("Total,6,,,,,,", "totals")


def blank_first() -> Sheet:
    heads = ("Sub Category", *INCIDENTS)
    sheet = Sheet("blank-first-cells.csv", "The first cell of most rows is empty.", table="incidents").head(*heads)
    for number in range(1, 7):
        sheet.row("searching" if number == 3 else "", *incident(number), read={"Incident No": f"I{100 + number}"})
    return sheet


def spaces_before_quotes() -> Sheet:
    sheet = Sheet(
        "blanks-after-commas.csv", "A blank after every comma, before the quotation marks too.", table="incidents"
    )
    sheet.head(*INCIDENTS, raw=", ".join(INCIDENTS))
    for number in range(1, 7):
        cells = list(incident(number))
        cells[1] = '"Elm House, North"'
        sheet.row(raw=", ".join(cells), read={"Home": "Elm House, North"}, stored={"service_id": "Elm House, North"})
    return sheet


def unknown_headings() -> Sheet:
    sheet = Sheet(
        "headings-nobody-knows.csv", "Headings of no table of ours, under a title, in another language.", delimiter=";"
    )
    sheet.aside("Diario delle cadute", "preamble").aside("", "blank")
    sheet.head("Numero", "Ospite", "Giorno", "Esito", "Commento")
    sheet.row("1", "A12", "03.02.2025", "nessuno", "sedia, poi letto", read={"Commento": "sedia, poi letto"})
    sheet.row("2", "A7", "04.02.2025", "lieve", "")
    return sheet.row("3", "B1", "09.02.2025", "nessuno", "bagno")


def one_column() -> Sheet:
    sheet = Sheet("one-column.csv", "A list of references under one heading.").head("Bed code")
    for number in range(1, 8):
        sheet.row(f"B-{number:02}", read={"Bed code": f"B-{number:02}"} if number == 1 else None)
    return sheet


def cut_in_the_middle() -> Sheet:
    sheet = incidents("cut-in-the-middle.csv", "The transfer broke off inside a row.", 1, 7)
    return sheet.bad(",".join(incident(8)), "too_few_cells").cut(20)


def without_end() -> Sheet:
    return incidents("no-line-end-at-the-end.csv", "The last line has no line end.", 1, 4, end="\n").cut(1)


def padded_footer() -> Sheet:
    sheet = incidents("footer-in-nobody-s-words.csv", "The last words of a report, as no list would know them.", 1, 6)
    sheet.aside("", "blank")
    return sheet.aside("Please keep this list in the locked cupboard", "footer")


def refused(name: str, about: str, words: str, raw: bytes) -> Callable[[], Sheet]:
    return lambda: Sheet(name, about, not_a_table=words, raw=raw)


REFUSED = (
    refused("picture.csv", "A picture under another name.", "picture", b"\x89PNG\r\n\x1a\n" + bytes(range(64))),
    refused("pdf.csv", "A PDF under another name.", "PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    refused("web-page.csv", "A web page that calls itself a spreadsheet.", "web page",
            b"<html><body><table><tr><td>Home</td></tr></table></body></html>"),
    refused("json.csv", "JSON.", "JSON", b'[{"home": "Elm House", "falls": 3}]'),
    refused("old-workbook.csv", "An old-style workbook.", "workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "Workbook".encode("utf-16-le")),
    refused("gzip.csv", "A compressed file.", "archive", b"\x1f\x8b\x08\x00" + bytes(20)),
    refused("database.csv", "A database.", "SQLite", b"SQLite format 3\x00" + bytes(80)),
    refused("no-headings.csv", "Records, and no line that names the columns.", "headings",
            "".join(",".join(incident(number)) + "\r\n" for number in range(1, 8)).encode()),
    refused("empty.csv", "Nothing but line ends.", "empty", b"\r\n\r\n"),
)  # fmt: skip

MAKERS: tuple[Callable[[], Sheet], ...] = (
    utf8_bom, cp1252, utf16_le, utf16_be, utf16_without_mark, utf8_cut, utf8_stray, nuls, semicolons, sep_line, tabs, bars,
    cr_only, mixed_ends, newlines_in_cells, quotes, unclosed_middle, unclosed_quoted, unclosed_end, unclosed_notes, ragged,
    left_off, surplus, title_above, totals_and_footer, subtotals, pages, second_table, second_table_padded, blank_lines,
    double_cr, odd_headings, broken_headings, survey_monkey, survey_condensed, microsoft_forms, google_forms, care_ltd,
    blank_first, spaces_before_quotes, unknown_headings, one_column, cut_in_the_middle, without_end, padded_footer, *REFUSED,
)  # fmt: skip
