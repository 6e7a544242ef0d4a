"""Kinds of what is written in code itself."""
