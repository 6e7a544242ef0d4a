"""Checks of terraform/module_call."""
