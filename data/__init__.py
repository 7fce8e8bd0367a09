"""What was recorded: exports in, typed facts out."""

__version__ = "0.1.0"
