"""Control charts and run charts: every type of the reference, by the names its two packages use.

Cases whose own answer is advised against are held against the plain reading of the rules in ``tests.support``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from metrics.series.spc import icons
from metrics.series.spc.engine import Charted, charted
from metrics.series.spc.model import SIGNALS, ChartType, Convention, Direction
from metrics.series.spc.sheet import sheet
from metrics.series.spc.snapping import starts_on_or_after
from tests.golden.answers.reply import Reply
from tests.golden.reading import Case, NotAnswered
from tests.support.plain_spc import LABELS, Plain, plain_individuals

TYPES: Mapping[str, ChartType] = {
    "xmr": "xmr", "run": "run", "i": "i", "mr": "mr", "c": "c", "u": "u", "up": "u_prime", "p": "p",
    "pp": "p_prime", "g": "g", "t": "t", "ip": "i_prime",
}  # fmt: skip
SHORT = 13
COUNTS_ADDED = ("c", "u", "u_prime", "p", "p_prime", "i_prime")
Row = tuple[Any, float | None, float | None]


def control_chart(case: Case) -> Reply:
    """``chart xmr`` and the others, told apart by the word after "chart"."""
    name = case.asks.removeprefix("chart ").strip()
    if name not in TYPES:
        raise NotAnswered(f"there is no chart {name!r} here")
    rows = _rows(case)
    if name == "xmr":
        return _making_data_count(case, rows)
    return _qicharts(case, TYPES[name], rows)


# NHSRplotthedots ---------------------------------------------------------------------------------------


def _making_data_count(case: Case, rows: Sequence[Row]) -> Reply:
    options = case.options
    days = [row[0] for row in rows]
    if len(set(days)) < len(days):
        raise NotAnswered("two rows have the same date")
    rules = Convention(
        trend_points=int(options.get("trend_points", 7)),
        shift_points=int(options.get("shift_points", 7)),
        two_in_three="ptd_0_2_2" if options.get("two_in_three") == "inner_band" else "mdc_2023",
        screened=bool(options.get("screen_outliers", False)),
    )
    starts = starts_on_or_after(days, list(options.get("rebase") or ()))
    first = options.get("fix_after_n_points")
    values = [row[1] for row in rows]
    found = charted("xmr", sheet([values], starts=[starts], first_points=[first]), rules)
    direction: Direction = options.get("improvement_direction", "neutral")
    target = options.get("target")
    figures = _mdc_figures(found, rows, direction, target)
    if case.entry.get("compare") != "quirk":
        return Reply(figures)
    plain = plain_individuals(
        values, starts=starts, first_points=first, screened=rules.screened,
        inner_band=rules.two_in_three == "ptd_0_2_2", trend_points=rules.trend_points, shift_points=rules.shift_points,
    )  # fmt: skip
    return Reply(figures, instead=_advised(plain, rows, starts, direction, target))


def _mdc_figures(found: Charted, rows: Sequence[Row], direction: Direction, target: float | None) -> Mapping[str, Any]:
    marked, lines, segment = found.signals, found.lines, found.sheet.segment[0]
    known = [row[1] is not None for row in rows]
    sizes = [int((segment == number).sum()) for number in segment]
    enough = int(found.last[0]) >= 0 and not math.isnan(lines.upper[0][found.last[0]])

    def of_known(values: Sequence[Any]) -> list[Any]:
        return [value if there else None for value, there in zip(values, known, strict=True)]

    return {
        "x": [row[0] for row in rows],
        "y": [row[1] for row in rows],
        "group": [int(each) for each in segment],
        "cl": list(lines.centre[0]),
        "lcl": list(lines.lower[0]),
        "ucl": list(lines.upper[0]),
        "relative_to_mean": of_known([int(each) for each in marked.side[0]]),
        "rule_outside_limits": list(marked.outside[0]),
        "close_to_limits": list(marked.close[0]),
        "rule_trend": list(marked.trend[0]),
        "rule_trend_window_end": [int(each) for each in marked.trend_end[0]],
        "rule_two_in_three": list(marked.two_in_three[0]),
        "rule_shift": list(marked.shift[0]),
        "rule_shift_window_end": list(marked.shift_end[0]),
        "special_cause_type": of_known([_label(found, place) for place in range(len(rows))]),
        "special_cause_flag": [int(each) >= 0 for each in marked.first[0]],
        "point_type": of_known([_point_type(int(each), direction) for each in marked.towards[0]]),
        "short_group_warning": [size < SHORT for size in sizes],
        "variation_icon": found.variation([direction])[0] if enough else None,
        "assurance_type": _assurance(found, direction, target, long=True),
        "assurance_icon": _assurance(found, direction, target, long=False),
        "n_warnings": int(any(size < SHORT for size in sizes)),
    }


def _label(found: Charted, place: int) -> str:
    first = int(found.signals.first[0][place])
    if first < 0:
        return "Common Cause"
    return LABELS[SIGNALS[first], int(found.signals.towards[0][place])]


def _point_type(towards: int, direction: Direction) -> str:
    kind = icons.point_kind(towards, direction)
    return kind if kind == "common_cause" else f"special_cause_{kind}"


def _assurance(found: Charted, direction: Direction, target: float | None, *, long: bool) -> str | None:
    word = found.assurance([target], [direction])[0]
    return f"consistent_{word}" if long and word in ("pass", "fail") else word


def _advised(
    plain: Plain, rows: Sequence[Row], starts: Sequence[int], direction: Direction, target: float | None
) -> Mapping[str, Any]:
    """What the plain reading says, under the names of the reference."""
    known = [place for place, row in enumerate(rows) if row[1] is not None]
    last = known[-1] if known else None
    borders = [0, *starts, len(rows)]
    sizes = [end - first for first, end in itertools.pairwise(borders) for _ in range(end - first)]
    lower, upper = (None, None) if last is None else (plain.lower[last], plain.upper[last])
    kinds = [_point_type(towards, direction) for towards in plain.towards]
    word: str | None = None
    if target is not None and direction != "neutral" and lower is not None and upper is not None:
        good_if_above = direction == "increase"
        word = "inconsistent"
        if target > upper:
            word = "fail" if good_if_above else "pass"
        elif target < lower:
            word = "pass" if good_if_above else "fail"
    icon = None
    if last is not None and upper is not None:
        towards = plain.towards[last]
        kind = icons.point_kind(towards, direction)
        height = "high" if towards > 0 else "low"
        icon = kind if kind == "common_cause" else f"{kind.removesuffix('_' + height)}_{height}"
    return {
        "x": [row[0] for row in rows],
        "group": [sum(place >= start for start in starts) for place in range(len(rows))],
        "cl": plain.centre,
        "lcl": plain.lower,
        "ucl": plain.upper,
        "relative_to_mean": plain.side,
        "rule_outside_limits": plain.outside,
        "close_to_limits": plain.close,
        "rule_trend": plain.trend,
        "rule_trend_window_end": plain.trend_end,
        "rule_two_in_three": plain.two,
        "rule_shift": plain.shift,
        "rule_shift_window_end": plain.shift_end,
        "special_cause_type": plain.label,
        "special_cause_flag": [label not in (None, "Common Cause") for label in plain.label],
        "point_type": [None if row[1] is None else kind for row, kind in zip(rows, kinds, strict=True)],
        "short_group_warning": [size < SHORT for size in sizes],
        "variation_icon": icon,
        "assurance_type": f"consistent_{word}" if word in ("pass", "fail") else word,
        "assurance_icon": word,
        "n_warnings": int(any(size < SHORT for size in sizes)),
    }


# qicharts2 -----------------------------------------------------------------------------------------------


def _qicharts(case: Case, chart: ChartType, rows: Sequence[Row]) -> Reply:
    options = case.options
    rows = _one_a_place(rows, chart)
    parts = [int(place) for place in options.get("part") or ()]
    freeze = None if parts else options.get("freeze")
    excluded = [int(place) - 1 for place in options.get("exclude") or ()]
    values, over = [row[1] for row in rows], [row[2] for row in rows]
    rested = any(each is not None for each in over) and chart not in ("c", "g", "t")
    times = float(options.get("multiply", 1))
    laid = sheet(
        [values], [over] if rested else None, starts=[parts], first_points=[freeze], excluded=[excluded],
    )  # fmt: skip
    line = options.get("cl")
    found = charted(
        chart, laid, Convention(screened=bool(options.get("screen_moving_ranges", False))),
        centre=None if line is None else float(line), general_spread="all",
    )  # fmt: skip
    figures = _qic_figures(found, chart, rows, parts, freeze, excluded, times)
    if case.entry.get("compare") != "quirk":
        return Reply(figures)
    if chart != "i":
        raise NotAnswered("its own figures are advised against, and there is nothing else to hold ours against")
    plain = plain_individuals(
        values, starts=parts, first_points=freeze, excluded=excluded, factor=3 / 1.128,
        screened=bool(options.get("screen_moving_ranges", False)),
    )  # fmt: skip
    runs = [dict(entry) for entry in case.expected.get("runs", ())]
    for number, entry in enumerate(runs):
        borders = [0, *parts, len(rows)]
        entry["n_sigma_signals"] = sum(plain.outside[borders[number] : borders[number + 1]])
    advised = {"cl": plain.centre, "lcl": plain.lower, "ucl": plain.upper, "sigma_signal": plain.outside, "runs": runs}
    return Reply(figures, instead=advised)


def _qic_figures(
    found: Charted,
    chart: ChartType,
    rows: Sequence[Row],
    parts: Sequence[int],
    freeze: int | None,
    excluded: Sequence[int],
    times: float,
) -> Mapping[str, Any]:
    lines = found.lines
    signal = found.signals.outside[0]
    borders = [0, *parts, len(rows)]

    def scaled(row: Sequence[float]) -> list[float]:
        return [each * times for each in row]

    return {
        "x": [row[0] for row in rows],
        "y": scaled(lines.plotted[0]),
        "n": [row[2] for row in rows] if any(row[2] is not None for row in rows) else None,
        "part": [int(each) + 1 for each in found.sheet.segment[0]],
        "baseline": [freeze is None or place < freeze for place in range(len(rows))],
        "include": [place not in excluded for place in range(len(rows))],
        "cl": scaled(lines.centre[0]),
        "lcl": scaled(lines.lower[0]),
        "ucl": scaled(lines.upper[0]),
        "lcl_95": scaled(lines.near_lower[0]),
        "ucl_95": scaled(lines.near_upper[0]),
        "sigma_signal": list(signal),
        "runs": [
            {
                "part": number + 1,
                "n_obs": sum(
                    borders[number] <= place < borders[number + 1] and place not in excluded
                    for place in range(len(rows))
                ),
                "n_useful": runs.useful,
                "longest_run": runs.longest_run,
                "longest_run_max": runs.longest_run_max,
                "n_crossings": runs.crossings,
                "n_crossings_min": runs.crossings_min,
                "runs_signal": runs.signal and chart != "mr",
                "n_sigma_signals": int(signal[borders[number] : borders[number + 1]].sum()),
            }
            for number, runs in enumerate(found.runs(0))
        ],
    }


# Rows ----------------------------------------------------------------------------------------------------


def _rows(case: Case) -> list[Row]:
    """The rows in order of time, as the input file and the columns named have them."""
    columns = case.entry.get("columns")
    if not isinstance(columns, Mapping) or "x" not in columns or "y" not in columns:
        raise NotAnswered("it names no columns x and y")
    over = columns.get("n")
    found = [
        (_place(row[columns["x"]]), _number(row[columns["y"]]), _number(row[over]) if over else None)
        for row in case.table(case.entry["input"])
    ]
    return sorted(found, key=lambda row: row[0])


def _one_a_place(rows: Sequence[Row], chart: ChartType) -> list[Row]:
    """Several rows at one place of the axis: counts and what they are over add up, other values are averaged."""
    together: dict[Any, list[Row]] = {}
    for row in rows:
        together.setdefault(row[0], []).append(row)
    if len(together) == len(rows):
        return list(rows)
    out: list[Row] = []
    for place, each in together.items():
        values = [row[1] for row in each if row[1] is not None]
        rests = [row[2] for row in each if row[2] is not None]
        added = chart in COUNTS_ADDED or rests
        value = None if not values else sum(values) if added else sum(values) / len(values)
        out.append((place, value, sum(rests) if rests else None))
    return out


def _place(text: str) -> Any:
    text = text.strip()
    try:
        number = float(text)
    except ValueError:
        return text[:10]
    return int(number) if number == int(number) else number


def _number(text: str | None) -> float | None:
    if text is None or text.strip() in ("", "NA", "NaN"):
        return None
    return float(text)
