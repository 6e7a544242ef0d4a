"""Checks of google."""
