"""Reasoning over the estate: pure functions, estate in, values with evidence out."""
