"""A researcher's release: people drawn at random, one row each, hidden among others, with the account of how.

    make_sample(facts, catalogue, draw, rules, made_on, version, earlier) -> SampleRelease

Keys and the day are arguments: the same ones give the same release. Only the command draws a key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd

from data.anonymising import Hidden, Ladder, anonymise, entropy, kept_of
from data.anonymity import RULES_VERSION, Infeasible, SampleRules
from data.facts import FactsForSamples
from data.releases.model import Reading
from data.releases.sample_model import PID, ColumnPart, Merging, SampleColumn, SampleRelease, SampleReport, people_said
from metrics.catalogue import Catalogue
from metrics.releasing.sample_columns import COUNTED, MEANINGS, NO_ANSWER, ORDER, SENSITIVE, ladders, place_of
from metrics.releasing.sample_draw import drawn, pid_of, seed_of, service_groups
from metrics.releasing.sample_rows import PersonRow, person_rows
from metrics.releasing.sample_twin import twin_rows

PERSON = "person"
GROUP = "service_group"
FEW_OPTED_OUT = "not said"


@dataclass(frozen=True)
class Draw:
    """Which draw, and the two keys: the one that fixes the halves, and the one of this release, which is not kept."""

    number: int
    key: bytes
    release_key: bytes


def make_sample(
    facts: FactsForSamples,
    catalogue: Catalogue,
    draw: Draw,
    rules: SampleRules,
    *,
    made_on: date,
    version: str,
    earlier: int = 0,
    read_by: Reading | None = None,
) -> SampleRelease:
    """The release of one draw. Raises Infeasible when the people cannot be hidden as the rules ask."""
    eligible = person_rows(facts, catalogue)
    if not eligible:
        raise Infeasible(
            "Nobody can be in a release: it needs people in the register who have not opted out, their stays, and at least "
            "four weeks of incidents or falls before and after. Nothing was written."
        )
    chosen = drawn((row.person_id for row in eligible), draw.key, draw.number, rules.share)
    people = [row for row in eligible if row.person_id in chosen]
    settings = {service.service_id: service.setting for service in facts.services()}
    groups = service_groups(Counter(row.service_id for row in people), settings, draw.release_key, rules)
    table = _table(people, groups)
    hidden = anonymise(table, PERSON, ladders(), SENSITIVE, rules, unsaid=(NO_ANSWER,))
    if not any(name in hidden.known for each in COUNTED for name in each.columns):
        raise Infeasible(
            f"Every outcome would have to be given up for k = {rules.k} and l = {rules.l}, so there would be no before and "
            "after. Nothing was written. Wait until there are more records, or draw a larger share."
        )
    columns, rows = _columns_and_rows(hidden, draw.release_key, rules)
    counts = {
        "may be in a release": people_said(len(eligible)),
        "drawn": people_said(len(people)),
        "released": f"{len(rows):,}",
        "withheld": people_said(hidden.persons_withheld) if hidden.persons_withheld else "nobody",
        "opted out or objected": opted_out_said(facts.people_kept_out()),
    }
    report = SampleReport(
        release_id=f"researcher-{made_on.isoformat()}-{draw.number}",
        made_on=made_on,
        version=version,
        rules={"version": RULES_VERSION, **asdict(rules)},
        k=hidden.k,
        k_asked=rules.k,
        l=min(hidden.l.values(), default=0),
        l_asked=rules.l,
        t={name: round(value, 2) for name, value in hidden.t.items()},
        columns={column.name: column.part for column in columns},
        people=counts,
        mergings=_mergings(hidden, ladders()),
        given_up=tuple(name for name in ORDER if name in hidden.given_up),
        kept_in_100=_kept(hidden, table),
        cells_withheld={
            name: hidden.cells_withheld[name] for name in (*ORDER, *SENSITIVE) if name in hidden.cells_withheld
        },
        earlier_releases=earlier,
        synthetic=facts.is_sample(),
        open_download=rules.open_download,
        read_by=read_by,
    )
    twin = twin_rows(columns, rows, seed_of(draw.release_key, "twin"), k=rules.k, least_words=rules.l)
    return SampleRelease(report, columns, rows, twin)


def opted_out_said(count: int) -> str:
    """How many opted out: said only when there are at least ten."""
    return FEW_OPTED_OUT if count < 10 else people_said(count)


def _table(people: Sequence[PersonRow], groups: Mapping[str, str]) -> pd.DataFrame:
    rows = [{PERSON: row.person_id, GROUP: groups[row.service_id], **row.words} for row in people]
    return pd.DataFrame(rows, columns=[PERSON, *ORDER, *SENSITIVE])


def _columns_and_rows(
    hidden: Hidden, release_key: bytes, rules: SampleRules
) -> tuple[tuple[SampleColumn, ...], tuple[tuple[str, ...], ...]]:
    """Columns in the order of the files; rows in the order of numbers that no one could foresee."""
    known = [name for name in ORDER if name in hidden.known]
    parts: list[tuple[str, ColumnPart]] = [(PID, "id")]
    parts += [(name, "known") for name in known] + [(name, "sensitive") for name in hidden.sensitive]
    columns = []
    for name, part in parts:
        words = Counter(hidden.table[name]) if part != "id" else Counter()
        told = tuple((word, words[word] if words[word] >= rules.k else None) for word in sorted(words, key=place_of))
        columns.append(SampleColumn(name, part, MEANINGS[name], told))
    pids = [pid_of(release_key, code) for code in hidden.table[PERSON]]
    if len(set(pids)) < len(pids):  # once in 2 to the power of 60 or so
        raise Infeasible("Two people drew the same number. Nothing was written; make the release again.")
    cells = hidden.table[[*known, *hidden.sensitive]].itertuples(index=False, name=None)
    rows = sorted((pid, *(str(cell) for cell in row)) for pid, row in zip(pids, cells, strict=True))
    return tuple(columns), tuple(rows)


def _mergings(hidden: Hidden, steps: Sequence[Ladder]) -> tuple[Merging, ...]:
    """Each step in words: which words became one, or that the column was given up."""
    by_name = {ladder.name: ladder for ladder in steps}
    told = []
    for each in hidden.climbed:
        ladder = by_name[each.ladder]
        column = " and ".join(ladder.columns)
        if each.given_up:
            became = "given up"
        elif column == "arm" and each.step == 1:
            became = "own change or whole-service change, without its kind"
        else:
            merged = ladder.steps[each.step - 1]
            became = "; ".join(
                f"{' and '.join(sorted((old for old in merged if merged[old] == new), key=place_of))} became {new}"
                for new in sorted(set(merged.values()), key=place_of)
            )
        told.append(Merging(column, became, round(100 * max(0.0, each.lost))))
    return tuple(told)


def _kept(hidden: Hidden, table: pd.DataFrame) -> dict[str, int]:
    """Of what each column told, how much is left, in 100."""
    shares = kept_of(hidden, table, ladders())
    kept = {name: round(100 * shares[ladder.name]) for name in ORDER for ladder in ladders() if name in ladder.columns}
    for name in SENSITIVE:
        whole = entropy(table[[name]])
        kept[name] = round(100 * min(1.0, entropy(hidden.table[[name]]) / whole)) if whole else 100
    return kept
