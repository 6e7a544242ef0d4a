"""Checks of aws/es."""
