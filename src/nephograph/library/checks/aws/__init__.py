"""Checks of aws."""
