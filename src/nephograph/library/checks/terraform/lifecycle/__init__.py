"""Checks of terraform/lifecycle."""
