"""Whose views are on record: the sheet of matters and voices, and what is worth a second look."""
