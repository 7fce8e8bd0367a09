"""The three steps of "Add data" and what is said after saving, each drawn from what is in hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard import access
from dashboard.blocks import add_data as blocks
from dashboard.blocks import add_data_basket as basket
from dashboard.blocks.record import explained, not_saved, taken_back
from dashboard.hosted import gate
from dashboard.markup import bullets, card, paragraph
from dashboard.parts import heading, show
from dashboard.safe import label_escape, md_escape
from dashboard.views import add_data as words
from dashboard.views import say
from dashboard.views.add_data_look import Looked, samples
from data.contract import TABLES
from data.fixing import fix_csv
from data.matching.match import Match, Question, UnknownWord
from data.matching.profile import Profile
from data.reports import FileReport, IngestReport
from data.source import Source

MOST_WORDS = 25
"""Unknown words of one column that are asked about: the most frequent ones."""
DATED = ("incidents", "falls", "feedback", "checks", "totals")
NOTHING = ""
"""The choice that a column is not in the file, or that rows with a word are set aside."""


# Step 1 ----------------------------------------------------------------------------------------------


def choose_files() -> None:
    """Files are chosen, each is named with what it looks like."""
    where = "They go to this service alone." if gate.is_hosted() else "Nothing leaves this computer."
    show(paragraph(f"Choose the files your systems gave you. {where}", kind="leo-lead"))
    if access.any_data() and access.snapshot().is_sample:
        show(explained(
            "You are looking at made-up homes. What you add here is kept beside them, and the page goes on saying that "
            "this is a sample. For your own home alone, stop this window and start: outcomes serve."
        ))  # fmt: skip
    turn = f"add_upload_{st.session_state.get('add_turn', 0)}"
    st.file_uploader(
        "Exports: CSV, or another file with one row a record (50 MB each at most)", accept_multiple_files=True, key=turn,
        max_upload_size=50, help="A larger file is loaded with the command: outcomes ingest FILE", on_change=basket.take_in, args=(turn,),
    )  # fmt: skip
    for number, looked in basket.files().items():
        with st.container(horizontal=True, key=f"file_{number}", vertical_alignment="center"):
            with st.container():
                show(_file_head(looked))
            st.button(
                "Leave this out", key=f"aside_{number}", on_click=basket.put_aside, args=(number,),
                help=f"Leave {md_escape(looked.source.name)} out",
            )  # fmt: skip
    found = basket.usable()
    if not found:
        return
    services = len(basket.known_services())
    asks = any(each.match is None or words.needs_a_person(each.match, services) for each in found.values())
    with st.container(horizontal=True):
        if asks:
            st.button("Next: match columns", type="primary", key="to_match", on_click=basket.go, args=(basket.MATCH,))
        else:
            st.button("Next: check and save", type="primary", key="to_check", on_click=basket.to_check)
            st.button("See how they are read", key="to_match", on_click=basket.go, args=(basket.MATCH,))


def _file_head(looked: Looked) -> Any:
    if looked.match is not None and looked.counted is not None:
        return blocks.file_head(
            looked.source.name,
            words.file_line(looked.match, looked.counted),
            words.readiness(looked.match, len(basket.known_services())),
        )
    if looked.could_be:
        return blocks.file_head(
            looked.source.name, "We cannot tell what kind of record this is.", "You can say so in the next step."
        )
    return blocks.refused_file(looked.source.name, looked.refused or "")


# Step 2 ----------------------------------------------------------------------------------------------


def match_columns() -> None:
    """For each file: what it is, which heading is which column, which of their words are which of ours."""
    missing = basket.faults() if st.session_state.get("add_faulty") else ()
    if missing:
        show(blocks.faults("Before the files can be checked", missing))
    if basket.nameless():
        _which_service()
    for number, looked in basket.usable().items():
        with st.container(border=True, key=f"match_{number}"):
            _one_file(number, looked)
    with st.container(horizontal=True):
        st.button("Next: check and save", type="primary", key="to_check", on_click=basket.to_check)
        st.button("Back", key="back", on_click=basket.go, args=(basket.CHOOSE,))


def _which_service() -> None:
    known = basket.known_services()
    with st.container(border=True, key="which_service"):
        st.subheader("Which service are these files from?", anchor=False)
        chosen = None
        if known:
            options = {**known, basket.NEW_SERVICE: "One that is not here yet"}
            chosen = st.selectbox(
                "Service these files are from", list(options), index=0 if len(known) == 1 else None,
                format_func=lambda code: options[code], key="add_service", placeholder="Choose one", persist_state="session",
            )  # fmt: skip
        if not known or chosen == basket.NEW_SERVICE:
            name, kind, beds = st.columns([40, 35, 25])
            with name:
                st.text_input("Name of the service", key="add_service_name", max_chars=60, persist_state="session")
            with kind:
                settings = {**{code: words.code_name(said) for code, said in say.SETTINGS.items()}, "other": "Other"}
                st.selectbox(
                    "Kind of service", list(settings), format_func=lambda code: settings[code], key="add_service_setting",
                    persist_state="session",
                )  # fmt: skip
            with beds:
                st.number_input(
                    "Beds or places", min_value=1, max_value=2000, value=None, step=1, key="add_service_beds",
                    help="Rates are worked out from beds where no stays have arrived.", persist_state="session",
                )  # fmt: skip


def _one_file(number: int, looked: Looked) -> None:
    match = looked.match
    line = (
        words.file_line(match, looked.counted)
        if match and looked.counted
        else "We cannot tell what kind of record this is."
    )
    used = access.last_used(match.profile.name) if match and match.how == "saved" else None
    show(blocks.file_head(looked.source.name, line, words.how_line(match, used) if match else words.NOT_PLACED))
    tables = list(TABLES)
    st.selectbox(
        "What is in this file", tables, index=tables.index(match.profile.table) if match and not basket.unsure_of_table(match) else None,
        format_func=lambda name: say.TABLES[name], key=basket.key(number, "table"), on_change=basket.say_table,
        args=(number,), placeholder="Choose one", persist_state="session",
    )  # fmt: skip
    found = basket.matched(number)
    if match is None or looked.raw is None or found is None:
        return
    again, profile = found
    _questions(number, match, looked)
    _words(number, again, profile)
    lines = words.column_lines(match)
    open_at_first = match.how in ("suggested", "shipped") or bool(match.missing)
    with st.expander("Columns", key=basket.key(number, "columns"), expanded=open_at_first):
        asked = {question.about for question in match.questions}
        for each in lines:
            if each.ours not in asked:
                _column(number, each, looked, profile, each.headings)
        others = [name for name in words.other_columns(match) if name not in asked]
        if others and st.checkbox(
            f"Show the {len(others)} columns of ours that nothing was found for", key=basket.key(number, "others"),
            persist_state="session",
        ):  # fmt: skip
            for name in others:
                _column(
                    number, words.ColumnLine(name, words.column_name(name), (), False, "", ""), looked, profile, ()
                )  # fmt: skip
        _known_words(number, match)
        if match.profile.wide is not None:
            names = list(match.profile.wide.columns)
            show(explained(f"{len(names)} columns are read one after the other: {', '.join(names[:6])}"
                           f"{' …' if len(names) > 6 else ''}."))  # fmt: skip
    left_out = words.left_out_lines(match)
    if left_out:
        show(bullets(left_out))


def _questions(number: int, match: Match, looked: Looked) -> None:
    for question in match.questions:
        if question.about == "table":
            continue
        if question.about == "date_order":
            show(explained(question.asked))
            st.radio(
                "In which order are the dates written?", list(words.ORDERS), index=None,
                format_func=lambda code: words.ORDERS[code], key=basket.key(number, "date_order"), persist_state="session",
            )  # fmt: skip
            continue
        label, key = label_escape(words.asked_words(question, match)), basket.key(number, f"question_{question.about}")
        if words.asks_year(question, match):
            st.number_input(
                label, min_value=1990, max_value=access.today().year, step=1, key=key, persist_state="session",
                value=int(question.default) if question.default else None, format="%d",
            )  # fmt: skip
            continue
        options = list(dict.fromkeys(question.options))
        st.selectbox(
            label, options, index=options.index(question.default) if question.default in options else None, key=key,
            format_func=partial(_option, question, match), placeholder="Choose one", persist_state="session",
        )  # fmt: skip
        about = match.table.columns.get(question.about)
        if about is not None and looked.raw is not None:
            for heading_ in options:
                shown = samples(looked.raw, (heading_,), about, match.profile) if heading_ else ()
                if shown:
                    show(explained(f"{heading_}: {'; '.join(shown)}"))


def _option(question: Question, match: Match, option: str) -> str:
    return words.option_words(option, question, match, _outcomes())


def _column(number: int, line: words.ColumnLine, looked: Looked, profile: Profile, first: tuple[str, ...]) -> None:
    """One of our columns: the heading it is read from, how sure that is, a few cells."""
    assert looked.raw is not None and looked.match is not None
    column = looked.match.table.columns[line.ours]
    headings = list(looked.raw.headings)
    key = basket.key(number, f"column_{line.ours}")
    label = line.name + (" (needed)" if line.needed else "")
    choose, said = st.columns([45, 55], vertical_alignment="center")
    with choose:
        if column.type == "time" or len(first) > 1:
            st.multiselect(
                label, headings, default=[each for each in first if each in headings], key=key, max_selections=3,
                placeholder="Not in this file", persist_state="session",
                help="Where day and time stand in two columns, choose both, the day first.",
            )  # fmt: skip
        else:
            st.selectbox(
                label, [NOTHING, *headings], index=headings.index(first[0]) + 1 if first and first[0] in headings else 0,
                key=key, format_func=lambda heading: heading or "Not in this file", persist_state="session",
            )  # fmt: skip
    with said:
        now = profile.columns.get(line.ours, ())
        unchanged = now == first
        told = line if unchanged else words.ColumnLine(line.ours, line.name, now, line.needed, "you chose", "")
        hidden = {each.heading for each in looked.match.unused if each.why in ("personal", "free text")}
        shown = () if hidden & set(now) else samples(looked.raw, now, column, profile)
        show(blocks.column_said(told, shown))


def _words(number: int, match: Match, profile: Profile) -> None:
    """Words of theirs that are none of our codes: which of ours each one is."""
    open_words = basket.open_words(match)
    for column in dict.fromkeys(column for column, _ in open_words):
        unknown = [
            each for each in match.unknown_words if (each.column, each.word) in open_words and each.column == column
        ]
        theirs = " and ".join(profile.columns.get(column, ())) or words.column_name(column)
        asked = sorted(unknown, key=lambda each: -each.times)[:MOST_WORDS]
        with st.expander(f"Words we do not know under “{label_escape(theirs)}” ({len(unknown)})", expanded=True,
                         key=basket.key(number, f"words_{column}")):  # fmt: skip
            show(explained("Say what each one means here. Rows with a word you leave open are set aside and named."))
            for left, right in zip(asked[::2], [*asked[1::2], None], strict=False):
                for place, each in zip(st.columns(2), (left, right), strict=True):
                    if each is not None:
                        with place:
                            _word(number, match, each)
            if len(unknown) > len(asked):
                show(
                    explained(f"{len(unknown) - len(asked)} rarer words are not asked about; their rows are set aside.")
                )


def _word(number: int, match: Match, unknown: UnknownWord) -> None:
    options = words.code_choices(match, unknown.column, _outcomes())
    near = [code for code in unknown.nearest if code in options]
    st.selectbox(
        f"“{label_escape(unknown.word)}” ({say.plural(unknown.times, 'row', 'rows')})", [NOTHING, *dict.fromkeys((*near, *options))],
        format_func=partial(_meaning, options),
        key=basket.key(number, f"word_{unknown.column}_{unknown.word}"), persist_state="session",
    )  # fmt: skip


def _outcomes() -> dict[str, str]:
    return {outcome.code: outcome.name for outcome in access.catalogue()}


def _known_words(number: int, match: Match) -> None:
    """Words of theirs that we took to mean one of our codes: to be looked over, and put right."""
    known = basket.known_words(match)[: 4 * MOST_WORDS]
    if not known or not st.checkbox(
        f"Show how {say.plural(len(known), 'word of theirs is', 'words of theirs are')} read",
        key=basket.key(number, "known_words"), persist_state="session",
    ):  # fmt: skip
        return
    for start in range(0, len(known), 2):
        for place, (column, word) in zip(st.columns(2), known[start : start + 2], strict=False):
            means, options = match.profile.codes[column][word], words.code_choices(match, column, _outcomes())
            codes = [NOTHING, *dict.fromkeys((*options, means))]
            with place:
                st.selectbox(
                    f"“{label_escape(word)}” under {words.column_name(column)}", codes, index=codes.index(means),
                    format_func=partial(_meaning, options),
                    key=basket.key(number, f"word_{column}_{word}"), persist_state="session",
                )  # fmt: skip


def _meaning(options: Mapping[str, str], code: str) -> str:
    return options.get(code, code) or "Leave these rows out"


# Step 3 ----------------------------------------------------------------------------------------------


def check_and_save() -> None:
    """A dry run: every row accounted for, every refused one named, then saving."""
    load: basket.Load = st.session_state["add_load"]
    report = st.session_state.get("add_report")
    if report is None:
        bar = st.progress(0.0, text="Checking …")
        try:
            report = access.add(load.sources, load.profiles, dry_run=True, progress=partial(_told, bar, "Checking"))
        except access.NotSaved as error:
            bar.empty()
            show(not_saved(str(error)))
            st.button("Back", key="back", on_click=basket.go, args=(basket.CHOOSE,))
            return
        bar.empty()
        st.session_state["add_report"] = report
    show(paragraph(words.summary(report), kind="leo-lead"))
    _files(report, load.read_as, {source.name: source for source in load.sources}, done=False)
    new = report.total("accepted") > 0
    remembered = basket.to_remember(load.profiles)
    if new and remembered:
        st.checkbox(
            "Remember how these exports are read, for next time", value=True, key="add_remember", persist_state="session"
        )  # fmt: skip
    with st.container(horizontal=True):
        saving = new and st.button("Save", type="primary", key="save")
        st.button("Back", key="back", on_click=basket.go, args=(basket.MATCH,))
        st.button("Start again", key="again", on_click=basket.start_again)
    if saving:
        _save(load)


def _told(bar: Any, doing: str, file: str, done: int, of: int) -> None:
    bar.progress(done / max(1, of), text=f"{doing} {md_escape(file)} …" if file else "Nearly done …")


def _save(load: basket.Load) -> None:
    bar = st.progress(0.0, text="Saving …")
    before = _spans()
    try:
        report = access.add(load.sources, load.profiles, dry_run=False, progress=partial(_told, bar, "Saving"))
    except access.NotSaved as error:
        bar.empty()
        show(not_saved(str(error)))
        return
    not_remembered = _remember(load) if st.session_state.get("add_remember", True) else ""
    found = words.news(before, _spans(), access.services(), DATED)
    faulty = {file.file for file in report.files if file.rejected}
    kept = {source.name: source for source in load.sources if source.name in faulty}
    basket.start_again()
    st.session_state["add_done"] = basket.Done(report, found, load.read_as, kept, not_remembered)
    st.session_state["add_step"] = basket.SAVED
    st.rerun()


def _remember(load: basket.Load) -> str:
    """Keep how the files were read; why that failed, when it did: the rows are saved all the same."""
    try:
        for profile in basket.to_remember(load.profiles):
            access.remember(profile)
    except access.NotSaved as error:
        return f"The rows are saved. How the files were read could not be remembered: {error}"
    return ""


def _spans() -> words.Spans:
    if not access.any_data():
        return {}
    return {service.service_id: access.spans(service.service_id) for service in access.services()}


def _files(report: IngestReport, read_as: Mapping[str, Profile], sources: Mapping[str, Source], *, done: bool) -> None:
    """What became of each file, with the rows that were refused."""
    for number, file in enumerate(report.files):
        if file.refused:
            show(card(file.file, paragraph("▲ ", file.refused, kind="leo-fault-plain")))
            continue
        name = f"{file.file}: {say.TABLES[file.table]}" if file.table else file.file
        show(blocks.balance(name, words.balance_line(file, done=done), file.warnings))
        if file.problems:
            _refused(number, file, read_as.get(file.file), sources.get(file.file))


def _refused(number: int, file: FileReport, profile: Profile | None, source: Source | None) -> None:
    rows = words.refused_rows(file, profile)
    title = f"Rows that cannot be used from {label_escape(file.file)} ({file.rejected:,})"
    with st.expander(title, key=f"refused_{number}", expanded=len(rows) <= 10):
        show(blocks.refused(file.file, rows[: words.MOST_SHOWN]))
        if len(rows) > words.MOST_SHOWN:
            show(explained(f"The first {words.MOST_SHOWN} of {len(rows):,}; all of them are in the file to correct."))
    if source is not None:
        st.download_button(
            "Download the rows to correct", data=partial(fix_csv, source, file.problems),
            file_name=f"to-correct-{file.table}.csv", mime="text/csv", on_click="ignore", key=f"fix_{number}",
            help="The refused rows as they stand in your file, each with what to correct. Mend them, save, and add the "
                 "file here again.",
        )  # fmt: skip


# After saving ----------------------------------------------------------------------------------------


def after_saving() -> None:
    """What was saved, what is new, where to see it, and how to take it back."""
    undone = st.session_state.get("add_undone")
    if undone is not None:
        show(taken_back(undone))
        st.button("Add other files", type="primary", key="again", on_click=basket.start_again)
        return
    why_not = st.session_state.pop("add_not_undone", None)
    if why_not:
        show(not_saved(why_not))
    done: basket.Done = st.session_state["add_done"]
    notes = [*(each.text for each in done.news), *([done.not_remembered] if done.not_remembered else [])]
    show(blocks.saved(words.saved_summary(done.report), notes))
    with st.container(horizontal=True):
        for each in done.news[:3]:
            name = next(service.label for service in access.services() if service.service_id == each.service_id)
            st.page_link(
                "app_pages/what_changed.py", label=f"See {md_escape(name)} on “What changed”",
                query_params={"service": each.service_id},
            )  # fmt: skip
        st.page_link("app_pages/record.py", label="Record a change")
    with st.container(horizontal=True):
        st.button("Add other files", type="primary", key="again", on_click=basket.start_again)
        if done.report.load_id is not None:
            st.button("Take this load back", key="undo", on_click=_undo, args=(done.report.load_id,))
    heading("What became of each file")
    _files(done.report, done.read_as, done.sources, done=True)


def _undo(load_id: int) -> None:
    try:
        undone = access.take_back(load_id)
    except access.NotSaved as error:
        st.session_state["add_not_undone"] = str(error)
        return
    st.session_state["add_undone"] = words.undone_line(undone)


# Below every step ------------------------------------------------------------------------------------


def what_is_missing() -> None:
    """Kinds of record that are not here yet, and what each would let one see."""
    present: set[str] = set()
    if access.any_data():
        for service in access.services():
            present |= access.tables_with_rows(service.service_id)
    arriving = {each.match.profile.table for each in basket.files().values() if each.match is not None}
    missing = words.missing_tables(present, arriving)
    if missing:
        with st.expander(f"What else would help ({len(missing)} kinds of record are not here yet)", key="missing"):
            show(blocks.missing(missing))
