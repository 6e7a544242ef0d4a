"""Checks of terraform/output."""
