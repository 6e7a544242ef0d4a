"""Checks of aws/config."""
