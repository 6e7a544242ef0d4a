"""What exists: one file per resource kind, with its fields, identity, edges, and how each dialect spells it.

May use: model. Must not know: how any format is parsed, or what any rule thinks of a kind.
"""
