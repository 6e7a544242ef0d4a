"""Checks of code/credential."""
