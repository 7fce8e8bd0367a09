"""Honesty is measured: made-up homes in which the truth is planted, and how often each verdict is right about it.

worlds      the homes: what truly happens in them, and what they write down
remembered  the facts of one such home, behind the same interface as a database
scoring     many homes of one kind through the whole of ``evaluate``, and what came of them
report      the table, as text and for the page; ``results.json`` is the one last kept
"""
