"""Checks of google/storage."""
