"""How often the verdicts are right: the calibration, read closely and run again on a small scale."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="How often the verdicts are right")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # How often the verdicts are right

    Nobody can look up in a real home what would have happened otherwise. In a made-up home one can. `outcomes calibrate`
    makes thousands of them: in some nothing changes, in others something does, and each is put through the whole evaluation
    as a service's own data would be. This notebook reads the result that is kept with the project, says what was asked of
    it and what is **not** met, and runs a small part again to see that the table is not stale.
    """)
    return


@app.cell
def _():
    import json
    import math
    from importlib import resources

    import marimo as mo
    import pandas as pd

    from dashboard.charts.calibration import calibration as picture
    from dashboard.views.calibration import calibration_page
    from data import __version__
    from metrics.calibrating.report import kept
    from metrics.calibrating.scoring import score
    from metrics.calibrating.worlds import SCENARIOS
    from metrics.catalogue import load_catalogue

    return SCENARIOS, __version__, calibration_page, json, kept, load_catalogue, math, mo, pd, picture, resources, score


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## The table

    **30** kinds of world, **4,000** worlds of each, seed 2026. In **18** kinds nothing changed. Shares are in 100; a dash in
    the last column but one means that the interval answers another question there, such as a trend that goes on.
    """)
    return


@app.cell
def _(json, mo, pd, resources):
    document = json.loads(resources.files("metrics.calibrating").joinpath("results.json").read_text(encoding="utf-8"))
    table = pd.DataFrame(
        {
            "code": each["code"],
            "world": each["name"],
            "truth": each["truth"],
            **{word: 100 * share for word, share in each["shares"].items()},
            "limits hold": None if each["coverage"] is None else 100 * each["coverage"],
            "error of that": None if each["coverage"] is None else 100 * each["coverage_error"],
            "asked": each["asked"],
            "met": each["met"],
        }
        for each in document["scenarios"]
    ).set_index("code")

    assert document["worlds"] == 4000
    assert document["seed"] == 2026
    assert len(table) == 30
    assert (table.truth == "nothing changed").sum() == 18

    mo.ui.table(table.drop(columns=["asked"]).reset_index(drop=True).round(1), selection=None, page_size=30)
    return document, table


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Called better though nothing changed

    The aim is at most **5 in 100**, counted separately for things begun after a bad spell. (The table asks for at most 3 where
    no bad spell and no fall came before the start.)

    - Begun for no such reason: between **0.0** and **5.2** in 100. The **5.2** are worlds in which distress was falling all along
      and only half a year of record is there to show it. That is a little above the aim, by less than one sampling error (a
      share of 5 in 100 in 4,000 worlds has one of 0.3), and it is the weakest place of all. The next highest is **2.5**.
    - Begun after a bad spell (a home after four bad weeks, a person after a bad fortnight): **0.5** and **0.8** in 100.

    The other mistake is rarer to be asked about and more common: **worse** was said of up to **19.3** in 100 homes of 150 beds
    in which nothing changed but the season. Such homes are compared half a year against half a year, and winters are
    a tenth higher. A false "worse" sends somebody to look; still, it is a mistake, and here it is.
    """)
    return


@app.cell
def _(math, table):
    nothing = table[table.truth == "nothing changed"]
    after_a_spell = nothing.loc[["spike", "mornings_spike"]]
    otherwise = nothing.drop(index=["spike", "mornings_spike"])

    assert round(otherwise.better.min(), 1) == 0.0
    assert round(otherwise.better.max(), 1) == 5.2
    assert otherwise.better.idxmax() == "falling_short"
    assert round(otherwise.better.nlargest(2).iloc[1], 1) == 2.5
    assert round(100 * math.sqrt(0.05 * 0.95 / 4000), 1) == 0.3
    assert 5 < otherwise.better.max() < 5 + 100 * math.sqrt(0.05 * 0.95 / 4000)
    assert [round(each, 1) for each in after_a_spell.better] == [0.5, 0.8]
    assert round(nothing.worse.max(), 1) == 19.3
    assert nothing.worse.idxmax() in ("season_large", "season_two_years")
    return


@app.cell
def _(__version__, calibration_page, kept, picture):
    pictures = [picture(group) for group in calibration_page(kept(), __version__).groups]
    pictures[0]
    return (pictures,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Called held steady though it was not

    What was asked: at most **2.5** in 100 homes whose falls truly rose by the quarter that had been ruled out. It was said of
    **2.3** in 100. In homes that only began to write down more (falls recorded a third more often, harm as before) it was said of
    **0.1** in 100. Of homes in which falls truly stayed as they were it was said of **64.9** in 100: it takes 300 beds to show
    so much. In no kind of world where nothing changed and a change was asked about was it said at all.
    """)
    return


@app.cell
def _(table):
    assert table.asked["unsafe"] == {"word": "held steady", "bound": "at most", "share": 0.025}
    assert round(table["held steady"]["unsafe"], 1) == 2.3
    assert f"{table['held steady']['recording']:.1f}" == "0.1"
    assert round(table["held steady"]["falls_steady"], 1) == 64.9
    assert table[table.truth == "nothing changed"]["held steady"].max() == 0
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Whether the intervals hold the truth

    A 95 in 100 interval should hold the planted truth in 95 of 100 worlds; what was asked is **93 to 97**. Of the **18** kinds
    of world where this can be asked, the intervals held between **93.5** and **97.1**. All but one lie inside 93 to 97; that one,
    a large change with two years of record, is a little too cautious, by less than its own sampling error. The lowest are homes with
    good and bad weeks that come in runs: half a year is short to learn how a home's weeks run.
    """)
    return


@app.cell
def _(table):
    held = table["limits hold"].dropna()
    assert len(held) == 18
    assert round(held.min(), 1) == 93.5
    assert round(held.max(), 1) == 97.1
    outside = held[(held < 93) | (held > 97)]
    assert outside.index.tolist() == ["better_two_years"]
    assert outside.iloc[0] - 97 < table["error of that"]["better_two_years"]
    assert held.idxmin() == "runs"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What is asked and not met

    Of **23** things asked, **one** is not met. Where distress fell and calming medicine doubled, "better" should **never** be said.
    It was said of **4** in 4,000 homes (**0.1** in 100): by chance, the doubling did not show in what had been written down. We keep
    the line as it is rather than soften what is asked.
    """)
    return


@app.cell
def _(document, table):
    asked = table[table.asked.notna()]
    assert len(asked) == 23
    assert asked[asked.met == False].index.tolist() == ["sedation"]  # noqa: E712
    assert round(table.better["sedation"] / 100 * document["worlds"]) == 4
    assert round(table.better["sedation"], 1) == 0.1
    assert table.asked["sedation"] == {"word": "better", "bound": "at most", "share": 0.0}
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What truly helped

    Caution costs something, and this is what. Of homes whose distress truly fell by 45 in 100, **95.2** in 100 were called better;
    of people whose bad mornings went from 70 to 25 in 100, **71.9**. The others were told "cannot tell yet", never that
    things got worse.
    """)
    return


@app.cell
def _(pictures, table):
    # 95.15 in 100, which the table writes as 95.2.
    assert f"{table.better['better'] + 1e-9:.1f}" == "95.2"
    assert f"{table.better['mornings_better']:.1f}" == "71.9"
    assert table.worse[["better", "mornings_better"]].max() == 0
    pictures[1]
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## A small run, here and now

    Five kinds of world again, **120** worlds of each and another seed. So few worlds cannot repeat the table to a decimal, but they
    must not contradict it: each share has to lie within four standard errors of the one in the table (an error made up of both runs).
    The seed is fixed, so you see what we saw; change it, and see other luck.
    """)
    return


@app.cell
def _(SCENARIOS, load_catalogue, math, mo, pd, score, table):
    worlds, seed = 120, 7
    catalogue = load_catalogue()
    again = []
    for scenario in SCENARIOS:
        if scenario.code not in ("independent", "mornings", "mornings_spike", "unsafe", "mornings_better"):
            continue
        found = score(scenario, catalogue, worlds, seed)
        for word in ("better", "held steady", "worse", "cannot tell yet"):
            kept_share, share = table[word][scenario.code] / 100, found.share(word)
            # Half a world more on either side, so that a share of nought is not taken for certain.
            middle = (kept_share * 4000 + 0.5) / 4001
            error = math.sqrt(middle * (1 - middle) * (1 / 4000 + 1 / worlds))
            again.append(
                {
                    "world": scenario.name,
                    "word": word,
                    "table, in 100": round(100 * kept_share, 1),
                    "here, in 100": round(100 * share, 1),
                    "errors apart": abs(share - kept_share) / error,
                }
            )
    compared = pd.DataFrame(again)

    assert len(compared) == 5 * 4
    assert compared["errors apart"].max() < 4, compared

    mo.ui.table(compared.round(1), selection=None, page_size=20)
    return (compared,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What this does not show

    Real homes are not made of dice. The worlds hold what is known to mislead (runs, seasons, trends, bad spells, people who come and
    go, changed recording) at sizes taken from the published record; what nobody thought of is in none of them. The table is
    made again with `outcomes calibrate --json` before each release of the project, and it stands in `docs/calibration.md` and on the
    page *Methods*.
    """)
    return


@app.cell
def _(compared, table):
    assert len(table) == 30
    assert compared["errors apart"].notna().all()
    return


if __name__ == "__main__":
    app.run()
