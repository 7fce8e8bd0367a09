"""Control charts and run charts: what varies as it always did, and what is a clear change.

model.py        what is asked of a chart and what it shows: ControlChart, ChartPoint, Phase, Mark, Convention
sheet.py        many series side by side as arrays, laid out in segments
spread.py       moving ranges, and how far a series strays by itself
limits.py       centre and limits of every chart type
rules.py        the rules of Making Data Count: outside, trend, two in three, shift
icons.py        what a point, a series and a target come to: improvement, concern, pass, fail
engine.py       all of it for many series of one chart type at a time
advice.py       which chart suits these data, and why
between.py      rare events: days, or days people lived here, from one event to the next
slots.py        a series as stretches of equal length, with a place for every stretch without a record
snapping.py     a day between two points begins its phase at the next
laid.py         a question laid out, and the chart chosen for it
row.py          one row of a sheet: what is drawn, over what, where phases begin
build.py        from tallies and the changes tried to charts ready to be drawn
words.py        the title, the sentence, the unit, the convention
notes.py        what to know before believing it
"""
