"""Checks of terraform/syntax."""
