"""Kinds of google: one file each, found by its place."""
