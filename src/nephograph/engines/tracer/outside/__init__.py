"""Ends that are no interface, one file a kind: `set_out(walker, end)`."""
