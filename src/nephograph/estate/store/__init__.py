"""The estate on disk: immutable generations, snapshots with history, SQL over typed views, edge arrays.

`writer.Writer` adds snapshots, `reader.Store` reads them. duckdb and numpy are imported by the functions that need
them, so importing this package costs nothing.
"""
