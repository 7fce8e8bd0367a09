"""What may leave the manager's file, worked out: read in this order.

quarters.py      the closed periods of a release
people.py        who stands behind each outcome of each service and period
units.py         what is shown as one: services, small ones together, all of a setting
figures.py       each figure with the reason why it may not be shown by itself
counted.py       what outcomes count, and what one count says of another
known.py         what readers of earlier releases know
protecting.py    what else is hidden, so that nothing hidden can be worked out
spoken.py        the figures as they are shown: rounded, with intervals
gaps.py          groups of people beside all others
others.py        what such a gap gives away
tried.py         what whole services tried, with verdicts
together.py      how many changes came to which verdict
commissioner.py  all of it as one release

sample.py        a researcher's sample, one row a person: sample_rows (what is known of each), sample_columns (how it is
                 said and made coarser), sample_draw (who is in it), sample_twin (made-up rows to try code on)
"""
