"""Bytes to text rows; nothing is guessed and nothing is lost."""

from data.reading.old import NotATable, RawTable, read_table

__all__ = ["NotATable", "RawTable", "read_table"]
