"""What we believe: checks and step rules. Content, one file each, found by its place.

May use: model, catalog. A check that needs an engine asks it through `Facts`; nothing here imports an engine.
"""
