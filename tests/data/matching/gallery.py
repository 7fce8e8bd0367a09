# ruff: noqa: E501 - a line of an export is as long as it is
"""Headings and a few rows of exports as homes, branches and forms write them, with the one right reading of each.

All made up. ``|`` parts the cells. What is not said is not looked at; ``columns`` is always complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """One export and how it is to be read."""

    name: str
    file: str
    drawn: str
    table: str
    columns: Mapping[str, str]
    ready: bool = True
    order: str | None = None
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wide: Mapping[str, str] | None = None
    denominators: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict)
    unused: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    lacks_service: bool = False
    numbered: bool = False
    how: str = "suggested"

    @property
    def rows(self) -> list[list[str]]:
        return [[cell.strip() for cell in line.split("|")] for line in self.drawn.strip().splitlines()]


GALLERY = (
    Export(
        "a care home's incident book",
        "export 2025.csv",
        """
        Incident Ref|Date of Incident|Time of Incident|Home|Resident ID|Resident Name|Category|Severity|Location|Reported By|Date Reported|Description
        I1|03/02/2025|14:05|Elm|R12|A Person|Fall - witnessed|Minor|En-suite|S1|03/02/2025 15:00|Found beside the bed and helped up by two members of staff straight away
        I2|13/02/2025|Unknown|Elm|R13|B Person|Verbal aggression|No harm|Day room|S2|13/02/2025 15:00|Was upset before lunch and calmed down with music in the quiet room
        I3|14/02/2025|09:10|Elm|R12|A Person|Medication error|None|Bedroom|S1|14/02/2025 10:00|A dose was given an hour late because the round began late that day
        """,
        "incidents",
        {
            "incident_id": "Incident Ref", "occurred_at": "Date of Incident + Time of Incident", "service_id": "Home",
            "person_id": "Resident ID", "kind": "Category", "harm": "Severity", "location": "Location",
            "recorded_by": "Reported By", "recorded_at": "Date Reported",
        },
        order="dmy",
        codes={
            "kind": {"Fall - witnessed": "fall", "Verbal aggression": "distress", "Medication error": "medicine_error"},
            "harm": {"Minor": "low", "No harm": "none"},
            "location": {"En-suite": "bathroom", "Day room": "lounge"},
        },
        unused={"Resident Name": "personal", "Description": "free text"},
    ),
    Export(
        "a falls log with turned columns and no home",
        "Falls log.csv",
        """
        Date|Time|Resident|Location|Unwitnessed|Injury (Y/N)|999 called|Comments
        3/2/25|2.05pm|R12|Bedroom|Yes|N|N|Slipped on the way to the bathroom in the night, no marks seen afterwards
        14/2/25|0905|R13|Lounge|No|Y|Y|Stood up too quickly from the chair and sat down hard on the floor beside it
        """,
        "falls",
        {
            "occurred_at": "Date + Time", "person_id": "Resident", "location": "Location", "seen": "Unwitnessed",
            "harm": "Injury (Y/N)", "hospital": "999 called",
        },
        order="dmy",
        codes={
            "seen": {"Yes": "no", "No": "yes"}, "harm": {"N": "none", "Y": "low"},
            "hospital": {"N": "none", "Y": "ambulance_called"},
        },
        unused={"Comments": "free text"},
        lacks_service=True,
        numbered=True,
    ),
    Export(
        "falls with the injury in words",
        "falls register.csv",
        """
        Fall No|Date/Time of Fall|Service User ID|Unit|Injury|Activity at time of fall|Witnessed?|Hospital
        1|15/03/2025 10:20|SU1|North|Skin tear|Mobilising|Y|Not required
        2|16/03/2025 22:45|SU2|North|No injury|From chair|N|Attended A&E
        3|17/03/2025 06:15|SU1|South|Bump to head|Getting out of bed|N|Paramedics attended
        """,
        "falls",
        {
            "fall_id": "Fall No", "occurred_at": "Date/Time of Fall", "person_id": "Service User ID", "service_id": "Unit",
            "injury": "Injury", "doing": "Activity at time of fall", "seen": "Witnessed?", "hospital": "Hospital",
        },
        order="dmy",
        codes={
            "injury": {"Skin tear": "cut", "No injury": "none", "Bump to head": "head"},
            "doing": {"Mobilising": "walking", "From chair": "chair", "Getting out of bed": "bed"},
            "hospital": {"Not required": "none", "Attended A&E": "attended", "Paramedics attended": "ambulance_called"},
        },
    ),
    Export(
        "an incident book of nothing but falls is still an incident book",
        "book.csv",
        """
        Incident Number|When did the incident happen|Person affected|Type of incident|Degree of harm|Site
        1001|2025-01-03 10:00|P1|Fall|Low harm|Oak
        1002|2025-01-04 11:10|P2|Fall|No harm|Oak
        """,
        "incidents",
        {
            "incident_id": "Incident Number", "occurred_at": "When did the incident happen", "person_id": "Person affected",
            "kind": "Type of incident", "harm": "Degree of harm", "service_id": "Site",
        },
        codes={"harm": {"Low harm": "low", "No harm": "none"}},
    ),
    Export(
        "a home's own words stay unknown",
        "incidents.csv",
        """
        Ref|Incident Date|Client Ref|Incident Type|Branch
        A1|21/01/2025|C1|Falls|Leeds
        A2|22/01/2025|C2|Blue form|Leeds
        A3|23/01/2025|C2|Fall - near miss|Leeds
        A4|24/01/2025|C2|Safeguarding concern|Leeds
        """,
        "incidents",
        {
            "incident_id": "Ref", "occurred_at": "Incident Date", "person_id": "Client Ref", "kind": "Incident Type",
            "service_id": "Branch",
        },
        order="dmy",
        codes={"kind": {"Falls": "fall", "Safeguarding concern": "safeguarding"}},
        unknown=("Blue form", "Fall - near miss"),
    ),
    Export(
        "no date says whether day or month comes first",
        "incidents march.csv",
        """
        Ref|Date|Resident|Type|Home
        1|03/04/2025|R1|Fall|Elm
        2|05/06/2025|R2|Injury|Elm
        """,
        "incidents",
        {"incident_id": "Ref", "occurred_at": "Date", "person_id": "Resident", "kind": "Type", "service_id": "Home"},
        order=None,
        asked=("date_order",),
    ),
    Export(
        "some dates can only be day first and as many only month first",
        "incidents.csv",
        """
        Ref|Date|Resident|Type|Home
        1|13/04/2025|R1|Fall|Elm
        2|05/16/2025|R2|Injury|Elm
        3|14/04/2025|R1|Fall|Elm
        4|05/17/2025|R2|Injury|Elm
        """,
        "incidents",
        {"incident_id": "Ref", "occurred_at": "Date", "person_id": "Resident", "kind": "Type", "service_id": "Home"},
        order=None,
        asked=("date_order",),
        ready=False,
    ),
    Export(
        "an export written month first",
        "events.csv",
        """
        Event ID|Event Date|Person ID|Event Type|Site
        1|01/13/2025 10:00|R1|Fall|Elm
        2|02/14/2025 11:00|R2|Injury|Elm
        3|03/04/2025 12:00|R2|Injury|Elm
        """,
        "incidents",
        {"incident_id": "Event ID", "occurred_at": "Event Date", "person_id": "Person ID", "kind": "Event Type",
         "service_id": "Site"},
        order="mdy",
    ),
    Export(
        "an incident form in the Datix manner",
        "dciq.csv",
        """
        ID|Incident date|Time|Reported date|Incident affecting|Incident Type Tier One|Sub category|Exact location|Reporter's initial harm assessment|Site|Hospital Number|Reporter e-mail
        5501|13/05/2025|09:12|14/05/2025|Person|Slips, trips and falls|Trip|Bedroom|Moderate harm|Elm|H1|a@example.org
        5502|14/05/2025|21:40|14/05/2025|Person|Violence and aggression|Verbal|Lounge|No harm|Elm|H2|b@example.org
        """,
        "incidents",
        {
            "incident_id": "ID", "occurred_at": "Incident date + Time", "recorded_at": "Reported date",
            "kind": "Incident Type Tier One", "subkind": "Sub category", "location": "Exact location",
            "harm": "Reporter's initial harm assessment", "service_id": "Site", "person_id": "Hospital Number",
        },
        order="dmy",
        codes={
            "kind": {"Slips, trips and falls": "fall", "Violence and aggression": "distress"},
            "harm": {"Moderate harm": "moderate", "No harm": "none"},
        },
        unused={"Reporter e-mail": "personal", "Incident affecting": "no place"},
        how="shipped",
    ),
    Export(
        "an ABC chart of distress",
        "behaviour charts.csv",
        """
        Resident Ref|Date & Time|Behaviour Type|Antecedent|Intensity|Duration (mins)|Action Taken|Logged By
        R1|01/05/2025 10:15|Shouting|Noise|High|15|Sat together and listened to music
        R2|23/05/2025 18:05|Pushing away|Needed toilet|Low|5|Offered tea
        """.replace("music\n", "music|S1\n").replace("tea\n", "tea|S2\n"),
        "incidents",
        {
            "person_id": "Resident Ref", "occurred_at": "Date & Time", "kind": "Behaviour Type", "likely_reason": "Antecedent",
            "intensity": "Intensity", "minutes": "Duration (mins)", "recorded_by": "Logged By",
        },
        order="dmy",
        codes={
            "kind": {"Shouting": "distress", "Pushing away": "distress"}, "intensity": {"High": "3", "Low": "1"},
            "likely_reason": {"Needed toilet": "toilet"},
        },
        unused={"Action Taken": "free text"},
        lacks_service=True,
        numbered=True,
    ),
    Export(
        "a residents' list with dates of birth",
        "Resident list.csv",
        """
        Resident ID|First Name|Surname|NHS Number|Date of Birth|M/F|Ethnic Origin|Mobility Level|Dementia Stage|NOK Recorded|Postcode
        R1|Ann|Other|999 000 0018|13/01/1938|F|White British|Zimmer frame|Moderate|Y|ZZ99 3VZ
        R2|Bob|Other|999 000 0026|02/12/1941|M|Indian|Hoist|Advanced|N|ZZ99 3WZ
        """,
        "people",
        {
            "person_id": "Resident ID", "birth_year": "Date of Birth", "gender": "M/F", "ethnicity_group": "Ethnic Origin",
            "mobility": "Mobility Level", "stage": "Dementia Stage", "family_contact": "NOK Recorded",
        },
        order="dmy",
        read_as={"birth_year": "birth_date"},
        codes={
            "gender": {"F": "woman", "M": "man"}, "ethnicity_group": {"White British": "white", "Indian": "asian"},
            "mobility": {"Zimmer frame": "aid", "Hoist": "two_people"}, "stage": {"Moderate": "middle", "Advanced": "later"},
        },
        unused={"First Name": "personal", "Surname": "personal", "NHS Number": "personal", "Postcode": "personal"},
    ),
    Export(
        "a list of people with ages and only an NHS number",
        "clients.csv",
        """
        NHS No|Full Name|Age|Gender|Preferred Language
        9990000018|Ann Other|83|Female|English
        9990000026|Bob Other|79|Male|Punjabi
        9990000034|Cy Other|91|Female|English
        """,
        "people",
        {"person_id": "NHS No", "birth_year": "Age", "gender": "Gender", "first_language": "Preferred Language"},
        read_as={"birth_year": "age"},
        codes={"gender": {"Female": "woman", "Male": "man"}},
        unused={"Full Name": "personal"},
    ),
    Export(
        "admissions and discharges",
        "admissions.csv",
        """
        Resident No|Home Name|Room|Date of Admission|Date Left|Reason for Leaving|Funding Type
        17|Elm House|12|13/04/2023|ongoing||Self funded
        18|Elm House|14|01/09/2022|17/02/2025|Deceased|CHC
        19|Elm House|9|01/10/2022|28/02/2025|Moved to nursing home|Respite
        """,
        "stays",
        {
            "person_id": "Resident No", "service_id": "Home Name", "start_on": "Date of Admission", "end_on": "Date Left",
            "end_reason": "Reason for Leaving", "kind": "Funding Type",
        },
        order="dmy",
        codes={
            "end_reason": {"Deceased": "died", "Moved to nursing home": "needs_changed_planned"},
            "kind": {"Self funded": "long_term", "CHC": "long_term"},
        },
        unused={"Room": "no place"},
    ),
    Export(
        "homecare packages",
        "packages.csv",
        """
        Customer No|Branch|Package Start|Package End|Package Type
        C1|Leeds|2024-05-01||Domiciliary care
        C2|Leeds|2024-06-01|2025-01-31|Domiciliary care
        """,
        "stays",
        {"person_id": "Customer No", "service_id": "Branch", "start_on": "Package Start", "end_on": "Package End",
         "kind": "Package Type"},
        codes={"kind": {"Domiciliary care": "homecare"}},
    ),
    Export(
        "homecare visits planned and made",
        "call monitoring.csv",
        """
        Visit ID|Task|Client ID|Carer ID|Planned Start|Actual Start|Status|Branch
        1|Visit|C1|S1|13/05/2025 08:00|13/05/2025 08:10|Completed|Leeds
        2|Visit|C2|S1|13/05/2025 09:00|13/05/2025 10:30|Missed|Leeds
        """,
        "checks",
        {
            "check_id": "Visit ID", "measure": "Task", "person_id": "Client ID", "recorded_by": "Carer ID",
            "due_on": "Planned Start", "done_at": "Actual Start", "result": "Status", "service_id": "Branch",
        },
        order="dmy",
        codes={"measure": {"Visit": "visit_time"}, "result": {"Completed": "met", "Missed": "not_met"}},
    ),
    Export(
        "care offered, accepted or declined",
        "care notes.csv",
        """
        Resident|Date/Time|Task|Care Task|Accepted/Declined/Refused|Shift|Home
        R1|2025-05-01 08:10|Personal care offered|washing|Accepted|AM|Elm
        R2|2025-05-01 08:20|Personal care offered|dressing|Declined|AM|Elm
        R2|2025-05-01 20:20|Personal care offered|washing|Refused|PM|Elm
        """,
        "checks",
        {
            "person_id": "Resident", "done_at": "Date/Time", "measure": "Task", "element": "Care Task",
            "result": "Accepted/Declined/Refused", "shift": "Shift", "service_id": "Home",
        },
        codes={
            "measure": {"Personal care offered": "care_offer"},
            "result": {"Accepted": "met", "Declined": "not_met", "Refused": "not_met"}, "shift": {"AM": "early", "PM": "late"},
        },
        numbered=True,
    ),
    Export(
        "a training matrix, long",
        "training.csv",
        """
        Staff ID|Check|Topic|Expiry|Date Completed|Compliant|Home
        S1|Training|dementia|13/05/2026|13/05/2025|Yes|Elm
        S2|Training|moving|13/02/2025|13/02/2024|Overdue|Elm
        """,
        "checks",
        {
            "recorded_by": "Staff ID", "measure": "Check", "element": "Topic", "due_on": "Expiry", "done_at": "Date Completed",
            "result": "Compliant", "service_id": "Home",
        },
        order="dmy",
        codes={"result": {"Overdue": "not_met", "Yes": "met"}},
        numbered=True,
    ),
    Export(
        "capacity and best-interest decisions",
        "MCA register.csv",
        """
        MCA Ref|Resident ID|Home|Date of Decision|Decision Type|Subject|Has Capacity|Decision Maker|Consulted With|Least Restrictive|Risk Rating
        M1|R1|Elm|13/02/2025|Best interests|Medication|No|GP|Yes|Yes|Amber
        M2|R2|Elm|14/02/2025|Day to day|Everyday|Yes|Resident|Yes|Yes|Green
        """,
        "decisions",
        {
            "decision_id": "MCA Ref", "person_id": "Resident ID", "service_id": "Home", "decided_on": "Date of Decision",
            "class": "Decision Type", "domain": "Subject", "capacity": "Has Capacity", "decider": "Decision Maker",
            "consulted": "Consulted With", "less_restrictive": "Least Restrictive", "risk": "Risk Rating",
        },
        order="dmy",
        codes={
            "class": {"Best interests": "best_interest", "Day to day": "everyday_choice"}, "domain": {"Medication": "health"},
            "capacity": {"No": "lacks", "Yes": "has"}, "decider": {"GP": "professional", "Resident": "person"},
            "risk": {"Amber": "medium", "Green": "low"},
        },
    ),
    Export(
        "whose views were heard",
        "involvement log.csv",
        """
        Entry ID|Resident ID|Home|Plan Element|Whose View|Discussed On|How Involved|Understanding Checked|Agree?|Acted On|In own words
        1|R1|Elm|waking|Resident|13/01/2025|Picture cards|Yes|Agrees|Yes|Y
        2|R1|Elm|waking|Daughter|14/01/2025|Phone call||Disagrees|No|N
        """,
        "views",
        {
            "view_id": "Entry ID", "person_id": "Resident ID", "service_id": "Home", "element": "Plan Element",
            "voice": "Whose View", "given_on": "Discussed On", "how_sought": "How Involved",
            "understood": "Understanding Checked", "stance": "Agree?", "used": "Acted On", "own_words": "In own words",
        },
        order="dmy",
        codes={
            "voice": {"Resident": "person", "Daughter": "family"}, "how_sought": {"Picture cards": "pictures", "Phone call": "talk"},
            "stance": {"Agrees": "agree", "Disagrees": "disagree"}, "used": {"Yes": "adopted", "No": "not_adopted"},
        },
    ),
    Export(
        "a register of what was tried",
        "improvement projects.csv",
        """
        Project Ref|Project Title|Type|Started|Ended|Home|Why|Participation Level|Co-designed With
        P1|Tea before washing|Routine|13/01/2025||Elm|Following incidents|2|Resident, family
        P2|Singing on Fridays|Music|20/02/2025|30/04/2025|Elm|Planned|3|Resident and staff
        """,
        "interventions",
        {
            "intervention_id": "Project Ref", "title": "Project Title", "kind": "Type", "start_on": "Started", "end_on": "Ended",
            "service_id": "Home", "reason": "Why", "ladder_level": "Participation Level", "designed_with": "Co-designed With",
        },
        order="dmy",
        codes={
            "reason": {"Following incidents": "after_incidents"},
            "designed_with": {"Resident, family": "person;family", "Resident and staff": "person;staff"},
        },
    ),
    Export(
        "hospital stays and other absences",
        "absences.csv",
        """
        Home|Resident ID|Date Out|Returned|Reason for Absence
        Elm|R1|13/01/2025|20/01/2025|Hospital admission
        Elm|R2|24/12/2024|27/12/2024|With family
        """,
        "context",
        {"service_id": "Home", "person_id": "Resident ID", "from_on": "Date Out", "until_on": "Returned",
         "kind": "Reason for Absence"},
        order="dmy",
        codes={"kind": {"Hospital admission": "hospital", "With family": "away"}},
        numbered=True,
    ),
    Export(
        "a list of homes",
        "our homes.csv",
        """
        Code|Home Name|Service Type|No. of Beds|County|Council|Registered From|Phone
        E1|Elm House|Care home with nursing|42|Eastmere|East|13/01/1990|020 7946 0958
        O1|Oak Lodge|Residential care|38|Eastmere|East|20/05/2001|020 7946 0959
        B1|Beech at Home|Domiciliary care||Eastmere|East|20/05/2011|020 7946 0960
        """,
        "services",
        {
            "service_id": "Code", "label": "Home Name", "setting": "Service Type", "beds": "No. of Beds", "region": "County",
            "commissioner_id": "Council", "opened_on": "Registered From",
        },
        order="dmy",
        codes={"setting": {"Care home with nursing": "nursing", "Residential care": "residential", "Domiciliary care": "homecare"}},
        unused={"Phone": "personal"},
    ),
    Export(
        "answers to instruments, a row an answer",
        "outcome measures.csv",
        """
        Response ID|Client Ref|Date Completed|Tool|Item|Score|Completed By|Home
        1|C1|13/05/2025|QoL-AD|total|34|Resident|Elm
        2|C2|14/05/2025|DEMQOL-Proxy|total|81|Relative|Elm
        """,
        "feedback",
        {
            "feedback_id": "Response ID", "person_id": "Client Ref", "given_on": "Date Completed", "instrument": "Tool",
            "domain": "Item", "score": "Score", "rater": "Completed By", "service_id": "Home",
        },
        order="dmy",
        codes={"rater": {"Resident": "self", "Relative": "family_about_self"}},
    ),
    Export(
        "the Friends and Family Test, a row an answer: 1 is best",
        "fft responses.csv",
        """
        Response ID|Survey Date|Survey|Question|Response|Respondent Type|Site
        1|13/05/2025|Friends and Family Test|total|Very good|Patient|Elm
        2|14/05/2025|Friends and Family Test|total|Poor|Patient|Elm
        3|14/05/2025|Friends and Family Test|total|Don't know|Patient|Elm
        """,
        "feedback",
        {
            "feedback_id": "Response ID", "given_on": "Survey Date", "instrument": "Survey", "domain": "Question",
            "score": "Response", "rater": "Respondent Type", "service_id": "Site",
        },
        order="dmy",
        codes={"score": {"Very good": "1", "Poor": "4", "Don't know": "dont_know"},
               "instrument": {"Friends and Family Test": "fft"}},
    ),
    Export(
        "a staff survey from Microsoft Forms, month first",
        "Staff survey 2025(1-3).csv",
        """
        ID|Start time|Completion time|Email|Name|Last modified time|I am happy in my work|I am proud of this home|I feel supported by my manager|What training would you like?|How long have you worked here?
        1|8/9/25 12:51:45|8/9/25 12:55:02|anonymous|||Strongly agree|Agree|Neither agree nor disagree|Dementia;Music;|Under 1 year
        2|8/10/25 9:01:00|8/10/25 9:05:10|anonymous|||Agree|Strongly agree|Disagree|Music;Moving;|1 to 3 years
        3|8/11/25 9:01:00|8/11/25 9:05:10|anonymous|||Prefer not to say|Agree||Dementia;|Over 3 years
        """,
        "feedback",
        {"feedback_id": "ID", "given_on": "Completion time"},
        order="mdy",
        wide={"I am happy in my work": "happy", "I am proud of this home": "proud", "I feel supported by my manager": "supported"},
        defaults={"rater": "staff_about_self", "instrument": "staff_checkin"},
        codes={"score": {"Strongly agree": "5", "Agree": "4", "Neither agree nor disagree": "3", "Disagree": "2",
                         "Prefer not to say": "rather_not"}},
        unused={"What training would you like?": "multi-select", "Email": "personal", "Name": "personal"},
        lacks_service=True,
        how="shipped",
    ),
    Export(
        "a relatives' survey from SurveyMonkey",
        "Relatives survey.csv",
        """
        Respondent ID|Collector ID|Start Date|End Date|IP Address|Email Address|First Name|Last Name|Custom Data 1|I feel confident about the care|I feel valued as a relative|I understand what happens and why|Anything else?
        114|9|05/13/2025 10:00:00|05/13/2025 10:05:00|192.0.2.1|a@example.org|A|Person||5|4|4|Thank you to everybody who looks after my mother so kindly
        115|9|05/14/2025 10:00:00|05/14/2025 10:07:00|192.0.2.2|b@example.org|B|Person||3|Don't know|2|
        """,
        "feedback",
        {"feedback_id": "Respondent ID", "given_on": "End Date"},
        order="mdy",
        wide={"I feel confident about the care": "confident", "I feel valued as a relative": "valued",
              "I understand what happens and why": "understands"},
        defaults={"rater": "family_about_self", "instrument": "family_checkin"},
        codes={"score": {"Don't know": "dont_know"}},
        unused={"IP Address": "personal", "First Name": "personal", "Start Date": "no place"},
        lacks_service=True,
        how="shipped",
    ),
    Export(
        "a form with a timestamp that does not say who answered",
        "Form responses 1.csv",
        """
        Timestamp|I feel listened to|I choose how I spend my day|I am in control|Which do you enjoy? (tick all that apply)
        2025/05/13 9:01:02|Always|Often|Sometimes|Music, Walks
        2025/05/14 9:01:02|Often|Never|Rarely|Walks
        """,
        "feedback",
        {"given_on": "Timestamp"},
        wide={"I feel listened to": "i_feel_listened_to", "I choose how I spend my day": "i_choose_how_i_spend_my_day",
              "I am in control": "i_am_in_control"},
        codes={"score": {"Always": "5", "Often": "4", "Sometimes": "3", "Rarely": "2", "Never": "1"}},
        unused={"Which do you enjoy? (tick all that apply)": "multi-select"},
        missing=("rater", "instrument"),
        asked=("rater", "instrument"),
        ready=False,
        lacks_service=True,
        numbered=True,
        how="shipped",
    ),
    Export(
        "monthly totals, a column a month, with bed days",
        "monthly sheet.csv",
        """
        Measure|Jan 2025|Feb 2025|Mar 2025|Total
        Falls|4|5|3|12
        Falls with harm|1|0|2|3
        Pressure sores|1||1|2
        Occupied bed days|1,178|1,064|1,180|3,422
        """,
        "totals",
        {"outcome": "Measure"},
        wide={"Jan 2025": "Jan 2025", "Feb 2025": "Feb 2025", "Mar 2025": "Mar 2025"},
        denominators=("Occupied bed days",),
        codes={"outcome": {"Falls": "F1", "Falls with harm": "F2", "Pressure sores": "PRESSURE_SORES"}},
        unknown=("Pressure sores",),
        asked=("Pressure sores",),
        unused={"Total": "no place"},
        lacks_service=True,
        numbered=True,
    ),
    Export(
        "monthly totals, a column a measure",
        "KPI.csv",
        """
        Month|Home|Falls|Falls with harm|PRN given|Complaints|OBD|Falls per 1,000
        Jan-25|Elm|4|1|10|2|1178|3.4
        Feb-25|Elm|5|0|12|0|1064|4.7
        """,
        "totals",
        {"period_from": "Month", "service_id": "Home", "denominator": "OBD"},
        wide={"Falls": "F1", "Falls with harm": "F2", "PRN given": "D5", "Complaints": "COMPLAINTS"},
        asked=("Complaints",),
        unused={"Falls per 1,000": "no place"},
        numbered=True,
    ),
    Export(
        "monthly totals, long",
        "quality indicators.csv",
        """
        Site|Indicator|Period|Count|Bed Days
        Elm|Falls|January 2025|4|1178
        Elm|Restraint|January 2025|0|1178
        Elm|Falls|February 2025|5|1064
        """,
        "totals",
        {"service_id": "Site", "outcome": "Indicator", "period_from": "Period", "numerator": "Count", "denominator": "Bed Days"},
        codes={"outcome": {"Falls": "F1", "Restraint": "F5"}},
        numbered=True,
    ),
    Export(
        "falls by home and month: nothing in the file says what is counted",
        "by home.csv",
        """
        Home|Jan 2025|Feb 2025|Mar 2025
        Elm|4|5|3
        Oak|2|1|0
        """,
        "totals",
        {"service_id": "Home"},
        wide={"Jan 2025": "Jan 2025", "Feb 2025": "Feb 2025", "Mar 2025": "Mar 2025"},
        missing=("outcome",),
        asked=("outcome",),
        ready=False,
        numbered=True,
    ),
    Export(
        "months without a year",
        "totals.csv",
        """
        Measure|January|February|March
        Falls|4|5|3
        """,
        "totals",
        {"outcome": "Measure"},
        wide={"January": "January", "February": "February", "March": "March"},
        asked=("period_from",),
        ready=False,
        lacks_service=True,
        numbered=True,
    ),
    Export(
        "Friends and Family Test monthly counts",
        "fft-community.csv",
        """
        Yearnumber|Periodname|Org code|Org name|1 Very Good SUM|2 Good SUM|3 Neither Good nor Poor SUM|4 Poor SUM|5 Very Poor SUM|6 Dont Know SUM|Total Responses|Total Eligible
        2025_26|AUGUST|X01|Eastmere|100|20|5|2|1|3|131|400
        2025_26|JANUARY|X01|Eastmere|90|22|6|1|0|1|120|380
        """,
        "totals",
        {"period_from": "Yearnumber + Periodname", "service_id": "Org code", "denominator": "Total Responses"},
        wide={
            "1 Very Good SUM": "FFT_VERY_GOOD", "2 Good SUM": "FFT_GOOD", "3 Neither Good nor Poor SUM": "FFT_NEITHER",
            "4 Poor SUM": "FFT_POOR", "5 Very Poor SUM": "FFT_VERY_POOR", "6 Dont Know SUM": "FFT_DONT_KNOW",
        },
        read_as={"period_from": "financial_month"},
        numbered=True,
        how="shipped",
    ),
    Export(
        "two headings could both be when it was written down",
        "incidents.csv",
        """
        Incident Ref|Incident Date|Resident ID|Incident Type|Home|Date Entered|Created On
        1|13/01/2025|R1|Fall|Elm|13/01/2025|14/01/2025
        2|14/01/2025|R2|Fall|Elm|15/01/2025|16/01/2025
        """,
        "incidents",
        {"incident_id": "Incident Ref", "occurred_at": "Incident Date", "person_id": "Resident ID", "kind": "Incident Type",
         "service_id": "Home"},
        order="dmy",
        asked=("recorded_at",),
        unused={"Date Entered": "asked", "Created On": "asked"},
    ),
    Export(
        "falls that name nobody cannot be loaded",
        "falls.csv",
        """
        Date of Fall|Resident Name|Harm|Home
        13/01/2025|A Person|None|Elm
        14/01/2025|B Person|Low|Elm
        """,
        "falls",
        {"occurred_at": "Date of Fall", "harm": "Harm", "service_id": "Home"},
        order="dmy",
        missing=("person_id",),
        asked=("person_id",),
        unused={"Resident Name": "personal"},
        ready=False,
        numbered=True,
    ),
    Export(
        "headings mistyped and in capitals",
        "accidents.csv",
        """
        INCIDENT REFFERENCE|DATE OF INCIDNET|TIME OF INCIDENT|RESIDENT I.D.|INCIDENT CATAGORY|LEVEL OF HARM|HOME
        1|13/01/2025|10:00|R1|Fall|Low|Elm
        2|14/01/2025|11:00|R2|Bruising|None|Elm
        """,
        "incidents",
        {
            "incident_id": "INCIDENT REFFERENCE", "occurred_at": "DATE OF INCIDNET + TIME OF INCIDENT", "person_id": "RESIDENT I.D.",
            "kind": "INCIDENT CATAGORY", "harm": "LEVEL OF HARM", "service_id": "HOME",
        },
        order="dmy",
        codes={"kind": {"Bruising": "injury"}},
    ),
)  # fmt: skip
