"""Checks of aws/eks."""
