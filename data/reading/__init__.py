"""Any delimited text to rows of text: encoding, delimiter, headings, records with their physical lines."""

from data.reading.opening import open_table
from data.reading.table import BadRecord, Chunk, NotATable, RawTable, SetAside

__all__ = ["BadRecord", "Chunk", "NotATable", "RawTable", "SetAside", "open_table"]
