"""Signing in when the dashboard is served to several people: who may open which page and which file.

Nothing here is used by a home that opens the dashboard on its own computer. The role never comes from the address,
the page, a header or the cookie's own words: only ``iss`` and ``sub`` of a checked sign-in are read, and looked up in
a table on the server, again on every run.
"""
