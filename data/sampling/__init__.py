"""Invented care services with a known truth, one small idea a module; ``data.make_sample`` is the door."""
