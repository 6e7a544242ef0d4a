"""Kinds of kubernetes: one file each, found by its place."""
