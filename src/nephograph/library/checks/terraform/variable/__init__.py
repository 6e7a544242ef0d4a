"""Checks of terraform/variable."""
