"""Checks of aws/events."""
