"""A commissioner's release in words: every page of it says a cell in the same way, and says what is hidden as hidden."""
