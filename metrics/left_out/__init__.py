"""Who is left out: groups of people side by side, and how far anybody knows who belongs to which."""
