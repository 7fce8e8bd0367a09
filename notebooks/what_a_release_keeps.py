"""A researcher's release of the sample beside the full data: what it keeps, and what it gives up so that nobody is found."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="What a release keeps, and what it loses")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # What a release keeps, and what it loses

    A researcher does not get the records of a service. They get a **release**: one row for each of a random half of the
    people, with bands instead of counts and no dates, so that nobody in it can be told from at least four others. This notebook
    makes one from the sample, asks it a question, and asks the full data the same: what is kept, what is lost, and how not
    to be misled. The people are made up, and here that is what makes the comparison possible: nobody outside a service
    could make it with real ones.
    """)
    return


@app.cell
def _():
    import hashlib
    import json
    import os
    import re
    import subprocess
    import sys
    import tempfile
    from datetime import date
    from pathlib import Path

    import marimo as mo
    import pandas as pd

    import data
    from data.ingest import ingest
    from data.pseudonyms import load_or_make_key
    from data.warehouse import open_facts
    from metrics.catalogue import load_catalogue
    from metrics.releasing.sample_columns import NONE_TRIED
    from metrics.releasing.sample_draw import drawn
    from metrics.releasing.sample_rows import person_rows

    SAMPLE = Path(data.__file__).parent / "sample"
    # The sample's people are made up, so their key may stand here: the same half is then drawn each time. A real key is
    # random, and kept away from the data.
    KEY_OF_THE_SAMPLE = hashlib.sha256(b"a key for the invented sample").hexdigest()
    return (
        KEY_OF_THE_SAMPLE,
        NONE_TRIED,
        Path,
        SAMPLE,
        date,
        drawn,
        ingest,
        json,
        load_catalogue,
        load_or_make_key,
        mo,
        open_facts,
        os,
        pd,
        person_rows,
        re,
        subprocess,
        sys,
        tempfile,
    )


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 1. Make the release

    With the command that a service would use, `outcomes release researcher`, into a temporary folder.
    """)
    return


@app.cell
def _(KEY_OF_THE_SAMPLE, Path, SAMPLE, date, ingest, load_or_make_key, os, subprocess, sys, tempfile):
    folder = tempfile.TemporaryDirectory(prefix="outcomes-notebook-")
    database, released = Path(folder.name) / "sample.duckdb", Path(folder.name) / "release"
    key_file = Path(folder.name) / "pseudonyms.key"
    key_file.write_text(KEY_OF_THE_SAMPLE, encoding="ascii")
    key_file.chmod(0o600)
    report = ingest([SAMPLE], database, as_of=date(2026, 11, 22), key=load_or_make_key(key_file), sample=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "dashboard.cli", "release", "researcher", "--as-of", "2026-11-22"),
            *("--out", str(released), "--db", str(database)),
        ],
        env={**os.environ, "OUTCOMES_KEY": str(key_file)},
        capture_output=True,
        check=True,
    )

    assert not report.needs_attention
    assert {"people.csv", "dictionary.csv", "release.json", "twin.csv"} <= {each.name for each in released.iterdir()}
    return database, folder, released


@app.cell
def _(json, pd, released):
    people = pd.read_csv(released / "people.csv", dtype=str, keep_default_na=False)
    twin = pd.read_csv(released / "twin.csv", dtype=str, keep_default_na=False)
    account = json.loads((released / "release.json").read_text(encoding="utf-8"))
    known = [name for name, part in account["columns"].items() if part == "known"]
    sensitive = [name for name, part in account["columns"].items() if part == "sensitive"]
    smallest = people.groupby(known).size().min()

    assert list(people.columns) == list(account["columns"])
    assert set(twin.columns) - set(people.columns) <= {"synthetic"}
    assert people.pid.is_unique
    assert account["synthetic"] is True
    return account, known, people, sensitive, smallest, twin


@app.cell(hide_code=True)
def _(account, known, mo, people, sensitive, smallest):
    mo.md(f"""
    {len(people)} people stand in it, with {len(known)} columns that somebody outside could know something of and {len(sensitive)} that
    only the person could tell. Whoever is picked, at least {smallest - 1} others look the same in all {len(known)} at once. Given
    up for everybody: {", ".join(account["given_up"]).replace("_", " ") or "nothing"}.
    """)
    return


@app.cell
def _(account, mo, people, sensitive, smallest):
    assert smallest >= account["k"] >= 5
    assert str(len(people)) == account["people"]["released"]
    assert not set(account["given_up"]) & set(people.columns)
    assert sensitive

    mo.ui.table(people.drop(columns="pid"), selection=None, page_size=8)
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 2. The same question, asked three times

    In the weeks before somebody's turning day (the day on which something was tried with them, or the middle of their record where nothing
    was), was there any record of distress, or any fall? And in as many weeks after? It is asked of

    - **the full data**: everybody who may be in a release;
    - **the half that was drawn**, before anybody was hidden: what chance alone did;
    - **the release**, leaving out whoever has *withheld* in one of the cells needed: what most people would do first.
    """)
    return


@app.cell
def _(KEY_OF_THE_SAMPLE, NONE_TRIED, database, drawn, load_catalogue, open_facts, pd, people, person_rows):
    with open_facts(database) as _facts:
        _whole = person_rows(_facts, load_catalogue())
    _chosen = drawn([each.person_id for each in _whole], bytes.fromhex(KEY_OF_THE_SAMPLE), 1, 0.5)
    everybody = pd.DataFrame([dict(each.words) for each in _whole])
    half = pd.DataFrame([dict(each.words) for each in _whole if each.person_id in _chosen])
    codes = {each.person_id for each in _whole}
    outcomes = [name for name in ("distress", "falls") if f"{name}_before" in people.columns]
    unknown = ("withheld", "not recorded")

    def by_arm(frame, outcome):
        """People of whom all is told, and the share of them with any before and after: for each arm the release still has."""
        told = pd.DataFrame(
            {
                "who": frame.arm.where(frame.arm.isin(unknown), frame.arm.map(lambda word: word == NONE_TRIED))
                if "arm" in people.columns
                else "everybody",
                "before": frame[f"{outcome}_before"],
                "after": frame[f"{outcome}_after"],
            }
        )
        told = told[~told.isin(unknown).any(axis=1)]
        told["who"] = told.who.replace({True: "nothing tried", False: "something tried"})
        for side in ("before", "after"):
            told[side] = told[side] != "0"
        return told.groupby("who").agg(people=("before", "size"), before=("before", "mean"), after=("after", "mean"))

    asked = {
        (outcome, name): by_arm(frame, outcome)
        for outcome in outcomes
        for name, frame in (("the full data", everybody), ("the half drawn", half), ("the release", people))
    }

    assert outcomes, "at least one outcome is left to ask about"
    assert all(len(found) for found in asked.values())
    return asked, codes, everybody, half, outcomes, unknown


@app.cell
def _(asked, mo, pd):
    beside = pd.DataFrame(
        {
            "any": outcome,
            "who": who,
            "told by": name,
            "people": int(row.people),
            "before, in 100": round(100 * row.before, 1),
            "after, in 100": round(100 * row.after, 1),
        }
        for (outcome, name), found in asked.items()
        for who, row in found.iterrows()
    ).sort_values(["any", "who"], kind="stable")
    mo.ui.table(beside, selection=None, page_size=12)
    return (beside,)


@app.cell
def _(asked, everybody, half, outcomes):
    def furthest(one, other):
        """The largest difference of any share between two tellings, in 100."""
        return max(
            100 * abs(asked[outcome, one][side] - asked[outcome, other][side]).max()
            for outcome in outcomes
            for side in ("before", "after")
        )

    by_chance = furthest("the full data", "the half drawn")
    by_leaving_out = furthest("the half drawn", "the release")
    left = sum(asked[outcome, "the release"].people.sum() for outcome in outcomes)
    there = sum(asked[outcome, "the half drawn"].people.sum() for outcome in outcomes)

    assert 0.4 < len(half) / len(everybody) < 0.6
    assert left <= there
    return by_chance, by_leaving_out, left, there


@app.cell(hide_code=True)
def _(by_chance, by_leaving_out, left, mo, there):
    mo.md(f"""
    Drawing a half moved shares by up to {by_chance:.0f} in 100: that is chance, and any interval allows for it. Leaving out people
    with withheld cells moved them by up to {by_leaving_out:.0f} in 100 more, with {left} of {there} answers left. **That is not
    chance, and no interval allows for it.** Cells are withheld where a combination is rare, and rare is not random: those with
    falls or distress are often the rarer ones. What is left can look calmer than it was, and a before and after askew.
    """)
    return


@app.cell
def _(by_chance, by_leaving_out):
    assert 0 <= by_chance < 15, "a half drawn at random says much the same as the whole"
    assert by_leaving_out >= 0
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ### What can be said all the same

    Count each withheld cell both ways: as if nobody behind one had any, and as if everybody had. What is true of the half drawn
    lies between the two, always. Where the two ends are far apart, the release does not know, and saying so is the honest
    answer. (Some people are left out as whole rows; `release.json` says about how many, and they are counted both ways too.)
    """)
    return


@app.cell
def _(account, half, mo, outcomes, pd, people, unknown):
    # "nobody", "fewer than 10", or a number to the nearest ten.
    _said = account["people"]["withheld"]
    LEFT_OUT_AT_MOST = 0 if _said == "nobody" else int(_said.split()[-1]) + (-1 if _said.startswith("fewer") else 5)

    def both_ways(outcome, side):
        """The lowest and the highest share the release leaves possible, and the share of the half drawn."""
        column, before_hiding = people[f"{outcome}_{side}"], half[f"{outcome}_{side}"]
        some, hidden = (~column.isin([*unknown, "0"])).sum(), (column == "withheld").sum()
        known = (~column.isin(["not recorded"])).sum()
        low = some / (known + LEFT_OUT_AT_MOST)
        high = (some + hidden + LEFT_OUT_AT_MOST) / (known + LEFT_OUT_AT_MOST)
        true = (~before_hiding.isin([*unknown, "0"])).sum() / (before_hiding != "not recorded").sum()
        return 100 * low, 100 * true, 100 * high

    bounds = pd.DataFrame(
        [
            (f"any {outcome} {side}", *(round(each, 1) for each in both_ways(outcome, side)))
            for outcome in outcomes
            for side in ("before", "after")
        ],
        columns=["what", "at least, in 100", "in the half drawn", "at most, in 100"],
    )

    assert len(half) - len(people) <= LEFT_OUT_AT_MOST
    assert (bounds["at least, in 100"] <= bounds["in the half drawn"]).all()
    assert (bounds["in the half drawn"] <= bounds["at most, in 100"]).all()

    mo.ui.table(bounds, selection=None)
    return (bounds,)


@app.cell(hide_code=True)
def _(account, everybody, mo, people):
    _lost = "; ".join(f"{each['column'].replace('_', ' ')}: {each['became']}" for each in account["mergings"])
    _arms = everybody.arm.nunique()
    _arms_left = people.arm[people.arm != "withheld"].nunique() if "arm" in people.columns else 0
    mo.md(f"""
    ## 3. What was lost

    - **People**: {len(everybody)} may be in a release, {len(people)} are. At most half are ever drawn, so that nobody knows of anybody
      that they are in it.
    - **What was tried**: {_arms} kinds of arm in the full data, {_arms_left} in the release.
    - **Bands**, merged until nobody stood out: {_lost}.
    - **Single cells** withheld: {", ".join(f"{count} of {name.replace('_', ' ')}" for name, count in account["cells_withheld"].items())}.
    - **Every day and every title**: with them, all verdicts. None of the answers of the notebook `reproduce_verdicts.py`
      can be reached from a release, for a window needs days. That is the price of letting the rows go; questions that need days
      are asked of the service, or answered by its own verdicts.
    """)
    return


@app.cell
def _(SAMPLE, account, codes, everybody, pd, people, re, released):
    assert len(people) <= 0.5 * len(everybody) + 20, "a random half, give or take"
    assert "arm" not in people.columns or everybody.arm.nunique() > people.arm[people.arm != "withheld"].nunique()
    for _name, _count in account["cells_withheld"].items():
        assert (people[_name] == "withheld").sum() == _count

    _text = (released / "people.csv").read_text(encoding="utf-8")
    _dates = re.findall(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}", _text)
    assert not _dates, "no day stands in the rows"
    assert not [code for code in codes if code in _text], "no code of the service's own file"
    _references = pd.read_csv(SAMPLE / "people.csv", dtype=str).person_id
    assert not [reference for reference in _references if reference in _text]
    _titles = pd.read_csv(SAMPLE / "interventions.csv", dtype=str).title
    assert not [title for title in _titles if title in _text]
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 4. The synthetic twin

    Beside the rows lies a twin: rows made up column by column, so that an analysis can be written and tried before anybody has signed
    for the real ones. Each column looks like the release's; what belongs together in the release does not belong together in it.
    """)
    return


@app.cell
def _(people, twin):
    for _column in twin.columns.intersection(people.columns).drop("pid"):
        assert set(twin[_column]) <= set(people[_column]), "only words that stand in the release"
    assert len(twin) > 0
    assert not set(twin.pid) & set(people.pid)
    return


@app.cell
def _(beside, bounds, folder, smallest):
    assert smallest >= 5
    assert beside["people"].min() > 0
    assert len(bounds) in (2, 4)
    folder.cleanup()
    return


if __name__ == "__main__":
    app.run()
