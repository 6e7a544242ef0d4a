"""Checks of aws/organizations."""
