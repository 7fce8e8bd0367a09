"""Files whose shape is good and whose cells are damaged, or written as people and systems write them."""

from __future__ import annotations

from collections.abc import Callable

from tests.ugly.shapes import FALLS, INCIDENTS, fall, incident, when
from tests.ugly.sheet import Sheet

STAYS = ("Resident", "Home", "Date of Admission", "Discharge Date", "Reason for Leaving", "Stay Type")
FEEDBACK = ("Response ID", "Home", "Resident", "Survey Date", "Role", "Survey", "Question", "Score", "Response Status")
CHECKS = ("Task ID", "Task", "Home", "Resident", "Due Date", "Completed", "Status", "Shift")


def sheet_of(name: str, about: str, table: str, heads: tuple[str, ...], after: str | None = None) -> Sheet:
    """A sheet of one table with its headings."""
    return Sheet(name, about, table=table, after=after).head(*heads)


def serial_dates() -> Sheet:
    sheet = sheet_of("excel-serial-dates.csv", "Dates and times as a spreadsheet counts them.", "falls", FALLS)
    sheet.row(*fall(1, Date_of_Fall="45691", Time_of_Fall="0.5868055556"), stored={"occurred_at": "2025-02-03 14:05"})
    sheet.row(*fall(2, Date_of_Fall="45692", Time_of_Fall="0.25"), stored={"occurred_at": "2025-02-04 06:00"})
    sheet.row(*fall(3, Date_of_Fall="45693", Time_of_Fall="0"), stored={"occurred_at": "2025-02-05 00:00"})
    sheet.row(*fall(4, Date_of_Fall="45694.5868055556", Time_of_Fall=""), stored={"occurred_at": "2025-02-06 14:05"})
    return sheet.row(*fall(5, Date_of_Fall="45695", Time_of_Fall=""), stored={"time_precision": "day"})


def spreadsheet_damage() -> Sheet:
    heads = (*INCIDENTS, "NHS Number")
    sheet = sheet_of("spreadsheet-damage.csv", "Cells a spreadsheet has spoilt.", "incidents", heads)
    sheet.row(*incident(1), "4.86E+09", read={"NHS Number": "4.86E+09"}, stored={"occurred_at": when(1)})
    sheet.row(*incident(2, Date_of_Incident="########"), "4.86E+09", refused={"occurred_at": "date_unreadable"},
              read={"Date of Incident": "########"})  # fmt: skip
    sheet.row(*incident(3, Incident_Type="#REF!"), "4.86E+09", refused={"kind": "code_unknown"})
    sheet.row(*incident(4, Place="#NAME?"), "4.86E+09", refused={"location": "code_unknown"})
    sheet.row(*incident(5, Duration="#VALUE!"), "4.86E+09", refused={"minutes": "number_unreadable"})
    return sheet.row(*incident(6), "4.86E+09", stored={"occurred_at": when(6)})


def many_times() -> Sheet:
    sheet = sheet_of("times-in-many-hands.csv", "One column of times as seven people write them.", "falls", FALLS)
    day = "14/02/2025"
    for number, (text, clock) in enumerate(
        (("14:05", "14:05"), ("2:05 PM", "14:05"), ("2.05pm", "14:05"), ("1405", "14:05"), ("14:05:59", "14:05"),
         ("12:30 am", "00:30"), ("7am", "07:00"), ("0.5", "12:00")), start=1,
    ):  # fmt: skip
        sheet.row(
            *fall(number, Date_of_Fall=day, Time_of_Fall=text, Resident=f"R{number}"), read={"Time of Fall": text},
            stored={"occurred_at": f"2025-02-14 {clock}", "time_precision": "minute"},
        )  # fmt: skip
    sheet.row(*fall(9, Date_of_Fall=day, Time_of_Fall="Unknown"), stored={"time_precision": "day"})
    sheet.row(*fall(10, Date_of_Fall=day, Time_of_Fall=""), stored={"time_precision": "day"})
    sheet.row(*fall(11, Date_of_Fall=day, Time_of_Fall="24:00"), refused={"occurred_at": "time_unreadable"})
    sheet.row(*fall(12, Date_of_Fall=day, Time_of_Fall="25:10"), refused={"occurred_at": "time_unreadable"})
    return sheet.row(
        *fall(13, Date_of_Fall=day, Time_of_Fall="after lunch"), refused={"occurred_at": "time_unreadable"}
    )


def many_dates() -> Sheet:
    sheet = sheet_of("dates-in-many-hands.csv", "One column of dates as nine people write them.", "falls", FALLS)
    for number, text in enumerate(
        ("03/02/2025", "3/2/2025", "03/02/25", "2025-02-03", "03-Feb-2025", "3rd Feb 2025", "Mon 03/02/2025", "03.02.2025",
         "3 February 2025", "20250203", "Monday, 3 February 2025"), start=1,
    ):  # fmt: skip
        sheet.row(
            *fall(number, Date_of_Fall=text, Time_of_Fall=f"10:{number:02}"), read={"Date of Fall": text},
            stored={"occurred_at": f"2025-02-03 10:{number:02}"},
        )  # fmt: skip
    sheet.row(*fall(12, Date_of_Fall="25/02/2025", Time_of_Fall="10:12"), stored={"occurred_at": "2025-02-25 10:12"})
    sheet.row(*fall(13, Date_of_Fall="31/02/2025"), refused={"occurred_at": "date_unreadable"})
    sheet.row(*fall(14, Date_of_Fall="last Tuesday"), refused={"occurred_at": "date_unreadable"})
    return sheet.row(*fall(15, Date_of_Fall=""), refused={"occurred_at": "required_missing"})


def wrong_weekday() -> Sheet:
    sheet = sheet_of("wrong-weekday.csv", "Named weekdays, one of them not the date's.", "falls", FALLS)
    sheet.row(*fall(1, Date_of_Fall="Mon 03/02/2025", Time_of_Fall="09:11"), stored={"occurred_at": "2025-02-03 09:11"})
    sheet.row(*fall(2, Date_of_Fall="Mon 04/02/2025", Time_of_Fall="09:12"), stored={"occurred_at": "2025-02-04 09:12"})
    return sheet.row(
        *fall(3, Date_of_Fall="Thursday 27/02/2025", Time_of_Fall="09:13"), stored={"occurred_at": "2025-02-27 09:13"}
    )


def month_first() -> Sheet:
    sheet = sheet_of(
        "form-export-month-first.csv", "A form's export: month first, two-digit years.", "feedback", FEEDBACK
    )
    for number, (text, day) in enumerate(
        (("2/13/25 12:51:45", "2025-02-13"), ("2/14/25 9:01", "2025-02-14"), ("3/4/25 18:01", "2025-03-04"),
         ("3/25/25 8:00", "2025-03-25"), ("4/1/25 7:30", "2025-04-01")), start=1,
    ):  # fmt: skip
        sheet.row(
            f"A{number}", "Elm House", f"R{number}", text, "Family_about_self", "Family_checkin", "understands",
            str(number), "", read={"Survey Date": text}, stored={"given_on": day},
        )  # fmt: skip
    return sheet


def three_valued() -> Sheet:
    sheet = sheet_of(
        "yes-no-and-not-known.csv", "A question with three answers, and many words for each.", "falls", FALLS
    )
    answers = (("Yes", "yes"), ("Y", "yes"), ("TRUE", "yes"), ("1", "yes"), ("No", "no"), ("n", "no"), ("FALSE", "no"),
               ("0", "no"), ("", "not_recorded"), ("N/A", "not_recorded"), ("Not known", "not_recorded"))  # fmt: skip
    for number, (said, kept) in enumerate(answers, start=1):
        sheet.row(*fall(number, Witnessed=said), read={"Witnessed": said}, stored={"seen": kept})
    return sheet.row(*fall(12, Witnessed="Perhaps"), refused={"seen": "code_unknown"})


def words_for_nothing() -> Sheet:
    sheet = sheet_of("words-for-nothing.csv", "Many ways of writing that there is nothing to write.", "stays", STAYS)
    for number, nothing in enumerate(
        ("", "-", "N/A", "n/a", "NULL", "Not known", "–", "ongoing", "still here"), start=1
    ):
        sheet.row(
            f"R{number}", "Elm House", f"{number:02}/01/2024", nothing, "-", "Long term",
            read={"Discharge Date": nothing}, stored={"end_on": "", "end_reason": "not_recorded"},
        )  # fmt: skip
    sheet.row("R10", "Elm House", "10/01/2024", "11/05/2025", "Died", "Long term", stored={"end_on": "2025-05-11"})
    return sheet.row("R11", "Elm House", "N/A", "", "", "", refused={"start_on": "required_missing"})


def impossible_years() -> Sheet:
    sheet = sheet_of("future-and-impossible-years.csv", "Slips of the keyboard in the year.", "falls", FALLS)
    sheet.row(*fall(1), stored={"occurred_at": "2025-03-02 09:06"})
    sheet.row(*fall(2, Date_of_Fall="03/02/0205"), refused={"occurred_at": "date_implausible"})
    sheet.row(*fall(3, Date_of_Fall="03/02/2026"), refused={"occurred_at": "date_future"})
    sheet.row(*fall(4, Date_of_Fall="03/02/2205"), refused={"occurred_at": "date_implausible"})
    return sheet.row(*fall(5, Date_of_Fall="01/01/1900"), refused={"occurred_at": "date_implausible"})


def end_before_start() -> Sheet:
    sheet = sheet_of("end-before-start.csv", "A stay that ends before it starts.", "stays", STAYS)
    sheet.row("R1", "Elm House", "03/02/2024", "01/03/2025", "Died", "Long term", stored={"end_on": "2025-03-01"})
    sheet.row(
        "R2", "Elm House", "03/02/2025", "01/03/2024", "Died", "Long term", refused={"end_on": "end_before_start"}
    )
    return sheet.row("R3", "Elm House", "04/02/2025", "", "", "Respite", stored={"kind": "respite"})


def recorded_before() -> Sheet:
    heads = (*FALLS, "Date Recorded")
    sheet = sheet_of("recorded-before-it-happened.csv", "Written down before it happened.", "falls", heads)
    sheet.row(*fall(1), "02/03/2025 11:00", stored={"recorded_at": "2025-03-02 11:00"})
    sheet.row(*fall(2), "01/03/2025 11:00", refused={"recorded_at": "recorded_before_event"})
    return sheet.row(*fall(3), "", stored={"occurred_at": "2025-03-04 11:08"})


def no_break_spaces() -> Sheet:
    sheet = sheet_of(
        "no-break-spaces-round-codes.csv", "Blanks that cannot be seen, round every cell.", "incidents", INCIDENTS
    )
    for number in range(1, 6):
        padded = tuple(f"\u00a0{cell} \t" if cell else "" for cell in incident(number))
        sheet.row(
            *padded, read={"Incident No": f"\u00a0I{100 + number} \t"},
            stored={"incident_id": f"I{100 + number}", "occurred_at": when(number)},
        )  # fmt: skip
    return sheet


def formula_text() -> Sheet:
    heads = (*INCIDENTS, "Sub Category")
    sheet = sheet_of("formula-looking-text.csv", "Text that a spreadsheet would work out.", "incidents", heads)
    for number, text in enumerate(("=1+1", "+44", "-2+3", "@SUM(A1)", '=HYPERLINK("x")'), start=1):
        sheet.row(*incident(number), text, read={"Sub Category": text}, stored={"subkind": text})
    return sheet


def personal_columns() -> Sheet:
    heads = ("First Name", "Surname", "NHS Number", "Date of Birth", "Postcode", "E-mail", *INCIDENTS)
    sheet = sheet_of("personal-columns.csv", "Columns that say who somebody is.", "incidents", heads)
    for number in range(1, 6):
        who = (
            "Given",
            f"Family {number}",
            f"999 000 00{number:02}",
            f"0{number}/01/1940",
            "ZZ99 3VZ",
            f"r{number}@example.org",
        )
        sheet.row(*who, *incident(number), read={"Postcode": "ZZ99 3VZ"}, stored={"occurred_at": when(number)})
    return sheet


def personal_cells() -> Sheet:
    heads = (*INCIDENTS, "Sub Category")
    sheet = sheet_of(
        "personal-details-in-a-label.csv", "An address and a number in a column that is kept.", "incidents", heads
    )
    sheet.row(*incident(1), "searching", stored={"subkind": "searching"})
    sheet.row(*incident(2), "told family@example.org", refused={"subkind": "personal_data"})
    sheet.row(*incident(3), "999 000 0001", refused={"subkind": "personal_data"})
    return sheet.row(*incident(4), "calling_out", stored={"subkind": "calling_out"})


def same_reference() -> Sheet:
    sheet = sheet_of(
        "same-reference-twice.csv",
        "One reference twice: once the same, once with other contents.",
        "incidents",
        INCIDENTS,
    )
    for number in range(1, 5):
        sheet.row(*incident(number), stored={"occurred_at": when(number)})
    sheet.row(*incident(2), duplicate=True)
    sheet.row(*incident(3, Severity="Severe"), refused={"incident_id": "duplicate_conflict"})
    return sheet.row(*incident(5))


def export_first() -> Sheet:
    sheet = sheet_of("re-export-1-first.csv", "The first of two exports that overlap.", "incidents", INCIDENTS)
    for number in range(1, 7):
        sheet.row(*incident(number), stored={"occurred_at": when(number)} if number == 1 else None)
    return sheet


def export_again() -> Sheet:
    sheet = sheet_of(
        "re-export-2-overlapping.csv", "The second: two rows again in another spelling, one corrected, two new.",
        "incidents", INCIDENTS, after="re-export-1-first.csv",
    )  # fmt: skip
    for number in (4, 5):
        sheet.row(*incident(number, Date_of_Incident=when(number)), duplicate=True)
    sheet.row(*incident(6, Severity="Severe"), stored={"harm": "severe"})
    sheet.row(*incident(7), stored={"occurred_at": when(7)})
    return sheet.row(*incident(8), stored={"occurred_at": when(8)})


def feedback_answers() -> Sheet:
    sheet = sheet_of("feedback-with-no-answer.csv", "Scores, and the reasons for having none.", "feedback", FEEDBACK)

    def row(number: int, score: str, status: str, **more: object) -> None:
        sheet.row(
            f"A{number}",
            "Elm House",
            f"R{number}",
            f"{12 + number}/03/2025",
            "Self",
            "Person_checkin",
            "happy",
            score,
            status,
            **more,  # type: ignore[arg-type]
        )

    row(1, "4", "Score", stored={"score": "4"})
    row(2, "", "Dont know", stored={"answer": "dont_know"})
    row(3, "", "Rather not", stored={"answer": "rather_not"})
    row(4, "", "", refused={"score": "required_missing"})
    row(5, "6", "Score", refused={"score": "number_out_of_range"})
    row(6, "4 out of 5", "Score", refused={"score": "number_unreadable"})
    row(7, "3", "Dont know", refused={"score": "number_out_of_range"})
    return sheet


def totals_long() -> Sheet:
    heads = ("Ref", "Home", "Measure", "Month", "Count", "Bed Days")
    sheet = sheet_of(
        "monthly-totals-long.csv", "A month on each line, thousands with commas, a total below.", "totals", heads
    )
    for number, (month, first, falls, nights) in enumerate(
        (("Jan 2024", "2024-01-01", "7", "1,178"), ("Feb 2024", "2024-02-01", "5", "1,102"), ("March 2024", "2024-03-01", "9", "1,190"),
         ("04/2024", "2024-04-01", "4", "1,140")), start=1,
    ):  # fmt: skip
        sheet.row(
            f"T{number}", "Elm House", "F1", month, falls, nights, stored={"period_from": first, "numerator": falls}
        )
    sheet.row("T5", "Elm House", "F1", "some month", "4", "1100", refused={"period_from": "date_unreadable"})
    return sheet.aside('Total,,,,25,"4,610"', "totals")


def totals_wide() -> Sheet:
    sheet = Sheet("monthly-totals-wide.csv", "A column a month, dates for headings, a total below.")
    sheet.aside("Monthly figures for Elm House,,,,", "preamble")
    sheet.head("Measure", "01/01/2024", "01/02/2024", "01/03/2024", "Total")
    sheet.row("Falls", "7", "5", "9", "21", read={"01/02/2024": "5"})
    sheet.row("Falls with harm", "2", "1", "0", "3")
    return sheet.row("Occupied bed days", "1,178", "1,102", "1,190", "3,470", read={"01/03/2024": "1,190"})


def checks() -> Sheet:
    sheet = sheet_of("checks-due-and-done.csv", "Tasks done, missed, and due after the export.", "checks", CHECKS)
    sheet.row("C1", "Trigger review", "Elm House", "R1", "03/02/2025", "02/02/2025 10:00", "Met", "Day",
              stored={"measure": "trigger_review", "done_at": "2025-02-02 10:00"})  # fmt: skip
    sheet.row(
        "C2",
        "Trigger review",
        "Elm House",
        "R2",
        "03/12/2025",
        "",
        "Not met",
        "",
        stored={"due_on": "2025-12-03 00:00"},
    )
    sheet.row(
        "C3", "Care offer", "Elm House", "R3", "", "14/02/2025 08:10", "Partly", "Early", stored={"result": "partly"}
    )
    sheet.row("C4", "Care offer", "Elm House", "R3", "", "", "Met", "Early", refused={"done_at": "required_missing"})
    sheet.row(
        "C5",
        "Tea round",
        "Elm House",
        "R3",
        "",
        "14/02/2025 08:20",
        "Met",
        "Early",
        refused={"measure": "code_unknown"},
    )
    return sheet.row(
        "C6",
        "Care offer",
        "Elm House",
        "R4",
        "",
        "14/02/2025 08:30",
        "",
        "Late",
        refused={"result": "required_missing"},
    )


def clock_change() -> Sheet:
    sheet = sheet_of(
        "clock-change-nights.csv", "The hour that is missing and the hour that comes twice.", "falls", FALLS
    )
    sheet.row(*fall(1, Date_of_Fall="30/03/2025", Time_of_Fall="01:30"), stored={"occurred_at": "2025-03-30 01:30"})
    sheet.row(*fall(2, Date_of_Fall="27/10/2024", Time_of_Fall="01:30"), stored={"occurred_at": "2024-10-27 01:30"})
    return sheet.row(
        *fall(3, Date_of_Fall="2025-05-13T09:01:02Z", Time_of_Fall=""), stored={"occurred_at": "2025-05-13 10:01"}
    )


def several_faults() -> Sheet:
    sheet = sheet_of(
        "several-faults-in-one-row.csv", "All faults of a row are named, never just the first.", "incidents", INCIDENTS
    )
    sheet.row(*incident(1), stored={"occurred_at": when(1)})
    sheet.row(
        *incident(2, Date_of_Incident="soon", Incident_Type="Tumble", Duration="ages"),
        refused={"occurred_at": "date_unreadable", "kind": "code_unknown", "minutes": "number_unreadable"},
    )
    sheet.bad(",".join(incident(3)[:6]), "too_few_cells")
    return sheet.row(*incident(5, Resident=""), refused={"person_id": "required_missing"})  # distress is somebody's


MAKERS: tuple[Callable[[], Sheet], ...] = (
    serial_dates, spreadsheet_damage, many_times, many_dates, wrong_weekday, month_first, three_valued, words_for_nothing,
    impossible_years, end_before_start, recorded_before, no_break_spaces, formula_text, personal_columns, personal_cells,
    same_reference, export_first, export_again, feedback_answers, totals_long, totals_wide, checks, clock_change,
    several_faults,
)  # fmt: skip
