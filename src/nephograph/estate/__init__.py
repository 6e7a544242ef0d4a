"""The one graph: documents become resources, references become edges.

May use: model, catalog. Must not know: formats, engines, lenses.
"""
