"""Checks of terraform/settings."""
