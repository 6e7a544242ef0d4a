"""Checks of terraform/backend."""
