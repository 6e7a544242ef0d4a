"""Checks of aws/sns."""
