"""Who is left out."""
