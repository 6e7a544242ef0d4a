"""Checks of aws/glue."""
