"""From the sample's CSV files to every verdict, and five of them worked out again by hand."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Every verdict of the sample, from its CSV files")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # Every verdict of the sample, from its CSV files

    A verdict is only worth having when somebody else can reach it. This notebook starts from the sample exports, takes
    nothing but the public functions of the project, and arrives at the same figures as the command
    `outcomes evaluate --json` prints. Then it takes one verdict of each of the five kinds apart: the tallies are counted
    with pandas, straight from the CSV files, and handed to the estimator that the project names.

    The people and places of the sample are made up. Nothing is sent anywhere; the database is a temporary file.
    """)
    return


@app.cell
def _():
    import json
    import subprocess
    import sys
    import tempfile
    from collections import Counter
    from datetime import date, timedelta
    from pathlib import Path

    import marimo as mo
    import pandas as pd

    import data
    from data.ingest import ingest
    from data.model import Period
    from data.pseudonyms import load_or_make_key
    from data.warehouse import open_facts
    from metrics.catalogue import load_catalogue
    from metrics.estimators.mean_differences import paired_mean_difference
    from metrics.estimators.rates import rate_ratio_default, rate_ratio_exact
    from metrics.estimators.shares import clustered_share_difference, day_share_difference
    from metrics.evaluate import evaluate

    SAMPLE = Path(data.__file__).parent / "sample"
    return (
        Counter,
        Path,
        Period,
        SAMPLE,
        clustered_share_difference,
        date,
        day_share_difference,
        evaluate,
        ingest,
        json,
        load_catalogue,
        load_or_make_key,
        mo,
        open_facts,
        paired_mean_difference,
        pd,
        rate_ratio_default,
        rate_ratio_exact,
        subprocess,
        sys,
        tempfile,
        timedelta,
    )


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 1. Load and judge

    The exports go into a fresh database with a fresh key, so the codes that stand for people differ from run to run;
    the figures do not. The sample holds **62 things tried**, and the project gives **201 answers** about them.
    """)
    return


@app.cell
def _(Path, SAMPLE, date, evaluate, ingest, load_catalogue, load_or_make_key, open_facts, tempfile):
    folder = tempfile.TemporaryDirectory(prefix="outcomes-notebook-")
    database = Path(folder.name) / "sample.duckdb"
    key = load_or_make_key(Path(folder.name) / "pseudonyms.key")
    report = ingest([SAMPLE], database, as_of=date(2026, 11, 22), key=key, sample=True)

    catalogue = load_catalogue()
    with open_facts(database) as _facts:
        findings = evaluate(_facts, catalogue)
        falls_recorded = _facts.span("falls", "willow-bank")
        tried = _facts.interventions()

    assert not report.needs_attention, "every row of the sample is loaded"
    assert len(tried) == 62
    assert len(findings) == 201
    return catalogue, database, falls_recorded, findings, folder


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 2. The same as the command line

    The command is run as anybody would run it, in a process of its own, and its answers are set beside those above, field
    by field: the days and tallies of both sides, the effect, its 95 in 100 interval, the method, the verdict and its reason.
    The command writes figures to ten significant digits, so that is how they are compared.
    """)
    return


@app.cell
def _(database, json, subprocess, sys):
    _said = subprocess.run(
        [sys.executable, "-m", "dashboard.cli", "evaluate", "--db", str(database), "--json"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    printed = json.loads(_said.stdout)
    return (printed,)


@app.cell
def _(findings, printed):
    def ten_digits(figure):
        """A figure as the command writes it."""
        return None if figure is None else float(f"{figure:.10g}")

    def side(one):
        """The days and the tally of one side."""
        if one.period is None:
            return None
        return {
            "from": one.period.first.isoformat(),
            "to": one.period.last.isoformat(),
            "numerator": one.tally.numerator,
            "denominator": ten_digits(one.tally.denominator),
            "value": ten_digits(one.value),
        }

    def effect_of(finding):
        """The effect with its interval and method; nothing where none can be worked out."""
        found = finding.change.effect if finding.change else None
        if found is None:
            return None
        return {
            "scale": found.scale,
            "estimate": ten_digits(found.estimate),
            "low": ten_digits(found.low),
            "high": ten_digits(found.high),
            "level": found.level,
            "method": found.method,
        }

    def answer(finding):
        """What this notebook found, under the names the command uses."""
        return {
            "intervention": finding.intervention.intervention_id,
            "service": finding.service_id,
            "outcome": finding.outcome.code,
            "question": finding.question,
            "before": side(finding.change.before) if finding.change else None,
            "after": side(finding.change.after) if finding.change else None,
            "effect": effect_of(finding),
            "verdict": finding.verdict.word,
            "reason": finding.verdict.reason,
            "sentence": finding.sentence,
        }

    ours = [answer(each) for each in findings]
    for _mine, _theirs in zip(ours, printed, strict=True):
        for _field, _value in _mine.items():
            _told = _theirs[_field]
            if _field in ("before", "after") and _told is not None and _told["from"] is None:
                _told = None
            assert _value == _told, (_mine["intervention"], _mine["outcome"], _field, _value, _told)
    same_fields = len(ours) * len(ours[0])
    return ours, same_fields


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    All **201** answers agree in all ten fields. In words: **12** better, **9** held steady, **7** worse and **173** cannot
    tell yet. Most things tried by one home for one person cannot be told apart from chance in four weeks, and the project
    says so.
    """)
    return


@app.cell
def _(Counter, mo, ours, pd, same_fields):
    words = Counter(each["verdict"] for each in ours)
    assert same_fields == 201 * 10
    assert words == {"better": 12, "held steady": 9, "worse": 7, "cannot tell yet": 173}, words

    mo.ui.table(
        pd.DataFrame(
            {
                "tried": each["intervention"],
                "outcome": each["outcome"],
                "estimate": None if each["effect"] is None else each["effect"]["estimate"],
                "low": None if each["effect"] is None else each["effect"]["low"],
                "high": None if each["effect"] is None else each["effect"]["high"],
                "verdict": each["verdict"],
                "why": each["reason"] or "",
            }
            for each in ours
        ),
        selection=None,
        page_size=12,
    )
    return (words,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 3. Five of them by hand

    From here on the database is not asked any more, except for the days that each comparison covers. The CSV files are
    read as text; every count below is a few lines of pandas.

    Two helpers come first. `rows` reads a file. `there` says, for every person of a service, on which days of a period
    they slept there: nights of a stay, without nights in hospital or away.
    """)
    return


@app.cell
def _(SAMPLE, findings, pd, timedelta):
    def rows(table, **wanted):
        """Rows of one CSV file, as text, where the columns hold these words."""
        found = pd.read_csv(SAMPLE / f"{table}.csv", dtype=str, keep_default_na=False)
        for column, words in wanted.items():
            found = found[found[column].isin([words] if isinstance(words, str) else words)]
        return found

    def days(column):
        """Text to days, blank to none."""
        return pd.to_datetime(column.replace("", None), format="mixed").dt.normalize()

    def there(service, period):
        """One row a person, one column a day: True where they slept there that night."""
        calendar = pd.date_range(period.first, period.last)
        stays = rows("stays", service_id=service)
        away = rows("context", service_id=service, kind=["hospital", "away"])
        far = pd.Timestamp("9999-01-01")
        found = {}
        for person, own in stays.groupby("person_id"):
            nights = pd.Series(False, index=calendar)
            for first, after in zip(days(own.start_on), days(own.end_on).fillna(far), strict=True):
                nights |= (calendar >= first) & (calendar < after)
            gone = away[away.person_id == person]
            for first, last in zip(days(gone.from_on), days(gone.until_on).fillna(far), strict=True):
                nights &= ~((calendar >= first) & (calendar <= last))
            found[person] = nights
        return pd.DataFrame(found).T

    def finding_of(intervention, outcome):
        """The finding of the project that is worked out again."""
        return next(
            each
            for each in findings
            if each.intervention.intervention_id == intervention and each.outcome.code == outcome
        )

    def within(column, period):
        """Which of these days lie in the period."""
        after = pd.Timestamp(period.last) + timedelta(days=1)
        return (column >= pd.Timestamp(period.first)) & (column < after)

    return days, finding_of, rows, there, within


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ### Days: mornings with distress (D1), "Getting up when ready" at Oak Lodge

    A morning counts when somebody was there and watched it. It is a morning with distress when an incident of that kind
    began between 06:00 and 11:00. Before: distress on **11 of 27** mornings. After: on **1 of 25**. Mornings resemble
    each other from day to day, and `day_share_difference` allows for that: **36.7 in 100 fewer**, the true change anything
    from **61.5** to **5.1 in 100 fewer**. The whole interval lies below nothing, fewer is better, so: **better**.
    """)
    return


@app.cell
def _(day_share_difference, days, finding_of, rows, there):
    mornings = finding_of("oak-lodge-02", "D1")
    _person = "P-02027"

    def marked(period):
        """Day by day: True with distress, False without, None where nobody was there or nobody watched."""
        here = there("oak-lodge", period).loc[_person]
        looked = rows("checks", service_id="oak-lodge", person_id=_person, measure="window_observed", element="morning")
        watched = set(days(looked[looked.result == "met"].done_at))
        upset = rows("incidents", service_id="oak-lodge", person_id=_person, kind="distress")
        upset = upset[upset.time_precision.isin(["minute", "hour"])]
        clock = upset.occurred_at.str.slice(11, 16)
        bad = set(days(upset.occurred_at[(clock >= "06:00") & (clock < "11:00")]))
        return [(day in bad) if slept and day in watched else None for day, slept in here.items()]

    before_days, after_days = marked(mornings.comparison.before), marked(mornings.comparison.after)
    seen_before = [day for day in before_days if day is not None]
    seen_after = [day for day in after_days if day is not None]
    by_hand_days = day_share_difference(before_days, after_days)

    assert (sum(seen_before), len(seen_before)) == (11, 27)
    assert (sum(seen_after), len(seen_after)) == (1, 25)
    assert [round(100 * each, 1) for each in (
        by_hand_days.estimate, by_hand_days.interval.low, by_hand_days.interval.high
    )] == [-36.7, -61.5, -5.1]  # fmt: skip
    _effect = mornings.change.effect
    assert 100 * by_hand_days.estimate == _effect.estimate
    assert 100 * by_hand_days.interval.low == _effect.low
    assert 100 * by_hand_days.interval.high == _effect.high
    assert by_hand_days.method == _effect.method
    assert by_hand_days.interval.high < 0
    assert mornings.verdict.word == "better"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ### Rates: falls (F1), "Fewer alarms at night" at Willow Bank

    Falls over the days that people lived there, week by week. Before: **53** falls in **8,250** person days. After: **81**
    in **8,231**. Weeks differ from each other by more than dice would, so `rate_ratio_default` takes the scatter of the weeks
    into its limits, and asks earlier stretches of the same home how its weeks run: **1.53 times** as many, anything from
    **1.08** to **2.18 times**. What was agreed was "no rise above a quarter"; the whole interval lies above no change: **worse**.
    """)
    return


@app.cell
def _(Period, days, falls_recorded, finding_of, rate_ratio_default, rows, there, timedelta, within):
    falling = finding_of("willow-bank-02", "F1")
    _fell = days(rows("falls", service_id="willow-bank").occurred_at)
    _slept = there("willow-bank", falls_recorded).sum()

    def weeks(period, from_end):
        """Falls and person days of each week; a shorter rest is joined to the week beside it."""
        cut = period.blocks(7, from_end=from_end)
        counts = [int(within(_fell, week).sum()) for week in cut]
        lived = [float(_slept[within(_slept.index, week)].sum()) for week in cut]
        return counts, lived

    _before, _after = falling.comparison.before, falling.comparison.after
    weeks_before, weeks_after = weeks(_before, True), weeks(_after, False)

    # Stretches as long as the days before, further and further back, for up to two years.
    earlier_stretches, _length = [], timedelta(days=_before.days)
    _stretch = Period(_before.first - _length, _before.last - _length)
    while falls_recorded.covers(_stretch) and _before.first - _stretch.first <= timedelta(days=731):
        earlier_stretches.append(weeks(_stretch, True))
        _stretch = Period(_stretch.first - _length, _stretch.last - _length)

    by_hand_rate = rate_ratio_default(*weeks_before, *weeks_after, earlier=earlier_stretches)

    assert (sum(weeks_before[0]), sum(weeks_before[1])) == (53, 8250)
    assert (sum(weeks_after[0]), sum(weeks_after[1])) == (81, 8231)
    assert round(by_hand_rate.estimate, 2) == 1.53
    assert round(by_hand_rate.interval.low, 2) == 1.08
    assert round(by_hand_rate.interval.high, 2) == 2.18
    _effect = falling.change.effect
    assert by_hand_rate.estimate == _effect.estimate
    assert by_hand_rate.interval.low == _effect.low
    assert by_hand_rate.interval.high == _effect.high
    assert by_hand_rate.method == _effect.method
    assert by_hand_rate.interval.low > 1
    assert falling.verdict.word == "worse"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ### Shares: "with, not for" (X3), "People decide the week" at Birch Grove

    Of the activities that took place, those that people decided on or led themselves. Before: **7 of 60**. After:
    **37 of 54**. Each activity is its own cluster here; `clustered_share_difference` gives **56.9 in 100 more**, from **39.6**
    to **69.4 in 100 more**. The whole interval lies above nothing and more is better: **better**.
    """)
    return


@app.cell
def _(clustered_share_difference, days, finding_of, rows, within):
    deciding = finding_of("birch-grove-06", "X3")
    took_place = rows("checks", service_id="birch-grove", measure="activity_ladder", result="met")

    def activities(period):
        """Each activity by its own reference: (1 or 0, 1)."""
        own = took_place[within(days(took_place.done_at), period)]
        decided = own.element.isin(["decided", "led"])
        return {
            reference: (float(hit), 1.0)
            for reference, hit in zip(own.check_id, decided, strict=True)
        }  # fmt: skip

    share_before = activities(deciding.comparison.before)
    share_after = activities(deciding.comparison.after)
    by_hand_share = clustered_share_difference(share_before, share_after)

    assert (sum(hit for hit, _ in share_before.values()), len(share_before)) == (7, 60)
    assert (sum(hit for hit, _ in share_after.values()), len(share_after)) == (37, 54)
    assert [round(100 * each, 1) for each in (
        by_hand_share.estimate, by_hand_share.interval.low, by_hand_share.interval.high
    )] == [56.9, 39.6, 69.4]  # fmt: skip
    _effect = deciding.change.effect
    assert round(100 * by_hand_share.estimate, 10) == round(_effect.estimate, 10)
    assert round(100 * by_hand_share.interval.low, 10) == round(_effect.low, 10)
    assert round(100 * by_hand_share.interval.high, 10) == round(_effect.high, 10)
    assert by_hand_share.method == _effect.method
    assert by_hand_share.interval.low > 0
    assert deciding.verdict.word == "better"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ### Scores: how well families know what happens and why (I7), "Families told early" at Oak Lodge

    Families answer on a scale from 1 to 5. Where the same family was asked on both sides, its last answer before is set
    beside its first answer after. **9** families were: from **3.0** on average to **3.9**. `paired_mean_difference` gives
    **0.89 points more**, from **0.18** to **1.60**: **better**.
    """)
    return


@app.cell
def _(days, finding_of, paired_mean_difference, rows, within):
    knowing = finding_of("oak-lodge-08", "I7")
    _asked = rows(
        "feedback", service_id="oak-lodge", instrument="family_checkin", domain="understands", rater="family_about_self"
    )
    _asked = _asked[_asked.score != ""].assign(day=lambda frame: days(frame.given_on))
    _asked = _asked.sort_values(["day", "feedback_id"], kind="stable")

    _last = _asked[within(_asked.day, knowing.comparison.before)].groupby("rater_key").last()
    _first = _asked[within(_asked.day, knowing.comparison.after)].groupby("rater_key").first()
    pairs = _last.merge(_first, on="rater_key", suffixes=("_before", "_after"))
    # Two people of one family are not two families: one pair for each person they are family of.
    pairs = (
        pairs.assign(before=pairs.score_before.astype(float), after=pairs.score_after.astype(float))
        .groupby("person_id_before")[["before", "after"]]
        .mean()
    )
    by_hand_score = paired_mean_difference((pairs.after - pairs.before).tolist())

    assert len(pairs) == 9
    assert round(pairs.before.mean(), 1) == 3.0
    assert round(pairs.after.mean(), 1) == 3.9
    assert [round(each, 2) for each in (
        by_hand_score.estimate, by_hand_score.interval.low, by_hand_score.interval.high
    )] == [0.89, 0.18, 1.60]  # fmt: skip
    _effect = knowing.change.effect
    assert round(by_hand_score.estimate, 10) == round(_effect.estimate, 10)
    assert round(by_hand_score.interval.low, 10) == round(_effect.low, 10)
    assert round(by_hand_score.interval.high, 10) == round(_effect.high, 10)
    assert by_hand_score.method == _effect.method
    assert by_hand_score.interval.low > 0
    assert knowing.verdict.word == "better"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ### Stays: having to leave (I6), "Music from home" at Cedar Homecare

    Moves that nobody planned, over the days people lived there (a night in hospital does not end a stay). Before: **4**
    moves in **6,565** days. After: **3** in **6,650**. So few that `rate_ratio_exact` leaves almost everything open:
    **0.74 times** as many, anything from **0.11** to **4.38 times**. What was agreed was "no more than half as many again"; that is
    not shown: **cannot tell yet**.
    """)
    return


@app.cell
def _(Counter, days, finding_of, pd, rate_ratio_exact, rows, timedelta, within):
    staying = finding_of("cedar-homecare-05", "I6")
    _stays = rows("stays", service_id="cedar-homecare")
    _stays = _stays[~_stays.kind.isin(["respite", "day"])]
    _stays = _stays.assign(first=days(_stays.start_on), after=days(_stays.end_on))
    assert not _stays.person_id.duplicated().any(), "each person has one stay here, so no two need joining"

    def lived_and_left(period):
        """Days lived there in the period, and who left in it in a way that nobody planned."""
        end = pd.Timestamp(period.last) + timedelta(days=1)
        lived = (
            _stays.after.fillna(end).clip(upper=end) - _stays["first"].clip(lower=pd.Timestamp(period.first))
        ).dt.days
        gone = _stays[
            within(_stays.after, period) & _stays.end_reason.isin(["unplanned_move", "hospital_not_returned"])
        ]
        return int(lived.clip(lower=0).sum()), gone.person_id.tolist()

    lived_before, left_before = lived_and_left(staying.comparison.before)
    lived_after, left_after = lived_and_left(staying.comparison.after)
    # Somebody who moved twice weighs more than two people who moved once; here nobody did.
    _twice = Counter([*left_before, *left_after])
    _repeats = sum(times**2 for times in _twice.values()) / sum(_twice.values())
    by_hand_stay = rate_ratio_exact(len(left_before), lived_before, len(left_after), lived_after, dispersion=_repeats)

    assert (len(left_before), lived_before) == (4, 6565)
    assert (len(left_after), lived_after) == (3, 6650)
    assert [round(each, 2) for each in (
        by_hand_stay.estimate, by_hand_stay.interval.low, by_hand_stay.interval.high
    )] == [0.74, 0.11, 4.38]  # fmt: skip
    _effect = staying.change.effect
    assert by_hand_stay.estimate == _effect.estimate
    assert by_hand_stay.interval.low == _effect.low
    assert by_hand_stay.interval.high == _effect.high
    assert by_hand_stay.method == _effect.method
    assert by_hand_stay.interval.high > 1.5
    assert staying.verdict.word == "cannot tell yet"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What was shown

    The figures of the project can be had from the CSV files with nothing hidden in between: a definition of what counts,
    the days of the comparison, and an estimator with a paper behind it. The interval alone does not make a verdict:
    guards for a bad spell before the start, a trend, the season, a change in recording and what the change may have cost
    elsewhere can only lower it. They are described in `docs/methods.md`, and measured in the notebook `calibration.py`.
    """)
    return


@app.cell
def _(folder, words):
    assert sum(words.values()) == 201
    folder.cleanup()
    return


if __name__ == "__main__":
    app.run()
