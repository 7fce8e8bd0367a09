"""Series around a change."""
