"""A researcher's release of the sample beside the full data: what it keeps, and what it gives up so that nobody is found."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="What a release keeps, and what it loses")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # What a release keeps, and what it loses

    A researcher does not get the records of a service. They get a **release**: one row for each of a random half of the people, with
    bands instead of counts and no dates, so that nobody in it can be told from at least four others. This notebook makes
    one from the sample, asks it a question, and asks the full data the same. The people are made up, and here that is what makes
    the comparison possible: nobody outside a service could make it with real ones.
    """)
    return


@app.cell
def _():
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
    from metrics.estimators.shares import newcombe_difference
    from metrics.releasing.sample_columns import NONE_TRIED
    from metrics.releasing.sample_rows import person_rows

    SAMPLE = Path(data.__file__).parent / "sample"
    # The sample's people are made up, so their key may stand here: the same half is then drawn each time. A real key is
    # random, and kept away from the data.
    KEY_OF_THE_SAMPLE = bytes(range(1, 33)).hex()
    return (
        KEY_OF_THE_SAMPLE,
        NONE_TRIED,
        Path,
        SAMPLE,
        date,
        ingest,
        json,
        load_catalogue,
        load_or_make_key,
        mo,
        newcombe_difference,
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
    ## 2. The same question, asked twice

    In the weeks before somebody's turning day (the day on which something was tried with them, or the middle of their record where nothing
    was), was there any record of distress? And in as many weeks after? The full data say it for everybody who may be in a release;
    the release for those who were drawn, as far as it was not withheld. Neither can say what would have happened otherwise.
    """)
    return


@app.cell
def _(NONE_TRIED, database, load_catalogue, open_facts, pd, people, person_rows):
    OUTCOME = next(
        name for name in ("distress", "falls") if {f"{name}_before", f"{name}_after", "arm"} <= set(people.columns)
    )

    with open_facts(database) as _facts:
        _whole = person_rows(_facts, load_catalogue())
    everybody = pd.DataFrame([dict(each.words) for each in _whole])
    codes = {each.person_id for each in _whole}

    def any_of_it(frame):
        """Arm, and whether there was any before and after: only people of whom all three are told."""
        unknown = ("withheld", "not recorded")
        told = ~frame[["arm", f"{OUTCOME}_before", f"{OUTCOME}_after"]].isin(unknown).any(axis=1)
        return pd.DataFrame(
            {
                "arm": frame.arm.map(lambda word: "nothing tried" if word == NONE_TRIED else "something tried"),
                "before": frame[f"{OUTCOME}_before"] != "0",
                "after": frame[f"{OUTCOME}_after"] != "0",
            }
        )[told]

    def by_arm(frame):
        """People, those with any before, those with any after: for each arm."""
        found = frame.groupby("arm").agg(people=("before", "size"), before=("before", "sum"), after=("after", "sum"))
        return found.astype(int)

    full, kept = by_arm(any_of_it(everybody)), by_arm(any_of_it(people))

    assert list(full.index) == ["nothing tried", "something tried"]
    assert set(kept.index) <= set(full.index)
    return OUTCOME, codes, everybody, full, kept


@app.cell
def _(full, kept, mo, newcombe_difference, pd):
    def in_100(found, arm, side):
        """Of 100 people, how many had any."""
        return 100 * found[side][arm] / found.people[arm]

    def change(found, arm):
        """After less before in 100 people, with limits as if the two sides were different people: cautious."""
        n = float(found.people[arm])
        limits = newcombe_difference(found.before[arm] / n, n, found.after[arm] / n, n).interval
        return 100 * (found.after[arm] - found.before[arm]) / n, 100 * limits.low, 100 * limits.high

    beside = pd.DataFrame(
        {
            "who": arm,
            "told by": told_by,
            "people": int(found.people[arm]),
            "any before, in 100": round(in_100(found, arm, "before"), 1),
            "any after, in 100": round(in_100(found, arm, "after"), 1),
            "change": round(change(found, arm)[0], 1),
            "from": round(change(found, arm)[1], 1),
            "to": round(change(found, arm)[2], 1),
        }
        for arm in full.index
        for told_by, found in (("the full data", full), ("the release", kept))
        if arm in found.index
    )
    mo.ui.table(beside, selection=None)
    return beside, change, in_100


@app.cell(hide_code=True)
def _(OUTCOME, full, kept, mo):
    mo.md(f"""
    Of {full.people.sum()} people in the full data of whom {OUTCOME} is known on both sides, {kept.people.sum()} can be asked
    in the release. Shares come close, limits are wider, and the limits of the two always have something in common: the
    release says less, and nothing else. A release that says something else would have been drawn badly, or hidden in
    a way that favours somebody.
    """)
    return


@app.cell
def _(change, full, in_100, kept):
    assert 0 < kept.people.sum() < 0.6 * full.people.sum()
    for _arm in kept.index:
        _whole, _part = change(full, _arm), change(kept, _arm)
        assert _part[2] - _part[1] > _whole[2] - _whole[1], "fewer people, wider limits"
        assert max(_whole[1], _part[1]) <= min(_whole[2], _part[2]), "the limits have something in common"
        # Withholding goes by rare combinations, so shares may move; not by more than this here.
        assert abs(in_100(kept, _arm, "before") - in_100(full, _arm, "before")) < 20
    return


@app.cell(hide_code=True)
def _(account, everybody, mo, people):
    _lost = "; ".join(f"{each['column'].replace('_', ' ')}: {each['became']}" for each in account["mergings"])
    _arms = everybody.arm.nunique()
    mo.md(f"""
    ## 3. What was lost

    - **People**: {len(everybody)} may be in a release, {len(people)} are. At most half are ever drawn, so that nobody knows of anybody
      that they are in it.
    - **What was tried**: {_arms} kinds of arm in the full data, {people.arm[people.arm != "withheld"].nunique()} in the release.
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
    assert everybody.arm.nunique() >= people.arm[people.arm != "withheld"].nunique() >= 2
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
def _(beside, folder, smallest):
    assert smallest >= 5
    assert (beside["from"] <= beside["change"]).all()
    assert (beside["change"] <= beside["to"]).all()
    folder.cleanup()
    return


if __name__ == "__main__":
    app.run()
