"""Changes tried."""
