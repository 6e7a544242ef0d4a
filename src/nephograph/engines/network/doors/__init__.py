"""One file a kind that can face the internet: `door(view, resource)` says how.

A file is found by its name; nothing else has to be edited for a new kind.
"""
