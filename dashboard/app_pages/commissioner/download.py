"""Download the quarter's table."""
