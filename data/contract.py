"""The CSV contract: thirteen tables, each column said once.

This one description drives the DuckDB schema, the checks at import, the matching of headings and the
documentation (``docs/csv-contract.md`` is written from it). To change the contract, change it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

Type = Literal["id", "date", "time", "int", "num", "code", "codes", "yn", "text"]

NOT_RECORDED = "not_recorded"
"""What an empty optional code or yes/no is read as: an empty cell is never a 'none' or a 'no'."""

VOICES = ("person", "family", "advocate", "attorney_deputy", "staff", "professional")


@dataclass(frozen=True)
class Column:
    """One column of the contract.

    ``pseudonym`` names the kind of reference that is replaced by a keyed pseudonym before anything is
    stored; ``free_text`` columns are not stored at all. ``seen_as`` are headings that mean the same and
    whose cells can be read as they are.
    """

    name: str
    type: Type
    required: bool = False
    codes: tuple[str, ...] = ()
    seen_as: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    empty_means: str | None = None
    pseudonym: str | None = None
    free_text: bool = False
    may_be_future: bool = False
    about: str = ""

    @property
    def shown(self) -> bool:
        """Whether a bad value of this column may be repeated in a message."""
        return self.type not in ("id", "text")

    @property
    def sql_type(self) -> str:
        return {"date": "DATE", "time": "TIMESTAMP", "int": "BIGINT", "num": "DOUBLE"}.get(self.type, "VARCHAR")


@dataclass(frozen=True)
class Table:
    """One table of the contract: what a row is, its key, the column that dates it, its columns."""

    name: str
    row_is: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    dated_by: str | None = None
    without_it: str = ""

    @property
    def own_key(self) -> str | None:
        """The one id column that names a row; None where the key is several columns (stays)."""
        return self.key[0] if len(self.key) == 1 else None

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that reach the database: all but free text."""
        return tuple(column for column in self.columns.values() if not column.free_text)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.required)


_PERSON = ("Resident ID", "Resident", "Service User ID", "Client Ref", "Person Ref", "URN", "Customer No")
_SERVICE = ("Home", "Home ID", "Site", "Location ID", "Unit", "Branch", "Facility")
_RECORDED_AT = ("Date Recorded", "Date Entered", "Created On", "Logged At", "Date Reported")
_RECORDED_BY = ("Reported By", "Carer", "Staff ID", "Completed By", "User")
_HARM = ("none", "low", "moderate", "severe", "fatal")
_PLACES = ("bedroom", "bathroom", "lounge", "dining", "corridor", "garden", "outside", "other")
_MOBILITY = ("independent", "aid", "one_person", "two_people", "bed")
_STAGES = ("early", "middle", "later")
_PRECISION = ("minute", "hour", "shift", "day")


def _id(name: str, *seen_as: str, required: bool = False, about: str = "") -> Column:
    return Column(name, "id", required, seen_as=seen_as, about=about)


def _person(required: bool = False, about: str = "") -> Column:
    return Column("person_id", "id", required, seen_as=_PERSON, pseudonym="person", about=about)


def _service() -> Column:
    return Column("service_id", "id", True, seen_as=_SERVICE)


def _recorded_by() -> Column:
    return Column("recorded_by", "id", seen_as=_RECORDED_BY, pseudonym="staff")


def _code(name: str, codes: tuple[str, ...], *seen_as: str, required: bool = False,
          empty: str = NOT_RECORDED, about: str = "") -> Column:  # fmt: skip
    return Column(name, "code", required, codes, seen_as, empty_means=None if required else empty, about=about)


def _yn(name: str, *seen_as: str, empty: str = NOT_RECORDED, about: str = "") -> Column:
    return Column(name, "yn", codes=("yes", "no"), seen_as=seen_as, empty_means=empty, about=about)


def _date(name: str, *seen_as: str, required: bool = False, future: bool = False, about: str = "") -> Column:
    return Column(name, "date", required, seen_as=seen_as, may_be_future=future, about=about)


def _time(name: str, *seen_as: str, required: bool = False, future: bool = False, about: str = "") -> Column:
    return Column(name, "time", required, seen_as=seen_as, may_be_future=future, about=about)


def _text(name: str, *seen_as: str, required: bool = False, free: bool = False, about: str = "") -> Column:
    return Column(name, "text", required, seen_as=seen_as, free_text=free, about=about)


def _int(name: str, low: float, high: float, *seen_as: str, required: bool = False, about: str = "") -> Column:
    return Column(name, "int", required, seen_as=seen_as, low=low, high=high, about=about)


def _num(name: str, low: float, high: float, *seen_as: str, required: bool = False, about: str = "") -> Column:
    return Column(name, "num", required, seen_as=seen_as, low=low, high=high, about=about)


def _precision() -> Column:
    return _code("time_precision", _PRECISION, empty="", about="empty: read from the cell; a bare date is 'day'")


def _table(name: str, row_is: str, key: tuple[str, ...], *columns: Column, dated_by: str | None = None,
           without_it: str = "") -> Table:  # fmt: skip
    return Table(name, row_is, key, MappingProxyType({column.name: column for column in columns}), dated_by, without_it)


INCIDENT_KINDS = (
    "distress", "fall", "injury", "medicine_error", "calming_medicine", "restrictive", "skin", "missing",
    "safeguarding", "staff_injury", "other",
)  # fmt: skip

MEASURES = (
    "care_offer", "element_delivered", "visit_time", "usual_team", "ranked_plan", "window_observed",
    "freedom_day", "risk_plan", "risk_entry", "daily_monitoring", "trigger_review", "review",
    "review_learning", "need_change_review", "safeguarding_action", "notification", "limits_explained",
    "safeguarding_close", "wanted_outcome", "disagreement_answered", "boundary_set", "person_took_part",
    "family_took_part", "preference_acted_on", "everyday_choice", "own_goal", "interaction",
    "change_explained", "relatives_group", "advisory_board", "meeting_seat", "suggestion", "training",
    "supervision_voices", "involvement_prompt", "coproduction_audit", "pledge", "lesson", "lesson_shared",
    "health_check", "contribution", "contribution_family", "contribution_staff", "strength_used",
    "activity_stage", "activity_ladder",
)  # fmt: skip

INSTRUMENTS = (
    "demqol", "demqol_proxy", "demqol_u", "qol_ad", "qol_ad_nh", "qualidem", "qualid", "ascot_sct4",
    "icecap_o", "eq5d5l", "eq_vas", "cmai", "cmai_sf", "npi_nh", "pas", "painad", "abbey", "badls", "dcm_wib",
    "midas", "fft", "ons4", "session_note", "working_together", "person_checkin", "family_checkin",
    "staff_checkin",
)  # fmt: skip

CONTEXT_KINDS = (
    "need_change", "capacity_finding", "hospital", "away", "new_recording_system", "reporting_training",
    "definition_change", "outbreak", "manager_change", "staffing_gap", "building_work", "move_of_room", "other",
)  # fmt: skip

_ALL = (
    _table(
        "services", "one row a service", ("service_id",),
        Column("service_id", "id", True, seen_as=(*_SERVICE, "Code")),
        _code("setting", ("residential", "nursing", "homecare", "supported_living", "day_service", "other"),
              "Service Type", "Category", "Registration", required=True),
        _code("nation", ("EN", "WA", "SC", "NI", "other"), "Country", empty="EN", about="empty: EN, flagged"),
        _int("beds", 0, 2000, "Capacity", "No. of Beds", "Registered Places", "Max Occupancy",
             about="places registered or staffed"),
        _text("label", "Home Name", about="the name shown on the pages, kept on this machine"),
        _text("region", "Area", "County"),
        _id("commissioner_id", "Council", "Funder", "LA", "ICB"),
        _date("opened_on", "Registered From"),
        _date("closed_on", "Deregistered"),
        _num("expected_minority_pct", 0, 100, about="share of local people aged 65 and over, from the census"),
        without_it="We do not know what kind of service this is, so homes and homecare cannot be told apart.",
    ),
    _table(
        "people", "one row a person", ("person_id",),
        _person(required=True),
        _int("birth_year", 1900, 2030, "Year of Birth"),
        _code("gender", ("woman", "man", "other", "not_recorded"), "Sex", "M/F"),
        _code("ethnicity_group",
              ("asian", "black", "mixed", "white", "other", "prefer_not_to_say", "not_recorded"),
              "Ethnicity", "Ethnic Origin"),
        _text("first_language", "Preferred Language"),
        _code("language_match", ("yes", "no", "not_needed"), "Language Met",
              about="a regular worker speaks the person's language"),
        _code("format_needed", ("none", "large_print", "easy_read", "audio", "pictures", "other"), "AIS Need",
              "Format"),
        _code("format_given", ("yes", "no", "not_needed"), "AIS Met"),
        _code("stage", _STAGES, "Dementia Stage", "Severity", about="the stage now"),
        _code("mobility", _MOBILITY, "Mobility Level", "Transfers"),
        _text("dementia_type", "Diagnosis"),
        _code("communication_need", ("none", "hearing", "sight", "speech", "understanding", "several"),
              "Communication Needs", "Sensory"),
        _code("speech", ("full", "some", "little"), "Verbal"),
        _yn("family_contact", "NOK Recorded", "Has Family"),
        _yn("advocate", "IMCA", "Advocate"),
        _code("data_use", ("own_consent", "consultee", "service_improvement_only", "objected"), "Consent Basis",
              "Consent to Share"),
        _yn("research_opt_out", "National Data Opt-out"),
        without_it="We cannot see who is left out.",
    ),
    _table(
        "stays", "one row a stay", ("person_id", "service_id", "start_on"),
        _person(required=True), _service(),
        _date("start_on", "Admission Date", "Date of Admission", "Move In", "Package Start", required=True),
        _date("end_on", "Discharge Date", "Date Left", "Date of Death", "Package End",
              about="empty: still there"),
        _code("end_reason",
              ("died", "own_choice", "needs_changed_planned", "unplanned_move", "hospital_not_returned",
               "service_closed", "other"),
              "Reason for Leaving", "Discharge Reason", "Outcome"),
        _code("kind", ("long_term", "respite", "tenancy", "homecare", "day"), "Stay Type", "Funding Type"),
        dated_by="start_on",
        without_it="Rates are worked out from beds, as if every bed were full.",
    ),
    _table(
        "incidents", "one row an event", ("incident_id",),
        _id("incident_id", "Incident No", "Ref", "Form ID", "Datix No", required=True), _service(),
        _person(about="empty only for staff_injury or an event of the whole service"),
        _time("occurred_at", "Date of Incident", "Date/Time", "Incident Date", "When", required=True),
        _precision(), _time("recorded_at", *_RECORDED_AT), _recorded_by(),
        _code("kind", INCIDENT_KINDS, "Incident Type", "Category", "Event Type", "Behaviour Type", "PRN",
              required=True),
        _text("subkind", "Sub Category", "Detail",
              about="distress: upset, calling_out, searching, pushing_away, self_harm; restrictive: physical, "
                    "chemical, mechanical, environmental, surveillance; else short text"),
        _code("harm", _HARM, "Severity", "Level of Harm", "Outcome"),
        _code("harm_psychological", ("none", "low", "moderate", "severe"), "Psychological Harm",
              "Emotional Impact"),
        _yn("explained", "Cause Known", about="injuries only"),
        _int("intensity", 1, 3, "Intensity", "Level"),
        _int("minutes", 0, 1440, "Duration"),
        _code("location", _PLACES, "Where", "Place"),
        _code("likely_reason",
              ("pain", "noise", "hurry", "unfamiliar_person", "toilet", "hunger", "boredom", "loneliness",
               "not_known"), "Trigger", "Antecedent"),
        _text("what_helped", "Action Taken", "Intervention Used", free=True),
        dated_by="occurred_at",
        without_it="We cannot see distress, calming medicine, restrictive events or injuries.",
    ),
    _table(
        "falls", "one row a fall", ("fall_id",),
        _id("fall_id", "Fall Ref", "Incident No", required=True), _person(required=True), _service(),
        _time("occurred_at", "Date of Fall", "Time of Fall", "Date/Time", required=True),
        _precision(), _time("recorded_at", *_RECORDED_AT), _recorded_by(),
        _code("harm", _HARM, "Severity", about="empty: not recorded, never none"),
        _code("injury", ("none", "bruise_graze", "cut", "head", "fracture", "other"), "Injury Type",
              "Injury Sustained"),
        _code("location", _PLACES, "Location of Fall", "Room"),
        _code("doing", ("walking", "transfer", "bed", "chair", "toilet", "reaching", "not_known"), "Activity",
              "Circumstances"),
        _yn("seen", "Witnessed"),
        _code("hospital", ("none", "ambulance_called", "attended", "admitted"), "A&E", "999 Called", "Conveyed"),
        dated_by="occurred_at",
        without_it="Incident rows of kind 'fall' are used instead.",
    ),
    _table(
        "feedback", "one row an answer", ("feedback_id",),
        _id("feedback_id", "Response ID", "Survey ID", required=True), _service(),
        _person(about="empty for staff"),
        Column("rater_key", "id", seen_as=("Respondent", "Participant"), pseudonym="rater",
               about="the same answerer over time"),
        _date("given_on", "Date Completed", "Survey Date", "Submitted", required=True),
        _code("rater",
              ("self", "family", "staff", "observer", "family_about_self", "staff_about_self", "advocate"),
              "Respondent Type", "Completed By", "Role", required=True),
        _code("instrument", INSTRUMENTS, "Survey", "Tool", "Assessment", required=True),
        _text("domain", "Question", "Item", "Scale", required=True,
              about="a domain's code, or total; not_how_it_feels for a note on a plan's figures"),
        _num("score", -10, 200, "Score", "Rating", "Total", "Response",
             about="required unless the answer is dont_know, rather_not or not_able"),
        _code("answer", ("score", "dont_know", "rather_not", "not_able"), "Response Status", empty="score"),
        _code("support", ("none", "staff", "family", "independent"), "Assisted By"),
        _code("mode", ("spoken", "pictures", "faces", "paper", "screen"), "Method"),
        _text("form", "Version"),
        _code("moment", ("baseline", "review", "reassessment", "concern", "close", "routine"), "Timepoint",
              "Stage", "Pre/Post"),
        _id("intervention_id", "Plan ID"),
        Column("case_id", "id", seen_as=("Case Ref",), pseudonym="case"),
        dated_by="given_on",
        without_it="We cannot say what people, families and staff told us.",
    ),
    _table(
        "interventions", "one row a plan", ("intervention_id",),
        _id("intervention_id", "Plan ID", "Project", "Action Plan No", required=True), _service(),
        _person(about="empty: the whole service"),
        _text("title", "Name", "Plan", "Change", required=True),
        _code("kind",
              ("routine", "positive_risk", "visits", "three_way_planning", "music", "meals", "activities",
               "relatives_group", "environment", "safeguarding", "choice", "other"),
              "Type", "Theme", required=True),
        _date("start_on", "Start", "Go Live", "Implemented", required=True, future=True),
        _int("settling_days", 0, 365, "Run-in", about="empty: 14 for one person, 28 for a service"),
        _date("end_on", "End", future=True),
        _date("guide_on", "Guide Date", future=True, about="a visual guide was in place from this day"),
        _code("reason", ("planned", "after_incidents", "change_in_need", "request"), "Why", "Trigger"),
        _int("ladder_level", 0, 4, "Participation Level",
             about="0 told, 1 asked, 2 designed together, 3 decided together, 4 led by people living with dementia"),
        Column("designed_with", "codes", codes=VOICES, seen_as=("Involved", "Co-designed With"),
               about="voices, ';' between"),
        _id("based_on", "Copied From"),
        dated_by="start_on",
        without_it="Nobody has written down what was tried, so there is no before and after.",
    ),
    _table(
        "declarations", "one row a promise; never overwritten", ("declaration_id",),
        _id("declaration_id", "Ref", required=True), _id("intervention_id", "Plan ID", required=True),
        _id("outcome", "Measure", "Outcome", "KPI", required=True, about="the code of an outcome, such as D1"),
        _code("question", ("change", "steady"), "Aim", required=True),
        _num("size", 0, 1000, "Target", "Margin", "Threshold", required=True,
             about="in the outcome's unit; a ratio for rates"),
        _code("role", ("main", "balance"), "Primary/Secondary", empty="main"),
        _date("declared_on", "Agreed On", "Date Set", required=True),
        Column("declared_with", "codes", codes=VOICES, seen_as=("Agreed With",), about="voices, ';' between"),
        _date("baseline_from", "Before From", future=True), _date("baseline_to", "Before To", future=True),
        _date("follow_from", "After From", future=True), _date("follow_to", "After To", future=True),
        dated_by="declared_on",
        without_it="Nobody wrote down beforehand what would count as better.",
    ),
    _table(
        "views", "one voice on one matter", ("view_id",),
        _id("view_id", "Entry ID", required=True), _person(required=True), _service(),
        _id("decision_id", "Decision Ref"), _id("intervention_id", "Plan ID"),
        _text("element", "Element", "Need", "Goal", "Section"),
        _code("voice", VOICES, "Whose View", "Contributor", "Role", required=True),
        _date("given_on", "Date", "Discussed On", required=True),
        _code("how_sought",
              ("talk", "pictures", "objects", "simple_choices", "observation", "life_history", "writing",
               "interpreter", "not_asked", "not_recorded"), "Method", "How Involved", required=True),
        _code("understood", ("yes", "partly", "no", "not_checked", "not_possible", "not_recorded"),
              "Understanding Checked", "Understood"),
        _code("stance", ("agree", "disagree", "mixed", "no_view", "unknown"), "View", "Agree?"),
        _code("used", ("adopted", "adapted", "not_adopted", "not_known"), "Acted On", "Outcome"),
        _yn("reason_given", "Rationale"), _yn("own_words", "Verbatim", "Quote"),
        _yn("own_entry", "Separate Entry", empty="yes", about="written apart from other voices; empty: yes"),
        _recorded_by(),
        dated_by="given_on",
        without_it="We cannot say whose voice counted.",
    ),
    _table(
        "decisions", "one row a decision", ("decision_id",),
        _id("decision_id", "Decision Ref", "MCA Ref", "BI Ref", required=True), _person(required=True), _service(),
        _date("decided_on", "Date", "Date of Decision", required=True),
        _code("class", ("everyday_choice", "own_consent", "best_interest", "duty"), "Decision Type",
              required=True),
        _code("domain", ("everyday", "care", "health", "money", "home", "relationships", "safeguarding", "risk"),
              "Subject", "Area", required=True),
        _code("capacity", ("has", "fluctuates", "lacks", "not_assessed"), "Capacity Outcome", "Has Capacity",
              about="for this matter"),
        _date("assessed_on", "MCA Date"),
        _code("decider",
              ("person", "family", "attorney_deputy", "manager", "nurse", "professional", "council", "court"),
              "Decision Maker"),
        _code("accountable",
              ("person", "family", "attorney_deputy", "manager", "nurse", "professional", "council", "court"),
              "Accountable Person", "Lead"),
        _code("followed", ("person", "family", "staff", "shared", "law"), "Whose View Prevailed", "Outcome"),
        _code("risk", ("low", "medium", "high"), "Risk Rating"),
        _yn("reason_given", "Rationale Recorded"), _yn("consulted", "Consulted With"),
        _yn("wishes_considered", "Wishes and Feelings"), _yn("less_restrictive", "Least Restrictive"),
        _code("method",
              ("talk", "talk_over_time", "pictures", "objects", "simple_choices", "interpreter", "advocate",
               "form_only"), "Consent Method"),
        _id("intervention_id", "Plan ID"), _text("element", "Element", "Need", "Goal", "Section"),
        dated_by="decided_on",
        without_it="We cannot set everyday choices beside decisions made in somebody's best interest.",
    ),
    _table(
        "checks", "one row a thing due or looked at", ("check_id",),
        _id("check_id", "Task ID", "Audit Ref", required=True),
        _code("measure", MEASURES, "Task", "Audit", "Check", "Type", required=True),
        _service(), _person(), _id("intervention_id", "Plan ID"),
        _text("element", "Item", "Care Task", "Topic", about="narrows the measure; a code or short text"),
        _time("due_on", "Due Date", "Planned Start", "Next Review", "Expiry", future=True),
        _time("done_at", "Completed", "Actual Start", "Date Done", "Held On",
              about="empty only when due_on is given"),
        _code("result", ("met", "partly", "not_met", "not_applicable"), "Status", "Outcome", "Compliant", "Done",
              "RAG", required=True),
        _code("shift", ("early", "late", "night", "day"), "Shift"), _recorded_by(),
        dated_by="done_at",
        without_it="We assume every morning was watched, and cannot say what was done on time.",
    ),
    _table(
        "context", "one row a dated happening", ("context_id",),
        _id("context_id", "Ref", required=True), _service(),
        _date("from_on", "Date", "Start", required=True),
        _code("kind", CONTEXT_KINDS, "Event", "Reason", required=True),
        _person(about="empty: the whole service"),
        _date("until_on", "End", "Returned", future=True, about="last night away, or last day"),
        _code("stage", _STAGES, "New Stage", about="need_change only"),
        _code("mobility", _MOBILITY, "New Mobility", about="need_change only"),
        _text("label", "Description", about="short, drawn on the chart"),
        dated_by="from_on",
        without_it="We cannot see what else happened, and nights in hospital count as nights here.",
    ),
    _table(
        "totals", "one row a service, outcome and period", ("total_id",),
        _id("total_id", "Ref", required=True), _service(),
        _id("outcome", "Measure", "Indicator", "KPI", required=True,
            about="the code of an outcome, the product's or your own"),
        _date("period_from", "Month", "Period", "Week Commencing", required=True, about="first day"),
        _date("period_to", required=True, future=True, about="last day"),
        _int("numerator", 0, 1e9, "Falls", "Count", "Number", required=True),
        _num("denominator", 0, 1e12, "Bed Days", "Occupied Bed Days", "Total",
             about="bed days, people, opportunities; empty: from stays or beds, flagged"),
        dated_by="period_from",
        without_it="Months before the first export cannot be shown.",
    ),
)  # fmt: skip

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading without case, spaces, ``_``, ``/``, ``?``, dots or hyphens: what two spellings have in common."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum() or letter == "&")


@lru_cache(maxsize=len(TABLES))
def _read_as(table: str) -> Mapping[str, str]:
    """Plain headings of a table to its columns. A heading seen under several columns belongs to none of them."""
    seen: dict[str, set[str]] = {}
    for column in TABLES[table].columns.values():
        for other in column.seen_as:
            seen.setdefault(plain(other), set()).add(column.name)
    clear = {heading: next(iter(columns)) for heading, columns in seen.items() if len(columns) == 1}
    return clear | {plain(name): name for name in TABLES[table].columns}


def columns_for(table: Table, headings: Sequence[str]) -> dict[str, list[int]]:
    """Which headings can be read as which column, and where they stand: our own names first, then those seen under.

    A guess would be a wrong count, so a heading that could mean two columns is read as neither.
    """
    known = _read_as(table.name)
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        column = known.get(plain(heading))
        if column is not None:
            found.setdefault(column, []).append(place)
    return found
