"""Checks of kubernetes."""
