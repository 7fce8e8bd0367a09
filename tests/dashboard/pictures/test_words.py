"""What is said of the five pictures: titles, sentences, notes, numbers, files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from dashboard.views import clock_pattern, dumbbell, forest, senses_profile, staying_curve
from dashboard.views.pictured import Pictured, csv_file
from metrics.pictures.dumbbell import Dumbbell
from metrics.pictures.senses_profile import profile_of
from tests.dashboard.pictures.shown import AFTER, BEFORE, clock, dumbbells, forests, senses, staying
from tests.support.builders import HEARD

FORBIDDEN = ("significant", "caused", "p-value", "patient", "service user", "challenging", "baseline", "%")


def all_said() -> list[Pictured]:
    return [
        clock_pattern.pictured(clock(), "Elm House"),
        clock_pattern.pictured(clock({8: 2}, on_the_hour=2), "Elm House"),
        staying_curve.pictured(staying(), "Elm House"),
        staying_curve.pictured(staying(sides=1), "Elm House"),
        senses_profile.pictured(senses(), "Elm House"),
        dumbbell.pictured(dumbbells()),
        forest.pictured(forests()),
    ]


@pytest.mark.parametrize("said", all_said(), ids=lambda each: each.file_name)
def test_every_picture_says_what_it_shows_and_has_its_numbers(said: Pictured) -> None:
    everything = " ".join(
        (said.title, said.sentence, *said.notes, *(words for _, words in said.key), *(str(row) for row in said.rows))
    )
    assert not [word for word in FORBIDDEN if word in everything.lower()]
    assert said.title[0].isupper() or said.title[0].isdigit()
    assert said.sentence.endswith(".")
    assert len({tuple(row) for row in said.rows}) == 1
    lines = list(csv.reader(io.StringIO(said.csv.decode("utf-8-sig"))))
    assert len({len(line) for line in lines}) == 1
    assert len(lines) > 1


def test_a_cell_of_a_file_never_starts_a_formula() -> None:
    made = csv_file(["=head", "b"], [["=1+1", 2], [None, 0.123456]]).decode("utf-8-sig")
    assert made.splitlines() == ['"\'=head","b"', '"\'=1+1",2', '"",0.1235']


class TestClock:
    def test_the_title_names_the_hours_that_stand_out(self) -> None:
        assert clock_pattern.title(clock()) == "Falls: more than an even spread between 08:00 and 09:00"
        even = clock(dict.fromkeys(range(24), 2), untimed=0, every_day=True)
        assert clock_pattern.title(even) == "Falls: no hour has more than chance would bring"
        assert "No weekday stands out." in clock_pattern.sentence(even, "Elm House")

    def test_too_few_is_said_and_nothing_else(self) -> None:
        assert clock_pattern.title(clock({8: 2})) == "Falls: too few to see a pattern"
        assert "stands out" not in clock_pattern.sentence(clock({8: 2}), "Elm")
        late = clock({8: 2}, untimed=30)
        assert clock_pattern.title(late) == "Falls: too few with a time to see a pattern of the day"

    def test_events_without_a_time_are_counted_in_words(self) -> None:
        assert "3 of 39 falls have no time: counted among the weekdays, not shown by the hour." in clock_pattern.notes(
            clock()
        )
        assert not any("no time" in note for note in clock_pattern.notes(clock(untimed=0)))

    def test_the_full_hour_is_warned_of_beyond_40_in_100(self) -> None:
        warned = clock_pattern.notes(clock(on_the_hour=18))
        assert "50 in 100 are on the full hour exactly, so the hour may be the time of writing." in warned
        assert not any("time of writing" in note for note in clock_pattern.notes(clock(on_the_hour=14)))

    def test_many_stretches_are_not_all_listed(self) -> None:
        busy = clock(dict.fromkeys((2, 6, 10, 14, 18), 30))
        assert clock_pattern.hours_words(busy.hours).endswith("and at 3 more times of the day")

    def test_the_end_of_the_day_is_24(self) -> None:
        assert clock_pattern.clock(24) == "24:00"


class TestStaying:
    def test_the_title_says_both_sides_on_the_last_day_both_reach(self) -> None:
        assert staying_curve.title(staying()) == "Still here after 179 days: 83 in 100 before, 80 in 100 after"

    def test_one_curve_is_said_at_half_a_year(self) -> None:
        assert staying_curve.title(staying(sides=1)) == "83 in 100 are still here after 90 days"

    def test_a_side_with_too_few_is_said(self) -> None:
        one = replace(staying(), curves=staying().curves[:1])
        assert staying_curve.title(one).endswith("too few to follow on the other side")
        assert any("On the other side" in note for note in staying_curve.notes(one))

    def test_where_a_curve_ends_early_it_says_why(self) -> None:
        short = staying(stayers=3)
        assert any("fewer than 5 people are followed" in note for note in staying_curve.notes(short))


class TestSenses:
    def test_voices_are_said_apart_and_a_silent_one_is_named(self) -> None:
        said = senses_profile.sentence(senses(), "Elm House")
        assert "People themselves: security 3.0, then 4.0; belonging –, then 2.0." in said
        assert "Families: security 5.0, then 5.0." in said
        assert "No answers from: staff." in senses_profile.notes(senses())

    def test_nothing_to_show_is_said(self) -> None:
        assert senses_profile.title(profile_of(HEARD, [], BEFORE, AFTER)) == "The six senses: too few answers to show"

    def test_how_many_answered_is_said_for_each_voice(self) -> None:
        assert senses_profile.answered_words(senses().voices[0]) == "2 to 6, then 7 to 8 answered"
        assert senses_profile.answered_words(senses().voices[2]) == "nobody answered"


class TestDumbbell:
    def test_the_title_counts_the_answers(self) -> None:
        assert (
            dumbbell.title(dumbbells()) == "4 outcomes in 100: 1 better, 1 held steady, 1 worse and 1 shown beside them"
        )

    def test_the_sentence_says_every_row_with_its_answer(self) -> None:
        said = dumbbell.sentence(dumbbells())
        assert "Mornings with distress: 71 before, 29 after (better)" in said
        assert "Visits kept: – before, 92 after (On target: the target is 90 in 100)" in said

    def test_parts_have_no_answers(self) -> None:
        parts = Dumbbell("Plan kept", "parts", tuple(replace(row, word=None) for row in dumbbells().rows), ())
        assert dumbbell.title(parts) == "Plan kept, taken apart into 4 parts"
        assert "better" not in dumbbell.sentence(parts)
        assert "What we can say" not in dumbbell.pictured(parts).rows[0]


class TestForest:
    def test_every_row_is_said_with_its_range_in_order_of_name(self) -> None:
        said = forest.sentence(forests())
        assert said.index("Ash") < said.index("Elm") < said.index("Oak")
        assert "50 in 100 fewer (20 to 70 in 100 fewer), better" in said
        assert "no range to draw" in said

    def test_it_is_no_ranking_and_no_sum(self) -> None:
        assert "This is no ranking and no proof" in forest.notes(forests())[0]
        assert "No row sums the others up here." in forest.notes(forests())


def test_the_key_names_only_what_is_drawn() -> None:
    assert clock_pattern.pictured(clock({8: 2}), "Elm").key == ()
    even = clock_pattern.pictured(clock(dict.fromkeys(range(24), 3), untimed=0), "Elm").key
    assert [mark for mark, _ in even][:2] == ["even", "pale"]
    assert ("", "– fewer than 5 answers") in senses_profile.pictured(senses(), "Elm").key
    assert [words for _, words in staying_curve.pictured(staying(sides=1), "Elm").key] == ["how far it may be off"]


def test_a_weekday_alone_that_stands_out_is_the_title() -> None:
    monday = clock(dict.fromkeys(range(24), 2), untimed=0)
    assert clock_pattern.title(monday) == "Falls: more than an even spread on Mondays"
