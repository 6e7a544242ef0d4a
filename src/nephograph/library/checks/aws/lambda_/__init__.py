"""Checks of aws/lambda."""
