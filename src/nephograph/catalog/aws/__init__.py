"""Kinds of aws: one file each, found by its place."""
