"""Was what we promised done in time, is it still safe, and did we learn? The counts and lists behind one page."""
