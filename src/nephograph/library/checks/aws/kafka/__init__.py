"""Checks of aws/kafka."""
