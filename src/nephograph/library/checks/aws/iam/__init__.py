"""Checks of aws/iam."""
