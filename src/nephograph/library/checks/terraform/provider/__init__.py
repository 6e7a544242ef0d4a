"""Checks of terraform/provider."""
