"""Checks of kubernetes/apps."""
