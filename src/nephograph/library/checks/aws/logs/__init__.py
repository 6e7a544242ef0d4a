"""Checks of aws/logs."""
